"""What is done in the background. Every task may be run again without harm."""

import logging
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar
from uuid import UUID

from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.files.storage import default_storage
from django.core.mail import EmailMessage
from django.db.models import Exists, OuterRef, TextField, Value
from django.db.models.functions import Cast, Concat, Replace
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult

from parchemin.project import proving, transmitting
from parchemin.project.durable import durable_task
from parchemin.project.models import Effect, Mail
from parchemin.project.once import once
from parchemin.project.recommending import enqueue_recommendations
from parchemin.project.scheduler import daily, register, seconds
from parchemin.project.sweeping import sweep
from parchemin.records.awards.actions.reminding import remind_of_certificate, remind_of_parts
from parchemin.records.awards.models import Certificate
from parchemin.records.awards.queries.ending import Ending, ending_certificates, ending_parts, step_of
from parchemin.records.awards.queries.proving import unsigned, unwritten, unwritten_changes
from parchemin.records.candidacies.actions.deciding import WITH_SECRETARIAT, apply_time
from parchemin.records.candidacies.actions.drafts import prune_drafts
from parchemin.records.candidacies.actions.erasing import erase_file, files_waiting, finish_retention
from parchemin.records.candidacies.actions.reminding import BATCH, remind, remind_of_appeal
from parchemin.records.candidacies.models import Appeal, Candidacy, Letter, Notice, Reminder, RetentionRun
from parchemin.records.followups.actions.asking import open_waves, to_ask, to_remind
from parchemin.records.followups.actions.detaching import detach
from parchemin.records.juries.actions.reminding import remind_of_results
from parchemin.records.juries.queries.notifying import ToTell, due_by
from parchemin.records.pathways.actions.working import cold_due, remind_of_cold
from parchemin.records.pathways.models import ColdDate
from parchemin.records.people.models import Accreditation, Person
from parchemin.records.transmissions.queries.lines import to_notice
from parchemin.web.shared import insertion, letters, notices
from parchemin.web.shared.posting import message_id

RESULTS_KEPT = timedelta(days=30)
FAILURES_KEPT = timedelta(days=180)
MAIL_KEPT = timedelta(days=90)
EFFECTS_KEPT = timedelta(days=400)
ALERT = timedelta(days=60)
BEFORE_LATE = timedelta(days=5)
BEFORE_SILENCE = timedelta(days=15)
SWEPT_ON = 6
"""Sunday."""
Subject = TypeVar("Subject")
log = logging.getLogger(__name__)


@durable_task(attempts=8, first=timedelta(seconds=10), longest=timedelta(hours=6))
def post_letter(id: str) -> bool:
    """The letter is written and sent, once."""
    return letters.post(id, at=timezone.now())


@durable_task(attempts=8, first=timedelta(seconds=10), longest=timedelta(hours=6))
def post_notice(id: int) -> bool:
    """The short e-mail is sent, once."""
    return notices.post(id, at=timezone.now())


@durable_task(priority=-10)
def decide_by_time(day: str) -> int:
    """What silence and missing confirmations decide on that day; how many files were decided on."""
    on = date.fromisoformat(day)
    due = Candidacy.objects.filter(status__in=WITH_SECRETARIAT, due_on__lt=on).values_list("pk", flat=True)

    def decide(id: UUID) -> bool:
        candidacy = Candidacy.objects.filter(pk=id).first()
        return candidacy is not None and apply_time(candidacy=candidacy, at=timezone.now(), on=on) is not None

    return sum(each(list(due), decide))


@durable_task(attempts=8, first=timedelta(seconds=10), longest=timedelta(hours=6))
def prove_awards() -> int:
    """What was awarded and decided of it is signed and said by the register; how many lines it has since."""
    return proving.prove(timezone.now())


@durable_task(priority=-10)
def send_reminders(day: str) -> int:
    """Every reminder in use is applied to the files it is due for on that day; how many were sent."""
    on = date.fromisoformat(day)

    def send(reminder: Reminder) -> int:
        count = sent = remind(reminder=reminder, at=timezone.now(), on=on)
        while sent == BATCH:
            sent = remind(reminder=reminder, at=timezone.now(), on=on)
            count += sent
        return count

    return sum(each(list(Reminder.objects.filter(is_active=True).select_related("organisation")), send))


@durable_task(priority=-10)
def remind_cold_assessments(day: str) -> int:
    """Each candidate whose cold assessment was planned by that day is reminded of it once; how many were."""
    on = date.fromisoformat(day)

    def send(planned: ColdDate) -> bool:
        return remind_of_cold(planned=planned, at=timezone.now(), on=on)

    return sum(each(list(cold_due(on).select_related("candidacy")), send))


@durable_task(priority=-10)
def remind_results(day: str) -> int:
    """Whoever publishes is reminded of results to tell within five days, then once they are late; how many were."""
    on = date.fromisoformat(day)

    def send(told: ToTell) -> bool:
        stands = "late" if told.until < on else "soon"
        key = f"results:{told.session.pk}:{told.until}:{stands}"
        return once(key, lambda: remind_of_results(told=told, at=timezone.now(), on=on))

    return sum(each(due_by(on + BEFORE_LATE), send))


@durable_task(priority=-10)
def remind_appeals(day: str) -> int:
    """Whoever handles a file is reminded once of an appeal that silence rejects within fifteen days; how many were."""
    on = date.fromisoformat(day)

    def send(appeal: Appeal) -> bool:
        key = f"appeal:{appeal.pk.hex}:{appeal.due_on}"
        return once(key, lambda: remind_of_appeal(appeal=appeal, at=timezone.now()))

    due = Appeal.objects.filter(state=Appeal.State.FILED, due_on__gte=on, due_on__lte=on + BEFORE_SILENCE)
    return sum(each(list(due.order_by("due_on")), send))


@durable_task(priority=-10)
def remind_ends(day: str) -> int:
    """Whoever holds what ends within six months, then within one, is written to once each time; how many letters."""
    on, at = date.fromisoformat(day), timezone.now()

    def of_certificate(row: Certificate) -> bool:
        assert row.valid_until
        key = f"ends:{row.pk.hex}:{row.valid_until}:{_step(row.valid_until, on)}"
        return once(key, lambda: remind_of_certificate(certificate=row, at=at, on=on))

    def of_parts(one: Ending) -> bool:
        file = one.candidacy
        key = f"ends:{file.candidate_id}:{file.certification_id.hex}:{one.until}:{_step(one.until, on)}"
        return once(key, lambda: remind_of_parts(ending=one, at=at, on=on))

    return sum(each(list(ending_certificates(on)), of_certificate)) + sum(each(list(ending_parts(on)), of_parts))


@durable_task(priority=-10)
def alert_accreditations(day: str) -> int:
    """Each accreditation that ends within 60 days is told once to the organisation that granted it; how many were."""
    on = date.fromisoformat(day)
    ending = Accreditation.objects.filter(
        withdrawn_on__isnull=True, until_on__gte=on, until_on__lte=on + ALERT, renewed_by__isnull=True
    ).exclude(organisation__email="")
    return sum(
        once(f"accreditation:{row.pk}:{row.until_on}", lambda row=row: post_alert.enqueue(row.pk))  # type: ignore[misc]
        for row in ending
    )


@durable_task(attempts=8, first=timedelta(seconds=10), longest=timedelta(hours=6))
def post_alert(id: int) -> bool:
    """Whoever granted the accreditation is told that it ends; once, no transaction held while a mail server answers."""
    row = Accreditation.objects.select_related("person", "organisation").get(pk=id)
    if "smtp" in settings.EMAIL_BACKEND:
        _alert(row)
        return True
    return once(f"alert:{row.pk}:{row.until_on}", lambda: _alert(row))


@durable_task(attempts=8, first=timedelta(seconds=10), longest=timedelta(hours=6))
def notice_awards() -> int:
    """Each certificate has its line towards the skills passport, or the reason why it never goes; how many are new."""
    return transmitting.notice_all()


@durable_task(priority=-10)
def remind_transmissions(day: str) -> int:
    """Whoever sends awards and has something new to do of them is written to, once that day; how many were."""

    def send(one: transmitting.Due) -> bool:
        asked: list[object] = []

        def ask() -> None:
            fresh = [key for key in one.news if once(key, lambda: None)]
            if fresh:
                asked.append(post_transmission.enqueue(str(one.person.pk), day, one.bodies))

        once(f"transmission-letter:{one.person.pk}:{day}", ask)
        return bool(asked)

    return sum(each(transmitting.to_remind(date.fromisoformat(day)), send))


@durable_task(attempts=8, first=timedelta(seconds=10), longest=timedelta(hours=6))
def post_transmission(to: str, day: str, bodies: list[dict[str, Any]]) -> bool:
    """That person is written to; once, no transaction held while a mail server answers."""
    person = Person.objects.get(pk=to)
    if person.erased_at:
        return False

    def write() -> None:
        transmitting.write_reminder(person, bodies, date.fromisoformat(day))

    if "smtp" in settings.EMAIL_BACKEND:
        write()
        return True
    return once(f"transmission-mail:{to}:{day}", write)


@durable_task(attempts=8, first=timedelta(seconds=10), longest=timedelta(hours=6), priority=-10)
def erase_what_is_due(id: int) -> int:
    """What was confirmed of that run of retention is erased, each file once; how many lines were this time."""
    run = RetentionRun.objects.select_related("organisation").get(pk=id)
    erased = sum(each(files_waiting(run), lambda file: erase_file(run=run, file=file)))
    finish_retention(run=run, at=timezone.now())
    return erased


@durable_task(priority=-10)
def follow_holders(day: str) -> int:
    """Whoever was certified six months or two years ago is asked what they became, then reminded once; how many were.

    Answers past their time are let go of by those who gave them.
    """
    on, now = date.fromisoformat(day), timezone.now()
    detach(at=now, on=on)
    open_waves(on=on)
    due = [*to_remind(on, now).values_list("pk", "state"), *to_ask(on).values_list("pk", "state")]
    return sum(each(due, lambda one: insertion.send(one[0], state=one[1], at=timezone.now(), on=on)))


@durable_task(priority=-20)
def prune(day: str) -> dict[str, int]:
    """What is no longer of use is erased: old results, sent messages, drafts, sessions that ended.

    A task that failed is kept longer, so that somebody sees it.
    """
    now = timezone.now()
    results = DBTaskResult.objects.filter(status="SUCCESSFUL", finished_at__lt=now - RESULTS_KEPT)
    failures = DBTaskResult.objects.filter(status="FAILED", finished_at__lt=now - FAILURES_KEPT)
    return {
        "results": results.delete()[0] + failures.delete()[0],
        "mail": Mail.objects.filter(sent_at__lt=now - MAIL_KEPT).delete()[0],
        "notices": Notice.objects.filter(sent_at__lt=now - MAIL_KEPT).delete()[0],
        "effects": Effect.objects.filter(at__lt=now - EFFECTS_KEPT).delete()[0],
        "drafts": prune_drafts(at=now),
        "sessions": Session.objects.filter(expire_date__lt=now).delete()[0],
    }


@durable_task(priority=-20)
def sweep_files(day: str) -> int:
    """Once a week, the stored files that no row names are deleted; how many."""
    if date.fromisoformat(day).weekday() != SWEPT_ON:
        return 0
    return sweep(default_storage, timezone.now())


def each(subjects: Sequence[Subject], act: Callable[[Subject], int]) -> list[int]:
    """What the act gave for each; one that fails is logged and keeps none of the others from being done.

    The first failure is raised at the end, so that the task is tried again and in the end shown to somebody.
    """
    found: list[int] = []
    failures: list[Exception] = []
    for subject in subjects:
        try:
            found.append(act(subject))
        except Exception as error:
            log.exception("failed for %s, going on with the others", subject)
            failures.append(error)
    if failures:
        raise failures[0]
    return found


DAILY: dict[str, tuple[time, Task[[str], Any]]] = {
    "decide_by_time": (time(0, 5), decide_by_time),
    "send_reminders": (time(7, 0), send_reminders),
    "remind_cold_assessments": (time(7, 0), remind_cold_assessments),
    "remind_results": (time(7, 0), remind_results),
    "remind_appeals": (time(7, 0), remind_appeals),
    "remind_ends": (time(7, 0), remind_ends),
    "alert_accreditations": (time(7, 0), alert_accreditations),
    "follow_holders": (time(7, 30), follow_holders),
    "remind_transmissions": (time(7, 0), remind_transmissions),
    "prune": (time(3, 30), prune),
    "sweep_files": (time(4, 0), sweep_files),
}


def enqueue_letters(limit: int = 200) -> int:
    """A task for each letter that waits and has none yet; how many."""
    bare = Replace(Cast("pk", TextField()), Value("-"), Value(""), output_field=TextField())
    effect = Concat(Value("letter:"), bare, output_field=TextField())
    since = timezone.now() - FAILURES_KEPT  # one given up long ago is not posted once its task is forgotten
    waiting = Letter.objects.filter(sent_at__isnull=True, asked_at__gte=since).alias(effect=effect).order_by("asked_at")
    fresh = waiting.exclude(Exists(Effect.objects.filter(key=OuterRef("effect")))).values_list("pk", flat=True)
    return sum(once(f"letter:{id.hex}", lambda id=id: post_letter.enqueue(str(id))) for id in fresh[:limit])  # type: ignore[misc]


def enqueue_notices(now: datetime, limit: int = 200) -> int:
    """A task for each short e-mail that is due and has none yet; how many."""
    effect = Concat(Value("notice:"), Cast("pk", TextField()), output_field=TextField())
    waiting = Notice.objects.filter(sent_at__isnull=True, due_at__lte=now).alias(effect=effect).order_by("due_at")
    fresh = waiting.exclude(Exists(Effect.objects.filter(key=OuterRef("effect")))).values_list("pk", flat=True)
    return sum(once(f"notice:{id}", lambda id=id: post_notice.enqueue(id)) for id in fresh[:limit])  # type: ignore[misc]


def enqueue_proving() -> int:
    """A task when something awarded or decided since waits to be made checkable, and has none yet; how many."""
    since = timezone.now() - FAILURES_KEPT
    newest = unsigned().filter(issued_at__gte=since).last() or unwritten().filter(issued_at__gte=since).last()
    change = unwritten_changes().filter(at__gte=since).last()
    if newest is None and change is None:
        return 0
    key = f"proving:{newest.number if newest else ''}:{change.pk if change else ''}"
    return int(once(key, lambda: prove_awards.enqueue()))


def enqueue_noticing() -> int:
    """A task when a certificate has no line yet, or was revoked since, and has none yet; how many."""
    found = to_notice()
    return int(once(f"noticing:{found}", lambda: notice_awards.enqueue())) if found else 0


def enqueue_erasings() -> int:
    """A task for each run of retention that was confirmed and has none yet; how many."""
    confirmed = RetentionRun.objects.filter(confirmed_at__isnull=False, at__isnull=True).values_list("pk", flat=True)
    return sum(once(f"retention:{id}", lambda id=id: erase_what_is_due.enqueue(id)) for id in confirmed)  # type: ignore[misc]


def register_jobs() -> None:
    """The periodic jobs of the server: what is due to be sent, soon, and one task a day for each daily work.

    A day on which no worker ran is caught up by the next: each daily task looks at what is due by its day.
    """
    register("letters", seconds(2), lambda _due: enqueue_letters())
    register("notices", seconds(10), enqueue_notices)
    register("awards", seconds(5), lambda _due: enqueue_proving())
    register("transmissions", seconds(5), lambda _due: enqueue_noticing())
    register("recommendations", seconds(5), lambda _due: enqueue_recommendations())
    register("erasings", seconds(5), lambda _due: enqueue_erasings())
    for name, (at, job) in DAILY.items():
        register(name, daily(at), lambda due, job=job: job.enqueue(_day(due)))  # type: ignore[misc]


def _step(until: date, on: date) -> str:
    return str(step_of(until, on))


def _day(due: datetime) -> str:
    return timezone.localdate(due).isoformat()


def _alert(row: Accreditation) -> None:
    subject = _("Une habilitation se termine bientôt")
    body = _("L’habilitation de %(name)s (%(scheme)s, %(actor)s) se termine le %(day)s.") % {
        "name": row.person.name,
        "scheme": row.scheme,
        "actor": row.actor,
        "day": f"{row.until_on:%d/%m/%Y}",
    }
    name = message_id("alert", row.pk, f"{row.until_on:%Y%m%d}")
    EmailMessage(subject, body, to=[row.organisation.email], headers={"Message-ID": name}).send()
