"""Keys of a body or of the register: made, replaced, given up for lost; sealed at rest, each step journaled."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from parchemin.records.awards.models import IssuerKey
from parchemin.records.journal.actions import append
from parchemin.records.people.models import Organisation, Person

Pair = tuple[str, str]
"""A public key as it is published, and its seed in hexadecimal."""


def key_in_use(organisation: Organisation | None, draw: Callable[[], Pair], at: datetime) -> IssuerKey:
    """The key that signs now for that body, or for the register; drawn the first time."""
    with transaction.atomic():
        found = _in_use(organisation)
        return found or _made(organisation, draw, at, None)


def replace_key(
    *,
    organisation: Organisation | None,
    draw: Callable[[], Pair],
    at: datetime,
    by: Person | None = None,
    is_lost: bool = False,
) -> IssuerKey:
    """Another key signs from now on; what the former signed stays good, unless it ``is_lost`` to other hands."""
    with transaction.atomic():
        former = _in_use(organisation)
        if former:
            former.retired_at = at
            former.revoked_at = at if is_lost else None
            former.save(update_fields=["retired_at", "revoked_at"])
            actor, told = by.pk if by else None, {"key": former.public, "is_lost": is_lost}
            append(kind="key.retired", at=at, actor=actor, subject=_subject(organisation), details=told)
        return _made(organisation, draw, at, by)


def _in_use(organisation: Organisation | None) -> IssuerKey | None:
    rows = IssuerKey.objects.select_for_update().filter(organisation=organisation, retired_at__isnull=True)
    return rows.first()


def _made(organisation: Organisation | None, draw: Callable[[], Pair], at: datetime, by: Person | None) -> IssuerKey:
    public, seed = draw()
    row = IssuerKey.objects.create(organisation=organisation, public=public, seed=seed, made_at=at)
    actor = by.pk if by else None
    append(kind="key.made", at=at, actor=actor, subject=_subject(organisation), details={"key": public})
    return row


def _subject(organisation: Organisation | None) -> UUID | None:
    return organisation.pk if organisation else None
