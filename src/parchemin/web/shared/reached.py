"""A file reached by whoever has something to do on it: its candidate, the office, or somebody it was opened to."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Candidacy
from parchemin.records.candidacies.queries.visible import accesses_in_force, find
from parchemin.records.people.models import Person, Role
from parchemin.records.people.permissions import PERMISSIONS, Action
from parchemin.records.people.standing import ON_SINGLE_FILES, Standing
from parchemin.web.shared.clock import now, today


@dataclass
class Reached:
    """One file in front of somebody, on one day."""

    request: HttpRequest
    candidacy: Candidacy
    on: date

    @property
    def person(self) -> Person:
        """Who acts."""
        assert isinstance(self.request.user, Person)
        return self.request.user

    @property
    def viewer(self) -> Person:
        """Through whose eyes it is seen."""
        found: Person = self.request.viewer  # type: ignore[attr-defined]
        return found

    @property
    def standing(self) -> Standing:
        """Where whoever looks stands."""
        found: Standing = self.request.standing  # type: ignore[attr-defined]
        return found

    @cached_property
    def judged(self) -> Judged:
        """The file under its scheme on that day."""
        return Judged(self.candidacy, self.on)

    @property
    def is_own(self) -> bool:
        """Whether it is their own file: then they are its candidate and nothing else."""
        return self.candidacy.candidate_id == self.viewer.pk

    @cached_property
    def roles(self) -> frozenset[Role]:
        """The roles they have on this file; one query at most."""
        if self.is_own:
            return frozenset({Role.CANDIDATE})
        row = self.candidacy
        place = (row.organisation_id, row.certification.scheme, row.centre_id)
        held = {one.role for one in self.standing.held if one.covers(*place)}
        opened = accesses_in_force(self.on).filter(person=self.viewer, candidacy=row).values_list("role", flat=True)
        return frozenset(held - ON_SINGLE_FILES) | {Role(role) for role in opened}

    def may(self, action: Action) -> bool:
        """Whether one of their roles on this file allows it."""
        return action not in self.standing.withheld and bool(PERMISSIONS[action] & self.roles)

    def must(self, action: Action) -> None:
        """Http404 unless they may."""
        if not self.may(action):
            raise Http404

    @property
    def signed(self) -> dict[str, Any]:
        """Who acts and when, as every action asks."""
        return {"by": self.person, "at": now()}

    @property
    def place(self) -> str:
        """The part of the navigation where they come from, by the name of its first page; no query."""
        if self.is_own:
            return "candidate:home"
        row = self.candidacy
        is_handled = self.standing.may(
            Action.SEE_FILE,
            organisation=row.organisation_id,
            scheme=row.certification.scheme,
            centre=row.centre_id,
        )
        return "secretariat:queue" if is_handled else "followed:files"

    @property
    def file_url(self) -> str:
        """The page of the file where they come from."""
        room = self.place.partition(":")[0]
        return reverse(f"{room}:file", args=[self.candidacy.pk])

    def crumbs(self, *titles: str | tuple[str, str]) -> list[tuple[str, str | None]]:
        """Where the page stands; a title alone is the page itself."""
        start = {
            "candidate:home": (_("Mes candidatures"), reverse("candidate:home")),
            "secretariat:queue": (_("Dossiers"), reverse("secretariat:files")),
            "followed:files": (_("Dossiers suivis"), reverse("followed:files")),
        }[self.place]
        name = self.candidacy.certification.title if self.is_own else self.candidacy.candidate.name
        return [start, (name, self.file_url), *((one, None) if isinstance(one, str) else one for one in titles)]


def reached(request: HttpRequest, id: UUID, action: Action, *also: str) -> Reached:
    """The file, for somebody who may do this on it; not found for anybody else. The navigation says where it is."""
    row = find(request.standing, action, id, today(), *also)  # type: ignore[attr-defined]
    if row is None:
        raise Http404
    found = Reached(request, row, today())
    request.place = found.place  # type: ignore[attr-defined]
    return found
