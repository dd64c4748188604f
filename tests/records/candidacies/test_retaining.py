"""Keeping no longer than said: what is written down is erased, nothing else, and nothing of it is left in storage."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from parchemin.records.candidacies.actions import closing, erasing, filling, retaining, talking, witnessing
from parchemin.records.candidacies.actions.drafts import prune_drafts, save_draft
from parchemin.records.candidacies.models import (
    Candidacy,
    DocumentVersion,
    Draft,
    Endorsement,
    Letter,
    RetentionRule,
    RetentionRun,
)
from parchemin.records.candidacies.queries.expiring import Changes, changes_since, counts_due
from parchemin.records.candidacies.queries.linked import ATTEST, subject_of
from parchemin.records.candidacies.room import weight_of_documents
from parchemin.records.journal import queries as journal
from parchemin.records.people.models import CivilIdentity, Link
from tests.records.candidacies.files import MEASURED, completed, decided, dropped, erased
from tests.web.cast import AT, FEST, ON, TITLE, Cast, deposited, opened, worked

LATER = ON.replace(year=2027)
KIND = RetentionRule.Kind


@pytest.fixture
def rules(cast: Cast) -> None:
    """Everything is kept six months."""
    for kind in KIND:
        RetentionRule.objects.create(organisation=cast.organisation, kind=kind, months=6, basis="x")


def prepared(cast: Cast, on: date = LATER) -> RetentionRun:
    return retaining.prepare_retention(organisation=cast.organisation, by=cast.manager, at=AT, on=on)


def applied(cast: Cast) -> RetentionRun:
    return erased(cast, prepared(cast), LATER)


def stored(row: Candidacy) -> list[Path]:
    root = Path(default_storage.location)  # type: ignore[attr-defined]
    return [path for name in ("candidacies", "letters") for path in (root / name / str(row.pk)).rglob("*")]


def posted(row: Candidacy) -> None:
    for letter in Letter.objects.filter(candidacy=row):
        letter.pdf.save("x.pdf", ContentFile(b"%PDF"), save=False)
        letter.text, letter.subject, letter.sent_to = "Madame Fictive", "x", "x@example.org"
        letter.written_at = letter.sent_at = AT
        letter.save()


@pytest.mark.usefixtures("rules")
def test_what_is_counted_is_erased_rows_and_files(
    cast: Cast, draft: Candidacy, django_capture_on_commit_callbacks: object
) -> None:
    worked(draft)
    dropped(draft)
    filling.remove_document(candidacy=draft, document=dropped(draft, "", "autre").document, by=cast.candidate, at=AT)
    deposited(draft)
    asked = talking.ask_accommodation(candidacy=draft, need="Un ordinateur", by=cast.candidate, at=AT)
    talking.decide_accommodation(
        accommodation=asked, is_granted=False, reason="Déjà là", by=cast.secretary, at=AT, on=ON
    )
    again = talking.ask_accommodation(candidacy=draft, need="Une salle", by=cast.candidate, at=AT)
    talking.withdraw_accommodation(accommodation=again, by=cast.candidate, at=AT)
    talking.send_message(candidacy=draft, body="x", by=cast.candidate, at=AT)
    closing.withdraw_candidacy(candidacy=draft, reason="", by=cast.candidate, at=AT, on=ON)
    posted(draft)
    assert len(stored(draft)) == 5
    expected = counts_due(cast.organisation, LATER)
    assert expected == {"evidence": 1, "pathway": 0, "messages": 1, "accommodation": 1, "identity": 1, "drafts": 0}
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        run = applied(cast)
    assert run.counts == expected
    assert {line.is_erased for line in run.lines.all()} == {True}
    assert stored(draft) == []
    assert not any(counts_due(cast.organisation, LATER).values())
    for letter in Letter.objects.filter(candidacy=draft):
        assert (letter.text, letter.sent_to, letter.pdf.name, letter.values) == ("", "", "", {})
    assert {one.need for one in draft.accommodations.all()} == {""}
    draft.refresh_from_db()
    assert draft.identity == {}
    told = [entry.kind for entry in journal.entries_of(cast.organisation.pk)]
    assert told[-2:] == ["retention.confirmed", "retention.run"]
    assert journal.verify().is_whole


@pytest.mark.usefixtures("rules")
def test_a_version_removed_by_the_candidate_does_not_outlive_the_file(
    cast: Cast, draft: Candidacy, django_capture_on_commit_callbacks: object
) -> None:
    filling.remove_document(candidacy=draft, document=dropped(draft).document, by=cast.candidate, at=AT)
    closing.withdraw_candidacy(candidacy=draft, reason="", by=cast.candidate, at=AT, on=ON)
    assert counts_due(cast.organisation, LATER)["evidence"] == 1
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        applied(cast)
    assert stored(draft) == []


@pytest.mark.usefixtures("rules")
def test_a_draft_never_sent_goes_with_its_files(
    cast: Cast, draft: Candidacy, django_capture_on_commit_callbacks: object
) -> None:
    dropped(draft)
    save_draft(person=cast.candidate, form="x", fields={}, at=AT, candidacy=draft)
    assert counts_due(cast.organisation, LATER)["drafts"] == 1
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        applied(cast)
    assert not Candidacy.objects.filter(pk=draft.pk).exists()
    assert not DocumentVersion.objects.exists()
    assert not Draft.objects.exists()
    assert stored(draft) == []


@pytest.mark.usefixtures("rules")
def test_what_goes_on_and_what_is_of_others_is_left(cast: Cast, draft: Candidacy) -> None:
    decided(cast, completed(cast, draft))
    other = opened(cast.other_candidate, draft.certification)
    closing.transfer_candidacy(candidacy=other, to=cast.other_organisation, reason="x", by=cast.secretary, at=AT, on=ON)
    assert not any(counts_due(cast.organisation, LATER).values())
    assert counts_due(cast.other_organisation, LATER) == {}


@pytest.mark.usefixtures("rules")
def test_the_last_day_of_the_time_is_still_kept(cast: Cast, draft: Candidacy) -> None:
    last = ON.replace(month=9)
    assert counts_due(cast.organisation, last)["drafts"] == 0
    assert counts_due(cast.organisation, last.replace(day=3))["drafts"] == 1


def test_drafts_untouched_for_long_are_pruned(cast: Cast) -> None:
    save_draft(person=cast.candidate, form="x", fields={}, at=AT)
    assert prune_drafts(at=AT.replace(month=8)) == 0
    assert prune_drafts(at=AT.replace(month=9)) == 1


@pytest.mark.usefixtures("rules")
def test_nothing_of_a_file_goes_while_its_refusal_is_contested_nor_too_soon_after(cast: Cast, draft: Candidacy) -> None:
    decided(cast, completed(cast, draft), is_favourable=False)
    record = draft.decisions.get(answer="unfavourable")
    appeal = closing.file_appeal(record=record, grounds="x", by=cast.candidate, at=AT, on=ON)
    assert not any(counts_due(cast.organisation, LATER).values())
    answered_at = AT.replace(month=12)
    closing.answer_appeal(
        appeal=appeal, is_upheld=False, answer="Non.", by=cast.secretary, at=answered_at, on=answered_at.date()
    )
    assert not any(counts_due(cast.organisation, LATER).values())
    assert counts_due(cast.organisation, LATER.replace(month=7))["identity"] == 1


@pytest.mark.usefixtures("rules")
def test_what_was_attached_to_an_appeal_goes_with_the_evidence_and_one_taken_back_holds_nothing(
    cast: Cast, draft: Candidacy, django_capture_on_commit_callbacks: object
) -> None:
    decided(cast, completed(cast, draft), is_favourable=False)
    record = draft.decisions.get(answer="unfavourable")
    before, held = stored(draft), weight_of_documents(draft)
    exhibits = [(ContentFile(b"%PDF", name="x.pdf"), MEASURED)]
    appeal = closing.file_appeal(record=record, grounds="x", by=cast.candidate, at=AT, on=ON, exhibits=exhibits)
    assert len(stored(draft)) == len(before) + 1
    assert weight_of_documents(draft) == held + MEASURED.size
    assert not any(counts_due(cast.organisation, LATER).values())
    closing.withdraw_appeal(appeal=appeal, by=cast.candidate, at=AT)
    assert counts_due(cast.organisation, LATER)["evidence"] == 1
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        applied(cast)
    kept = appeal.exhibits.get()
    assert (stored(draft), kept.name, kept.content.name, kept.sha256) == ([], "", "", MEASURED.sha256)
    assert counts_due(cast.organisation, LATER)["evidence"] == 0


@pytest.mark.usefixtures("rules")
def test_a_draft_that_was_worked_on_lately_is_kept(cast: Cast, draft: Candidacy) -> None:
    assert counts_due(cast.organisation, LATER)["drafts"] == 1
    save_draft(
        person=cast.candidate, form="experience", fields={"position": "x"}, candidacy=draft, at=AT.replace(month=12)
    )
    assert counts_due(cast.organisation, LATER)["drafts"] == 0
    Draft.objects.all().delete()
    worked(draft)
    draft.experiences.update(position="x")
    assert counts_due(cast.organisation, LATER)["drafts"] == 1


@pytest.mark.usefixtures("rules")
def test_the_civil_identity_goes_with_the_last_file_that_needs_it(cast: Cast, draft: Candidacy) -> None:
    worked(draft)
    deposited(draft)
    closing.withdraw_candidacy(candidacy=draft, reason="", by=cast.candidate, at=AT, on=ON)
    other = opened(cast.candidate, cast.certification(TITLE))
    RetentionRule.objects.filter(kind=KIND.DRAFTS).delete()
    applied(cast)
    assert CivilIdentity.objects.filter(person=cast.candidate).exists()
    Candidacy.objects.filter(pk=draft.pk).update(identity={"birth_name": "Fictive"})
    other.delete()
    applied(cast)
    assert not CivilIdentity.objects.filter(person=cast.candidate).exists()


def closed(cast: Cast, row: Candidacy) -> Candidacy:
    deposited(row)
    talking.send_message(candidacy=row, body="x", by=cast.candidate, at=AT)
    closing.withdraw_candidacy(candidacy=row, reason="", by=cast.candidate, at=AT, on=ON)
    return row


@pytest.mark.usefixtures("rules")
def test_the_dry_run_names_the_files_the_classes_and_since_when(cast: Cast, draft: Candidacy) -> None:
    closed(cast, draft)
    other = opened(cast.other_candidate, draft.certification)
    told = {(line.number, line.kind): line for line in prepared(cast).lines.all()}
    assert set(told) == {(draft.number, "messages"), (draft.number, "identity"), (other.number, "drafts")}
    line = told[draft.number, "messages"]
    assert (line.status, line.closed_on, line.ended_on) == ("withdrawn", ON, ON.replace(month=9))
    assert line.is_erased is None
    assert draft.messages.exists()


@pytest.mark.usefixtures("rules")
def test_the_time_of_what_was_contested_runs_from_the_answer(cast: Cast, draft: Candidacy) -> None:
    decided(cast, completed(cast, draft), is_favourable=False)
    record = draft.decisions.get(answer="unfavourable")
    appeal = closing.file_appeal(record=record, grounds="x", by=cast.candidate, at=AT, on=ON)
    at = AT.replace(month=4)
    closing.answer_appeal(appeal=appeal, is_upheld=False, answer="Non.", by=cast.secretary, at=at, on=at.date())
    assert prepared(cast).lines.get(kind="identity").ended_on == ON.replace(month=10)


@pytest.mark.usefixtures("rules")
def test_nothing_is_erased_but_what_was_shown_and_what_changed_is_told(cast: Cast, draft: Candidacy) -> None:
    opened(cast.other_candidate, draft.certification)
    run = prepared(cast)
    assert changes_since(run, LATER) == Changes(0, 0)
    save_draft(person=cast.candidate, form="x", fields={}, candidacy=draft, at=AT.replace(month=12))
    assert changes_since(run, LATER) == Changes(1, 0)
    assert changes_since(run, LATER + timedelta(days=200)) == Changes(0, 0)
    third = opened(cast.candidate, cast.certification(FEST))
    assert changes_since(run, LATER) == Changes(1, 1)
    done = erased(cast, run, LATER)
    assert done.counts["drafts"] == 1
    assert [line.is_erased for line in run.lines.order_by("is_erased")] == [False, True]
    assert set(Candidacy.objects.values_list("pk", flat=True)) == {draft.pk, third.pk}
    entry = journal.entries_of(cast.organisation.pk).last()
    assert entry is not None and entry.details["left"] == 1


@pytest.mark.usefixtures("rules")
def test_a_rule_that_was_lengthened_since_erases_less(cast: Cast, draft: Candidacy) -> None:
    run = prepared(cast)
    RetentionRule.objects.filter(kind="drafts").update(months=120)
    done = erased(cast, run, LATER)
    assert done.counts["drafts"] == 0
    assert Candidacy.objects.filter(pk=draft.pk).exists()


@pytest.mark.usefixtures("rules")
def test_what_is_prepared_again_takes_the_place_of_what_was(cast: Cast, draft: Candidacy) -> None:
    first = prepared(cast)
    second = prepared(cast)
    assert list(RetentionRun.objects.all()) == [second] != [first]
    assert draft.number in {line.number for line in second.lines.all()}


@pytest.mark.usefixtures("rules")
def test_each_file_is_erased_once_and_goes_on_where_it_was_left(cast: Cast, draft: Candidacy) -> None:
    other = opened(cast.other_candidate, draft.certification)
    run = retaining.confirm_retention(run=prepared(cast), by=cast.manager, at=AT, on=LATER)
    assert erasing.files_waiting(run) == [draft.pk, other.pk]
    assert erasing.erase_file(run=run, file=draft.pk) == 1
    assert not erasing.finish_retention(run=run, at=AT), "a file still waits"
    assert erasing.erase_file(run=run, file=draft.pk) == 0
    assert erasing.files_waiting(run) == [other.pk]
    assert erasing.erase_file(run=run, file=other.pk) == 1
    assert [erasing.finish_retention(run=run, at=AT) for _ in range(2)] == [True, False]
    told = [entry.kind for entry in journal.entries_of(cast.organisation.pk)]
    assert told.count("retention.run") == 1
    run.refresh_from_db()
    assert run.counts["drafts"] == 2


@pytest.mark.usefixtures("rules")
def test_a_file_that_fails_is_left_whole_and_waits(
    cast: Cast, draft: Candidacy, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed(cast, draft)
    run = retaining.confirm_retention(run=prepared(cast), by=cast.manager, at=AT, on=LATER)

    def broken(_row: Candidacy) -> None:
        raise OSError("no room")

    monkeypatch.setitem(erasing.ERASERS, KIND.MESSAGES, broken)
    with pytest.raises(OSError):
        erasing.erase_file(run=run, file=draft.pk)
    draft.refresh_from_db()
    assert draft.identity and draft.messages.exists()
    assert {line.is_erased for line in run.lines.all()} == {None}


@pytest.mark.usefixtures("rules")
def test_a_line_whose_file_went_by_itself_is_left(cast: Cast, draft: Candidacy) -> None:
    run = retaining.confirm_retention(run=prepared(cast), by=cast.manager, at=AT, on=LATER)
    draft.delete()
    assert erasing.files_waiting(run) == []
    assert erasing.finish_retention(run=run, at=AT)
    assert {line.is_erased for line in run.lines.all()} == {False}


@pytest.mark.usefixtures("rules")
def test_a_stored_file_that_outlives_its_erasing_is_named_by_no_row(
    cast: Cast, draft: Candidacy, django_capture_on_commit_callbacks: object
) -> None:
    version = dropped(draft)
    closed(cast, draft)
    with django_capture_on_commit_callbacks(execute=False):  # type: ignore[operator]
        applied(cast)  # the server stops between the commit and the deleting of the file
    version.refresh_from_db()
    assert (version.content.name, version.name) == ("", "")
    assert [path for path in stored(draft) if path.is_file()]


@pytest.mark.usefixtures("rules")
def test_whoever_attested_or_supported_is_not_kept_longer_than_the_evidence(cast: Cast, draft: Candidacy) -> None:
    experience = worked(draft)
    asked: dict[str, Any] = {
        "candidacy": draft,
        "email": "rose@example.net",
        "bearer": "Rose Exemple",
        "by": cast.candidate,
        "at": AT,
    }
    link, _secret = witnessing.ask_by_link(act=ATTEST, subject=subject_of(experience), **asked)
    said: dict[str, Any] = {"bearer": "Rose Exemple", "quality": "Directrice", "at": AT}
    told = experience.fingerprint
    witnessing.attest_experience(
        experience=experience, fingerprint=told, is_confirmed=False, words="À mi-temps", link=link, **said
    )
    support, _secret = witnessing.ask_endorsement(**asked)
    witnessing.endorse(endorsement=Endorsement.objects.get(), words="Sérieuse", link=support, **said)
    closing.withdraw_candidacy(candidacy=draft, reason="", by=cast.candidate, at=AT, on=ON)
    assert counts_due(cast.organisation, LATER)["evidence"] == 1
    applied(cast)
    assert counts_due(cast.organisation, LATER)["evidence"] == 0
    for one in (experience.attestations.get(), draft.endorsements.get()):
        assert (one.bearer, one.quality, one.words) == ("", "", "–")
    assert set(Link.objects.values_list("email", "bearer")) == {("", "")}
