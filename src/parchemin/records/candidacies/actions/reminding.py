"""Reminders: each rule is applied to the files it matches, once for each stay in a state."""

from datetime import date, datetime, time, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from parchemin.records.candidacies.actions.noticing import remind_secretariat
from parchemin.records.candidacies.actions.taking import ask_letter, note
from parchemin.records.candidacies.errors import UnfitError
from parchemin.records.candidacies.models import Candidacy, Reminded, Reminder
from parchemin.records.journal.actions import append
from parchemin.records.people.models import Person

BATCH = 500


def remind(*, reminder: Reminder, at: datetime, on: date) -> int:
    """Those due for it are reminded, each in its own transaction; how many were."""
    count = 0
    for row in due_for(reminder, on)[:BATCH]:
        try:
            with transaction.atomic():
                Reminded.objects.create(reminder=reminder, candidacy=row, since=_since(reminder, row), at=at)
                values = {"subject": reminder.subject, "words": reminder.words}
                if reminder.audience == Reminder.Audience.SECRETARIAT:
                    remind_secretariat(row, values, at)
                else:
                    ask_letter(row, "reminder", at, on=on, values=values)
                note(row, "reminded", at, None, {"reminder": reminder.pk})
                count += 1
        except IntegrityError:  # another worker reminded of it in the meantime
            continue
    return count


@transaction.atomic
def save_reminder(*, reminder: Reminder, by: Person, at: datetime) -> Reminder:
    """The rule applies as given from now on, new or changed; what it sent stays sent.

    UnfitError ``empty`` without an object or words.
    """
    if not reminder.subject.strip() or not reminder.words.strip():
        raise UnfitError("empty")
    is_new = reminder.pk is None
    reminder.save()
    _noted("created" if is_new else "changed", reminder, by, at)
    return reminder


@transaction.atomic
def switch_reminder(*, reminder: Reminder, is_active: bool, by: Person, at: datetime) -> None:
    """The rule sends reminders from now on, or no more."""
    reminder.is_active = is_active
    reminder.save(update_fields=["is_active"])
    _noted("switched_on" if is_active else "switched_off", reminder, by, at)


def _noted(what: str, reminder: Reminder, by: Person, at: datetime) -> None:
    details = {"reminder": reminder.pk, "status": reminder.status, "after": reminder.after, "days": reminder.days}
    append(kind=f"reminder.{what}", at=at, actor=by.pk, subject=reminder.organisation_id, details=details)


def _since(reminder: Reminder, row: Candidacy) -> datetime:
    if reminder.after == Reminder.After.WAITING or row.due_on is None:
        return row.waiting_since
    return timezone.make_aware(datetime.combine(row.due_on, time()))


def due_for(reminder: Reminder, on: date) -> QuerySet[Candidacy]:
    """The files that reminder is due for on that day, and was not sent about since they came to this state.

    Before a due date, it is sent once for each date: a confirmation every six months has one each time.
    """
    sent = Reminded.objects.filter(reminder_id=reminder.pk or 0, candidacy=OuterRef("pk"))
    if reminder.after == Reminder.After.WAITING:
        sent = sent.filter(since=OuterRef("waiting_since"))
    else:
        sent = sent.filter(since__date=OuterRef("due_on"))
    found = Candidacy.objects.filter(organisation=reminder.organisation, status=reminder.status).exclude(Exists(sent))
    if reminder.scheme:
        found = found.filter(certification__scheme=reminder.scheme)
    if reminder.after == Reminder.After.WAITING:
        return found.filter(waiting_since__date__lte=on - timedelta(days=reminder.days)).order_by("waiting_since")
    return found.filter(due_on__lte=on + timedelta(days=reminder.days)).order_by("due_on")
