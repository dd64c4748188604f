"""What ties somebody to a candidate: known from what they did, allowed, to justify or refused as the rules say."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import time_machine

from parchemin.core.decision import NOT_MET
from parchemin.core.facts import Attendance, Link
from parchemin.records.assessments.actions.holding import tell_attendance
from parchemin.records.assessments.actions.planning import declare_links, name_evaluator
from parchemin.records.assessments.errors import ConflictError
from parchemin.records.assessments.facts import assessments_of
from parchemin.records.assessments.models import Evaluator, Sitting
from parchemin.records.assessments.queries.conflicts import Fit, fits, links_known
from parchemin.records.candidacies.actions.sharing import grant_access
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Attestation, Candidacy, Endorsement
from parchemin.records.pathways.models import Contract, Liaison, Moment, Positioning
from parchemin.records.people.actions.linking import make_link
from parchemin.records.people.models import Person, Role
from tests.records.candidacies import files
from tests.web import cast as casting
from tests.web.assessment import planned as scene
from tests.web.assessment.planned import NOW, SOON
from tests.web.cast import Cast

TODAY = date(2026, 3, 16)
WARNS = "      effect: warning\n"
DOUBTFUL = (
    "      confidence: to_confirm\n      note: \"Le document ouvre l'accompagnement jusqu'à l'évaluation : "
    'risque de confusion des rôles, à justifier."\n' + WARNS
)
"""The rule on who accompanies, as far as it only warns."""


@pytest.fixture(autouse=True)
def that_day() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def known(row: Candidacy, person: Person) -> set[tuple[Link, str]]:
    return {(one.link, one.why) for one in links_known(row, [person])[person.pk]}


def companion(cast: Cast, row: Candidacy) -> Person:
    """Somebody to whom the candidate opened the file to be accompanied."""
    who = cast.companion
    grant_access(candidacy=row, person=who, role=Role.COMPANION, by=cast.candidate, at=NOW, on=TODAY)
    return who


def named(cast: Cast, row: Candidacy, person: Person, **values: Any) -> Evaluator:
    sitting = row.sittings.first() or scene.soon(cast, row)
    return name_evaluator(
        sitting=sitting, person=person, actor="external_evaluator", by=cast.secretary, at=NOW, **values
    )


def fit_of(cast: Cast, row: Candidacy, person: Person, actor: str = "external_evaluator") -> Fit:
    judged = Judged(Candidacy.objects.get(pk=row.pk), TODAY)
    again = Person.objects.get(pk=person.pk)
    return fits(judged, "assessment", SOON.date(), [(again, actor)])[person.pk]


def test_nobody_is_tied_by_nothing(cast: Cast, admissible: Candidacy) -> None:
    assert known(admissible, cast.evaluator) == set()
    fit = fit_of(cast, admissible, cast.evaluator)
    assert not fit.is_refused and not fit.must_justify


def test_the_platform_knows_what_was_done_on_the_file(cast: Cast, admissible: Candidacy) -> None:
    row, who = admissible, companion(cast, admissible)
    entry: dict[str, Any] = {"candidacy": row, "on": TODAY, "words": "x", "written_at": NOW, "assurance": "password"}
    Liaison.objects.create(side="centre", author=who, **entry)
    Liaison.objects.create(side="tutor", author=cast.professional, **entry)
    Positioning.objects.create(candidacy=row, number=1, leader=cast.professional, held_on=TODAY, opened_at=NOW)
    Moment.objects.create(candidacy=row, kind="analysis", from_at=NOW, logged_by=cast.evaluator, logged_at=NOW)
    Moment.objects.create(
        candidacy=row, kind="designation", from_at=NOW, trainer="esther SPECIMEN", logged_at=NOW, logged_by=None
    )
    Contract.objects.create(
        candidacy=row, kind="apprenticeship", employer="Commission fictive", from_on=TODAY, tutor="x",
        tutor_person=cast.jury_member,
    )  # fmt: skip
    assert known(row, who) == {
        (Link.ADVISER, "companion"), (Link.TRAINER, "centre"), (Link.COLLEAGUE, "employer"),
    }  # fmt: skip
    assert {(Link.COLLEAGUE, "tutor"), (Link.EVALUATOR, "positioning")} <= known(row, cast.professional)
    assert {(Link.TRAINER, "work"), (Link.TRAINER, "trainer")} <= known(row, cast.evaluator)
    assert (Link.COLLEAGUE, "tutor") in known(row, cast.jury_member)
    assert known(row, cast.outsider) == set()


def test_who_attested_or_supported_by_a_link_is_known_by_their_address(cast: Cast, admissible: Candidacy) -> None:
    activity = admissible.experiences.get()
    values: dict[str, Any] = {"subject": admissible.pk, "bearer": "x", "by": cast.candidate, "at": NOW}
    link, _secret = make_link(act="attest_experience", email=cast.evaluator.email.upper(), **values)
    Attestation.objects.create(experience=activity, link=link, is_confirmed=True, told={}, said_at=NOW)
    written, _secret = make_link(act="write_liaison", email=cast.second_jury_member.email.upper(), **values)
    Liaison.objects.create(
        candidacy=admissible, side="tutor", link=written, bearer="x", assurance="email", on=TODAY, words="x",
        written_at=NOW,
    )  # fmt: skip
    assert known(admissible, cast.second_jury_member) == {(Link.COLLEAGUE, "tutor")}
    link, _secret = make_link(act="endorse_candidacy", email=cast.professional.email, **values)
    Endorsement.objects.create(candidacy=admissible, link=link, words="Bravo", said_at=NOW)
    assert known(admissible, cast.evaluator) == {(Link.MANAGER, "attested")}
    assert known(admissible, cast.professional) == {(Link.PERSONAL, "endorsed")}


def test_a_rule_that_warns_asks_why(cast: Cast, admissible: Candidacy) -> None:
    who = companion(cast, admissible)
    assert fit_of(cast, admissible, who).must_justify
    with pytest.raises(ConflictError) as raised:
        named(cast, admissible, who)
    assert raised.value.code == "justification"
    assert [one.outcome for one in raised.value.decision.findings if one.rule == "assessment.accompaniment"] == [
        NOT_MET
    ]
    assert not Evaluator.objects.exists()
    one = named(cast, admissible, who, justification="Seul évaluateur du bassin.")
    assert (one.known, one.justification) == (["adviser"], "Seul évaluateur du bassin.")


def test_a_rule_that_forbids_is_obeyed(cast: Cast) -> None:
    certification = files.changed(
        cast, DOUBTFUL, DOUBTFUL.replace("      confidence: to_confirm\n", "").replace(WARNS, "")
    )
    row = files.decided(cast, files.completed(cast, casting.opened(cast.candidate, certification)))
    who = companion(cast, row)
    assert fit_of(cast, row, who).is_refused
    with pytest.raises(ConflictError) as raised:
        named(cast, row, who, justification="Tant pis.")
    assert raised.value.code == "conflict"


def test_an_accreditation_is_looked_at_on_the_day(cast: Cast, admissible: Candidacy) -> None:
    assert not fit_of(cast, admissible, cast.evaluator).is_accredited
    scene.accredited(cast, cast.evaluator, "external_evaluator", until_on=date(2026, 3, 17))
    ended = fit_of(cast, admissible, cast.evaluator)
    assert not ended.is_accredited
    assert ended.accredited[0][1] == "non habilité le 24 mars 2026, habilitation finie le 17 mars 2026"
    scene.accredited(cast, cast.professional, "external_evaluator", trained="")
    assert not fit_of(cast, admissible, cast.professional).is_accredited
    scene.accredited(cast, cast.companion, "external_evaluator")
    assert fit_of(cast, admissible, cast.companion).is_accredited


def test_what_is_known_counts_beside_what_is_declared(cast: Cast, admissible: Candidacy) -> None:
    who = companion(cast, admissible)
    one = named(cast, admissible, who, justification="x")
    scheme = Judged(admissible, TODAY).scheme
    Sitting.objects.update(starts_at=NOW)
    declare_links(evaluator=one, links=[Link.MANAGER], at=NOW, by=who)
    one.refresh_from_db()
    assert one.justification == "x"
    Endorsement.objects.create(
        candidacy=admissible,
        link=make_link(
            act="endorse_candidacy", email=who.email, subject=admissible.pk, bearer="x", by=cast.candidate, at=NOW
        )[0],
        words="Bravo",
        said_at=NOW,
    )
    tell_attendance(sitting=one.sitting, attendance=Attendance.HELD, by=cast.secretary, at=NOW)
    (held,) = assessments_of(Candidacy.objects.get(pk=admissible.pk), scheme)
    assert held.evaluators and set(held.evaluators[0].links or ()) == {Link.MANAGER, Link.ADVISER, Link.PERSONAL}
