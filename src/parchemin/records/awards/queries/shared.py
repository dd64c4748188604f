"""What a holder's address shows to whoever was given it, and the addresses that a holder made."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from parchemin.records.awards.models import Certificate, Share
from parchemin.records.awards.numbers import grouped
from parchemin.records.awards.queries.verifying import Answer, verified
from parchemin.records.people.secrets import fingerprint


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedPart:
    """A part of the certification, as the decision had it."""

    code: str
    title: str
    is_held: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A certificate as its holder chose to show it: the answer anybody has, with the name and the parts besides."""

    answer: Answer
    holder: str
    title: str
    parts: Sequence[SharedPart]
    renews: str
    """The number of the certificate that this one renews, which is printed on it; empty for none."""
    until: datetime


def shown_by(secret: str, at: datetime, on: date) -> Shown | None:
    """What the address of that secret shows; None when it shows nothing, or nothing any more."""
    rows = Share.objects.select_related("certificate")
    row = rows.filter(fingerprint=fingerprint(secret)).first()
    if row is None or not row.is_open(at):
        return None
    answer, told = verified(row.certificate.number, on), row.certificate.told
    if answer.told is None:
        return Shown(answer=answer, holder="", title="", parts=(), renews="", until=row.ends_at)
    holder = told["holder"]
    parts = [SharedPart(code=one["code"], title=one["title"] or "", is_held=one["is_held"]) for one in told["parts"]]
    name = " ".join((*holder["first_names"], holder["used_name"] or holder["birth_name"]))
    renews = grouped(told["renews"])
    return Shown(answer=answer, holder=name, title=told["title"], parts=parts, renews=renews, until=row.ends_at)


def shares_of(certificate: Certificate) -> list[Share]:
    """The addresses that were made for it, the last first."""
    return list(certificate.shares.order_by("-made_at", "pk"))
