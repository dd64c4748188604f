"""The competences that evidence, moments and observations bear on, and how the zone of evidence is drawn."""

from typing import Any

from parchemin.core.scheme import Scheme
from parchemin.records.candidacies.models import Candidacy
from parchemin.records.pathways.asked import to_position
from parchemin.records.pathways.models import Evidence
from parchemin.web.pathway.competences import group_of, titles_of

ZONE = Evidence.Zone
LOOKS = {ZONE.PRIVATE: ("", "lock"), ZONE.SHARED: ("now", "users"), ZONE.SUBMITTED: ("met", "circle-check")}


def codes_of(scheme: Scheme, row: Candidacy) -> tuple[str, ...]:
    """The competences that something may bear on in that file."""
    return to_position(scheme, row.blocks)


def choices_of(scheme: Scheme, row: Candidacy) -> list[tuple[str, Any]]:
    """Them, to be chosen from, by block or activity where there are several."""
    titles = titles_of(scheme)
    groups: dict[str, list[tuple[str, str]]] = {}
    for code in codes_of(scheme, row):
        group = group_of(scheme, scheme.competences[code])
        groups.setdefault(group, []).append((code, f"{code} · {titles[code]}"))
    return list(groups.items()) if len(groups) > 1 else [one for group in groups.values() for one in group]


def zone_status(zone: str) -> dict[str, str]:
    """How a zone is drawn."""
    tone, icon = LOOKS[ZONE(zone)]
    return {"label": str(ZONE(zone).label), "tone": tone, "icon": icon}
