"""An interview in front of somebody: who leads it, who may write in it, and what its page shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from parchemin.core.scheme import Scheme
from parchemin.records.pathways.actions.positioning import missing_from
from parchemin.records.pathways.asked import to_position
from parchemin.records.pathways.models import Positioning
from parchemin.records.people.permissions import Action
from parchemin.web.pathway.positioning.told import Leading, accreditations_of, leading
from parchemin.web.shared.reached import Reached, reached


@dataclass
class Interview:
    """One interview of the file reached, with those before it."""

    found: Reached
    row: Positioning
    before: Positioning | None

    @property
    def scheme(self) -> Scheme:
        """The scheme of the file."""
        return self.found.judged.scheme

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """The competences it concludes on."""
        return to_position(self.scheme, self.found.candidacy.blocks)

    @property
    def is_led(self) -> bool:
        """Whether whoever looks leads it."""
        return self.found.may(Action.POSITION) and self.row.leader_id == self.found.viewer.pk

    @property
    def is_writer(self) -> bool:
        """Whether whoever looks has a part of it to fill: they lead it, or it is theirs."""
        return self.is_led or (self.found.is_own and self.found.may(Action.TELL_OWN_VIEW))

    @property
    def is_open(self) -> bool:
        """Whether anything may still be written in it."""
        return self.row.closed_at is None and self.found.candidacy.is_active

    @property
    def may_take_over(self) -> bool:
        """Whether whoever looks may lead it in the place of whoever does."""
        return self.is_open and not self.is_led and self.found.may(Action.POSITION)

    @cached_property
    def missing(self) -> list[str]:
        """The competences it must still conclude on."""
        return missing_from(self.row, self.scheme, self.found.candidacy)

    @property
    def leading(self) -> Leading | None:
        """Whether its leader is accredited that day."""
        leader, row = self.row.leader, self.found.candidacy
        return leading(self.scheme, row, leader, self.row.held_on, accreditations_of(row, [leader]))

    @property
    def progress(self) -> dict[str, Any]:
        """How many of its competences are concluded on."""
        done, total = len(self.codes) - len(self.missing), len(self.codes)
        words = ngettext(
            "%(done)s compétence conclue sur %(total)s", "%(done)s compétences conclues sur %(total)s", done
        )
        return {"ratio": 100 * done // total if total else 0, "label": words % {"done": done, "total": total}}

    @property
    def title(self) -> str:
        """What its page is called."""
        return _("Entretien de repérage n° %(number)s") % {"number": self.row.number}

    def url(self, name: str = "positioning") -> str:
        """A page about it."""
        return reverse(f"pathway:{name}", args=[self.found.candidacy.pk, self.row.pk])


def interview_of(request: HttpRequest, id: UUID, interview: UUID, action: Action) -> Interview:
    """The interview, for somebody who may do this on its file; not found for anybody else."""
    found = reached(request, id, action)
    rows = list(found.candidacy.positionings.select_related("leader").prefetch_related("lines"))
    row = next((one for one in rows if one.pk == interview), None)
    if row is None:
        raise Http404
    earlier = [one for one in rows if one.closed_at and one.number < row.number]
    return Interview(found, row, earlier[-1] if earlier else None)


def index_url(found: Reached) -> str:
    """The list of the interviews of that file."""
    return reverse("pathway:positionings", args=[found.candidacy.pk])


def home_url(found: Reached) -> str:
    """What the middle of that file is made of."""
    return reverse("pathway:home", args=[found.candidacy.pk])


def draw(
    found: Reached, template: str, context: Mapping[str, Any], *titles: str | tuple[str, str], status: int = 200
) -> HttpResponse:
    """A page about the positioning of that file."""
    start = [(_("Parcours et évaluation"), home_url(found)), (_("Repérage"), index_url(found))]
    crumbs = found.crumbs(*(start if titles else [start[0], _("Repérage")]), *titles)
    row = found.candidacy
    route = found.judged.scheme.route_of(row.route)
    whose = [row.candidate.name, row.certification.title, *([route.title] if route else [])]
    shown = {"found": found, "row": row, "whose": whose, "crumbs": crumbs, **context}
    return render(found.request, f"pathway/{template}.html", shown, status=status)
