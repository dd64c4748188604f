"""Files of the first body on their way to the jury: something for its professional, trainer and evaluator to do."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from parchemin.core.facts import Attendance
from parchemin.core.grid import Kind
from parchemin.project.demo.cast import Cast, bodies
from parchemin.project.demo.learning import EXAMPLE, plan, position, ten
from parchemin.project.demo.queue import FILES, admitted, share
from parchemin.records.assessments.actions.holding import tell_attendance
from parchemin.records.assessments.actions.planning import declare_links, name_evaluator, plan_sitting
from parchemin.records.assessments.actions.rating import Rated, rate, sign_ratings
from parchemin.records.assessments.actions.summoning import summon
from parchemin.records.assessments.actions.welcoming import role_of
from parchemin.records.assessments.models import Evaluator, Sitting
from parchemin.records.assessments.sheets import mandatory, sheet_of
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Candidacy
from parchemin.records.pathways.actions.positioning import Positioned, open_positioning, tell_own_view
from parchemin.records.pathways.asked import to_position
from parchemin.records.people.models import Role

CALLED = {Role.PROFESSIONAL: "professionnel", Role.EVALUATOR: "evaluateur"}
AGO = timedelta(days=45)


def pursue(cast: Cast, on: date) -> Iterator[Candidacy]:
    """One file in each state, by the last route of the first body; none where it has no route."""
    first = next(iter(bodies()), None)
    if first is None or not first.routes:
        return
    for index, act in enumerate((_being_positioned, _to_approve, _to_rate, _to_settle, _summoned), FILES):
        row = admitted(cast, index, first.scheme, first.routes[-1], on - AGO)
        if row:
            share(cast, row, on)
            act(cast, row, on)
            yield row


def _being_positioned(cast: Cast, row: Candidacy, on: date) -> None:
    guide = cast.people["professionnel"]
    opened = open_positioning(candidacy=row, leader=guide, held_on=on, by=guide, at=ten(on))
    codes = to_position(Judged(row, on).scheme, row.blocks)
    seen = [Positioned(code=code, answer=True, example=EXAMPLE) for code in codes[: len(codes) // 2]]
    tell_own_view(positioning=opened, lines=seen, by=row.candidate, at=ten(on))


def _to_approve(cast: Cast, row: Candidacy, on: date) -> None:
    codes = _positioned(cast, row, on - timedelta(days=20))
    plan(row, [code for code, is_acquired in codes.items() if not is_acquired], cast.people["formatrice"], on)


def _to_rate(cast: Cast, row: Candidacy, on: date) -> None:
    first, *_ = held(cast, row, on - timedelta(days=1))
    signed(first)


def _to_settle(cast: Cast, row: Candidacy, on: date) -> None:
    first, *others = held(cast, row, on - timedelta(days=2))
    signed(first)
    for one in others:
        signed(one, lacking=1)


def _summoned(cast: Cast, row: Candidacy, on: date) -> None:
    sitting = _planned(cast, row, on + timedelta(days=9), on)
    summon(sitting=sitting, by=cast.secretaries[row.certification.scheme], at=ten(on))


def _positioned(cast: Cast, row: Candidacy, on: date) -> Mapping[str, bool]:
    """Every other competence found acquired."""
    codes = to_position(Judged(row, on).scheme, row.blocks)
    found = {code: index % 2 == 0 for index, code in enumerate(codes)}
    position(row, found, cast.people["professionnel"], on)
    return found


def _planned(cast: Cast, row: Candidacy, day: date, on: date) -> Sitting:
    """The first method assessed by several people, before those of the cast who do."""
    judged, by = Judged(row, on), cast.secretaries[row.certification.scheme]
    methods = judged.scheme.methods
    id = next((one for one in methods if len(_actors(judged, one)) > 1), next(iter(methods)))
    places = methods[id].places
    sitting = plan_sitting(
        candidacy=row,
        method=id,
        by=by,
        at=ten(on),
        starts_at=ten(day),
        minutes=180,
        place=places[0] if isinstance(places, tuple) and places else "",
        room="12, rue de l’Exemple, salle 3",
    )
    for actor in _actors(judged, id):
        name_evaluator(
            sitting=sitting, person=cast.people[CALLED[role_of(judged, actor)]], actor=actor, by=by, at=ten(on)
        )
    return sitting


def held(cast: Cast, row: Candidacy, day: date) -> list[Evaluator]:
    """A sitting of that method held that day, the evaluators' links declared; whoever positions comes first."""
    sitting = _planned(cast, row, day, day)
    named = list(sitting.evaluators.select_related("person"))
    for one in named:
        declare_links(evaluator=one, links=[], by=one.person, at=ten(day))
    by = cast.secretaries[row.certification.scheme]
    tell_attendance(sitting=sitting, attendance=Attendance.HELD, by=by, at=ten(day) + timedelta(hours=3))
    return sorted(named, key=lambda one: one.person != cast.people["professionnel"])


def signed(evaluator: Evaluator, *, lacking: int = 0) -> None:
    """Everything acquired, but the last competences where some are lacking."""
    sitting = evaluator.sitting
    at = ten((sitting.starts_at or sitting.planned_at).date()) + timedelta(hours=4)
    scheme = Judged(sitting.candidacy, at.date()).scheme
    lines = mandatory(sheet_of(scheme, sitting.method))
    codes = [one.code for one in lines if one.kind is Kind.COMPETENCE]
    missing = codes[len(codes) - lacking :]
    told = [
        Rated(
            code=one.code, kind=one.kind, is_acquired=one.code not in missing, comment="Situation de travail observée."
        )
        for one in lines
    ]
    rate(evaluator=evaluator, lines=told, by=evaluator.person, at=at)
    sign_ratings(evaluator=evaluator, by=evaluator.person, at=at)


def _actors(judged: Judged, method: str) -> Mapping[str, int]:
    found = judged.scheme.methods[method].evaluators
    return found if isinstance(found, Mapping) else {}
