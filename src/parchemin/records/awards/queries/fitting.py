"""Whether what is due may be issued: who signs, whose identity was checked, under which title, on which day."""

from datetime import date
from uuid import UUID

from parchemin.records.awards.errors import AwardError
from parchemin.records.awards.models import Certificate, House, Kind
from parchemin.records.awards.queries.due import Due, last_day
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Candidacy
from parchemin.records.juries.models import Conclusion
from parchemin.records.people.models import CivilIdentity


def house_of(organisation: UUID, certification: UUID) -> House | None:
    """How that body signs the certificates of that certification; None while it was not said."""
    rows = House.objects.select_related("issuer")
    return rows.filter(organisation=organisation, certification=certification).first()


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
    """What that certificate of that file was issued on, as it is known now."""
    rows = Conclusion.objects.select_related("minutes__session", "hearing__session")
    conclusion = rows.get(pk=certificate.conclusion_id)
    judged = Judged(row, on, conclusion.hearing.version)
    return Due(kind=Kind(certificate.kind), conclusion=conclusion, judged=judged, code=certificate.code)
