"""Preparing a session: when and where, who sits, by which act."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from hashlib import sha256

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from parchemin.records.candidacies.actions.taking import ask_letter
from parchemin.records.certifications.models import Certification
from parchemin.records.juries.actions.pooling import Profile
from parchemin.records.juries.actions.taking import BEFORE, hold_files, note_jury, numbered, taken_session
from parchemin.records.juries.errors import JuryError
from parchemin.records.juries.models import JurySession, Member, Place, PoolMember, State
from parchemin.records.juries.queries.again import barring_of
from parchemin.records.juries.queries.sessions import Composed, summonses
from parchemin.records.people.models import Organisation, Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """When and where a session is held; ``minutes`` its length, ``capacity`` the most candidates.

    ``previous_college`` chaired last time, where that session was not held here.
    """

    starts_at: datetime
    minutes: int | None = None
    place: Place = Place.ON_SITE
    room: str = ""
    capacity: int | None = None
    safeguards: tuple[str, ...] | None = None
    previous_college: str = ""


@transaction.atomic
def plan_session(
    *, organisation: Organisation, certification: Certification, jury: str, planned: Planned, at: datetime, by: Person
) -> JurySession:
    """A session of that jury of the certification, nobody named yet; JuryError ``no_jury``."""
    session = JurySession(
        organisation=organisation,
        certification=certification,
        jury=jury,
        created_at=at,
        created_by=by,
        **_columns(planned),
    )
    if jury not in Composed(session, timezone.localdate(at)).scheme.juries:
        raise JuryError("no_jury", jury=jury)
    session.number = numbered("J", timezone.localdate(at).year)
    session.save()
    note_jury(session, "session_planned", at, by)
    return session


def change_session(
    *, session: JurySession, planned: Planned, at: datetime, by: Person, revision: int | None = None
) -> None:
    """The session is held then and there instead; JuryError ``state`` once it was opened.

    Candidates called to another day or place are to be called again.
    """
    with taken_session(session, revision, *BEFORE) as row:
        was = _told(row)
        for name, value in _columns(planned).items():
            setattr(row, name, value)
        if _told(row) != was:
            row.hearings.update(summoned_at=None)
        note_jury(row, "session_changed", at, by)


def cancel_session(*, session: JurySession, reason: str, at: datetime, by: Person, revision: int | None = None) -> None:
    """It will not be held; its files wait for another, and candidates who were called are told why.

    JuryError ``reason``, or ``state`` once it was opened.
    """
    if not reason.strip():
        raise JuryError("reason")
    with taken_session(session, revision, *BEFORE) as row:
        row.cancelled_at, row.cancellation = at, reason.strip()
        hearings = list(row.hearings.filter(removed_at__isnull=True).select_related("candidacy"))
        hold_files(hearings)
        day = timezone.localdate(row.starts_at).isoformat()
        values = {"session": row.pk.hex, "session_on": day, "reasons": row.cancellation}
        called = set(summonses(row).values_list("candidacy_id", flat=True))
        for hearing in hearings:
            hearing.removed_at, hearing.removal = at, row.cancellation
            hearing.revision += 1
            hearing.save(update_fields=["removed_at", "removal", "revision"])
            if hearing.candidacy_id in called:
                ask_letter(hearing.candidacy, "jury_cancelled", at, on=timezone.localdate(at), by=by, values=values)
        note_jury(row, "session_cancelled", at, by, written=tuple(hearings))


def nominate(
    *,
    session: JurySession,
    nominated_on: date,
    nominated_by: str,
    act: bytes,
    filename: str,
    at: datetime,
    by: Person,
    revision: int | None = None,
) -> None:
    """The act by which that authority names the members is kept with the session, with its fingerprint.

    JuryError ``reason`` without an authority, ``nobody`` when no member is named.
    """
    if not nominated_by.strip():
        raise JuryError("reason")
    with taken_session(session, revision, *BEFORE) as row:
        if not row.members.exists():
            raise JuryError("nobody")
        row.nominated_on, row.nominated_by = nominated_on, nominated_by.strip()
        row.nomination_digest = sha256(act).hexdigest()
        row.nomination.save(f"{row.pk.hex}-{filename}", ContentFile(act), save=False)
        note_jury(row, "nominated", at, by, {"digest": row.nomination_digest, "on": nominated_on.isoformat()})


def seat_member(
    *,
    session: JurySession,
    pool_member: PoolMember,
    at: datetime,
    by: Person,
    seat: str = "",
    profile: Profile | None = None,
    is_chair: bool = False,
    substitutes: Member | None = None,
    revision: int | None = None,
) -> Member:
    """Somebody of the pool is named to the session, at that seat, with what is known of them or ``profile`` instead.

    JuryError ``not_in_pool``, ``seated``, ``seat``, ``college``, ``chaired``, ``substitute`` for whoever would stand in
    for somebody of another session, or for who stands in for another, ``substituted`` where somebody does already, or
    ``own_file`` for a candidate of the session; ``judged_before`` for one of whom another jury is to deliberate.
    """
    with taken_session(session, revision, *BEFORE) as row:
        _check_pool(row, pool_member)
        person = pool_member.person
        if row.members.filter(person=person).exists():
            raise JuryError("seated", name=person.name)
        if row.hearings.filter(candidacy__candidate=person, removed_at__isnull=True).exists():
            raise JuryError("own_file", name=person.name)
        if barring := barring_of(row, person):
            raise JuryError("judged_before", name=person.name, number=barring.candidacy.number)
        told = profile or profile_of(pool_member)
        told = _check_place(row, seat, told)
        if is_chair and (chair := row.members.filter(is_chair=True).select_related("person").first()):
            raise JuryError("chaired", name=chair.person.name)
        if substitutes:
            _check_substituted(row, substitutes)
        columns = asdict(told) | {"profiles": None if told.profiles is None else list(told.profiles)}
        member = Member.objects.create(
            session=row, person=person, seat=seat, is_chair=is_chair, substitutes=substitutes, **columns
        )
        note_jury(row, "member_named", at, by, {"person": person.pk.hex}, written=(member,))
    return member


def unseat_member(
    *, session: JurySession, member: Member, at: datetime, by: Person, revision: int | None = None
) -> None:
    """They are named no more, and what tied them to candidates is gone; whoever stood in for them does no more.

    JuryError ``not_a_member``, or ``state`` once the session was opened.
    """
    with taken_session(session, revision, *BEFORE) as row:
        kept = row.members.select_for_update().filter(pk=member.pk).first()
        if kept is None:
            raise JuryError("not_a_member")
        stood_in = tuple(row.members.select_for_update().filter(substitutes=kept))
        for one in stood_in:
            one.substitutes = None
            one.save(update_fields=["substitutes"])
        gone = (kept, *kept.ties.all())
        note_jury(row, "member_removed", at, by, {"person": kept.person_id.hex}, written=stood_in, gone=gone)
        kept.delete()


def name_chair(*, session: JurySession, member: Member, at: datetime, by: Person, revision: int | None = None) -> None:
    """That member chairs, in place of whoever did; until the minutes are drawn.

    What was decided before stands, under whoever chaired then. JuryError ``not_a_member``, or ``not_present`` for
    whoever is not there once the session is open.
    """
    with taken_session(session, revision, *BEFORE, State.OPEN) as row:
        kept = {one.pk: one for one in row.members.select_for_update()}
        if member.pk not in kept:
            raise JuryError("not_a_member")
        if row.opened_at and not kept[member.pk].is_present:
            raise JuryError("not_present")
        former = [one for one in kept.values() if one.is_chair and one.pk != member.pk]
        for one in former:
            one.is_chair = False
            one.save(update_fields=["is_chair"])
        chair = kept[member.pk]
        chair.is_chair = True
        chair.save(update_fields=["is_chair"])
        note_jury(row, "chair_named", at, by, {"person": chair.person_id.hex}, written=(*former, chair))


def profile_of(member: PoolMember) -> Profile:
    """What is known of somebody of the pool."""
    return Profile(
        college=member.college,
        profiles=member.profiles,
        employer=member.employer,
        is_external=member.is_external,
        is_qualified=member.is_qualified,
        gender=member.gender,
    )


def _check_pool(row: JurySession, member: PoolMember) -> None:
    day = timezone.localdate(row.starts_at)
    is_there = member.organisation_id == row.organisation_id and member.scheme == row.certification.scheme
    if not is_there or (member.left_on and member.left_on < day):
        raise JuryError("not_in_pool", name=member.person.name)


def _check_substituted(row: JurySession, member: Member) -> None:
    if member.session_id != row.pk or member.substitutes_id is not None:
        raise JuryError("substitute")
    if row.members.filter(substitutes=member).exists():
        raise JuryError("substituted", name=member.person.name)


def _check_place(row: JurySession, seat: str, told: Profile) -> Profile:
    """The profile with the college of the seat, where it has one."""
    composed = Composed(row, timezone.localdate(row.starts_at))
    seats = {one.id: one for one in composed.seats}
    if seat and seat not in seats:
        raise JuryError("seat", seat=seat)
    college = (seats[seat].college if seat else None) or told.college
    if college and composed.colleges and college not in composed.colleges:
        raise JuryError("college", college=college)
    known = seats[seat].is_external if seat else None
    is_external = known if isinstance(known, bool) and told.is_external is None else told.is_external
    return Profile(**{**asdict(told), "college": college, "is_external": is_external})


def _told(row: JurySession) -> tuple[object, ...]:
    """What a summons says of the session."""
    return row.starts_at, row.place, row.room, row.safeguards


def _columns(planned: Planned) -> dict[str, object]:
    told = asdict(planned)
    told["room"] = planned.room.strip()
    told["safeguards"] = None if planned.safeguards is None else list(planned.safeguards)
    return told
