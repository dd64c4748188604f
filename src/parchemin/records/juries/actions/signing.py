"""Members sign the minutes: signed in, or by a one-use link sent to the address of their account."""

from datetime import datetime
from uuid import UUID

from parchemin.records.juries.actions.taking import WRITTEN, note_jury, taken_session
from parchemin.records.juries.errors import JuryError
from parchemin.records.juries.models import JurySession, Member, Minutes, Signature
from parchemin.records.juries.queries.sessions import members_of, signers
from parchemin.records.juries.queries.written import is_still
from parchemin.records.people.actions.linking import make_link
from parchemin.records.people.models import Assurance, Link, Person

SIGN_MINUTES = "sign_minutes"


def sign_minutes(
    *, minutes: Minutes, member: Member, assurance: Assurance, at: datetime, link: Link | None = None
) -> Signature:
    """The member signs that very text. JuryError ``closed``, ``dropped``, ``signed``, ``not_a_member``.

    ``not_present`` for whoever did not sit, ``changed`` when what was decided is no longer what the text says.
    """
    with taken_session(minutes.session, None, *WRITTEN) as row:
        kept = still_open(minutes)
        seat = _due(kept, member, row)
        if not is_still(kept, row):
            raise JuryError("changed")
        signature = Signature.objects.create(minutes=kept, member=seat, assurance=assurance.value, signed_at=at)
        details = {"minutes": kept.number, "digest": kept.digest, "assurance": assurance.value}
        by_link = {"link": link.pk.hex} if link else {}
        note_jury(row, "minutes_signed", at, seat.person, {**details, **by_link}, written=(signature,))
    return signature


def ask_signature(*, minutes: Minutes, member: Member, at: datetime, by: Person) -> tuple[Link, str]:
    """The link by which that member signs once, and its secret.

    JuryError ``no_address`` where they were erased, and what ``sign_minutes`` says of the minutes and of the
    member; RefusalError as ``make_link``.
    """
    with taken_session(minutes.session, None, *WRITTEN) as row:
        kept = still_open(minutes)
        seat = _due(kept, member, row)
        bearer = seat.person
        if bearer.erased_at:
            raise JuryError("no_address", name=bearer.name)
        link, secret = make_link(
            act=SIGN_MINUTES, subject=kept.pk, role=seat.pk.hex, email=bearer.email, bearer=bearer.name, by=by, at=at
        )
        note_jury(row, "signature_asked", at, by, {"minutes": kept.number, "member": seat.pk.hex})
    return link, secret


def linked(link: Link) -> tuple[Minutes, Member] | None:
    """The minutes and the member that a link is for; None when it is for something else, or they are gone."""
    if link.act != SIGN_MINUTES:
        return None
    rows = Minutes.objects.select_related("session__certification", "session__organisation", "corrects", "closed_by")
    minutes = rows.filter(pk=link.subject).first()
    if minutes is None:
        return None
    member = minutes.session.members.select_related("person").filter(pk=UUID(link.role)).first()
    return (minutes, member) if member else None


def still_open(minutes: Minutes) -> Minutes:
    """The minutes as they are now, locked; JuryError ``closed`` or ``dropped``."""
    kept = Minutes.objects.select_for_update(of=("self",)).select_related("corrects").get(pk=minutes.pk)
    if kept.closed_at:
        raise JuryError("closed")
    if kept.dropped_at:
        raise JuryError("dropped")
    return kept


def _due(minutes: Minutes, member: Member, session: JurySession) -> Member:
    """The member, whose signature is asked and missing."""
    seat = next((one for one in members_of(session) if one.pk == member.pk), None)
    if seat is None:
        raise JuryError("not_a_member")
    if seat not in signers(session):
        raise JuryError("not_present")
    if minutes.signatures.filter(member=seat).exists():
        raise JuryError("signed")
    return seat
