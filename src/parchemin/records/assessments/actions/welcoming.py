"""The file is opened to whoever assesses it, for as long as they need it. For other actions."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from parchemin.core.terms import listed
from parchemin.records.assessments.models import Evaluator, Sitting
from parchemin.records.candidacies.actions.sharing import LONGEST, grant_access, revoke_access
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Candidacy
from parchemin.records.people.models import Person, Role

AFTER = timedelta(days=60)
"""How long after the day of the sitting the file stays open to who assessed it."""
GIVEN = (Role.EVALUATOR, Role.PROFESSIONAL)


def role_of(judged: Judged, actor: str) -> Role:
    """The role that an actor of the scheme has on a file: who positions is a professional, who only assesses is not."""
    known = judged.scheme.actors.get(actor)
    return Role.PROFESSIONAL if known and "position" in listed(known.may) else Role.EVALUATOR


def open_to(row: Candidacy, sitting: Sitting, person: Person, actor: str, by: Person, at: datetime) -> None:
    """The person reads the file until some time after the sitting; one open for longer already stays as it is."""
    on = timezone.localdate(at)
    day = timezone.localdate(sitting.starts_at) if sitting.starts_at else on
    _open_until(row, person, actor, max(on, day + AFTER), by, at)


def open_again(row: Candidacy, evaluator: Evaluator, by: Person, at: datetime) -> None:
    """Who assessed the file reads it for some time from that day."""
    _open_until(row, evaluator.person, evaluator.actor, timezone.localdate(at) + AFTER, by, at)


def _open_until(row: Candidacy, person: Person, actor: str, day: date, by: Person, at: datetime) -> None:
    on = timezone.localdate(at)
    until = min(day, on + LONGEST)
    role = role_of(Judged(row, on), actor)
    former = row.accesses.filter(person=person, role=role, closed_at__isnull=True).first()
    if former and (former.until_on is None or former.until_on >= until) and former.is_running(on):
        return
    grant_access(candidacy=row, person=person, role=role, by=by, at=at, on=on, until_on=until)


def close_to(row: Candidacy, person: Person, by: Person, at: datetime) -> None:
    """The file is closed to them, unless they assess something else of it or the candidate opened it."""
    others = Evaluator.objects.filter(sitting__candidacy=row, sitting__cancelled_at__isnull=True, person=person)
    if others.exists():
        return
    opened = row.accesses.filter(person=person, role__in=GIVEN, organisation__isnull=False, closed_at__isnull=True)
    for access in opened:
        revoke_access(access=access, by=by, at=at)
