"""What is past its time is erased in the background: killed in the middle it goes on, and each file goes once."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from parchemin.project import tasks
from parchemin.project.tasks import enqueue_erasings, erase_what_is_due
from parchemin.records.candidacies.actions import retaining
from parchemin.records.candidacies.actions.erasing import erase_file
from parchemin.records.candidacies.models import Candidacy, RetentionRule, RetentionRun
from parchemin.records.journal.models import Entry
from parchemin.records.journal.queries import verify
from tests.project.background import erase_slowly, until, worker
from tests.web import cast as casting

pytestmark = pytest.mark.django_db(transaction=True)
FILES = 6


def confirmed(files: int = FILES) -> RetentionRun:
    """A run over that many drafts that nobody came back to."""
    cast, now = casting.cast(), timezone.now()
    long_ago = now - timedelta(days=900)
    for number in range(files):
        who = casting.person(f"ancien{number}", "Ancien", f"Oublié {number}")
        casting.opened(who, cast.certification(), at=long_ago, on=long_ago.date())
    retaining.set_retention(
        organisation=cast.organisation, kind=RetentionRule.Kind.DRAFTS, months=12, basis="x",
        by=cast.manager, at=now,
    )  # fmt: skip
    by, on = cast.manager, timezone.localdate()
    run = retaining.prepare_retention(organisation=cast.organisation, by=by, at=now, on=on)
    return retaining.confirm_retention(run=run, by=by, at=now, on=on)


def counted(run: RetentionRun) -> tuple[int, int]:
    """The lines erased, and the files that are left."""
    return run.lines.filter(is_erased=True).count(), Candidacy.objects.count()


def test_killed_in_the_middle_it_goes_on_and_erases_each_file_once() -> None:
    run = confirmed()
    erase_slowly.enqueue(run.pk, 0.4)
    doomed = worker("doomed")
    try:
        assert until(lambda: counted(run)[0] >= 2)
    finally:
        doomed.kill()
        doomed.wait()
    erased, left = counted(run)
    assert 2 <= erased < FILES and left == FILES - erased, "what was not committed is whole"
    assert not Entry.objects.filter(kind="retention.run").exists()
    DBTaskResult.objects.update(args_kwargs={"args": [run.pk, 0.0], "kwargs": {}})
    second = worker("second")
    try:
        assert until(lambda: RetentionRun.objects.filter(at__isnull=False).exists())
    finally:
        second.kill()
        second.wait()
    assert counted(run) == (FILES, 0)
    told = Entry.objects.get(kind="retention.run")
    run.refresh_from_db()
    assert (told.details["counts"], told.actor) == ({"drafts": FILES}, run.by_id)
    assert verify().is_whole


def test_one_task_is_asked_for_once_it_is_confirmed_and_again_does_nothing_more() -> None:
    run = confirmed(2)
    assert [enqueue_erasings() for _ in range(2)] == [1, 0]
    assert DBTaskResult.objects.get().args_kwargs["args"] == [run.pk]
    assert [erase_what_is_due.call(run.pk) for _ in range(2)] == [2, 0]
    assert Entry.objects.filter(kind="retention.run").count() == 1
    assert enqueue_erasings() == 0


def test_what_is_only_prepared_is_asked_of_nobody() -> None:
    run = confirmed(1)
    RetentionRun.objects.update(confirmed_at=None, confirmed_on=None)
    assert enqueue_erasings() == 0
    assert counted(run) == (0, 1)


def test_one_file_that_fails_holds_up_none_of_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    run = confirmed(3)
    bad = run.lines.order_by("pk")[1].candidacy_id

    def failing(**told: object) -> int:
        if told["file"] == bad:
            raise OSError("no room")
        return erase_file(**told)  # type: ignore[arg-type]

    monkeypatch.setattr(tasks, "erase_file", failing)
    with pytest.raises(OSError):
        erase_what_is_due.call(run.pk)
    assert counted(run) == (2, 1)
    monkeypatch.undo()
    erase_what_is_due.call(run.pk)
    assert counted(run) == (3, 0)
