"""What is still to be made checkable, and what the register says."""

from django.db.models import Exists, OuterRef, QuerySet

from parchemin.records.awards.models import Certificate, Change, Kind, RegisterEntry


def unsigned() -> QuerySet[Certificate]:
    """The certificates that have no credential yet, the first issued first; a statement certifies nothing."""
    rows = Certificate.objects.filter(credential__isnull=True).exclude(kind=Kind.STATEMENT)
    return rows.select_related("issuer", "candidacy__certification").order_by("issued_at", "number")


def unwritten() -> QuerySet[Certificate]:
    """The signed certificates that the register does not say yet, the first issued first."""
    rows = Certificate.objects.filter(credential__isnull=False)
    said = RegisterEntry.objects.filter(certificate=OuterRef("pk"), change__isnull=True)
    return rows.exclude(Exists(said)).select_related("credential").order_by("issued_at", "number")


def unwritten_changes() -> QuerySet[Change]:
    """What was decided of signed certificates and the register does not say yet, in order."""
    rows = Change.objects.filter(certificate__credential__isnull=False, entry__isnull=True)
    return rows.select_related("certificate__credential").order_by("pk")


def last_entry(certificate: Certificate) -> RegisterEntry | None:
    """The last thing that the register says of it; None when it says nothing."""
    return certificate.entries.order_by("index").last()


def register_size() -> int:
    """How many entries the register has."""
    last = RegisterEntry.objects.order_by("index").values_list("index", flat=True).last()
    return 0 if last is None else last + 1
