"""A sitting is planned, moved, called off; who assesses is named, told, and reads the file as long as they need it."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest
import time_machine
from django.core import mail

from parchemin.core.facts import Attendance
from parchemin.core.grid import Kind
from parchemin.records.assessments.actions import planning
from parchemin.records.assessments.actions.holding import tell_attendance
from parchemin.records.assessments.actions.summoning import duration, summon
from parchemin.records.assessments.errors import AssessmentError, StaleSittingError
from parchemin.records.assessments.models import Sitting
from parchemin.records.assessments.queries.planned import groups_of, methods_to_plan, minutes_due, safeguards_of
from parchemin.records.assessments.sheets import sheet_of_sitting
from parchemin.records.assessments.wordings import sentence
from parchemin.records.candidacies.actions.sharing import grant_access
from parchemin.records.candidacies.actions.talking import ask_accommodation, decide_accommodation
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Candidacy, FileAccess, Letter, Notice
from parchemin.records.people.models import Role
from parchemin.web.shared import letters, notices
from tests.records.candidacies.test_together import at_once
from tests.web import cast as casting
from tests.web.assessment import planned as scene
from tests.web.assessment.planned import NOW, SOON
from tests.web.cast import FEST, TITLE, Cast

TODAY = date(2026, 3, 16)


@pytest.fixture(autouse=True)
def that_day() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def sitting(cast: Cast, admissible: Candidacy) -> Sitting:
    return scene.with_pair(cast, admissible)


def refused(code: str, act: Callable[[], Any]) -> AssessmentError:
    with pytest.raises(AssessmentError) as raised:
        act()
    assert raised.value.code == code
    assert sentence(raised.value)
    return raised.value


def opened_to(row: Candidacy, person: Any) -> list[tuple[str, date | None]]:
    found = FileAccess.objects.filter(candidacy=row, person=person, closed_at__isnull=True)
    return list(found.values_list("role", "until_on"))


def unfolded(file: bytes) -> dict[str, str]:
    """The lines of a calendar file by name, read back as a calendar would (RFC 5545, section 3.1)."""
    text = file.decode().replace("\r\n ", "")
    return dict(line.split(":", 1) for line in text.split("\r\n") if ":" in line)


def sent_calendars() -> list[bytes]:
    """What was attached for calendars, in the order of the messages."""
    files = [one for message in mail.outbox for one in message.attachments]
    return [one[1] if isinstance(one[1], bytes) else one[1].encode() for one in files if one[2] == "text/calendar"]


def post_everything() -> None:
    for letter in Letter.objects.filter(
        sent_at__isnull=True, kind__in=("summoned", "sitting_moved", "sitting_cancelled")
    ):
        letters.post(letter.pk, at=NOW)
    for notice in Notice.objects.filter(sent_at__isnull=True).order_by("pk"):
        notices.post(notice.pk, at=NOW)


def test_the_file_is_open_to_who_assesses_until_two_months_after(cast: Cast, sitting: Sitting) -> None:
    row = sitting.candidacy
    assert opened_to(row, cast.evaluator) == [("evaluator", date(2026, 5, 23))]
    assert opened_to(row, cast.professional) == [("professional", date(2026, 5, 23))]
    later = SOON + timedelta(days=10)
    planning.move_sitting(sitting=sitting, by=cast.secretary, at=NOW, starts_at=later, place="company")
    assert opened_to(row, cast.evaluator) == [("evaluator", date(2026, 6, 2))]
    one = sitting.evaluators.get(person=cast.evaluator)
    planning.remove_evaluator(evaluator=one, by=cast.secretary, at=NOW)
    assert opened_to(row, cast.evaluator) == []
    planning.cancel_sitting(sitting=sitting, reason="Entreprise fermée.", by=cast.secretary, at=NOW)
    assert opened_to(row, cast.professional) == []


def test_what_was_open_for_longer_stays_so(cast: Cast, admissible: Candidacy) -> None:
    grant_access(
        candidacy=admissible, person=cast.evaluator, role=Role.EVALUATOR, by=cast.secretary, at=NOW, on=TODAY,
        until_on=date(2026, 12, 1),
    )  # fmt: skip
    scene.with_pair(cast, admissible)
    assert opened_to(admissible, cast.evaluator) == [("evaluator", date(2026, 12, 1))]


def test_a_sitting_called_off_stays_with_why_and_counts_for_nothing(cast: Cast, sitting: Sitting) -> None:
    row = sitting.candidacy
    refused("running", lambda: scene.soon(cast, row))
    refused("reason", lambda: planning.cancel_sitting(sitting=sitting, reason=" ", by=cast.secretary, at=NOW))
    planning.cancel_sitting(sitting=sitting, reason="Entreprise fermée.", by=cast.secretary, at=NOW)
    for act in (
        lambda: planning.move_sitting(sitting=sitting, by=cast.secretary, at=NOW, starts_at=SOON),
        lambda: summon(sitting=sitting, by=cast.secretary, at=NOW),
        lambda: tell_attendance(sitting=sitting, attendance=Attendance.ABSENT, by=cast.secretary, at=NOW),
        lambda: planning.cancel_sitting(sitting=sitting, reason="x", by=cast.secretary, at=NOW),
    ):
        refused("cancelled", act)
    assert Judged(Candidacy.objects.get(pk=row.pk), TODAY).whole.assessments is None
    assert scene.soon(cast, row).number == 2


def test_everybody_is_told_once_then_of_each_change(cast: Cast, sitting: Sitting) -> None:
    row = sitting.candidacy
    summon(sitting=sitting, by=cast.secretary, at=NOW)
    refused("summoned", lambda: summon(sitting=sitting, by=cast.secretary, at=NOW))
    assert Notice.objects.filter(kind="sitting").count() == 2
    mail.outbox.clear()
    post_everything()
    to = {message.to[0]: message for message in mail.outbox}
    assert set(to) == {cast.candidate.email, cast.evaluator.email, cast.professional.email}
    assert "24" in str(to[cast.candidate.email].body) and "2 h" in str(to[cast.candidate.email].body)
    assert cast.candidate.name in str(to[cast.evaluator.email].body)
    first = [unfolded(one) for one in sent_calendars()]
    assert len(first) == 3
    assert {one["DTSTART"] for one in first} == {"20260324T083000Z"}
    assert {one["DTEND"] for one in first} == {"20260324T103000Z"}
    assert {one["LOCATION"] for one in first} == {"En entreprise — Atelier 2"}
    assert {one["UID"] for one in first} == {f"{sitting.pk}@parchemin"}
    assert {one["SEQUENCE"] for one in first} == {"0"}

    mail.outbox.clear()
    planning.move_sitting(
        sitting=sitting, by=cast.secretary, at=NOW, starts_at=SOON + timedelta(days=1), minutes=90, place="company"
    )
    post_everything()
    second = [unfolded(one) for one in sent_calendars()]
    assert {(one["DTSTART"], one["SEQUENCE"]) for one in second} == {("20260325T083000Z", "1")}
    assert {one["UID"] for one in second} == {f"{sitting.pk}@parchemin"}

    mail.outbox.clear()
    planning.cancel_sitting(sitting=sitting, reason="Entreprise fermée.", by=cast.secretary, at=NOW)
    post_everything()
    third = [unfolded(one) for one in sent_calendars()]
    assert len(mail.outbox) == 3 and len(third) == 3
    assert {(one["STATUS"], one["SEQUENCE"], one["DTSTART"]) for one in third} == {
        ("CANCELLED", "2", "20260325T083000Z")
    }
    assert {one["UID"] for one in third} == {f"{sitting.pk}@parchemin"}
    assert not any("STATUS" in one for one in (*first, *second))
    assert all("Entreprise fermée" in str(one.body) for one in mail.outbox)
    assert row.letters.filter(kind__in=("summoned", "sitting_moved", "sitting_cancelled")).count() == 3


def test_what_loses_its_day_is_struck_out_of_calendars_until_it_has_another(cast: Cast, sitting: Sitting) -> None:
    summon(sitting=sitting, by=cast.secretary, at=NOW)
    post_everything()
    mail.outbox.clear()
    planning.move_sitting(sitting=sitting, by=cast.secretary, at=NOW, starts_at=None, place="company")
    post_everything()
    gone = [unfolded(one) for one in sent_calendars()]
    assert len(gone) == 3
    assert {(one["STATUS"], one["SEQUENCE"], one["DTSTART"]) for one in gone} == {
        ("CANCELLED", "1", "20260324T083000Z")
    }
    assert all("à fixer" in str(one.body) or "autre lettre" in str(one.body) for one in mail.outbox)
    mail.outbox.clear()
    planning.move_sitting(sitting=sitting, by=cast.secretary, at=NOW, starts_at=SOON + timedelta(days=7))
    post_everything()
    back = [unfolded(one) for one in sent_calendars()]
    assert {(one.get("STATUS"), one["SEQUENCE"], one["DTSTART"]) for one in back} == {(None, "2", "20260331T083000Z")}


def test_nothing_of_a_need_reaches_who_assesses(cast: Cast, sitting: Sitting) -> None:
    allowed(cast, sitting.candidacy)
    summon(sitting=sitting, by=cast.secretary, at=NOW)
    post_everything()
    told = "".join(str(one.body) for one in mail.outbox if one.to != [cast.candidate.email])
    assert told and "ménagement" not in told and "tiers" not in told


def test_who_is_named_late_is_told_and_who_is_removed_too(cast: Cast, admissible: Candidacy) -> None:
    sitting = scene.soon(cast, admissible)
    planning.move_sitting(sitting=sitting, by=cast.secretary, at=NOW, starts_at=None)
    refused("no_day", lambda: summon(sitting=sitting, by=cast.secretary, at=NOW))
    planning.move_sitting(sitting=sitting, by=cast.secretary, at=NOW, starts_at=SOON)
    summon(sitting=sitting, by=cast.secretary, at=NOW)
    one = planning.name_evaluator(
        sitting=sitting, person=cast.evaluator, actor="external_evaluator", by=cast.secretary, at=NOW
    )
    planning.remove_evaluator(evaluator=one, by=cast.secretary, at=NOW)
    mail.outbox.clear()
    for notice in Notice.objects.filter(kind="sitting").order_by("pk"):
        notices.post(notice.pk, at=NOW)
    assert [one.to for one in mail.outbox] == [[cast.evaluator.email]] * 2
    assert "plus attendu" in str(mail.outbox[1].body)
    put, struck = (unfolded(one) for one in sent_calendars())
    assert "STATUS" not in put and struck["STATUS"] == "CANCELLED" and put["UID"] == struck["UID"]
    assert int(struck["SEQUENCE"]) >= int(put["SEQUENCE"]), "both went after the removal"


def allowed(cast: Cast, row: Candidacy) -> None:
    asked = ask_accommodation(candidacy=row, need="x", by=cast.candidate, at=NOW)
    decide_accommodation(
        accommodation=asked, is_granted=True, measures="Un tiers de temps en plus.", methods=["assessment"],
        time=Fraction(4, 3), by=cast.secretary, at=NOW, on=TODAY,
    )  # fmt: skip


def test_an_accommodation_changes_the_time_and_nothing_else(cast: Cast, admissible: Candidacy) -> None:
    before = minutes_due(Judged(admissible, TODAY), "assessment", None)
    allowed(cast, admissible)
    judged = Judged(Candidacy.objects.get(pk=admissible.pk), TODAY)
    after = minutes_due(judged, "assessment", None)
    assert before.usual == before.due == after.usual == 180
    assert (after.due, after.is_longer, before.is_longer) == (240, True, False)
    assert minutes_due(judged, "assessment", date(2026, 3, 1)).due == 180
    sitting = scene.soon(cast, admissible)
    assert [line.code for line in sheet_of_sitting(judged.scheme, sitting)][:6] == ["C1", "C2", "C3", "C4", "C5", "C6"]


def test_only_what_is_missing_is_sat_again(cast: Cast, admissible: Candidacy) -> None:
    scene.settled(cast, admissible, "C3")
    judged = Judged(Candidacy.objects.get(pk=admissible.pk), TODAY)
    offered = methods_to_plan(judged)
    assert [line.code for line in offered["assessment"].missing] == ["C3"]
    again = scene.soon(cast, admissible)
    assert [line.code for line in sheet_of_sitting(judged.scheme, again) if line.kind is Kind.COMPETENCE] == ["C3"]
    assert methods_to_plan(Judged(Candidacy.objects.get(pk=admissible.pk), TODAY)) == {}


def test_what_is_wholly_acquired_is_not_offered_again(cast: Cast, admissible: Candidacy) -> None:
    assert set(methods_to_plan(Judged(admissible, TODAY))) == {"assessment"}
    scene.settled(cast, admissible)
    assert methods_to_plan(Judged(Candidacy.objects.get(pk=admissible.pk), TODAY)) == {}


def test_methods_stand_by_block_with_what_the_rules_saw(cast: Cast) -> None:
    row = scene.of_scheme(cast, TITLE)
    groups = groups_of(Judged(row, TODAY))
    third = next(group for group in groups if group.block == "B3")
    assert [one.id for one in third.methods] == ["offer_presentation", "offer_interview"]
    assert third.least == 2 and third.outcome == "unknown"
    assert {one.seen for one in third.methods} == {"à passer"}
    assert [one.id for one in groups[-1].methods] == ["final_interview"] and groups[-1].block == ""


def test_a_remote_place_asks_for_its_safeguards(cast: Cast) -> None:
    judged = Judged(scene.of_scheme(cast, FEST), TODAY)
    assert safeguards_of(judged, "remote") == (
        "en direct",
        "identité vérifiée",
        "surveillance",
        "journal des incidents",
    )
    assert safeguards_of(judged, "centre") == ()


@pytest.mark.parametrize(
    ("minutes", "told"), [(None, ""), (1, "1 minute"), (45, "45 minutes"), (60, "1 h"), (95, "1 h 35")]
)
def test_durations_are_told(minutes: int | None, told: str) -> None:
    assert duration(minutes) == told


def test_somebody_overtaken_changes_nothing(cast: Cast, sitting: Sitting) -> None:
    planning.move_sitting(sitting=sitting, by=cast.secretary, at=NOW, starts_at=SOON, place="provider", revision=0)
    with pytest.raises(StaleSittingError) as raised:
        planning.move_sitting(sitting=sitting, by=cast.second_secretary, at=NOW, starts_at=None, revision=0)
    assert raised.value.sitting.place == "provider"
    with pytest.raises(StaleSittingError):
        planning.cancel_sitting(sitting=sitting, reason="x", by=cast.second_secretary, at=NOW, revision=0)
    assert Sitting.objects.get().starts_at == SOON


@pytest.mark.django_db(transaction=True)
def test_two_secretaries_move_at_once_and_one_is_told(transactional_db: None) -> None:
    cast = casting.cast()
    sitting = scene.soon(cast, scene.admissible(cast))
    cast.second_secretary.refresh_from_db()

    def move(by: Any, day: int) -> Callable[[], None]:
        return lambda: planning.move_sitting(
            sitting=Sitting.objects.get(pk=sitting.pk),
            by=by,
            at=NOW,
            starts_at=datetime(2026, 4, day, 8, 0, tzinfo=UTC),
            revision=0,
        )

    found = at_once(move(cast.secretary, 1), move(cast.second_secretary, 2))
    assert sorted(type(one).__name__ for one in found) == ["NoneType", "StaleSittingError"]
    assert Sitting.objects.get().revision == 1
