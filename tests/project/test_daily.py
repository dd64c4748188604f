"""What is scheduled: each letter and each daily task once, whoever asks and however often."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from parchemin.catalogue.problems import RefusedError
from parchemin.project import scheduler
from parchemin.project.models import Effect, Mail
from parchemin.project.scheduler import tick
from parchemin.project.tasks import DAILY, decide_by_time, enqueue_letters, prune, register_jobs
from parchemin.records.candidacies.models import Candidacy, Letter
from tests.web import cast as casting

pytestmark = pytest.mark.django_db(transaction=True)
MORNING = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)


def test_each_daily_task_is_asked_for_once_a_day_at_its_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scheduler, "JOBS", {})
    register_jobs()
    assert set(scheduler.JOBS) == {
        "letters",
        "notices",
        "awards",
        "recommendations",
        "transmissions",
        "erasings",
        *DAILY,
    }
    for hours, expected in ((0, 1), (1, 1), (12, 1), (24, 2), (24 * 5, 3)):
        tick("one", MORNING + timedelta(hours=hours))
        assert DBTaskResult.objects.count() == expected * len(DAILY)
    days = {row.args_kwargs["args"][0] for row in DBTaskResult.objects.filter(task_path__endswith="send_reminders")}
    assert days == {"2026-11-21", "2026-11-22", "2026-11-26"}


@pytest.mark.parametrize("name", DAILY)
def test_every_daily_task_can_be_run_again(name: str) -> None:
    task = DAILY[name][1]
    first = task.call("2026-11-21")
    assert task.call("2026-11-21") == first


def test_what_is_old_is_erased_and_failures_are_kept_longer() -> None:
    now = timezone.now()
    for status, days in (("SUCCESSFUL", 29), ("SUCCESSFUL", 31), ("FAILED", 31), ("FAILED", 181), ("READY", 400)):
        row = prune.enqueue("2026-11-21")
        DBTaskResult.objects.filter(pk=row.id).update(status=status, finished_at=now - timedelta(days=days))
    for days in (89, 91):
        mail = Mail.objects.create(to="somebody@example.org", subject=str(days), text="")
        Mail.objects.filter(pk=mail.pk).update(sent_at=now - timedelta(days=days))
    for days in (-1, 1):
        Session.objects.create(session_key=f"key{days}", session_data="", expire_date=now + timedelta(days=days))
    told = prune.call("2026-11-21")
    assert (told["results"], told["mail"], told["sessions"]) == (2, 1, 1)
    assert sorted(DBTaskResult.objects.values_list("status", flat=True)) == ["FAILED", "READY", "SUCCESSFUL"]
    assert Mail.objects.get().subject == "89"


def test_each_letter_gets_one_task_and_those_that_fail_do_not_hold_up_the_others() -> None:
    cast = casting.cast()
    file = casting.opened(cast.candidate, cast.certification())
    known = Letter.objects.count()
    for number in range(5):
        asked_at = MORNING + timedelta(minutes=number)
        Letter.objects.create(
            candidacy=file, kind="received", reference=f"C-{number}", dated_on=date(2026, 11, 21), asked_at=asked_at
        )
    asked = [enqueue_letters(limit=2) for _ in range(5)]
    assert sum(asked) == known + 5
    assert asked[-1] == 0
    assert DBTaskResult.objects.count() == Effect.objects.count() == known + 5
    assert {row.args_kwargs["args"][0] for row in DBTaskResult.objects.all()} == {
        str(one) for one in Letter.objects.values_list("pk", flat=True)
    }


def test_one_file_that_cannot_be_judged_stops_none_of_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    cast = casting.cast()
    certification = cast.certification()
    rows = [casting.opened(one, certification) for one in (cast.candidate, cast.other_candidate)]
    for row in rows:
        casting.worked(row)
        casting.deposited(row)
    bad, good = rows
    Candidacy.objects.filter(pk=bad.pk).update(version="1999-01-01")
    with pytest.raises(RefusedError):
        decide_by_time.call("2027-12-01")
    bad.refresh_from_db()
    good.refresh_from_db()
    assert (bad.status, good.status) == ("received", "admissible")
