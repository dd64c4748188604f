"""Candidates whom a jury will hear, and whose identity the skills passport will ask for."""

from collections.abc import Iterable
from datetime import date, datetime, time

from django.db.models import QuerySet
from django.utils import timezone

from parchemin.records.certifications.models import PublishedVersion
from parchemin.records.certifications.queries import schemes_of
from parchemin.records.juries.models import Hearing
from parchemin.records.people.models import Organisation
from parchemin.records.transmissions.actions.noticing import NATIONAL


def national(organisation: Organisation, on: date) -> set[str]:
    """The certifications of that body that stand in a national register, by their identifiers."""
    rows = PublishedVersion.objects.filter(certification__awarding_body=organisation)
    known = set(rows.order_by().values_list("certification__scheme", "name"))
    return {scheme for (scheme, _name), found in schemes_of(sorted(known), on=on).items() if found.register in NATIONAL}


def hearings_ahead(organisation: Organisation, schemes: Iterable[str], on: date) -> QuerySet[Hearing]:
    """Who is on the agenda of a session to come, from that day on, the nearest first."""
    start = timezone.make_aware(datetime.combine(on, time.min))
    rows = Hearing.objects.filter(
        candidacy__certification__awarding_body=organisation,
        candidacy__certification__scheme__in=list(schemes),
        session__starts_at__gte=start,
        session__cancelled_at__isnull=True,
        removed_at__isnull=True,
    )
    related = ("session", "candidacy__candidate__identity", "candidacy__certification")
    return rows.select_related(*related).order_by("session__starts_at", "position", "pk")
