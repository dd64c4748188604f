"""A holder makes an address that shows more of a certificate, for a time, and takes it back when they wish."""

from datetime import datetime, timedelta

from django.db import transaction

from parchemin.records.awards.actions.taking import held_certificate, note_award
from parchemin.records.awards.errors import AwardError
from parchemin.records.awards.models import Certificate, Share
from parchemin.records.candidacies.actions.taking import taken
from parchemin.records.people import secrets
from parchemin.records.people.models import Person

LONGEST = timedelta(days=366)
MOST = 20
"""Addresses that may be open at once for one certificate."""


def share_certificate(*, certificate: Certificate, ends_at: datetime, by: Person, at: datetime) -> tuple[Share, str]:
    """An address that shows it until ``ends_at``, and its secret, which is not kept.

    AwardError ``not_holder``, ``share_end`` when it ends before it begins or after a year, ``too_many_shares``,
    ``revoked``, ``replaced``.
    """
    if not at < ends_at <= at + LONGEST:
        raise AwardError("share_end")
    with taken(certificate.candidacy, None) as file:
        row = held_certificate(certificate)
        _require_holder(row, by)
        if row.shares.filter(revoked_at__isnull=True, ends_at__gt=at).count() >= MOST:
            raise AwardError("too_many_shares", most=MOST)
        secret, fingerprint = secrets.made()
        made = Share.objects.create(certificate=row, fingerprint=fingerprint, made_at=at, ends_at=ends_at)
        note_award(file, "shared", at, by, details={"certificate": row.pk.hex, "share": made.pk.hex})
    return made, secret


@transaction.atomic
def end_share(*, share: Share, by: Person, at: datetime) -> None:
    """The address shows nothing any more; nothing when it did not already. AwardError ``not_holder``."""
    row = Share.objects.select_for_update(of=("self",)).select_related("certificate__candidacy").get(pk=share.pk)
    _require_holder(row.certificate, by)
    if not row.is_open(at):
        return
    row.revoked_at = at
    row.save(update_fields=["revoked_at"])
    details = {"certificate": row.certificate_id.hex, "share": row.pk.hex}
    note_award(row.certificate.candidacy, "share_ended", at, by, details=details)


def _require_holder(row: Certificate, by: Person) -> None:
    if row.candidacy.candidate_id != by.pk:
        raise AwardError("not_holder")
