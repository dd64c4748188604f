"""Which providers may prepare a candidate."""

from datetime import date
from uuid import UUID

from django.db.models import Q

from parchemin.records.candidacies.models import Candidacy
from parchemin.records.people.models import PartnerAuthorisation

PREPARING = (PartnerAuthorisation.Scope.PREPARE, PartnerAuthorisation.Scope.BOTH)


def authorised_for(row: Candidacy, on: date) -> dict[UUID, PartnerAuthorisation]:
    """The authorisations to prepare for the certification of the file that hold that day, by provider, by name.

    One given for some blocks counts when the file aims at one of them, or at the whole certification.
    """
    found = PartnerAuthorisation.objects.filter(
        Q(until_on__isnull=True) | Q(until_on__gte=on),
        Q(suspended_on__isnull=True) | Q(suspended_on__gt=on),
        scheme=row.certification.scheme,
        awarding_body=row.certification.awarding_body_id,
        scope__in=PREPARING,
        from_on__lte=on,
    )
    rows = found.select_related("provider").order_by("provider__name", "until_on")
    aimed = set(row.blocks)
    return {one.provider_id: one for one in rows if not (aimed and one.blocks) or aimed & set(one.blocks)}
