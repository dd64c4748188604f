"""What anybody may learn of a certificate from its number: whether it is valid, why it is not, what it is about.

Nothing of the holder is told, nor the number of another certificate; who the holder is is only confirmed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from hmac import compare_digest
from uuid import UUID

from django.db import Error
from django.utils import timezone

from parchemin.records.awards.models import Certificate, Change, Kind, Standing
from parchemin.records.awards.numbers import read
from parchemin.records.awards.queries.renewing import renewal_by
from parchemin.records.awards.queries.written import FORMAT, digest_of
from parchemin.records.awards.sealing import KIND, seal
from parchemin.records.journal.models import Entry
from parchemin.records.journal.sealing import SEALS, key
from parchemin.records.people.names import folded


class Outcome(StrEnum):
    """The three answers."""

    VALID = "valid"
    NOT_VALID = "not_valid"
    UNCHECKED = "unchecked"


class Why(StrEnum):
    """Why a certificate is not valid, or why that could not be checked."""

    UNKNOWN = "unknown"
    ALTERED = "altered"
    REVOKED = "revoked"
    REPLACED = "replaced"
    EXPIRED = "expired"
    SUSPENDED = "suspended"
    MISTYPED = "mistyped"
    UNREADABLE = "unreadable"
    UNAVAILABLE = "unavailable"


UNCHECKED = frozenset({Why.MISTYPED, Why.UNREADABLE, Why.UNAVAILABLE})


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason, and the first day it holds when it has one."""

    code: Why
    since: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the certificate says that is nobody's own: its nature, what it certifies, who issued it, and when."""

    kind: Kind
    certification: str
    block: str
    """The title of the block of competences; nothing where the certificate is of the whole."""
    code: str
    body: str
    trade_name: str
    scheme: str
    """The version of the certification, ``id@version``."""
    issuer: UUID
    awarded_on: date
    valid_until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is answered of a number on a day; ``number`` is empty when what was typed cannot be one.

    ``is_renewed`` once its time has passed, when its holder has another that renews it: its number is not told.
    """

    number: str
    on: date
    reasons: tuple[Reason, ...] = ()
    told: Told | None = None
    is_renewed: bool = False

    @property
    def outcome(self) -> Outcome:
        """Valid when there is no reason against it."""
        if not self.reasons:
            return Outcome.VALID
        return Outcome.UNCHECKED if UNCHECKED.issuperset(self.codes) else Outcome.NOT_VALID

    @property
    def codes(self) -> tuple[Why, ...]:
        """The reasons, the gravest first."""
        return tuple(one.code for one in self.reasons)


def verified(typed: str, on: date) -> Answer:
    """The answer for a number as somebody typed it; a slip is found without looking anything up."""
    number = read(typed)
    if number is None:
        return Answer(number="", on=on, reasons=(Reason(Why.MISTYPED),))
    try:
        row = _row(number)
        if row is None:
            return _against(number, on, Why.UNKNOWN)
        if _is_altered(row):
            return _against(number, on, Why.ALTERED)
        is_renewed = row.standing(on) is Standing.EXPIRED and renewal_by(row) is not None
    except Error:
        return _against(number, on, Why.UNAVAILABLE)
    if row.told.get("format") != FORMAT:
        return _against(number, on, Why.UNREADABLE)
    return Answer(number=number, on=on, reasons=tuple(_reasons(row, on)), told=_told(row), is_renewed=is_renewed)


def names_holder(number: str, name: str, born_on: date) -> bool | None:
    """Whether that name, of birth or of use, and that birth date are both those the certificate bears.

    Case, accents, hyphens and spaces do not count. None when there is no certificate to compare with. Every comparison
    is made whatever the others say, in a time that does not depend on them.
    """
    row = _row(number)
    if row is None or _is_altered(row) or row.told.get("format") != FORMAT:
        return None
    holder, asked = row.told["holder"], _bare(name)
    of_birth, of_use = (_is_same(asked, _bare(holder[one])) for one in ("birth_name", "used_name"))
    return bool(asked) & (of_birth | of_use) & _is_same(born_on.isoformat(), holder["born_on"])


def _row(number: str) -> Certificate | None:
    rows = Certificate.objects.select_related("corrected_by").prefetch_related("changes")
    return rows.filter(number=number).first()


def _against(number: str, on: date, why: Why) -> Answer:
    return Answer(number=number, on=on, reasons=(Reason(why),))


def _reasons(row: Certificate, on: date) -> Iterator[Reason]:
    """Everything that makes it not valid that day, in the order of ``Certificate.standing``."""
    changes = list(row.changes.all())
    for one in changes:
        if one.act == Change.Act.REVOKED:
            yield Reason(Why.REVOKED, timezone.localdate(one.at))
    successor = _successor(row)
    if successor is not None:
        yield Reason(Why.REPLACED, timezone.localdate(successor.issued_at))
    if row.valid_until and row.valid_until < on:
        yield Reason(Why.EXPIRED, row.valid_until + timedelta(days=1))
    if changes and changes[-1].act == Change.Act.SUSPENDED:
        yield Reason(Why.SUSPENDED, timezone.localdate(changes[-1].at))


def _told(row: Certificate) -> Told:
    said = row.told
    return Told(
        kind=Kind(said["kind"]),
        certification=said["certification"],
        block=said["title"] if said["code"] else "",
        code=said["code"],
        body=said["body"]["name"],
        trade_name=said["body"]["trade_name"],
        scheme=said["scheme"],
        issuer=row.issuer_id,
        awarded_on=date.fromisoformat(said["awarded_on"]),
        valid_until=date.fromisoformat(said["valid_until"]) if said["valid_until"] else None,
    )


def _is_altered(row: Certificate) -> bool:
    """Whether its text, or what was decided of it, is no longer what was issued and told to the journal.

    A revocation that was deleted is found as one that was rewritten.
    """
    if digest_of(row.text) != row.digest:
        return True
    successor = _successor(row)
    kept = (row, *row.changes.all(), *([successor] if successor else []))
    return {key(one): seal(one) for one in kept} != _sealed(row)


def _sealed(row: Certificate) -> dict[str, str]:
    """The fingerprints that the journal keeps of a certificate, of what was decided of it, and of what replaced it."""
    found: dict[str, str] = {}
    for entry in Entry.objects.filter(subject=row.candidacy_id, kind__startswith=KIND).order_by("number"):
        details = entry.details
        is_about = row.pk.hex in (details.get("certificate"), details.get("corrects"))
        for name, fingerprint in details.get(SEALS, {}).items():
            model = name.partition(":")[0]
            if name == key(row) or (is_about and model in (Certificate._meta.model_name, Change._meta.model_name)):
                found[name] = fingerprint
    return found


def _successor(row: Certificate) -> Certificate | None:
    return getattr(row, "corrected_by", None)


def _bare(name: str) -> str:
    return folded(name).replace(" ", "")


def _is_same(one: str, other: str) -> bool:
    return compare_digest(one.encode(), other.encode())
