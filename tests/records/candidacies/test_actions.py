"""Actions on a file, through the doors that the screens use."""

from datetime import timedelta
from fractions import Fraction

import pytest
from django.core.files.base import ContentFile

from parchemin.core.decision import Decision, Outcome, Stage
from parchemin.core.plain import decision_to_plain
from parchemin.records.candidacies.actions import closing, deciding, depositing, filling, opening, talking
from parchemin.records.candidacies.actions.drafts import draft_of, drop_draft, save_draft
from parchemin.records.candidacies.actions.filling import Measured
from parchemin.records.candidacies.actions.reminding import due_for, remind
from parchemin.records.candidacies.errors import StaleError, UnfitError
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import (
    Accommodation,
    Candidacy,
    DecisionRecord,
    Deposit,
    DocumentVersion,
    Letter,
    Reminder,
    Status,
)
from parchemin.records.candidacies.queries.visible import may
from parchemin.records.candidacies.wordings import _sentences, sentence
from parchemin.records.journal import queries as journal
from parchemin.records.people.models import Assurance
from parchemin.records.people.permissions import Action
from parchemin.records.people.standing import Standing
from tests.samples import ROOT
from tests.web.cast import ALTERNANCE, AT, CQP, FEST, ON, TITLE, Cast, accepted, deposited, identified, opened, worked

DAY = timedelta(days=1)


def dropped(
    row: Candidacy, kind: str = "admissibility_file", pages: int = 3, *, is_signed: bool = True
) -> DocumentVersion:
    version = filling.drop_document(
        candidacy=row,
        content=ContentFile(b"%PDF"),
        measured=Measured("file.pdf", "application/pdf", 4, "0" * 64, pages=pages),
        by=row.candidate,
        at=AT,
        kind=kind,
    )
    if is_signed:
        filling.sign_document(
            candidacy=row, version=version, actor="candidate", signer="x", assurance=Assurance.PASSWORD, at=AT
        )
    return version


@pytest.fixture
def complete(cast: Cast, draft: Candidacy) -> Candidacy:
    """A file that everything speaks for, checked as complete."""
    worked(draft)
    dropped(draft)
    deposited(draft)
    depositing.accept_application(candidacy=draft, by=cast.secretary, at=AT, on=ON)
    return draft


@pytest.fixture
def admissible(cast: Cast, complete: Candidacy) -> Candidacy:
    """The same, found admissible."""
    deciding.decide_admissibility(candidacy=complete, is_favourable=True, reason="", by=cast.secretary, at=AT, on=ON)
    return complete


def letters(row: Candidacy) -> list[str]:
    return list(Letter.objects.filter(candidacy=row).order_by("asked_at", "reference").values_list("kind", flat=True))


def test_a_closed_route_is_refused_by_a_decision_and_nothing_is_written(cast: Cast) -> None:
    found = opening.open_candidacy(
        candidate=cast.candidate, certification=cast.certification(ALTERNANCE), route="student", at=AT, on=ON
    )
    assert isinstance(found, Decision)
    assert found.outcome is Outcome.NOT_MET
    assert "fermée" in found.those(Outcome.NOT_MET)[0].seen
    assert not Candidacy.objects.exists()


def test_numbers_follow_each_other_in_a_year(cast: Cast) -> None:
    first = opened(cast.candidate, cast.certification())
    second = opened(cast.other_candidate, cast.certification())
    third = opened(cast.candidate, cast.certification(FEST), on=ON.replace(year=2027))
    assert [first.number, second.number, third.number] == ["2026-00001", "2026-00002", "2027-00001"]


def test_one_file_at_a_time_for_one_certification(cast: Cast, draft: Candidacy) -> None:
    with pytest.raises(UnfitError) as refused:
        opened(cast.candidate, cast.certification())
    assert draft.number in sentence(refused.value)
    closing.withdraw_candidacy(candidacy=draft, reason="", by=cast.candidate, at=AT, on=ON)
    assert opened(cast.candidate, cast.certification()).number != draft.number


def test_blocks_alone_only_where_the_award_is_divided(cast: Cast) -> None:
    row = opened(cast.candidate, cast.certification(TITLE), "continuing", blocks=["B1"])
    assert row.blocks == ["B1"]
    with pytest.raises(UnfitError):
        opened(cast.other_candidate, cast.certification(FEST), "vae", blocks=["B1"])


def test_every_action_is_journaled_and_the_journal_holds(complete: Candidacy) -> None:
    kinds = [entry.kind for entry in journal.entries_of(complete.pk)]
    assert kinds[0] == "candidacy.opened"
    assert kinds[-1] == "candidacy.application_complete"
    assert journal.verify().is_whole


def test_a_deposit_needs_an_identity_and_the_regulation(cast: Cast, draft: Candidacy) -> None:
    for code in ("identity", "regulation"):
        with pytest.raises(UnfitError) as refused:
            depositing.deposit_application(candidacy=draft, by=cast.candidate, at=AT, on=ON)
        assert refused.value.code == code
        identified(cast.candidate)
    accepted(draft)
    assert isinstance(depositing.deposit_application(candidacy=draft, by=cast.candidate, at=AT, on=ON), Decision)
    assert draft.status == Status.DRAFT


def test_two_years_and_eleven_months_are_told_and_may_still_be_handed_in(cast: Cast, draft: Candidacy) -> None:
    worked(draft, ON.replace(year=2023, month=4))
    dropped(draft)
    accepted(draft)
    identified(cast.candidate)
    found = depositing.deposit_application(candidacy=draft, by=cast.candidate, at=AT, on=ON)
    assert isinstance(found, Decision)
    assert [(f.rule, f.seen) for f in found.those(Outcome.NOT_MET)] == [
        ("eligibility.experience", "35 mois sur 3 ans"),
    ]
    sent = depositing.deposit_application(candidacy=draft, by=cast.candidate, at=AT, on=ON, is_insisting=True)
    assert isinstance(sent, Deposit)
    assert draft.status == Status.RECEIVED


def test_a_deposit_copies_the_identity_locks_documents_and_starts_the_clock(cast: Cast, draft: Candidacy) -> None:
    worked(draft)
    dropped(draft)
    deposited(draft)
    assert draft.identity is not None
    assert draft.identity["birth_name"] == "Fictive"
    assert draft.due_on == ON.replace(month=5)
    assert letters(draft) == ["received"]
    with pytest.raises(UnfitError) as refused:
        dropped(draft)
    assert refused.value.code == "locked"


def test_returned_for_reasons_then_handed_in_again(cast: Cast, draft: Candidacy) -> None:
    worked(draft)
    dropped(draft)
    deposited(draft)
    with pytest.raises(UnfitError):
        depositing.return_application(candidacy=draft, reasons=" ", by=cast.secretary, at=AT, on=ON)
    depositing.return_application(candidacy=draft, reasons="Page 2 illisible.", by=cast.secretary, at=AT, on=ON)
    assert draft.status == Status.RETURNED
    assert draft.due_on is None
    assert dropped(draft).number == 2
    deposited(draft, on=ON + DAY)
    assert draft.status == Status.RECEIVED
    answers = list(draft.deposits.order_by("number").values_list("answer", "reasons"))
    assert answers == [("returned", "Page 2 illisible."), ("pending", "")]
    assert letters(draft) == ["received", "incomplete", "received"]


def test_a_favourable_answer_against_a_rule_is_refused_then_derogated(cast: Cast, draft: Candidacy) -> None:
    worked(draft, ON.replace(year=2024))
    dropped(draft)
    deposited(draft)
    depositing.accept_application(candidacy=draft, by=cast.secretary, at=AT, on=ON)
    found = deciding.decide_admissibility(
        candidacy=draft, is_favourable=True, reason="", by=cast.secretary, at=AT, on=ON
    )
    assert isinstance(found, Decision)
    assert draft.status == Status.COMPLETE
    deciding.override_rule(
        candidacy=draft,
        rule="eligibility.experience",
        reason="Expérience équivalente",
        source="Procès-verbal du 2 mars",
        by=cast.secretary,
        at=AT,
        on=ON,
    )
    record = deciding.decide_admissibility(
        candidacy=draft, is_favourable=True, reason="", by=cast.secretary, at=AT, on=ON
    )
    assert isinstance(record, DecisionRecord)
    lifted = [finding for finding in record.decision["findings"] if finding["override"]]
    assert [(one["rule"], one["override"]["author"]) for one in lifted] == [
        ("eligibility.experience", cast.secretary.name),
    ]
    assert record.outcome == "met"


def test_an_answer_that_the_rules_do_not_lead_to_needs_a_reason(cast: Cast, complete: Candidacy) -> None:
    def refuse(reason: str) -> object:
        return deciding.decide_admissibility(
            candidacy=complete, is_favourable=False, reason=reason, by=cast.secretary, at=AT, on=ON
        )

    with pytest.raises(UnfitError) as refused:
        refuse("")
    assert refused.value.code == "reasons"
    refuse("Les activités ne sont pas en rapport avec le CQP.")
    assert complete.status == Status.REFUSED


def test_a_frozen_decision_is_replayed_the_same(admissible: Candidacy) -> None:
    record = admissible.decisions.get(answer="favourable")
    again = Judged(Candidacy.objects.get(pk=admissible.pk), record.decided_on).decided(Stage.ELIGIBILITY)
    assert decision_to_plain(again) == record.decision


def test_what_is_only_declared_never_decides(cast: Cast) -> None:
    row = opened(cast.candidate, cast.certification("master-meef-formation"), "student")
    filling.declare(candidacy=row, answers={"admission": True}, by=cast.candidate, at=AT)
    assert Judged(row, ON).foreseen(Stage.ELIGIBILITY).outcome is Outcome.MET
    assert Judged(row, ON).decided(Stage.ELIGIBILITY).outcome is Outcome.UNKNOWN
    deposited(row)
    deciding.verify_statement(candidacy=row, code="admission", is_true=True, by=cast.secretary, at=AT)
    assert Judged(row, ON).decided(Stage.ELIGIBILITY).outcome is Outcome.MET
    filling.declare(candidacy=row, answers={"admission": False}, by=cast.candidate, at=AT)
    assert row.statements.get().verified is None


def test_silence_accepts_the_day_after_two_months(cast: Cast, received: Candidacy) -> None:
    assert received.due_on is not None
    assert deciding.apply_time(candidacy=received, at=AT, on=received.due_on) is None
    record = deciding.apply_time(candidacy=received, at=AT, on=received.due_on + DAY)
    assert record is not None
    assert record.decided_by is None
    assert received.status == Status.ADMISSIBLE
    assert deciding.apply_time(candidacy=received, at=AT, on=received.decisions.get().decided_on + DAY) is None
    assert letters(received) == ["received", "admissible_by_silence"]


def test_after_silence_a_refusal_comes_too_late(cast: Cast, complete: Candidacy) -> None:
    assert complete.due_on is not None
    with pytest.raises(UnfitError) as refused:
        deciding.decide_admissibility(
            candidacy=complete, is_favourable=False, reason="x", by=cast.secretary, at=AT, on=complete.due_on + DAY
        )
    assert refused.value.code == "silence"


def test_an_appeal_upheld_puts_the_file_back_to_be_decided(cast: Cast, complete: Candidacy) -> None:
    deciding.decide_admissibility(
        candidacy=complete, is_favourable=False, reason="Hors du champ.", by=cast.secretary, at=AT, on=ON
    )
    record = complete.decisions.get(answer="unfavourable")
    appeal = closing.file_appeal(record=record, grounds="Si.", by=cast.candidate, at=AT, on=ON)
    with pytest.raises(UnfitError):
        closing.file_appeal(record=record, grounds="Encore.", by=cast.candidate, at=AT, on=ON)
    closing.answer_appeal(appeal=appeal, is_upheld=True, answer="Vous avez raison.", by=cast.secretary, at=AT, on=ON)
    complete.refresh_from_db()
    assert complete.status == Status.COMPLETE
    assert letters(complete)[-2:] == ["appeal_received", "appeal_upheld"]
    with pytest.raises(UnfitError):
        closing.answer_appeal(appeal=appeal, is_upheld=False, answer="Non.", by=cast.secretary, at=AT, on=ON)


def test_a_favourable_decision_is_not_contested(cast: Cast, admissible: Candidacy) -> None:
    with pytest.raises(UnfitError) as refused:
        closing.file_appeal(
            record=admissible.decisions.get(answer="favourable"), grounds="x", by=cast.candidate, at=AT, on=ON
        )
    assert refused.value.code == "not_appealable"


def test_a_page_too_many_is_refused_when_the_file_is_handed_in(cast: Cast) -> None:
    row = opened(cast.candidate, cast.certification(ALTERNANCE), "apprenticeship", on=ON.replace(year=2020))
    deposited(row, on=ON.replace(year=2020))
    depositing.accept_application(candidacy=row, by=cast.secretary, at=AT, on=ON.replace(year=2020))
    deciding.decide_admissibility(
        candidacy=row, is_favourable=True, reason="", by=cast.secretary, at=AT, on=ON.replace(year=2020)
    )
    pages = {"self_assessment": 7, "project_document": 21, "organisation_document": 8, "activity_report": 3}
    for kind, count in pages.items():
        dropped(row, kind, count, is_signed=False)
    found = depositing.deposit_file(candidacy=row, by=cast.candidate, at=AT, on=ON)
    assert isinstance(found, Decision)
    assert [(f.rule, f.seen) for f in found.those(Outcome.NOT_MET)] == [
        ("completeness.project_pages", "21 pages (15 à 20)"),
    ]
    dropped(row, "project_document", 20, is_signed=False)
    assert isinstance(depositing.deposit_file(candidacy=row, by=cast.candidate, at=AT, on=ON), Deposit)
    record = depositing.answer_file(candidacy=row, is_complete=True, reasons="", by=cast.secretary, at=AT, on=ON)
    assert record.answer == "complete"


def test_another_route_is_dated_and_sends_the_application_back(cast: Cast, received: Candidacy) -> None:
    assert (
        opening.change_route(
            candidacy=received, route="pathway", reason="Embauche", by=cast.candidate, at=AT, on=ON + DAY
        )
        is None
    )
    assert received.status == Status.RETURNED
    assert list(received.routes.values_list("route", flat=True)) == ["vae", "pathway"]
    with pytest.raises(UnfitError):
        opening.change_route(candidacy=received, route="pathway", reason="", by=cast.candidate, at=AT, on=ON)
    refusal = opening.change_route(candidacy=received, route="nulle", reason="", by=cast.candidate, at=AT, on=ON)
    assert isinstance(refusal, Decision)


def test_whoever_acts_on_what_they_no_longer_see_is_told_and_changes_nothing(cast: Cast, received: Candidacy) -> None:
    seen = received.revision
    depositing.accept_application(candidacy=received, by=cast.secretary, at=AT, on=ON, revision=seen)
    other = Candidacy.objects.get(pk=received.pk)
    with pytest.raises(StaleError):
        depositing.return_application(
            candidacy=other, reasons="x", by=cast.second_secretary, at=AT, on=ON, revision=seen
        )
    received.refresh_from_db()
    assert received.status == Status.COMPLETE
    assert not received.decisions.filter(answer="incomplete").exists()


def test_a_message_does_not_disturb_what_others_type(cast: Cast, received: Candidacy) -> None:
    before = received.revision
    talking.send_message(candidacy=received, body="Bonjour", by=cast.candidate, at=AT)
    received.refresh_from_db()
    assert received.revision == before
    assert talking.mark_read(candidacy=received, is_candidate=True, at=AT) == 0
    assert talking.mark_read(candidacy=received, is_candidate=False, at=AT) == 1


def test_a_need_is_encrypted_and_its_answer_reaches_the_rules(cast: Cast, received: Candidacy) -> None:
    from django.db import connection

    asked = talking.ask_accommodation(candidacy=received, need="Un temps en plus", by=cast.candidate, at=AT)
    with connection.cursor() as cursor:
        cursor.execute("SELECT need FROM candidacies_accommodation")
        assert "temps" not in cursor.fetchone()[0]
    assert Accommodation.objects.get().need == "Un temps en plus"
    talking.decide_accommodation(
        accommodation=asked,
        is_granted=True,
        measures="Un tiers de temps en plus",
        methods=["assessment"],
        time=Fraction(4, 3),
        by=cast.secretary,
        at=AT,
        on=ON,
    )
    facts = Judged(Candidacy.objects.get(pk=received.pk), ON).facts
    assert [(one.methods, one.time) for one in facts.accommodations] == [(("assessment",), Fraction(4, 3))]


def test_a_transfer_has_its_reason_and_changes_who_handles_the_file(cast: Cast, received: Candidacy) -> None:
    closing.transfer_candidacy(
        candidacy=received, to=cast.other_organisation, reason="Déménagement", by=cast.secretary, at=AT, on=ON
    )
    assert received.organisation_id == cast.other_organisation.pk
    with pytest.raises(UnfitError):
        closing.transfer_candidacy(
            candidacy=received, to=cast.other_organisation, reason="x", by=cast.secretary, at=AT, on=ON
        )


def test_requests_of_the_year_are_counted_across_certifications(cast: Cast, received: Candidacy) -> None:
    other = opened(cast.candidate, cast.certification(TITLE), "vae")
    assert [one.scheme for one in Judged(other, ON).facts.requests or ()] == [CQP]


def test_a_draft_is_kept_for_its_author_and_dropped(cast: Cast) -> None:
    save_draft(person=cast.candidate, form="x", fields={"a": "1"}, at=AT)
    save_draft(person=cast.candidate, form="x", fields={"a": "2"}, at=AT)
    kept = draft_of(cast.candidate, "x")
    assert kept is not None
    assert kept.fields == {"a": "2"}
    assert draft_of(cast.secretary, "x") is None
    drop_draft(person=cast.candidate, form="x")
    assert draft_of(cast.candidate, "x") is None


def test_a_reminder_is_sent_once_for_each_stay(cast: Cast, received: Candidacy) -> None:
    reminder = Reminder.objects.create(
        organisation=cast.organisation,
        status="received",
        audience="candidate",
        after="waiting",
        days=10,
        subject="Votre dossier",
        words="Il est en cours.",
    )
    assert not due_for(reminder, ON + 5 * DAY).exists()
    assert remind(reminder=reminder, at=AT, on=ON + 10 * DAY) == 1
    assert remind(reminder=reminder, at=AT, on=ON + 11 * DAY) == 0
    assert letters(received)[-1] == "reminder"


def test_what_a_secretariat_reminds_itself_of_is_no_letter_of_the_candidate(cast: Cast, received: Candidacy) -> None:
    before = letters(received)
    reminder = Reminder.objects.create(
        organisation=cast.organisation,
        status="received",
        audience="secretariat",
        after="waiting",
        days=10,
        subject="Dossier suspect",
        words="Vérifier avant jeudi.",
    )
    assert remind(reminder=reminder, at=AT, on=ON + 10 * DAY) == 1
    assert letters(received) == before
    notice = received.notices.get()
    assert (notice.kind, notice.audience, notice.values["words"]) == (
        "reminder",
        "secretariat",
        "Vérifier avant jeudi.",
    )


def test_nothing_is_half_written_when_the_server_stops_in_the_middle(
    cast: Cast, draft: Candidacy, monkeypatch: pytest.MonkeyPatch
) -> None:
    worked(draft)
    dropped(draft)
    accepted(draft)
    identified(cast.candidate)
    for name in ("_deposited", "reach", "pass_on", "note", "ask_letter"):
        with monkeypatch.context() as patched:

            def stops(*_: object, **__: object) -> None:
                raise SystemExit

            patched.setattr(depositing, name, stops)
            with pytest.raises(SystemExit):
                depositing.deposit_application(candidacy=draft, by=cast.candidate, at=AT, on=ON)
        found = Candidacy.objects.get(pk=draft.pk)
        assert (found.status, found.identity, found.revision) == (Status.DRAFT, None, draft.revision)
        assert not found.deposits.exists()
        assert not found.letters.exists()
        assert not found.dates.exists()
    assert journal.verify().is_whole


def test_every_reason_not_to_act_has_its_sentence() -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "src/parchemin").rglob("*.py"))
    import re

    raised = set(re.findall(r"UnfitError\(\s*\"(\w+)\"", source))
    assert raised <= set(_sentences())
    assert set(_sentences()) <= raised


def test_nobody_handles_their_own_file(cast: Cast) -> None:
    row = deposited(opened(cast.secretary, cast.certification()))
    own, colleague = Standing.of(cast.secretary, ON), Standing.of(cast.second_secretary, ON)
    assert not may(own, Action.DECIDE_ADMISSIBILITY, row, ON)
    assert not may(own, Action.SEE_FILE, row, ON)
    assert may(own, Action.SEE_OWN_FILE, row, ON)
    assert may(colleague, Action.DECIDE_ADMISSIBILITY, row, ON)
