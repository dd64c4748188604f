"""What becomes of a certificate: revoked for good, suspended for a time, valid again, printed again."""

from datetime import datetime

from parchemin.records.awards.actions.taking import held_certificate, note_award
from parchemin.records.awards.errors import AwardError
from parchemin.records.awards.models import Certificate, Change, Duplicate
from parchemin.records.awards.numbers import grouped
from parchemin.records.candidacies.actions.taking import note as note_file
from parchemin.records.candidacies.actions.taking import taken
from parchemin.records.people.models import Person

Act = Change.Act


def revoke(*, certificate: Certificate, reason: str, by: Person, at: datetime) -> Change:
    """It is no longer valid, for good, and whoever verifies it is told.

    AwardError ``reason``, ``revoked``, ``replaced``.
    """
    return _changed(certificate, Act.REVOKED, reason, by, at)


def suspend(*, certificate: Certificate, reason: str, by: Person, at: datetime) -> Change:
    """It is not valid until it is reinstated. AwardError as ``revoke``, ``suspended`` when it is already."""
    return _changed(certificate, Act.SUSPENDED, reason, by, at)


def reinstate(*, certificate: Certificate, reason: str, by: Person, at: datetime) -> Change:
    """It is valid again. AwardError as ``revoke``, ``not_suspended`` when it was not suspended."""
    return _changed(certificate, Act.REINSTATED, reason, by, at)


def issue_duplicate(*, certificate: Certificate, reason: str, proof: str, by: Person, at: datetime) -> Duplicate:
    """It is printed again, under the same number, marked as a duplicate.

    AwardError ``reason``, ``proof`` without how the identity of the holder was verified, ``revoked``, ``replaced``.
    """
    if not reason.strip():
        raise AwardError("reason")
    if not proof.strip():
        raise AwardError("proof")
    with taken(certificate.candidacy, None) as file:
        row = held_certificate(certificate)
        made = Duplicate.objects.create(
            certificate=row,
            rank=row.duplicates.count() + 1,
            reason=reason.strip(),
            proof=proof.strip(),
            at=at,
            by=by,
        )
        note_file(file, "duplicate_issued", at, by, {"certificate": row.pk.hex}, is_change=False)
        note_award(file, "duplicated", at, by, (made,), {"certificate": row.pk.hex})
    return made


def _changed(certificate: Certificate, act: Act, reason: str, by: Person, at: datetime) -> Change:
    if not reason.strip():
        raise AwardError("reason")
    with taken(certificate.candidacy, None) as file:
        row = held_certificate(certificate)
        last = row.changes.order_by("pk").last()
        is_suspended = last is not None and last.act == Act.SUSPENDED
        if act == Act.SUSPENDED and is_suspended:
            raise AwardError("suspended", number=grouped(row.number))
        if act == Act.REINSTATED and not is_suspended:
            raise AwardError("not_suspended", number=grouped(row.number))
        made = Change.objects.create(certificate=row, act=act, reason=reason.strip(), at=at, by=by)
        note_file(file, f"certificate_{act.value}", at, by, {"certificate": row.pk.hex}, is_change=False)
        note_award(file, "changed", at, by, (made,), {"certificate": row.pk.hex, "act": act.value})
    return made
