"""Whoever sits is told by e-mail: of the session, that it moved, that it will not be held, that they are not needed."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from parchemin.records.candidacies.actions.noticing import tell_of_jury
from parchemin.records.candidacies.models import Notice
from parchemin.records.juries.actions.composing import cancel_session, unseat_member
from parchemin.records.juries.actions.sitting import summon_jury
from parchemin.records.juries.models import JurySession, Member
from parchemin.records.people.models import Person

SUMMONED, MOVED, CANCELLED, REMOVED = "summoned", "moved", "cancelled", "removed"


@transaction.atomic
def call(*, session: JurySession, at: datetime, on: date, by: Person, revision: int | None = None) -> None:
    """The jury is summoned: a letter to each candidate, an e-mail to each member.

    Again, only those added since are told, or those called to another day or place. JuryError and StaleSessionError as
    ``summon_jury``; nothing is sent then.
    """
    summon_jury(session=session, at=at, on=on, by=by, revision=revision)
    known = last_told(session)
    for member in session.members.select_related("person"):
        if not is_called(session, known.get(member.person_id)):
            was_told = member.person_id in known and known[member.person_id].values["about"] != REMOVED
            _tell(session, [member], MOVED if was_told else SUMMONED, at)


@transaction.atomic
def call_off(*, session: JurySession, reason: str, at: datetime, by: Person, revision: int | None = None) -> None:
    """The session will not be held; members who were called are told why, as candidates are."""
    cancel_session(session=session, reason=reason, at=at, by=by, revision=revision)
    known = last_told(session)
    members = session.members.select_related("person")
    _tell(session, [one for one in members if one.person_id in known], CANCELLED, at)


@transaction.atomic
def send_home(*, session: JurySession, member: Member, at: datetime, by: Person, revision: int | None = None) -> None:
    """They are named no more, and told so if they were called."""
    unseat_member(session=session, member=member, at=at, by=by, revision=revision)
    if member.person_id in last_told(session):
        _tell(session, [member], REMOVED, at)


def last_told(session: JurySession) -> dict[object, Notice]:
    """The last e-mail about the session to each person who had one, by person; one query."""
    rows = Notice.objects.filter(kind=Notice.Kind.JURY, values__session=session.pk.hex)
    return {row.person_id: row for row in rows.order_by("due_at", "pk")}


def is_called(session: JurySession, notice: Notice | None) -> bool:
    """Whether that last e-mail calls them to the day and the place that stand."""
    return (
        notice is not None and notice.values["about"] in (SUMMONED, MOVED) and notice.values["said"] == _said(session)
    )


def _tell(session: JurySession, members: Iterable[Member], about: str, at: datetime) -> None:
    for member in members:
        tell_of_jury(member.person, {"session": session.pk.hex, "about": about, "said": _said(session)}, at)


def _said(session: JurySession) -> list[str]:
    """What a summons says that brings somebody to the right place."""
    return [session.starts_at.isoformat(), session.place, session.room]
