"""Two people, or two windows, acting on one file at once; a server that stops at each step; files stored with rows."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, connections

from parchemin.core.decision import Decision
from parchemin.records.candidacies.actions import closing, deciding, depositing, filling, opening, taking
from parchemin.records.candidacies.errors import StaleError, UnfitError
from parchemin.records.candidacies.models import Candidacy, DecisionRecord, DocumentVersion, Status
from parchemin.records.journal import queries as journal
from tests.records.candidacies.files import MEASURED, completed, decided, dropped
from tests.web import cast as casting
from tests.web.cast import AT, ON, Cast, accepted, identified, opened, worked


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """What each answered or raised, all of them started together."""
    found: list[Any] = [None] * len(acts)
    together = threading.Barrier(len(acts))

    def run(index: int) -> None:
        try:
            together.wait(30)
            found[index] = acts[index]()
        except Exception as error:
            found[index] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(index,)) for index in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return found


@pytest.fixture
def committed(transactional_db: None) -> Cast:
    """A cast that other threads see."""
    return casting.cast()


@pytest.mark.django_db(transaction=True)
def test_of_two_answers_at_once_one_wins_and_the_other_is_told(committed: Cast) -> None:
    row = completed(committed, opened(committed.candidate, committed.certification()))
    seen = row.revision

    def answer(is_favourable: bool) -> Callable[[], Any]:
        mine = Candidacy.objects.get(pk=row.pk)
        who = committed.secretary if is_favourable else committed.second_secretary
        return lambda: deciding.decide_admissibility(
            candidacy=mine, is_favourable=is_favourable, reason="x", by=who, at=AT, on=ON, revision=seen
        )

    found = at_once(answer(True), answer(False))
    assert {type(one) for one in found} == {DecisionRecord, StaleError}
    row.refresh_from_db()
    assert row.revision == seen + 1
    won = next(one for one in found if isinstance(one, DecisionRecord))
    assert row.status == (Status.ADMISSIBLE if won.answer == "favourable" else Status.REFUSED)
    assert row.decisions.filter(answer__in=["favourable", "unfavourable"]).count() == 1
    assert journal.verify().is_whole


@pytest.mark.django_db(transaction=True)
def test_of_two_openings_at_once_one_file_is_made(committed: Cast) -> None:
    who, what = committed.candidate, committed.certification()
    found = at_once(*[lambda: opened(who, what)] * 3)
    assert sum(isinstance(one, Candidacy) for one in found) == 1
    assert {one.code for one in found if isinstance(one, UnfitError)} == {"already_open"}
    assert Candidacy.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_numbers_given_at_once_never_meet(committed: Cast) -> None:
    people = [committed.candidate, committed.other_candidate, committed.outsider]
    what = committed.certification()
    found = at_once(*[lambda one=one: opened(one, what) for one in people])
    assert sorted(one.number for one in found) == ["2026-00001", "2026-00002", "2026-00003"]


@pytest.mark.django_db(transaction=True)
def test_one_appeal_is_filed_of_two_at_once(committed: Cast) -> None:
    row = decided(
        committed,
        completed(committed, opened(committed.candidate, committed.certification())),
        is_favourable=False,
    )
    record = row.decisions.get(answer="unfavourable")
    who = committed.candidate
    found = at_once(*[lambda: closing.file_appeal(record=record, grounds="x", by=who, at=AT, on=ON)] * 2)
    assert {getattr(one, "code", "filed") for one in found} == {"appeal_pending", "filed"}
    assert record.appeals.count() == 1


STEPS = [
    (depositing, ("_deposited", "reach", "pass_on", "note", "ask_letter")),
    (taking, ("append",)),
    (Candidacy, ("save",)),
]


@pytest.mark.parametrize(
    ("place", "name"),
    [(place, name) for place, names in STEPS for name in names],
    ids=lambda one: getattr(one, "__name__", one),
)
def test_a_deposit_stopped_at_any_step_leaves_the_draft_as_it_was(
    cast: Cast, draft: Candidacy, monkeypatch: pytest.MonkeyPatch, place: Any, name: str
) -> None:
    worked(draft)
    dropped(draft)
    accepted(draft)
    identified(cast.candidate)
    before = Candidacy.objects.filter(pk=draft.pk).values().get()
    entries = journal.entries_of(draft.pk).count()

    def stops(*_: object, **__: object) -> None:
        raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr(place, name, stops)
        with pytest.raises(SystemExit):
            depositing.deposit_application(candidacy=draft, by=cast.candidate, at=AT, on=ON)
    assert Candidacy.objects.filter(pk=draft.pk).values().get() == before
    assert not draft.deposits.exists()
    assert not draft.letters.exists()
    assert not draft.dates.exists()
    assert journal.entries_of(draft.pk).count() == entries
    assert journal.verify().is_whole
    row = Candidacy.objects.get(pk=draft.pk)
    assert not isinstance(depositing.deposit_application(candidacy=row, by=cast.candidate, at=AT, on=ON), UnfitError)
    assert row.status == Status.RECEIVED


def stored() -> set[str]:
    """The files stored, by name."""
    root = Path(default_storage.location)  # type: ignore[attr-defined]
    return {str(path) for path in root.rglob("*") if path.is_file()}


@pytest.mark.parametrize("name", ["append", "note"])
def test_a_document_whose_row_is_not_written_is_not_stored(
    draft: Candidacy, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    before = stored()

    def stops(*_: object, **__: object) -> None:
        raise SystemExit

    monkeypatch.setattr(taking if name == "append" else filling, name, stops)
    with pytest.raises(SystemExit):
        dropped(draft)
    assert stored() == before
    assert not DocumentVersion.objects.exists()


def test_a_document_that_the_storage_refuses_leaves_no_row(draft: Candidacy, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> str:
        raise OSError("no space left")

    with monkeypatch.context() as patched:
        patched.setattr(type(default_storage), "save", full, raising=False)
        with pytest.raises(OSError, match="no space"):
            dropped(draft)
    assert not DocumentVersion.objects.exists()
    assert not draft.documents.exists()


def test_what_is_stored_is_named_by_opaque_ids_whatever_it_was_called(draft: Candidacy) -> None:
    version = filling.drop_document(
        candidacy=draft,
        content=ContentFile(b"x"),
        measured=MEASURED._replace(name="../../etc/passwd"),
        by=draft.candidate,
        at=AT,
        kind="vae_file",
    )
    assert version.content.name == f"candidacies/{draft.pk}/{version.pk}"
    assert version.name == "../../etc/passwd"


def test_what_the_rules_refuse_changes_nothing_that_somebody_types(cast: Cast, draft: Candidacy) -> None:
    identified(cast.candidate)
    accepted(draft)
    before = Candidacy.objects.filter(pk=draft.pk).values().get()
    for refused in (
        opening.change_route(candidacy=draft, route="nulle", reason="", by=cast.candidate, at=AT, on=ON),
        depositing.deposit_application(candidacy=draft, by=cast.candidate, at=AT, on=ON),
    ):
        assert isinstance(refused, Decision)
        assert Candidacy.objects.filter(pk=draft.pk).values().get() == before
    assert draft.routes.count() == 1


@pytest.mark.django_db
def test_frozen_tables_have_their_guards() -> None:
    from parchemin.records.journal import append_only

    assert append_only.unguarded(connection) == []
