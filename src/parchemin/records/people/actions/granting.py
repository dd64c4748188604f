"""Roles given and taken back, invitations, and the first administrator."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q

from parchemin.records.journal.actions import append
from parchemin.records.people.errors import RefusalError
from parchemin.records.people.models import Grant, Invitation, Organisation, Person, Role
from parchemin.records.people.secrets import fingerprint, made

LASTS = timedelta(days=14)
FIRST_LASTS = timedelta(hours=24)


def grant_role(
    *,
    person: Person,
    role: Role,
    at: datetime,
    from_on: date,
    organisation: Organisation | None = None,
    scheme: str = "",
    centre: Organisation | None = None,
    until_on: date | None = None,
    by: Person | None = None,
) -> Grant:
    """The person has that role there, from a day to a day.

    RefusalError ``already_granted``, ``dates``, ``scope`` for a role that needs an organisation or has none, ``centre``
    for a centre of another organisation.
    """
    _check_place(role, organisation, scheme, centre)
    if until_on and until_on < from_on:
        raise RefusalError("dates")
    try:
        with transaction.atomic():
            grant = Grant.objects.create(
                person=person,
                role=role,
                organisation=organisation,
                scheme=scheme,
                centre=centre,
                from_on=from_on,
                until_on=until_on,
                granted_by=by,
            )
            append(
                kind="role.granted",
                at=at,
                actor=by.pk if by else None,
                subject=person.pk,
                details={
                    "role": role.value,
                    "organisation": organisation.pk.hex if organisation else None,
                    "scheme": scheme,
                    "centre": centre.pk.hex if centre else None,
                },
            )
    except IntegrityError as error:
        raise RefusalError("already_granted") from error
    return grant


@transaction.atomic
def revoke_grant(*, grant: Grant, by: Person, at: datetime) -> None:
    """The role is no longer held; RefusalError ``last_administrator`` rather than closing the administration."""
    if grant.role == Role.ADMINISTRATOR:
        keep_an_administrator(leaving=[grant])
    if Grant.objects.filter(pk=grant.pk, revoked_at__isnull=True).update(revoked_at=at):
        append(
            kind="role.revoked",
            at=at,
            actor=by.pk,
            subject=grant.person_id,
            details={"role": grant.role, "organisation": grant.organisation_id, "scheme": grant.scheme},
        )


def keep_an_administrator(*, leaving: Iterable[Grant]) -> None:
    """Nothing when somebody else holds the administration without an end; RefusalError ``last_administrator``.

    The grants looked at stay locked, so that two administrators cannot leave at once.
    """
    gone = {grant.pk for grant in leaving}
    held = Grant.objects.filter(role=Role.ADMINISTRATOR, revoked_at__isnull=True, until_on__isnull=True)
    locked = held.filter(person__is_active=True).select_for_update(of=("self",)).order_by("pk")
    if not {grant.pk for grant in locked} - gone:
        raise RefusalError("last_administrator")


@transaction.atomic
def invite(
    *,
    email: str,
    role: Role,
    at: datetime,
    organisation: Organisation | None = None,
    scheme: str = "",
    centre: Organisation | None = None,
    subject: UUID | None = None,
    by: Person | None = None,
    lasts: timedelta = LASTS,
) -> tuple[Invitation, str]:
    """A role offered to an address for 14 days unless told, and the secret to send; it is not kept.

    With a ``subject`` it is offered on that one thing: accepting it gives no role in the organisation.

    RefusalError ``scope`` or ``centre`` as ``grant_role``.
    """
    _check_place(role, organisation, scheme, centre)
    secret, kept = made()
    invitation = Invitation.objects.create(
        fingerprint=kept,
        email=email.strip(),
        role=role,
        organisation=organisation,
        scheme=scheme,
        centre=centre,
        subject=subject,
        invited_by=by,
        created_at=at,
        expires_at=at + lasts,
    )
    append(
        kind="role.offered",
        at=at,
        actor=by.pk if by else None,
        subject=invitation.pk,
        details={"role": role.value, "organisation": organisation.pk.hex if organisation else None},
    )
    return invitation, secret


def open_invitation(secret: str, at: datetime) -> Invitation:
    """The invitation of that secret; RefusalError ``unknown``, ``used``, ``revoked`` or ``expired``."""
    related = Invitation.objects.select_related("organisation", "centre", "invited_by")
    invitation = related.filter(fingerprint=fingerprint(secret)).first()
    if invitation is None:
        raise RefusalError("unknown")
    for is_over, code in (
        (invitation.accepted_at, "used"),
        (invitation.revoked_at, "revoked"),
        (invitation.expires_at <= at, "expired"),
    ):
        if is_over:
            raise RefusalError(code)
    return invitation


@transaction.atomic
def accept_invitation(*, secret: str, person: Person, at: datetime, on: date) -> Invitation:
    """The person has the role offered, on the account they already have; once. On one thing, whoever offered it acts.

    RefusalError as ``open_invitation``, or ``other_address`` when it was sent to an address that is not theirs.
    """
    invitation = open_invitation(secret, at)
    if invitation.email and invitation.email.lower() != person.email.lower():
        raise RefusalError("other_address")
    if not invitation.email and has_administrator(on):
        raise RefusalError("not_first")
    ended = Invitation.objects.filter(pk=invitation.pk, accepted_at__isnull=True, revoked_at__isnull=True)
    if not ended.update(accepted_at=at, accepted_by=person):
        open_invitation(secret, at)  # says which of the two it is when it was used or revoked meanwhile
        raise RefusalError("used")
    if invitation.subject is None:
        _hold(invitation, person, at, on)
    return invitation


def _hold(invitation: Invitation, person: Person, at: datetime, on: date) -> None:
    """The role offered is held from now on; one that is over, or has not begun, gives way to it."""
    same = Grant.objects.filter(
        person=person,
        role=invitation.role,
        organisation=invitation.organisation,
        scheme=invitation.scheme,
        centre=invitation.centre,
        revoked_at__isnull=True,
    )
    if same.filter(Q(until_on__isnull=True) | Q(until_on__gte=on), from_on__lte=on).exists():
        return
    same.update(revoked_at=at)
    grant_role(
        person=person,
        role=Role(invitation.role),
        at=at,
        from_on=on,
        organisation=invitation.organisation,
        scheme=invitation.scheme,
        centre=invitation.centre,
        by=invitation.invited_by,
    )


@transaction.atomic
def revoke_invitation(*, invitation: Invitation, by: Person, at: datetime) -> None:
    """The offer no longer stands."""
    waiting = Invitation.objects.filter(pk=invitation.pk, accepted_at__isnull=True, revoked_at__isnull=True)
    if waiting.update(revoked_at=at):
        append(kind="role.offer_revoked", at=at, actor=by.pk, subject=invitation.pk)


def invite_first_administrator(*, at: datetime) -> str:
    """A secret that makes whoever uses it first the administrator, for 24 hours; earlier ones no longer work.

    RefusalError ``not_first`` when somebody is.
    """
    if has_administrator(at.date()):
        raise RefusalError("not_first")
    with transaction.atomic():
        Invitation.objects.filter(
            role=Role.ADMINISTRATOR, email="", accepted_at__isnull=True, revoked_at__isnull=True
        ).update(revoked_at=at)
        return invite(email="", role=Role.ADMINISTRATOR, at=at, lasts=FIRST_LASTS)[1]


def open_first_access(secret: str, at: datetime, on: date) -> Invitation:
    """The first administrator's invitation; RefusalError as ``open_invitation``, or ``not_first`` when somebody is."""
    invitation = open_invitation(secret, at)
    if invitation.email:
        raise RefusalError("unknown")
    if has_administrator(on):
        raise RefusalError("not_first")
    return invitation


def accept_first_administrator(*, secret: str, person: Person, at: datetime, on: date) -> Invitation:
    """The person is the administrator; RefusalError as ``accept_invitation``, or ``not_first`` when somebody is."""
    open_first_access(secret, at, on)
    return accept_invitation(secret=secret, person=person, at=at, on=on)


def has_administrator(on: date | None = None) -> bool:
    """Whether somebody holds the administration: on that day, or on any without one."""
    held = Grant.objects.filter(role=Role.ADMINISTRATOR, revoked_at__isnull=True, person__is_active=True)
    if on is not None:
        held = held.filter(Q(until_on__isnull=True) | Q(until_on__gte=on), from_on__lte=on)
    return held.exists()


def _check_place(role: Role, organisation: Organisation | None, scheme: str, centre: Organisation | None) -> None:
    if role.is_scoped != (organisation is not None) or (organisation is None and (scheme or centre)):
        raise RefusalError("scope")
    if organisation and centre and centre.parent_id != organisation.pk:
        raise RefusalError("centre")
