"""Who else may read a file: somebody known, or whoever has an address; for a time, and closed at once."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from parchemin.records.candidacies.actions.taking import note, taken
from parchemin.records.candidacies.errors import UnfitError
from parchemin.records.candidacies.models import ACTIVE, Candidacy, FileAccess
from parchemin.records.people.actions.granting import accept_invitation, invite, revoke_invitation
from parchemin.records.people.addresses import is_own
from parchemin.records.people.errors import RefusalError
from parchemin.records.people.models import Person, Role

MOST_OPEN, MOST_A_DAY = 10, 10
"""Accesses that a candidate may have open on a file, and open in a day: each is an e-mail to an address they choose."""
LONGEST, DAY = timedelta(days=366), timedelta(days=1)


def grant_access(
    *,
    candidacy: Candidacy,
    person: Person,
    role: Role,
    by: Person,
    at: datetime,
    on: date,
    until_on: date | None = None,
) -> FileAccess:
    """The person reads that file, and no other, in that role until that day; opened again, its end is the new one.

    UnfitError ``access_own`` for its candidate, ``access_end`` when it would end before today or in more than a year,
    ``access_too_many`` or ``access_too_often`` beyond what a candidate may open, ``status`` once the file is closed.
    """
    with taken(candidacy, None, *ACTIVE) as row:
        access = FileAccess(candidacy=row, person=person, role=role, from_on=on, until_on=until_on)
        return _open(access, person.email, by, at)


def offer_access(
    *, candidacy: Candidacy, email: str, role: Role, by: Person, at: datetime, on: date, until_on: date | None = None
) -> tuple[FileAccess, str]:
    """Whoever has that address reads the file: at once with an account, else once they accept, with the secret given.

    The secret is empty for somebody known. UnfitError as ``grant_access``.
    """
    known = Person.objects.filter(email__iexact=email.strip(), is_active=True).first()
    if known:
        return grant_access(candidacy=candidacy, person=known, role=role, by=by, at=at, on=on, until_on=until_on), ""
    with taken(candidacy, None, *ACTIVE) as row:
        invitation, secret = invite(email=email, role=role, organisation=row.organisation, subject=row.pk, by=by, at=at)
        access = FileAccess(candidacy=row, invitation=invitation, role=role, from_on=on, until_on=until_on)
        return _open(access, email.strip(), by, at), secret


@transaction.atomic
def accept_access(*, secret: str, person: Person, at: datetime, on: date) -> FileAccess:
    """The person has the access offered to their address; RefusalError as ``accept_invitation``, or ``expired``."""
    invitation = accept_invitation(secret=secret, person=person, at=at, on=on)
    access = FileAccess.objects.filter(invitation=invitation, closed_at__isnull=True).first()
    if access is None or (access.until_on and access.until_on < on):
        raise RefusalError("expired")
    with taken(access.candidacy, None) as row:
        row.accesses.filter(person=person, role=access.role, closed_at__isnull=True).update(closed_at=at)
        access.person, access.invitation = person, None
        access.save(update_fields=["person", "invitation"])
        _note(access, "access_accepted", person, at)
    return access


def revoke_access(*, access: FileAccess, by: Person, at: datetime) -> None:
    """The file is no longer read by that person, nor by whoever the access was offered to."""
    with taken(access.candidacy, None):
        if _close(FileAccess.objects.get(pk=access.pk), by, at):
            _note(access, "access_revoked", by, at)


def note_reading(*, access: FileAccess, by: Person, at: datetime) -> None:
    """The person read the file for the first time; nothing when they did before."""
    with taken(access.candidacy, None):
        if FileAccess.objects.filter(pk=access.pk, seen_at__isnull=True).update(seen_at=at):
            _note(access, "access_used", by, at)


def _open(access: FileAccess, email: str, by: Person, at: datetime) -> FileAccess:
    """The access takes the place of the one that the same person had in that role, if any."""
    row, on = access.candidacy, access.from_on
    if access.person_id == row.candidate_id or is_own(email, row.candidate):
        raise UnfitError("access_own")
    if access.until_on and not on <= access.until_on <= on + LONGEST:
        raise UnfitError("access_end")
    open_now = row.accesses.filter(closed_at__isnull=True)
    holder = Q(person__email__iexact=email) | Q(invitation__email__iexact=email)
    for former in open_now.filter(holder, role=access.role):
        if former.until_on is None or former.until_on >= on:
            access.from_on, access.seen_at = former.from_on, former.seen_at
        _close(former, by, at)
    if by.pk == row.candidate_id:
        _check_candidate(row, by, at, on)
    else:
        access.organisation = row.organisation
    access.opened_by, access.opened_at = by, at
    access.save()
    _note(access, "access_granted" if access.person_id else "access_offered", by, at)
    return access


def _check_candidate(row: Candidacy, by: Person, at: datetime, on: date) -> None:
    """A candidate's accesses are counted one at a time."""
    maker = Person.objects.select_for_update(of=("self",)).get(pk=by.pk)
    own = FileAccess.objects.filter(organisation__isnull=True)
    running = own.filter(Q(until_on__isnull=True) | Q(until_on__gte=on), candidacy=row, closed_at__isnull=True)
    if running.count() >= MOST_OPEN:
        raise UnfitError("access_too_many", most=MOST_OPEN)
    if own.filter(opened_by=maker, opened_at__gt=at - DAY).count() >= MOST_A_DAY:
        raise UnfitError("access_too_often", most=MOST_A_DAY)


def _close(access: FileAccess, by: Person, at: datetime) -> bool:
    """Whether it was still open; what was offered can no longer be accepted."""
    if not FileAccess.objects.filter(pk=access.pk, closed_at__isnull=True).update(closed_at=at):
        return False
    if access.invitation:
        revoke_invitation(invitation=access.invitation, by=by, at=at)
    return True


def _note(access: FileAccess, kind: str, by: Person, at: datetime) -> None:
    """What is told by opaque ids; it changes nothing that somebody may be typing."""
    told = {
        "access": access.pk,
        "person": access.person_id.hex if access.person_id else None,
        "role": access.role,
        "until": access.until_on.isoformat() if access.until_on else None,
    }
    note(access.candidacy, kind, at, by, told, is_change=False)
