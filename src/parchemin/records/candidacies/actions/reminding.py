"""Reminders: each rule is applied to the files it matches, once for each stay in a state."""

from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from parchemin.records.candidacies.actions.noticing import remind_secretariat
from parchemin.records.candidacies.actions.taking import ask_letter, note
from parchemin.records.candidacies.errors import UnfitError
from parchemin.records.candidacies.models import Appeal, Candidacy, Reminded, Reminder, Status
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
                note(row, "reminded", at, None, {"reminder": reminder.pk}, is_change=False)
                count += 1
        except IntegrityError:  # another worker reminded of it in the meantime
            continue
    return count


@transaction.atomic
def remind_of_appeal(*, appeal: Appeal, at: datetime) -> bool:
    """Whoever handles the file will be told by when to answer, before silence rejects it; False when it is done."""
    fresh = Appeal.objects.select_related("decision__candidacy").get(pk=appeal.pk)
    if fresh.state != Appeal.State.FILED or fresh.due_on is None:
        return False
    row = fresh.decision.candidacy
    values = {"number": row.number, "until": fresh.due_on.strftime("%d/%m/%Y")}
    with override(settings.LANGUAGE_CODE):
        subject = _("Recours à traiter : dossier %(number)s") % values
        words = _(
            "Le recours déposé sur le dossier %(number)s attend sa réponse. Sans réponse le %(until)s, il sera réputé "
            "rejeté, sans que l’organisme ait dit pourquoi."
        )
    remind_secretariat(row, {"subject": subject, "words": words % values}, at)
    note(row, "reminded", at, None, {"appeal": fresh.pk.hex}, is_change=False)
    return True


@transaction.atomic
def save_reminder(*, reminder: Reminder, by: Person, at: datetime) -> Reminder:
    """The rule applies as given from now on, new or changed; what it sent stays sent.

    UnfitError ``empty`` without an object or words, or as ``why_unfit`` says.
    """
    if not reminder.subject.strip() or not reminder.words.strip():
        raise UnfitError("empty")
    if told := why_unfit(reminder.status, reminder.audience, reminder.after):
        raise told
    is_new = reminder.pk is None
    reminder.save()
    _noted("created" if is_new else "changed", reminder, by, at)
    return reminder


def why_unfit(status: str, audience: str, after: str) -> UnfitError | None:
    """Why such a rule could remind nobody; None when it may be kept.

    ``reminder_draft`` where it would tell others of a file in preparation, ``reminder_due`` where no date runs.
    """
    if status == Status.DRAFT and audience == Reminder.Audience.SECRETARIAT:
        return UnfitError("reminder_draft")
    if status in (Status.DRAFT, Status.RETURNED) and after == Reminder.After.DUE:
        return UnfitError("reminder_due")
    return None


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
