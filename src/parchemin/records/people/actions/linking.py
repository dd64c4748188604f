"""One-use links: made for one act, opened, used once, revoked."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from parchemin.records.journal.actions import append
from parchemin.records.people.addresses import is_own
from parchemin.records.people.errors import RefusalError
from parchemin.records.people.models import Assurance, Link, Person
from parchemin.records.people.secrets import fingerprint, made

LASTS, DAY = timedelta(days=21), timedelta(days=1)
MOST_A_DAY = 20
"""Links that one person may make in a day: each is an e-mail to an address they choose."""


@transaction.atomic
def make_link(
    *,
    act: str,
    subject: UUID,
    email: str,
    bearer: str,
    at: datetime,
    by: Person | None = None,
    quality: str = "",
    role: str = "",
    expires_at: datetime | None = None,
) -> tuple[Link, str]:
    """A link to do ``act`` on ``subject`` once, within 21 days unless told, and the secret to send; it is not kept.

    RefusalError ``own_address`` when it would go to whoever makes it, ``link_waiting`` when one waits for that act in
    that role, ``too_many_links`` beyond ``MOST_A_DAY``.
    """
    if by:
        _check_maker(by, email, at)
    waiting = Link.objects.filter(act=act, subject=subject, role=role, used_at__isnull=True, revoked_at__isnull=True)
    waiting.filter(expires_at__lte=at).update(revoked_at=at)
    if waiting.exists():
        raise RefusalError("link_waiting")
    secret, kept = made()
    link = Link.objects.create(
        fingerprint=kept,
        act=act,
        subject=subject,
        email=email.strip(),
        bearer=bearer.strip(),
        quality=quality.strip(),
        role=role,
        created_by=by,
        created_at=at,
        expires_at=expires_at or at + LASTS,
    )
    append(
        kind="link.made",
        at=at,
        actor=by.pk if by else None,
        subject=subject,
        details={"link": link.pk.hex, "act": act},
    )
    return link, secret


def open_link(secret: str, at: datetime) -> Link:
    """The link of that secret, still to be used; RefusalError ``unknown``, ``used``, ``revoked`` or ``expired``."""
    link = Link.objects.select_related("created_by").filter(fingerprint=fingerprint(secret)).first()
    if link is None:
        raise RefusalError("unknown")
    for is_over, code in ((link.used_at, "used"), (link.expires_at <= at, "expired"), (link.revoked_at, "revoked")):
        if is_over:
            raise RefusalError(code)
    return link


@transaction.atomic
def use_link(*, secret: str, at: datetime, assurance: Assurance = Assurance.EMAIL) -> Link:
    """The link is used from now on; call it in the transaction of the act, so that both happen or neither.

    RefusalError as ``open_link``; of two people at once, one only has it.
    """
    link = open_link(secret, at)
    waiting = Link.objects.filter(pk=link.pk, used_at__isnull=True, revoked_at__isnull=True)
    if not waiting.update(used_at=at, assurance=assurance):
        open_link(secret, at)  # says which of the two it is when it was used or revoked meanwhile
        raise RefusalError("used")
    link.used_at, link.assurance = at, assurance
    append(kind="link.used", at=at, subject=link.subject, details={"link": link.pk.hex, "act": link.act})
    return link


@transaction.atomic
def revoke_link(*, link: Link, by: Person, at: datetime) -> None:
    """The link no longer works; nothing when it was used."""
    if Link.objects.filter(pk=link.pk, used_at__isnull=True, revoked_at__isnull=True).update(revoked_at=at):
        append(kind="link.revoked", at=at, actor=by.pk, subject=link.subject, details={"link": link.pk.hex})


def _check_maker(by: Person, email: str, at: datetime) -> None:
    """Nobody acts on their own demand, nor has more sent than a day's worth; their links are counted one at a time."""
    maker = Person.objects.select_for_update(of=("self",)).get(pk=by.pk)
    if is_own(email, maker):
        raise RefusalError("own_address")
    if Link.objects.filter(created_by=maker, created_at__gt=at - DAY).count() >= MOST_A_DAY:
        raise RefusalError("too_many_links", most=MOST_A_DAY)
