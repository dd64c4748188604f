"""A certificate as several rooms show it: where it stands, where anybody verifies it, how it is printed."""

from datetime import date, datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from parchemin.edges.parchments.telling import printed
from parchemin.records.awards.models import Certificate, Standing
from parchemin.records.awards.numbers import grouped


def look_of(standing: Standing) -> dict[str, str]:
    """Where a certificate stands, as components draw it."""
    told = {
        Standing.VALID: ("met", "circle-check", _("Valable")),
        Standing.EXPIRED: ("unknown", "clock", _("Échu")),
        Standing.SUSPENDED: ("unknown", "hourglass", _("Suspendu")),
        Standing.REVOKED: ("not_met", "circle-x", _("Retiré")),
        Standing.REPLACED: ("", "history", _("Remplacé")),
    }
    tone, icon, label = told[standing]
    return {"tone": tone, "icon": icon, "label": label}


def verified_at(row: Certificate) -> str:
    """The whole address where anybody verifies it: the one in its QR code."""
    return f"{settings.ADDRESS}{reverse('verification:answer', args=[grouped(row.number)])}"


def paper_of(row: Certificate, duplicate_at: datetime | None = None) -> bytes:
    """The certificate as a PDF, its credential attached once it is signed; marked when it is printed again.

    Raises ParchmentRefusedError, which says what to change, when it cannot be drawn.
    """
    kept = getattr(row, "credential", None)
    again: date | None = timezone.localdate(duplicate_at) if duplicate_at else None
    text = str(kept.text) if kept else ""
    return printed(
        row.told, address=verified_at(row), at=duplicate_at or row.issued_at, credential=text, duplicate_on=again
    )
