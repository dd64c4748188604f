"""The published sessions whose decisions wait for certificates, found by the database alone."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, TextField
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce

from parchemin.records.awards.models import Certificate, Kind
from parchemin.records.awards.queries.due import gives_certificate
from parchemin.records.awards.queries.standing import revoked
from parchemin.records.certifications.models import PublishedVersion
from parchemin.records.certifications.queries import schemes_of
from parchemin.records.juries.models import Conclusion, Hearing, Holding, JurySession, Verdict

Codes = Mapping[tuple[UUID, str], list[str]]


def sessions_to_award(allowed: Q, on: date) -> QuerySet[JurySession]:
    """Among these, the published sessions where something is due, the first first; ``files`` counts its files.

    A decision whose candidate does not know it as it stands waits for its publication, not for a certificate.
    """
    sessions = JurySession.objects.filter(allowed, published_at__isnull=False)
    files = Hearing.objects.filter(_is_due(_codes(sessions, on)))
    later = Conclusion.objects.filter(hearing=OuterRef("pk"), pk__gt=OuterRef("told"))
    waiting = files.filter(
        ~Exists(later),
        removed_at__isnull=True,
        verdict__in=[Verdict.FULL, Verdict.PARTIAL],
        told__verdict__in=[Verdict.FULL, Verdict.PARTIAL],
        session__in=sessions.order_by().values("pk"),
    )
    found = JurySession.objects.filter(hearings__in=waiting.order_by().values("pk"))
    counted = found.annotate(files=Count("hearings", distinct=True))
    return counted.select_related("certification", "organisation").order_by("published_at", "pk")


def _codes(sessions: QuerySet[JurySession], on: date) -> Codes:
    """The blocks that give their own certificate, by certification and version."""
    judged = sessions.order_by().values("certification")
    rows = PublishedVersion.objects.filter(certification__in=judged).order_by("pk")
    versions = list(rows.values_list("certification_id", "certification__scheme", "name"))
    schemes = schemes_of([(scheme, name) for _id, scheme, name in versions], on=on) if versions else {}
    return {
        (id, name): [code for code in schemes[scheme, name].blocks if gives_certificate(schemes[scheme, name], code)]
        for id, scheme, name in versions
    }


def _is_due(codes: Codes) -> Q:
    """Whether a file lacks the certificate of the whole, or that of a block it holds under the version judged."""
    files = Hearing.objects.annotate(
        under=Coalesce(KT("ruled__award__scheme__version"), F("candidacy__version"), output_field=TextField())
    )
    whole = Exists(_issued(Kind.WHOLE).filter(candidacy=OuterRef("candidacy")))
    found = Q(told__verdict=Verdict.FULL) & ~whole
    blocks = Q(pk__in=[])
    for (certification, version), known in codes.items():
        if known:
            held = Exists(_held(known).filter(hearing=OuterRef("pk")))
            own = files.filter(held, candidacy__certification=certification, under=version)
            blocks |= Q(pk__in=own.order_by().values("pk"))
    return found | blocks


def _issued(kind: Kind, told: str = "told") -> QuerySet[Certificate]:
    stands = ~revoked() & Q(corrected_by__isnull=True)
    return Certificate.objects.filter(Q(conclusion=OuterRef(told)) | stands, kind=kind)


def _held(codes: list[str]) -> QuerySet[Holding]:
    """What is held of these blocks by the last row of each, and gave no certificate yet."""
    later = Holding.objects.filter(hearing=OuterRef("hearing"), code=OuterRef("code"), pk__gt=OuterRef("pk"))
    issued = _issued(Kind.BLOCK, "hearing__told").filter(candidacy=OuterRef("candidacy"), code=OuterRef("code"))
    return Holding.objects.filter(~Exists(later), ~Exists(issued), code__in=codes, is_held=True)
