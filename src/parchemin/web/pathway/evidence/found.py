"""Evidence in front of somebody: what they may read and do, and how its pages are drawn."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from parchemin.records.pathways.actions.evidencing import MOVES
from parchemin.records.pathways.models import Evidence
from parchemin.records.pathways.queries.evidence import find_readable, reads_comments
from parchemin.records.people.permissions import Action
from parchemin.web.pathway.competences import titles_of
from parchemin.web.shared.reached import Reached, reached

ZONE = Evidence.Zone
ICONS = {"document": "file-text", "photo": "eye", "video": "layers", "link": "link", "account": "pencil"}


@dataclass
class Shown:
    """One piece of evidence of the file reached, that whoever looks may read."""

    found: Reached
    row: Evidence

    @property
    def may_change(self) -> bool:
        """Whether it is theirs to change still."""
        is_theirs = self.found.is_own and self.found.may(Action.SHARE_EVIDENCE)
        return is_theirs and self.found.candidacy.is_active and self.row.zone != ZONE.SUBMITTED

    @property
    def may_ask(self) -> bool:
        """Whether they may ask somebody to vouch for it."""
        is_theirs = self.found.is_own and self.found.may(Action.SHARE_EVIDENCE)
        return is_theirs and self.found.candidacy.is_active and self.row.zone != ZONE.PRIVATE

    @property
    def may_comment(self) -> bool:
        """Whether they follow the candidate, and it is shared with them."""
        is_shared = self.row.zone == ZONE.SHARED and self.found.candidacy.is_active
        return is_shared and not self.found.is_own and self.found.may(Action.COMMENT_EVIDENCE)

    @property
    def reads_comments(self) -> bool:
        """Whether they read what was said of it before it was submitted."""
        return reads_comments(self.found.roles)

    @property
    def next_zones(self) -> tuple[Evidence.Zone, ...]:
        """Where they may move it."""
        return MOVES[ZONE(self.row.zone)] if self.may_change else ()

    @cached_property
    def competences(self) -> list[tuple[str, str]]:
        """What it bears on."""
        titles = titles_of(self.found.judged.scheme)
        return [(one.code, titles.get(one.code, "")) for one in self.row.codes.all()]

    def url(self, name: str = "one_evidence", *args: object) -> str:
        """A page about it."""
        return reverse(f"pathway:{name}", args=[self.found.candidacy.pk, self.row.pk, *args])


def shown_of(request: HttpRequest, id: UUID, evidence: UUID, action: Action = Action.SEE_PATHWAY) -> Shown:
    """The evidence, for somebody who may read it and do this on its file; not found for anybody else."""
    found = reached(request, id, action)
    row = find_readable(found.candidacy, found.roles, evidence)
    if row is None:
        raise Http404
    return Shown(found, row)


def read_by(zone: str) -> str:
    """Who reads what is in a zone, for the candidate."""
    return {
        ZONE.PRIVATE: _("Vous seul la lisez."),
        ZONE.SHARED: _("Ceux qui vous accompagnent la lisent et la commentent."),
        ZONE.SUBMITTED: _("Elle ne change plus : ceux qui évaluent et l’organisme la lisent."),
    }[ZONE(zone)]


def list_url(found: Reached) -> str:
    """The evidence of that file."""
    return reverse("pathway:evidence", args=[found.candidacy.pk])


def draw(
    found: Reached, template: str, context: Mapping[str, Any], *titles: str | tuple[str, str], status: int = 200
) -> HttpResponse:
    """A page about the evidence of that file."""
    row = found.candidacy
    home = (_("Parcours et évaluation"), reverse("pathway:home", args=[row.pk]))
    here: str | tuple[str, str] = (_("Preuves"), list_url(found)) if titles else _("Preuves")
    route = found.judged.scheme.route_of(row.route)
    whose = [row.candidate.name, row.certification.title, *([route.title] if route else [])]
    shown = {
        "found": found, "row": row, "whose": whose, "crumbs": found.crumbs(home, here, *titles),
        "list_url": list_url(found), **context,
    }  # fmt: skip
    return render(found.request, f"pathway/{template}.html", shown, status=status)
