"""Whether what is due may be issued: who signs, whose identity was checked, under which title, on which day."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from parchemin.records.awards.errors import AwardError
from parchemin.records.awards.models import Certificate, House, Kind, Logo
from parchemin.records.awards.queries.due import Due, last_day, standing_one
from parchemin.records.awards.queries.taken_back import GIVEN_BY
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Candidacy
from parchemin.records.juries.models import Conclusion
from parchemin.records.people.models import CivilIdentity


def house_of(organisation: UUID, certification: UUID) -> House | None:
    """How that body signs the certificates of that certification; None while it was not said."""
    rows = House.objects.select_related("issuer")
    return rows.filter(organisation=organisation, certification=certification).first()


def logo_of(told: Mapping[str, Any]) -> bytes | None:
    """The logo that a certificate bears, as it was when it was issued; None without one."""
    row = Logo.objects.filter(pk=told["look"]["logo"]).first() if told["look"]["logo"] else None
    return bytes(row.content) if row else None


def identity_of(person: UUID) -> CivilIdentity | None:
    """The civil identity of somebody; None while it is not told."""
    return CivilIdentity.objects.filter(person=person).first()


def fit(due: Due, house: House | None, identity: CivilIdentity | None, awarded_on: date, on: date) -> date | None:
    """The last day it is valid if it is issued; None without limit. Nothing is written.

    AwardError ``house``, ``identity``, ``title``, ``validity``, ``future`` after ``on``, ``too_early`` before the
    decision has effect.
    """
    if house is None:
        raise AwardError("house")
    if identity is None or not identity.is_checked:
        raise AwardError("identity", number=due.judged.candidacy.number)
    if due.title is None:
        raise AwardError("title", part=due.code)
    if awarded_on > on:
        raise AwardError("future", day=f"{awarded_on:%d/%m/%Y}")
    if awarded_on < due.conclusion.concluded_on:
        raise AwardError("too_early", day=f"{due.conclusion.concluded_on:%d/%m/%Y}")
    return last_day(due.judged, awarded_on) if due.kind is Kind.WHOLE else None


def due_again(certificate: Certificate, row: Candidacy, on: date) -> Due:
    """What that certificate of that file was issued on, as it is known now, under the minutes that stand.

    AwardError ``untold`` while those were not published, ``taken_back`` when they no longer give right to it.
    """
    rows = Conclusion.objects.select_related("minutes__session", "hearing__session", "hearing__candidacy")
    known = rows.filter(hearing__conclusions=certificate.conclusion_id).order_by("pk")
    conclusion = known[len(known) - 1]
    hearing = conclusion.hearing
    if conclusion.pk != certificate.conclusion_id:
        standing_one(hearing, conclusion)
        if not _gives(certificate, conclusion):
            raise AwardError("taken_back", minutes=conclusion.minutes.number)
    judged = Judged(row, on, hearing.version)
    return Due(
        kind=Kind(certificate.kind),
        conclusion=conclusion,
        judged=judged,
        code=certificate.code,
        renews=certificate.renews,
    )


def _gives(certificate: Certificate, conclusion: Conclusion) -> bool:
    """Whether what was concluded gives right to that certificate."""
    if certificate.kind != Kind.BLOCK:
        return conclusion.verdict == GIVEN_BY[Kind(certificate.kind)]
    held = conclusion.hearing.holdings.filter(code=certificate.code).order_by("pk").last()
    return held is not None and held.is_held
