"""What becomes of a certificate: revoked for good, suspended for a time, valid again, printed again."""

from datetime import date, datetime

from django.utils import timezone

from parchemin.records.awards.actions.taking import held_certificate, note_award, tell_holder
from parchemin.records.awards.errors import AwardError
from parchemin.records.awards.models import Certificate, Change, Duplicate, Kind
from parchemin.records.awards.numbers import grouped
from parchemin.records.candidacies.actions.taking import note as note_file
from parchemin.records.candidacies.actions.taking import resume, taken
from parchemin.records.candidacies.models import Status
from parchemin.records.people.models import Person

Act = Change.Act


def revoke(*, certificate: Certificate, reason: str, by: Person, at: datetime) -> Change:
    """It is no longer valid, for good, and whoever verifies it is told; the file of a whole one goes on again.

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

    AwardError ``reason``, ``proof`` without how the identity of the holder was verified, ``revoked``, ``replaced``,
    ``duplicated`` when one was issued that very day: the same form sent twice gives one, which may be printed again.
    """
    if not reason.strip():
        raise AwardError("reason")
    if not proof.strip():
        raise AwardError("proof")
    with taken(certificate.candidacy, None) as file:
        row = held_certificate(certificate)
        if duplicated_on(row, timezone.localdate(at)):
            raise AwardError("duplicated", number=grouped(row.number))
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


def duplicated_on(certificate: Certificate, day: date) -> bool:
    """Whether a duplicate of it was issued that day."""
    return any(timezone.localdate(at) == day for at in certificate.duplicates.values_list("at", flat=True))


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
        if act == Act.REVOKED and row.kind == Kind.WHOLE and file.status == Status.AWARDED:
            resume(file, at)
        tell_holder(file, act.value, (row,), at, by, timezone.localdate(at), reasons=made.reason)
    return made
