"""Accreditations in force, ending, or over; and what the core needs to know of them."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from parchemin.core import facts as core
from parchemin.records.people.models import Accreditation, PartnerAuthorisation
from parchemin.records.people.permissions import Action
from parchemin.records.people.standing import Standing

ALERT = timedelta(days=60)
"""How long before its end an accreditation is shown as ending."""


def accreditations_visible_to(standing: Standing) -> QuerySet[Accreditation]:
    """Those that person manages, with who holds them."""
    allowed = standing.scope_filter(Action.MANAGE_ACCREDITATIONS, scheme_field="scheme")
    return Accreditation.objects.filter(allowed).select_related("person", "organisation", "renewed_by")


def accreditations_ending(standing: Standing, on: date) -> QuerySet[Accreditation]:
    """Those that end within 60 days and were not renewed."""
    return accreditations_visible_to(standing).filter(
        withdrawn_on__isnull=True, until_on__gte=on, until_on__lte=on + ALERT, renewed_by__isnull=True
    )


def authorisations_visible_to(
    standing: Standing, action: Action = Action.MANAGE_ACCREDITATIONS
) -> QuerySet[PartnerAuthorisation]:
    """The providers authorised where that person may do this."""
    allowed = standing.scope_filter(action, organisation_field="awarding_body", scheme_field="scheme")
    return PartnerAuthorisation.objects.filter(allowed).select_related("provider", "awarding_body", "renewed_by")


def authorisations_ending(standing: Standing, on: date) -> QuerySet[PartnerAuthorisation]:
    """Those that end within 60 days and were not renewed."""
    return authorisations_visible_to(standing).filter(
        suspended_on__isnull=True, until_on__gte=on, until_on__lte=on + ALERT, renewed_by__isnull=True
    )


def in_force(rows: Iterable[Accreditation], on: date) -> list[Accreditation]:
    """Those of ``rows`` that hold on that day."""
    return [
        row
        for row in rows
        if row.from_on <= on
        and (row.until_on is None or on <= row.until_on)
        and (row.withdrawn_on is None or on < row.withdrawn_on)
    ]


def core_accreditation(row: Accreditation) -> core.Accreditation:
    """The row as the core knows it; withdrawn, it ends the day before it was."""
    ends = [day for day in (row.until_on, row.withdrawn_on and row.withdrawn_on - timedelta(days=1)) if day]
    return core.Accreditation(
        role=row.actor,
        from_=row.from_on,
        until=min(ends, default=None),
        granted_on=row.granted_on,
        is_trained=row.trained_on is not None or bool(row.training) or None,
    )


def rows_of(persons: Iterable[object]) -> QuerySet[Accreditation]:
    """Every accreditation of these persons."""
    return Accreditation.objects.filter(Q(person__in=list(persons)))
