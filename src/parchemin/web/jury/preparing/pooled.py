"""Those of the pool as they are shown: what they are, when they are away, what they are accredited for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from parchemin.core.scheme import Scheme
from parchemin.core.terms import Unknown, listed, title_of
from parchemin.records.certifications.models import PublishedVersion
from parchemin.records.certifications.queries import schemes_of
from parchemin.records.juries.models import Absence, PoolMember
from parchemin.records.juries.queries.preparing import accredited
from parchemin.records.people.models import Accreditation
from parchemin.web.shared.clock import today


@dataclass(frozen=True, slots=True)
class Row:
    """Somebody of the pool as shown: what they are, when they are away, what they are accredited for."""

    row: PoolMember
    certification: str
    college: str
    seats: list[str]
    absences: list[Absence]
    accredited: list[tuple[Accreditation, str]]
    is_away: bool


def rows_of(found: Sequence[PoolMember], certifications: Mapping[str, str]) -> list[Row]:
    """These as shown; the same number of queries however many they are."""
    on = today()
    schemes = _schemes({one.scheme for one in found})
    known = accredited([one.person for one in found], on)
    absences: dict[object, list[Absence]] = {}
    for one in Absence.objects.filter(member__in=found, until_on__gte=on):
        absences.setdefault(one.member_id, []).append(one)
    return [_row(one, certifications, schemes.get(one.scheme), absences, known, on) for one in found]


def _row(
    row: PoolMember,
    certifications: Mapping[str, str],
    scheme: Scheme | None,
    absences: Mapping[object, list[Absence]],
    known: Mapping[object, list[Accreditation]],
    on: date,
) -> Row:
    asked = asked_of(scheme)
    away = absences.get(row.pk, [])
    mine = [one for one in known.get(row.person_id, []) if one.scheme == row.scheme]
    return Row(
        row=row,
        certification=certifications.get(row.scheme, row.scheme),
        college=asked["colleges"].get(row.college, row.college),
        seats=[asked["seats"].get(one, one) for one in row.seats],
        absences=away,
        accredited=[(one, title_of(scheme.actors, one.actor) if scheme else one.actor) for one in mine],
        is_away=any(one.from_on <= on for one in away),
    )


def scheme_for(id: str) -> Scheme | None:
    """The last published version of that certification; two queries."""
    return _schemes({id}).get(id)


def _schemes(wanted: set[str]) -> dict[str, Scheme]:
    """The last published version of each of these certifications; two queries."""
    if not wanted:
        return {}
    rows = PublishedVersion.objects.filter(certification__scheme__in=wanted).order_by("name")
    last = dict(rows.values_list("certification__scheme", "name"))
    return {scheme: one for (scheme, _name), one in schemes_of(last.items(), on=today()).items()}


def asked_of(scheme: Scheme | None) -> dict[str, dict[str, str]]:
    """The colleges and the seats of its juries, by identifier."""
    juries = [one for one in scheme.juries.values() if not isinstance(one, Unknown)] if scheme else []
    colleges: dict[str, str] = {}
    for jury in juries:
        if not isinstance(jury.colleges, Unknown):
            colleges |= {id: one.title for id, one in jury.colleges.items()}
    return {"colleges": colleges, "seats": {seat.id: seat.title for jury in juries for seat in listed(jury.seats)}}
