"""What would be issued, file by file of a session, and what a correction would say; nothing is written."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from parchemin.records.awards.errors import AwardError
from parchemin.records.awards.models import Certificate, House, Kind
from parchemin.records.awards.numbers import grouped
from parchemin.records.awards.queries.due import (
    NO_PART,
    Due,
    hearings_to_award,
    lacking,
    standing_one,
    statement_given,
    statement_of,
)
from parchemin.records.awards.queries.fitting import due_again, fit, house_of, identity_of
from parchemin.records.awards.queries.renewing import earlier_of, renewing
from parchemin.records.awards.queries.standing import revoked
from parchemin.records.awards.queries.written import text_of
from parchemin.records.candidacies.facts import with_facts
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Candidacy
from parchemin.records.juries.models import Hearing, JurySession, Verdict
from parchemin.records.people.models import CivilIdentity


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreseen:
    """One file of a session: what it has, what it would be given, and what prevents it."""

    hearing: Hearing
    given: Sequence[Certificate]
    due: Sequence[Due] = ()
    error: AwardError | None = None

    @property
    def is_ready(self) -> bool:
        """Whether it would be given what it is due."""
        return bool(self.due) and self.error is None


def foreseen(session: JurySession, awarded_on: date, on: date) -> list[Foreseen]:
    """Each file of the session decided upon, in order, if all were issued that day.

    A number of queries that does not grow with the files.
    """
    hearings = hearings_to_award(session)
    rows = with_facts(Candidacy.objects.filter(pk__in=[one.candidacy_id for one in hearings]))
    files = {row.pk: row for row in rows.select_related("candidate__identity")}
    versions = {one.candidacy_id: one.version for one in hearings}
    judged = {one.candidacy.pk: one for one in Judged.each(list(files.values()), on, versions)}
    given = _given(list(files))
    houses = _houses(list(files.values()))
    earlier = earlier_of(files.values(), awarded_on)
    found = []
    for hearing in hearings:
        row = hearing.candidacy = files[hearing.candidacy_id]
        house = houses.get((row.organisation_id, row.certification_id))
        one = _foreseen(hearing, judged[row.pk], given.get(row.pk, []), house, awarded_on, on)
        found.append(replace(one, due=renewing(one.due, earlier.get(row.pk))))
    return found


def correction_of(certificate: Certificate, on: date) -> Mapping[str, Any]:
    """What a certificate that corrects it today would say, under the same number; AwardError as ``fit``."""
    row = certificate.candidacy
    house, identity = house_of(row.organisation_id, row.certification_id), identity_of(row.candidate_id)
    due = due_again(certificate, row, on)
    valid_until = fit(due, house, identity, certificate.awarded_on, on)
    assert house is not None and identity is not None
    text = text_of(due, house, identity, certificate.number, certificate.awarded_on, valid_until)
    told: Mapping[str, Any] = json.loads(text)
    return told


def statement_foreseen(hearing: Hearing, on: date) -> Mapping[str, Any]:
    """What the statement of that file would say, number apart; AwardError as ``issue_statement``."""
    row = hearing.candidacy
    if given := statement_given(hearing):
        raise AwardError("stated", number=row.number, other=grouped(given.number))
    due = statement_of(hearing, on)
    house, identity = house_of(row.organisation_id, row.certification_id), identity_of(row.candidate_id)
    fit(due, house, identity, on, on)
    assert house is not None and identity is not None
    told: Mapping[str, Any] = json.loads(text_of(due, house, identity, "", on, None))
    return told


def statements_of(session: JurySession, on: date) -> list[tuple[Hearing, Certificate | None]]:
    """The files of the session that are owed a statement, each with the one it was given; few queries for all.

    Those that were refused the whole, where the certification awards no part.
    """
    rows = session.hearings.filter(removed_at__isnull=True, told__verdict=Verdict.NONE)
    related = ("candidacy__certification", "candidacy__candidate", "told__minutes")
    hearings = list(rows.select_related(*related).order_by("position", "pk"))
    if not hearings:
        return []
    files = {one.candidacy_id: one for one in hearings}
    facts = with_facts(Candidacy.objects.filter(pk__in=files))
    judged = Judged.each(list(facts), on, {id: one.version for id, one in files.items()})
    owed = {one.candidacy.pk for one in judged if one.scheme.award.partial == NO_PART}
    given = {one.conclusion_id: one for one in _standing_statements([one.told_id for one in hearings])}
    return [(one, given.get(one.told_id or 0)) for one in hearings if one.candidacy_id in owed]


def _standing_statements(conclusions: Sequence[int | None]) -> Sequence[Certificate]:
    rows = Certificate.objects.filter(kind=Kind.STATEMENT, conclusion__in=conclusions, corrected_by__isnull=True)
    return list(rows.filter(~revoked()).defer("text").order_by("issued_at"))


def _foreseen(
    hearing: Hearing, judged: Judged, given: Sequence[Certificate], house: House | None, awarded_on: date, on: date
) -> Foreseen:
    conclusions = list(hearing.conclusions.all())
    try:
        conclusion = standing_one(hearing, conclusions[-1] if conclusions else None)
    except AwardError as error:
        return Foreseen(hearing=hearing, given=given, error=error)
    due = lacking(conclusion, judged, hearing.holdings.all(), given)
    identity = getattr(judged.candidacy.candidate, "identity", None)
    return Foreseen(hearing=hearing, given=given, due=due, error=_prevented(due, house, identity, awarded_on, on))


def _prevented(
    due: Sequence[Due], house: House | None, identity: CivilIdentity | None, awarded_on: date, on: date
) -> AwardError | None:
    """Why these are not issued; None when they may be."""
    try:
        for one in due:
            fit(one, house, identity, awarded_on, on)
    except AwardError as error:
        return error
    return None


def _given(files: Sequence[UUID]) -> dict[UUID, list[Certificate]]:
    """What these files have been given, by file, the first first."""
    rows = Certificate.objects.filter(candidacy__in=files).select_related("corrected_by").defer("text")
    found: dict[UUID, list[Certificate]] = {}
    for one in rows.prefetch_related("changes").order_by("issued_at", "code", "number"):
        found.setdefault(one.candidacy_id, []).append(one)
    return found


def _houses(files: Sequence[Candidacy]) -> dict[tuple[UUID, UUID], House]:
    rows = House.objects.select_related("issuer").filter(
        organisation__in={row.organisation_id for row in files},
        certification__in={row.certification_id for row in files},
    )
    return {(one.organisation_id, one.certification_id): one for one in rows}
