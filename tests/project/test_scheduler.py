"""Periodic jobs are done once for each moment they are due, whoever schedules and whatever happens to them."""

import signal
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, time, timedelta

import pytest
from django.db import connection

from parchemin.project import scheduler
from parchemin.project.models import Lease, Mail, Slot
from parchemin.project.scheduler import LASTS, PAUSE, Job, daily, do, leads, register, resign, seconds, tick
from tests.project.background import keep, note, until, worker

pytestmark = pytest.mark.django_db(transaction=True)
NOON = datetime(2026, 11, 21, 12, 0, 7, tzinfo=UTC)


@pytest.fixture(autouse=True)
def no_job(monkeypatch: pytest.MonkeyPatch) -> None:
    """Jobs registered by a test are gone after it."""
    monkeypatch.setattr(scheduler, "JOBS", {})
    monkeypatch.setattr(scheduler, "_paused", {})


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2026-11-21T07:00:00+01:00", "2026-11-21T07:00:00+01:00"),
        ("2026-11-21T06:59:59+01:00", "2026-11-20T07:00:00+01:00"),
        ("2026-11-20T23:30:00+00:00", "2026-11-20T07:00:00+01:00"),
        ("2026-03-29T12:00:00+02:00", "2026-03-29T07:00:00+02:00"),
        ("2026-10-25T06:59:00+01:00", "2026-10-24T07:00:00+02:00"),
    ],
)
def test_a_daily_job_is_due_at_its_time_on_the_clock(now: str, due: str) -> None:
    assert daily(time(7))(at(now)) == at(due)


@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25"])
def test_on_the_days_the_clock_moves_a_night_job_is_due_once(day: str) -> None:
    start = at(f"{day}T00:00:00+00:00") - timedelta(hours=4)
    due = {daily(time(2, 30))(start + timedelta(minutes=10 * step)) for step in range(24 * 6)}
    assert len(due) == 2


def test_a_job_every_so_many_seconds_is_due_at_round_moments() -> None:
    assert seconds(10)(NOON) == NOON.replace(second=0)
    assert seconds(10)(NOON + timedelta(seconds=3)) == NOON.replace(second=10)


def test_a_job_is_done_once_for_each_moment() -> None:
    register("notes", seconds(10), note)
    assert tick("one", NOON)
    assert tick("one", NOON + timedelta(seconds=2))
    assert Mail.objects.count() == 1
    assert tick("one", NOON + timedelta(seconds=3))
    assert Mail.objects.count() == 2


def test_moments_missed_are_made_up_for_by_the_last_alone() -> None:
    register("notes", seconds(10), note)
    tick("one", NOON)
    tick("two", NOON + timedelta(hours=1))
    assert set(Mail.objects.values_list("subject", flat=True)) == {
        NOON.replace(second=0).isoformat(),
        (NOON.replace(second=0) + timedelta(hours=1)).isoformat(),
    }


def test_many_who_all_believe_they_lead_do_a_job_once() -> None:
    job = Job("notes", seconds(10), note)

    def attempt(_: int) -> bool:
        try:
            return do(job, NOON)
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(attempt, range(12)))
    assert answers.count(True) == 1
    assert Mail.objects.count() == 1


def test_a_job_that_fails_leaves_nothing_hinders_no_other_and_is_tried_again(caplog: pytest.LogCaptureFixture) -> None:
    broken = [True]

    def halfway(_due: datetime) -> None:
        keep("halfway")
        if broken:
            raise OSError

    register("halfway", seconds(3600), halfway)
    register("notes", seconds(3600), note)
    tick("one", NOON)
    assert "halfway" in caplog.text
    assert Mail.objects.count() == 1
    assert list(Slot.objects.values_list("job", flat=True)) == ["notes"]
    broken.clear()
    tick("one", NOON + PAUSE / 2)
    assert Mail.objects.count() == 1
    tick("one", NOON + PAUSE)
    assert Mail.objects.count() == 2


def test_one_leads_until_it_no_longer_says_so() -> None:
    assert leads("one", NOON)
    assert not leads("two", NOON + LASTS / 2)
    assert leads("one", NOON + LASTS / 2)
    assert leads("two", NOON + 2 * LASTS)
    assert not leads("one", NOON + 2 * LASTS)
    resign("one")
    assert not leads("one", NOON + 2 * LASTS)
    resign("two")
    assert leads("one", NOON + 2 * LASTS)
    assert Lease.objects.count() == 1


def test_of_two_schedulers_the_leader_is_killed_and_the_other_takes_over_and_repeats_nothing() -> None:
    processes = {name: worker(name, "--job") for name in ("one", "two")}
    try:
        assert until(Lease.objects.exists)
        leader = Lease.objects.get().holder
        assert until(lambda: Mail.objects.count() >= 2)
        processes[leader].kill()
        before = Mail.objects.count()
        assert until(lambda: Lease.objects.exclude(holder=leader).exists())
        assert until(lambda: Mail.objects.count() >= before + 2)
    finally:
        for process in processes.values():
            process.send_signal(signal.SIGTERM)
        codes = {name: process.wait(20) for name, process in processes.items()}
    assert codes == {name: -signal.SIGKILL if name == leader else 0 for name in processes}
    subjects = list(Mail.objects.values_list("subject", flat=True))
    assert len(subjects) == len(set(subjects))
    assert not Lease.objects.exists()
