"""Certificates are issued on decisions that have effect, one by one or for a whole session; one corrects another."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from parchemin.core.facts import Milestone
from parchemin.records.awards import numbers
from parchemin.records.awards.actions.taking import held_certificate, note_award, tell_holder
from parchemin.records.awards.errors import AwardError
from parchemin.records.awards.models import PLACES, Certificate, Kind
from parchemin.records.awards.queries.due import Due, due_of, hearings_to_award, statement_given, statement_of
from parchemin.records.awards.queries.fitting import due_again, fit, house_of, identity_of
from parchemin.records.awards.queries.renewing import earlier_of, renewing
from parchemin.records.awards.queries.written import digest_of, says_the_same, text_of
from parchemin.records.candidacies.actions.taking import finish, reach, taken
from parchemin.records.candidacies.actions.taking import note as note_file
from parchemin.records.candidacies.models import Candidacy
from parchemin.records.juries.actions.taking import hold_rows
from parchemin.records.juries.models import Hearing, JurySession
from parchemin.records.people.models import Person

DRAWS = 64


@dataclass(frozen=True, slots=True)
class Issued:
    """What came of a whole session: certificates, and for each file that got none, why."""

    certificates: tuple[Certificate, ...]
    left: tuple[tuple[Hearing, AwardError], ...]


@transaction.atomic
def issue_session(*, session: JurySession, awarded_on: date, by: Person, at: datetime, on: date) -> Issued:
    """Every file of the session is given what its decision gives right to; what prevents one holds back no other.

    AwardError ``house``, ``future``.
    """
    hearings = hearings_to_award(session)
    files = [one.candidacy for one in hearings]
    hold_rows({one.pk for one in files} | {one.candidacy_id for one in earlier_of(files, awarded_on).values()})
    made: list[Certificate] = []
    left: list[tuple[Hearing, AwardError]] = []
    for hearing in hearings:
        try:
            with transaction.atomic():
                made += issue(hearing=hearing, awarded_on=awarded_on, by=by, at=at, on=on)
        except AwardError as error:
            if error.code in ("house", "future"):
                raise
            if error.code != "nothing_due":
                left.append((hearing, error))
    return Issued(tuple(made), tuple(left))


def issue(*, hearing: Hearing, awarded_on: date, by: Person, at: datetime, on: date) -> tuple[Certificate, ...]:
    """What that decision gives right to and was not issued is; the file reaches its award with the whole.

    That of the whole renews the last that its holder has of that certification and that ends, if there is one.

    AwardError ``own`` for one's own file, ``no_effect``, ``untold``, ``nothing_due``, ``house``, ``identity``,
    ``title``, ``validity``, ``future``, ``too_early``.
    """
    with taken(hearing.candidacy, None) as row:
        if row.candidate_id == by.pk:
            raise AwardError("own", number=row.number)
        due = due_of(hearing, on)
        if not due:
            raise AwardError("nothing_due", number=row.number)
        is_whole = any(one.kind is Kind.WHOLE for one in due)
        due = renewing(due, _held_earlier(row, awarded_on)) if is_whole else due
        made = tuple(_made(row, one, awarded_on, by, at, on) for one in due)
        if is_whole:
            reach(row, Milestone.AWARDED, awarded_on)
            reach(row, Milestone.ISSUED, awarded_on)
            finish(row, at)
        note_file(row, "certificates_issued", at, by, {"certificates": [one.pk.hex for one in made]})
        note_award(row, "issued", at, by, made)
        for renews in (one.renews for one in made if one.renews):
            note_file(renews.candidacy, "certificate_renewed", at, by, {"renewed": renews.pk.hex}, is_change=False)
        tell_holder(row, "issued", made, at, by, on)
    return made


def issue_statement(*, hearing: Hearing, by: Person, at: datetime, on: date) -> Certificate:
    """A statement of what was and was not acquired, where nothing is by parts; it certifies nothing.

    AwardError as ``issue``, ``statement`` where none is given, ``stated`` while that of this very decision stands.
    """
    with taken(hearing.candidacy, None) as row:
        if given := statement_given(hearing):
            raise AwardError("stated", number=row.number, other=numbers.grouped(given.number))
        made = _made(row, statement_of(hearing, on), on, by, at, on)
        note_file(row, "statement_issued", at, by, {"certificate": made.pk.hex}, is_change=False)
        note_award(row, "issued", at, by, (made,))
    return made


def correct_certificate(*, certificate: Certificate, reason: str, by: Person, at: datetime, on: date) -> Certificate:
    """Another certificate says it right and takes its place, under another number; the old one is no longer valid.

    AwardError ``reason``, ``revoked``, ``replaced``, ``same`` when it would say the same, and as ``issue``.
    """
    if not reason.strip():
        raise AwardError("reason")
    with taken(certificate.candidacy, None) as row:
        old = held_certificate(certificate)
        made = _made(row, due_again(old, row, on), old.awarded_on, by, at, on, corrects=old, correction=reason.strip())
        if says_the_same(made.told, old.told):
            raise AwardError("same")
        details = {"certificate": made.pk.hex, "corrects": old.pk.hex}
        note_file(row, "certificate_corrected", at, by, details, is_change=False)
        note_award(row, "corrected", at, by, (made,), {"corrects": old.pk.hex})
        tell_holder(row, "corrected", (made,), at, by, on, reasons=made.correction)
    return made


def _held_earlier(row: Candidacy, awarded_on: date) -> Certificate | None:
    """What it renews, held until the end: no other file renews it meanwhile."""
    found = earlier_of([row], awarded_on).get(row.pk)
    if found is None:
        return None
    Certificate.objects.select_for_update(of=("self",), no_key=True).get(pk=found.pk)
    return earlier_of([row], awarded_on).get(row.pk)


def _made(
    row: Candidacy,
    due: Due,
    awarded_on: date,
    by: Person,
    at: datetime,
    on: date,
    *,
    corrects: Certificate | None = None,
    correction: str = "",
) -> Certificate:
    house, identity = house_of(row.organisation_id, row.certification_id), identity_of(row.candidate_id)
    valid_until = fit(due, house, identity, awarded_on, on)
    assert house is not None and identity is not None
    number = numbers.drawn()
    text = text_of(due, house, identity, number, awarded_on, valid_until)
    return Certificate.objects.create(
        number=number,
        kind=due.kind.value,
        candidacy=row,
        conclusion=due.conclusion,
        code=due.code,
        issuer=house.issuer,
        text=text,
        digest=digest_of(text),
        salt=secrets.token_hex(32),
        place=_place(),
        corrects=corrects,
        renews=due.renews,
        correction=correction,
        awarded_on=awarded_on,
        valid_until=valid_until,
        issued_at=at,
        issued_by=by,
    )


def _place() -> int:
    """A free place, at random in the first list that is less than half full: places say nothing of who comes when."""
    first = PLACES * (Certificate.objects.count() // (PLACES // 2))
    drawn = {first + secrets.randbelow(PLACES) for _ in range(DRAWS)}
    taken_places = set(Certificate.objects.filter(place__in=drawn).values_list("place", flat=True))
    return next(iter(drawn - taken_places))
