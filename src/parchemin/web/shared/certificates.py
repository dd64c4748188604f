"""A certificate as several rooms show it: where it stands, where anybody verifies it, what is printed of it."""

from datetime import date, datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from parchemin.edges.parchments import handing, parchment_pdf
from parchemin.edges.parchments.parchment import Language
from parchemin.edges.parchments.telling import picture, printed
from parchemin.records.awards.models import Certificate, Standing
from parchemin.records.awards.numbers import grouped
from parchemin.records.awards.queries.fitting import logo_of
from parchemin.records.awards.queries.renewing import Renewal, renewal_of
from parchemin.records.candidacies.judging import Judged
from parchemin.records.juries.models import Conclusion


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
        row.told,
        address=verified_at(row),
        at=duplicate_at or row.issued_at,
        credential=text,
        duplicate_on=again,
        logo=logo_of(row.told),
    )


def extract_of(row: Certificate, on: date, at: datetime) -> bytes:
    """What the signed minutes it was decided on say of its holder, as a PDF. Raises ParchmentRefusedError."""
    conclusion = _conclusion(row)
    scheme = Judged(row.candidacy, on, conclusion.hearing.version).scheme
    page = handing.extract_of(row.told, conclusion.minutes, row.candidacy.number, scheme, on, logo_of(row.told))
    return parchment_pdf(page, at)


def supplement_of(row: Certificate, language: Language, on: date, at: datetime) -> bytes:
    """The supplement to the certificate of a whole certification, as a PDF. Raises ParchmentRefusedError."""
    scheme = Judged(row.candidacy, on, _conclusion(row).hearing.version).scheme
    return parchment_pdf(handing.supplement_of(row.told, scheme, language, on, logo_of(row.told)), at)


def renewal_told(row: Certificate, on: date) -> Renewal | None:
    """How a temporary certificate is renewed, and where its renewal stands; None without end, or once it is over."""
    if row.valid_until is None:
        return None
    return renewal_of(row, Judged(row.candidacy, on, _conclusion(row).hearing.version).scheme, on)


def _conclusion(row: Certificate) -> Conclusion:
    return Conclusion.objects.select_related("minutes", "hearing").get(pk=row.conclusion_id)


def picture_of(row: Certificate) -> bytes:
    """The page of the certificate as a PNG picture; ParchmentRefusedError when it cannot be drawn."""
    return picture(row.told, address=verified_at(row), at=row.issued_at, logo=logo_of(row.told))
