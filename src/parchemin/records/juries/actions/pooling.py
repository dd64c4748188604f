"""The pool: who may be called to the juries of a certification."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from parchemin.records.journal.actions import append
from parchemin.records.juries.errors import JuryError
from parchemin.records.juries.models import Absence, PoolMember
from parchemin.records.people.actions.granting import grant_role, revoke_grant
from parchemin.records.people.models import Grant, Organisation, Person, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What is known of somebody who sits; None and the empty text stand for what is not known."""

    college: str = ""
    profiles: Sequence[str] | None = None
    employer: str = ""
    is_external: bool | None = None
    is_qualified: bool | None = None
    gender: str = ""


@transaction.atomic
def add_to_pool(
    *,
    organisation: Organisation,
    scheme: str,
    person: Person,
    profile: Profile,
    on: date,
    at: datetime,
    by: Person,
    seats: Sequence[str] = (),
    briefed_on: date | None = None,
    note: str = "",
) -> PoolMember:
    """The person may be called to the juries of that certification, and has the role of a jury member there.

    JuryError ``in_pool``.
    """
    try:
        with transaction.atomic():
            member = PoolMember.objects.create(
                organisation=organisation,
                scheme=scheme,
                person=person,
                joined_on=on,
                seats=list(seats),
                briefed_on=briefed_on,
                note=note.strip(),
                **_columns(profile),
            )
    except IntegrityError as error:
        raise JuryError("in_pool", name=person.name) from error
    _give_role(member, on, at, by)
    _note_pool(member, "joined_pool", at, by)
    return member


@transaction.atomic
def change_pool_member(
    *,
    member: PoolMember,
    profile: Profile,
    at: datetime,
    by: Person,
    seats: Sequence[str] = (),
    briefed_on: date | None = None,
    note: str = "",
) -> None:
    """What is known of them is changed; what was copied when they were named to a session stays."""
    kept = PoolMember.objects.select_for_update().get(pk=member.pk)
    for name, value in _columns(profile).items():
        setattr(kept, name, value)
    kept.seats, kept.briefed_on, kept.note = list(seats), briefed_on, note.strip()
    kept.save()
    _note_pool(kept, "pool_member_changed", at, by)


@transaction.atomic
def leave_pool(*, member: PoolMember, on: date, at: datetime, by: Person) -> None:
    """They are called no more from the day after; JuryError ``left_before``."""
    if on < member.joined_on:
        raise JuryError("left_before")
    PoolMember.objects.filter(pk=member.pk).update(left_on=on)
    member.left_on = on
    _note_pool(member, "left_pool", at, by)


@transaction.atomic
def tell_absence(*, member: PoolMember, from_on: date, until_on: date, at: datetime, by: Person) -> Absence:
    """They cannot sit from a day to a day, both included; JuryError ``dates``."""
    if until_on < from_on:
        raise JuryError("dates")
    absence = Absence.objects.create(member=member, from_on=from_on, until_on=until_on)
    _note_pool(member, "absence_told", at, by)
    return absence


@transaction.atomic
def forget_absence(*, absence: Absence, at: datetime, by: Person) -> None:
    """They are free on those days after all."""
    member = absence.member
    absence.delete()
    _note_pool(member, "absence_taken_back", at, by)


def _give_role(member: PoolMember, on: date, at: datetime, by: Person) -> None:
    """They have the role there from that day, unless they have it already; one that ended is put away."""
    place = {"role": Role.JURY_MEMBER, "organisation": member.organisation, "centre": None}
    held = Grant.objects.filter(person=member.person, revoked_at__isnull=True, scheme__in=("", member.scheme), **place)
    for grant in held:
        if grant.until_on is None or grant.until_on >= on:
            return
        if grant.scheme == member.scheme:
            revoke_grant(grant=grant, at=at, by=by)
    grant_role(
        person=member.person,
        role=Role.JURY_MEMBER,
        organisation=member.organisation,
        scheme=member.scheme,
        at=at,
        from_on=on,
        by=by,
    )


def _columns(profile: Profile) -> dict[str, object]:
    told = asdict(profile)
    told["profiles"] = None if profile.profiles is None else list(profile.profiles)
    return told


def _note_pool(member: PoolMember, kind: str, at: datetime, by: Person) -> None:
    append(
        kind=f"jury.{kind}",
        at=at,
        actor=by.pk,
        subject=member.pk,
        details={"person": member.person_id.hex, "scheme": member.scheme},
    )
