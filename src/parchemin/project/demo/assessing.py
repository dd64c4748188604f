"""What a life tells of its assessments, done through the actions of the screens: sittings, ratings, results.

Each evaluator rates alone and signs. Where two sit, the second rates a first line otherwise, then comes round to it:
a difference is told, and settled with its reason.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal

from parchemin.core import facts as core
from parchemin.core.decision import Decision
from parchemin.core.facts import Attendance, Facts, Milestone
from parchemin.core.grid import RESULTS, Kind, Line
from parchemin.core.scheme import Scheme
from parchemin.project.demo.cast import Cast
from parchemin.project.demo.learning import ten
from parchemin.records.assessments.actions.entering import Entered, enter_results
from parchemin.records.assessments.actions.holding import tell_attendance, void_sitting
from parchemin.records.assessments.actions.planning import declare_links, name_evaluator, plan_sitting
from parchemin.records.assessments.actions.rating import Rated, rate, sign_ratings
from parchemin.records.assessments.actions.settling import differences, take_stand
from parchemin.records.assessments.actions.transmitting import transmit_file
from parchemin.records.assessments.models import Evaluator, Sitting
from parchemin.records.assessments.queries.sending import Sending
from parchemin.records.assessments.sheets import mandatory, sheet_of_sitting
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Candidacy, Status
from parchemin.records.people.actions.accrediting import accredit
from parchemin.records.people.models import Organisation, Person
from parchemin.records.people.names import folded

FICTITIOUS = "Formation fictive à l’évaluation"
OF_JURY = "jury_member"
LEDGER = {"units": Kind.UNIT, "learnings": Kind.LEARNING}


@dataclass
class Panel:
    """Who assesses in one life, each under the name that the life gives, accredited as it says."""

    cast: Cast
    body: Organisation
    scheme: str
    life: str
    accredited: set[tuple[str, core.Accreditation]] = field(default_factory=set)

    def person(self, told: core.Evaluator, at: datetime) -> Person:
        """The person of that name, with the accreditations told since."""
        called = f"{folded(told.name).replace(' ', '-')}.{self.life}"
        person = self.cast.person(called, told.name, "Fictif")
        for one in told.accreditations or ():
            if (told.name, one) not in self.accredited:
                self.accredited.add((told.name, one))
                accredit(
                    person=person,
                    organisation=self.body,
                    scheme=self.scheme,
                    actor=one.role,
                    from_on=one.from_,
                    until_on=one.until,
                    granted_on=one.granted_on,
                    training=FICTITIOUS if one.is_trained else "",
                    trained_on=one.granted_on if one.is_trained else None,
                    at=at,
                )
        return person


def assess(row: Candidacy, facts: Facts, before: Facts, panel: Panel, by: Person, on: date) -> None:
    """What became known of the assessments since the day before; the file must be admissible."""
    if row.status != Status.ADMISSIBLE:
        return
    _withdrawn(row, facts, before, by, on)
    scheme = Judged(row, on).scheme
    for told in facts.assessments or ():
        for one in told.evaluators or ():
            panel.person(one, ten(on))
        if told not in (before.assessments or ()) and told.day and told.day <= on and not is_of_jury(scheme, told):
            _sat(row, told, facts, panel, by, on)
    _entered(row, facts, before, by, on)


def is_of_jury(scheme: Scheme, told: core.Assessment) -> bool:
    """Whether the jury holds that method itself once it has the file: nobody else assesses it, nor any block by it."""
    method = scheme.methods.get(told.method)
    return method is not None and method.evaluators is None and not method.blocks and not method.competences


def send(row: Candidacy, facts: Facts, before: Facts, by: Person, on: date) -> Decision | None:
    """The file goes to the jury the day the life says, and again if it says so; the Decision that holds it back."""
    sent = facts.dates.get(Milestone.TRANSMITTED)
    if row.status != Status.ADMISSIBLE or sent is None or sent == before.dates.get(Milestone.TRANSMITTED):
        return None
    judged = Judged(Candidacy.objects.get(pk=row.pk), sent)
    if not Sending(judged).sent.may_go:
        return None
    attested = [code for code in Sending(judged).to_attest if facts.statements.get(code)]
    found = transmit_file(candidacy=row, by=by, at=ten(sent), on=sent, attested=attested)
    return found if isinstance(found, Decision) else None


def _sat(row: Candidacy, told: core.Assessment, facts: Facts, panel: Panel, by: Person, on: date) -> None:
    day = told.day or on
    former = row.sittings.filter(method=told.method, starts_at=ten(day)).first()
    if former is None:
        _held(row, told, facts, panel, by, day)
    elif former.attendance == Attendance.HELD and told.attendance is not Attendance.HELD:
        void_sitting(sitting=former, reason="Séance annulée", by=by, at=ten(on))


def _withdrawn(row: Candidacy, facts: Facts, before: Facts, by: Person, on: date) -> None:
    """A sitting that the life tells no more was void: another replaced it."""
    kept = {(one.method, one.day) for one in facts.assessments or ()}
    for told in before.assessments or ():
        if (told.method, told.day) not in kept and told.day:
            for sitting in row.sittings.filter(method=told.method, starts_at=ten(told.day), attendance=Attendance.HELD):
                void_sitting(sitting=sitting, reason="Séance refaite", by=by, at=ten(on))


def _held(row: Candidacy, told: core.Assessment, facts: Facts, panel: Panel, by: Person, day: date) -> None:
    begins, ends = ten(day), ten(day) + timedelta(hours=3)
    sitting = plan_sitting(
        candidacy=row,
        method=told.method,
        by=by,
        at=begins,
        starts_at=begins,
        minutes=told.minutes,
        place=told.place or "",
    )
    named = [_named(sitting, one, panel, by, begins) for one in _evaluators(row, told, day)]
    tell_attendance(
        sitting=sitting,
        attendance=told.attendance,
        by=by,
        at=ends,
        minutes=told.minutes,
        safeguards=told.safeguards,
    )
    if named and told.attendance is Attendance.HELD:
        _rated(row, sitting, told, facts, named, ends)


def _evaluators(row: Candidacy, told: core.Assessment, day: date) -> Sequence[core.Evaluator]:
    """Those told; where the method is held before a jury, one of its members, who will not deliberate."""
    scheme = Judged(row, day).scheme
    method = scheme.methods.get(told.method)
    is_before_jury = method is not None and method.evaluators is None and OF_JURY in scheme.actors
    if told.evaluators or told.is_passed is None or not is_before_jury:
        return told.evaluators or ()
    return (core.Evaluator(name="Solveig", role=OF_JURY, links=()),)


def _named(sitting: Sitting, told: core.Evaluator, panel: Panel, by: Person, at: datetime) -> Evaluator:
    who = panel.person(told, at)
    why = "Seule personne habilitée disponible"
    made = name_evaluator(sitting=sitting, person=who, actor=told.role, by=by, at=at, justification=why)
    declare_links(evaluator=made, links=told.links or (), by=who, at=at)
    return made


def _rated(
    row: Candidacy, sitting: Sitting, told: core.Assessment, facts: Facts, named: Sequence[Evaluator], at: datetime
) -> None:
    scheme = Judged(row, at.date()).scheme
    sitting.refresh_from_db()
    lines = mandatory(sheet_of_sitting(scheme, sitting))
    known = {scheme.code_of(one.code): one.is_acquired for one in facts.results or ()}
    sheet = [Rated(code=line.code, kind=line.kind, is_acquired=_value(line, told, known)) for line in lines]
    disputed = next((one.code for one in sheet if one.kind is Kind.COMPETENCE), None)
    for index, evaluator in enumerate(named):
        own = [_otherwise(one) if index == 1 and one.code == disputed else one for one in sheet]
        rate(evaluator=evaluator, lines=own, by=evaluator.person, at=at)
        sign_ratings(evaluator=evaluator, by=evaluator.person, at=at)
    for _kind, code in differences(sitting):
        agreed = next(one for one in sheet if one.code == code)
        take_stand(
            evaluator=named[1],
            kind=agreed.kind,
            code=code,
            is_acquired=agreed.is_acquired,
            reason="Après en avoir parlé : la situation observée suffit à en juger.",
            by=named[1].person,
            at=at,
        )


def _value(line: Line, told: core.Assessment, known: "dict[str, bool | None]") -> bool:
    if line.kind in RESULTS:
        found = known.get(line.code)
    elif line.kind is Kind.POINT:
        found = (told.points or {}).get(line.title or "")
    else:
        found = told.is_passed
    return found is not False if told.is_passed is not False or line.kind in RESULTS else bool(found)


def _otherwise(one: Rated) -> Rated:
    return Rated(code=one.code, kind=one.kind, is_acquired=not one.is_acquired, comment="Je n’en ai pas vu assez.")


def _entered(row: Candidacy, facts: Facts, before: Facts, by: Person, on: date) -> None:
    """Results of the ledgers told since; one that changes what stood says why."""
    scheme = Judged(row, on).scheme
    new = [one for one in facts.results or () if one not in (before.results or ())]
    lines = list(_lines(scheme, new))
    if lines:
        enter_results(candidacy=row, lines=lines, by=by, at=ten(on))


def _lines(scheme: Scheme, results: Sequence[core.Result]) -> Iterator[Entered]:
    kinds = {one.id: kind for name, kind in LEDGER.items() for one in getattr(scheme.framework, name)}
    for one in results:
        if one.code in kinds:
            mark = None if one.mark is None else Decimal(one.mark.numerator) / one.mark.denominator
            yield Entered(
                code=one.code, kind=kinds[one.code], is_acquired=one.is_acquired, mark=mark, reason="Seconde session"
            )
