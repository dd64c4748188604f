"""The sittings that a person assessed, in plain values; files by their number, and nothing of what others thought."""

from typing import Any

from parchemin.records.assessments.models import Evaluator
from parchemin.records.people.models import Person


def kept_of_sittings(person: Person) -> dict[str, list[dict[str, Any]]]:
    """Each sitting they were named for, as whom, the links they declared, and when they signed."""
    found = Evaluator.objects.filter(person=person).select_related("sitting__candidacy")
    return {
        "sittings_assessed": [
            {
                "file": one.sitting.candidacy.number,
                "method": one.sitting.method,
                "starts_at": one.sitting.starts_at,
                "actor": one.actor,
                "links_declared": one.links,
                "justification": one.justification,
                "signed_at": one.signed_at,
            }
            for one in found.order_by("sitting__starts_at", "pk")
        ]
    }
