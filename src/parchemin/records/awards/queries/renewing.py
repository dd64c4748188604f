"""Which certificate follows which: one that ends is renewed once its holder is judged anew and given another.

A renewal is of what a file was awarded: whether its certificate was corrected since changes nothing of it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from parchemin.core.scheme import Scheme
from parchemin.core.terms import listed
from parchemin.records.awards.models import Certificate, Kind
from parchemin.records.awards.queries.due import Due
from parchemin.records.awards.queries.ending import step_of
from parchemin.records.awards.queries.standing import renewals, renewed, revoked
from parchemin.records.candidacies.models import ACTIVE, Candidacy


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewal:
    """How a certificate that ends is renewed, and where its renewal stands.

    ``ways`` are the words of the certification, none while it is not said; ``body`` is whom to ask. ``under_way`` is
    the file already open for it; ``may_begin`` whether its holder may open one; ``by`` the one that renews it.
    """

    ways: Sequence[str]
    body: str
    under_way: Candidacy | None = None
    may_begin: bool = False
    by: Certificate | None = None

    @property
    def is_due(self) -> bool:
        """Whether its holder has something to do, or to follow, of it."""
        return self.may_begin or self.under_way is not None


def ways_of(scheme: Scheme) -> Sequence[str]:
    """How the certification says that a certificate is renewed; empty where it says nothing."""
    return listed(scheme.award.renewal)


def renewable() -> QuerySet[Certificate]:
    """Those of a whole certification that end, that stand, and that no other renews."""
    rows = Certificate.objects.filter(kind=Kind.WHOLE, valid_until__isnull=False, corrected_by__isnull=True)
    return rows.filter(~revoked(), ~renewed())


def earlier_of(files: Iterable[Candidacy], awarded_on: date) -> dict[UUID, Certificate]:
    """What a certificate awarded that day on each of these files would renew, by file; one query.

    The last one of the same holder and certification, awarded by then on another file.
    """
    asked = list(files)
    rows = renewable().filter(
        candidacy__candidate__in={one.candidate_id for one in asked},
        candidacy__certification__in={one.certification_id for one in asked},
        awarded_on__lte=awarded_on,
    )
    known = list(rows.select_related("candidacy").defer("text").order_by("awarded_on", "issued_at"))
    found: dict[UUID, Certificate] = {}
    for file in asked:
        for row in known:
            same = (row.candidacy.candidate_id, row.candidacy.certification_id)
            if row.candidacy_id != file.pk and same == (file.candidate_id, file.certification_id):
                found[file.pk] = row
    return found


def renewing(due: Sequence[Due], earlier: Certificate | None) -> list[Due]:
    """The same, the certificate of the whole following the earlier one."""
    return [replace(one, renews=earlier) if one.kind is Kind.WHOLE else one for one in due]


def renewal_by(row: Certificate) -> Certificate | None:
    """The certificate that stands and renews it, if there is one."""
    return renewals().filter(renews__candidacy=row.candidacy_id).defer("text").first()


def renewal_of(row: Certificate, scheme: Scheme, on: date) -> Renewal | None:
    """How that certificate is renewed and where it stands; None where it never ends, or is no longer good.

    Its holder may begin from the first step before its end, or after it, unless it is suspended, renewed already, or
    a file of that certification is under way.
    """
    standing = row.standing(on)
    if row.valid_until is None or standing.is_over:
        return None
    told = Renewal(ways=ways_of(scheme), body=row.candidacy.organisation.name)
    if by := renewal_by(row):
        return replace(told, by=by)
    same = Candidacy.objects.filter(
        candidate=row.candidacy.candidate_id, certification=row.candidacy.certification_id, status__in=ACTIVE
    )
    if under_way := same.first():
        return replace(told, under_way=under_way)
    is_near = row.valid_until < on or step_of(row.valid_until, on) is not None
    return replace(told, may_begin=is_near and not row.is_suspended)


def to_renew(person: UUID, certification: UUID, on: date) -> Certificate | None:
    """The certificate that a new file of that person for that certification is to renew: it ends soon, or has ended."""
    rows = renewable().filter(candidacy__candidate=person, candidacy__certification=certification)
    row = rows.defer("text").prefetch_related("changes").order_by("awarded_on", "issued_at").last()
    if row is None or row.valid_until is None or row.is_suspended:
        return None
    return row if row.valid_until < on or step_of(row.valid_until, on) else None
