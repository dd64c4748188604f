"""Writing to the journal."""

import re
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from parchemin.core.decision import Decision
from parchemin.core.errors import Misuse
from parchemin.core.plain import decision_to_plain
from parchemin.records.journal.canonical import canonical, plain, refuse_personal
from parchemin.records.journal.chain import Content, hash_of
from parchemin.records.journal.models import Entry, Head

LONGEST_KIND = 80
KIND = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)+")


def append(
    *,
    kind: str,
    at: datetime,
    actor: UUID | None = None,
    subject: UUID | None = None,
    details: Mapping[str, Any] | None = None,
    decision: Decision | None = None,
) -> Entry:
    """Write one entry after the last one, in the transaction of the action it tells of; both stand or fall together.

    ``kind`` is dotted lower-case words such as ``candidacy.deposited``; ``at`` is the instant the action says;
    ``actor`` the opaque id of a person, None for the system; ``subject`` the opaque id of what it is about.
    ``details`` holds JSON values, dates, UUIDs and decimals, and names persons by opaque id only.

    Writers go one at a time from here to the end of their transaction: append last, once the rows of the action are
    locked, and deadlocks cannot be.

    Misuse: ``no_transaction`` outside a transaction, ``not_a_kind``, ``naive_instant``, ``not_an_id``, ``not_plain``,
    ``personal`` when the details hold a person's particulars. IntegrityError when the head does not match the entries.
    """
    if not connection.in_atomic_block:
        raise Misuse("no_transaction", kind=kind)
    _check(kind, at, actor, subject)
    told = plain(details or {})
    refuse_personal(told)
    taken = None if decision is None else decision_text(decision)
    head = _locked_head()
    content = Content(
        number=head.number + 1,
        recorded_at=timezone.now(),  # when the row was written is not the action's to say: the one clock of the records
        occurred_at=at,
        kind=kind,
        actor=actor,
        subject=subject,
        details=canonical(told),
        decision=taken,
        scheme_digest="" if decision is None else decision.scheme.digest,
        previous=head.hash,
    )
    return _written(content)


def decision_text(decision: Decision) -> str:
    """The JSON text of a decision as it is kept: who derogated, and in which words, by fingerprint only."""
    told = decision_to_plain(decision)
    for finding in told["findings"]:
        _seal(finding)
    return canonical(plain(told))


def _seal(finding: dict[str, Any]) -> None:
    """Names and free words leave the finding; whoever has the record of the decision can check that it has the same."""
    if override := finding["override"]:
        print_ = sha256(canonical(plain(override)).encode()).hexdigest()
        finding["override"] = {**override, "author": f"sha256:{print_}", "reason": "", "source": ""}
    for part in finding["parts"]:
        _seal(part)


def _check(kind: str, at: datetime, actor: UUID | None, subject: UUID | None) -> None:
    if not KIND.fullmatch(kind) or len(kind) > LONGEST_KIND:
        raise Misuse("not_a_kind", kind=kind)
    if not isinstance(at, datetime) or at.tzinfo is None:
        raise Misuse("naive_instant", at=at)
    for name, id in (("actor", actor), ("subject", subject)):
        if id is not None and not isinstance(id, UUID):
            raise Misuse("not_an_id", **{name: id})


def _locked_head() -> Head:
    """The head, locked until the transaction ends; SQLite has locked its whole file when the transaction began."""
    heads = Head.objects.select_for_update()
    return heads.first() or _first_head(heads)


def _first_head(heads: QuerySet[Head]) -> Head:
    """The head made for the very first entry, here or by a writer who came first."""
    try:
        with transaction.atomic():
            Head.objects.bulk_create([Head()], ignore_conflicts=True)
    except IntegrityError:  # there are entries: another writer made it meanwhile, or it was lost
        head = heads.first()
        if head is None:
            raise
        return head
    return heads.get()


def _written(content: Content) -> Entry:
    made = hash_of(content)
    entry = Entry(
        number=content.number,
        recorded_at=content.recorded_at,
        occurred_at=content.occurred_at,
        kind=content.kind,
        actor=content.actor,
        subject=content.subject,
        details_text=content.details,
        decision_text=content.decision,
        scheme_digest=content.scheme_digest,
        previous=content.previous,
        hash=made,
    )
    entry.save(force_insert=True)
    Head.objects.update(number=content.number, hash=made)
    return entry
