"""Training at work in front of somebody: what they may do, what moments and marks look like, how pages are drawn."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from parchemin.records.pathways.models import Moment, ObservationLine
from parchemin.records.people.permissions import Action
from parchemin.web.shared.reached import Reached

KIND, MARK = Moment.Kind, ObservationLine.Mark
ICONS = {
    KIND.ANALYSIS: "search",
    KIND.DESIGNATION: "user",
    KIND.SITUATION: "briefcase",
    KIND.REFLECTION: "message-square",
    KIND.FEEDBACK: "users",
    KIND.HOT: "list-checks",
    KIND.COLD: "hourglass",
}
MARKS = {MARK.SEEN: ("met", "circle-check"), MARK.NOT_YET: ("unknown", "circle-dot"), MARK.NOT_SEEN: ("", "circle")}


def may_log(found: Reached) -> bool:
    """Whether whoever looks logs what was lived."""
    return found.candidacy.is_active and found.may(Action.LOG_WORK)


def may_observe(found: Reached) -> bool:
    """Whether they sign what they see of the candidate with their account: those who follow somebody else do."""
    return found.candidacy.is_active and not found.is_own and found.may(Action.COMMENT_EVIDENCE)


def mark_status(mark: str) -> dict[str, str]:
    """How a mark is drawn."""
    tone, icon = MARKS[MARK(mark)]
    return {"label": str(MARK(mark).label), "tone": tone, "icon": icon}


def work_url(found: Reached) -> str:
    """The page of what was lived at work."""
    return reverse("pathway:work", args=[found.candidacy.pk])


def draw(
    found: Reached, template: str, context: Mapping[str, Any], *titles: str | tuple[str, str], status: int = 200
) -> HttpResponse:
    """A page about training at work on that file."""
    row = found.candidacy
    home = (_("Parcours et évaluation"), reverse("pathway:home", args=[row.pk]))
    here: str | tuple[str, str] = (
        (_("Situations de travail"), work_url(found)) if titles else _("Situations de travail")
    )
    route = found.judged.scheme.route_of(row.route)
    whose = [row.candidate.name, row.certification.title, *([route.title] if route else [])]
    shown = {
        "found": found, "row": row, "whose": whose, "crumbs": found.crumbs(home, here, *titles),
        "work_url": work_url(found), **context,
    }  # fmt: skip
    return render(found.request, f"pathway/{template}.html", shown, status=status)
