"""What makes an award checkable by anyone: its signed credential, then its line in the public register."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from django.db import transaction

from parchemin.records.awards.models import Certificate, Change, Checkpoint, Credential, IssuerKey, RegisterEntry


def keep_credential(*, certificate: Certificate, key: IssuerKey, text: str, at: datetime) -> Credential:
    """The certificate has that signed credential; the one it has, when another worker was first."""
    digest = sha256(text.encode()).hexdigest()
    row, _ = Credential.objects.get_or_create(
        certificate=certificate, defaults={"key": key, "text": text, "digest": digest, "signed_at": at}
    )
    return row


def keep_entries(
    *, lines: Sequence[tuple[str, Certificate, Change | None]], first: int, at: datetime
) -> list[RegisterEntry]:
    """These lines stand in the register from ``first`` on; IntegrityError when another worker wrote there."""
    rows = [
        RegisterEntry(index=first + rank, content=content, certificate=certificate, change=change, kept_at=at)
        for rank, (content, certificate, change) in enumerate(lines)
    ]
    with transaction.atomic():
        return RegisterEntry.objects.bulk_create(rows)


def keep_checkpoint(*, size: int, note: str, at: datetime) -> Checkpoint:
    """The register was signed at that size; the note it has, when it was already."""
    row, _ = Checkpoint.objects.get_or_create(size=size, defaults={"note": note, "signed_at": at})
    return row
