"""What a certificate became, asked of the database inside other questions."""

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from parchemin.records.awards.models import Certificate, Change, Kind


def revoked(certificate: str = "pk") -> Exists:
    """Whether the certificate that this column of the rows names was revoked; ``~revoked()`` whether it was not."""
    return Exists(Change.objects.filter(certificate=OuterRef(certificate), act=Change.Act.REVOKED))


def renewals() -> QuerySet[Certificate]:
    """The certificates that stand and renew another, unless what they renewed was revoked: then it is as if undone."""
    undone = Change.objects.filter(
        act=Change.Act.REVOKED,
        certificate__kind=Kind.WHOLE,
        certificate__candidacy=OuterRef("renews__candidacy"),
        certificate__issued_at__gte=OuterRef("renews__issued_at"),
    )
    rows = Certificate.objects.filter(renews__isnull=False, corrected_by__isnull=True)
    return rows.filter(~revoked(), ~Exists(undone))


def renewed(file: str = "candidacy") -> Exists:
    """Whether what was awarded on the file that this column names is renewed by a certificate that stands."""
    return Exists(renewals().filter(renews__candidacy=OuterRef(file)))


def is_renewed() -> ExpressionWrapper[Q]:
    """Whether a row ends, stands, and is renewed: never a block, nor what was revoked or replaced."""
    ends = Q(kind=Kind.WHOLE, valid_until__isnull=False, corrected_by__isnull=True)
    return ExpressionWrapper(ends & Q(~revoked()) & Q(renewed()), output_field=BooleanField())
