"""A file reached by whoever has something to do on it: its candidate, the office, or somebody it was opened to."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Candidacy
from parchemin.records.candidacies.queries.visible import accesses_in_force, find_by
from parchemin.records.people.models import Role
from parchemin.records.people.permissions import PERMISSIONS, Action
from parchemin.records.people.standing import ON_SINGLE_FILES
from parchemin.web.shared.acting import Acting
from parchemin.web.shared.asked import stand_under, standing_of
from parchemin.web.shared.clock import today


@dataclass
class Reached(Acting):
    """One file in front of somebody, on one day."""

    request: HttpRequest
    candidacy: Candidacy
    on: date

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
        """The roles they have on this file; one query at most, none for those to whom no file is opened."""
        if self.is_own or not self.standing.opened:
            return self._placed
        opened = accesses_in_force(self.on).filter(person=self.viewer, candidacy=self.candidacy)
        return self._placed | {Role(role) for role in opened.values_list("role", flat=True)}

    @cached_property
    def _placed(self) -> frozenset[Role]:
        """Those that the place of the file gives them, or that it is theirs."""
        if self.is_own:
            return frozenset({Role.CANDIDATE})
        row = self.candidacy
        place = (row.organisation_id, row.certification.scheme, row.centre_id)
        return frozenset(one.role for one in self.standing.held if one.covers(*place)) - ON_SINGLE_FILES

    def may(self, action: Action) -> bool:
        """Whether one of their roles on this file allows it."""
        if action in self.standing.withheld:
            return False
        wanted = PERMISSIONS[action]
        return bool(wanted & self._placed) or bool(wanted & self.standing.opened and wanted & self.roles)

    def must(self, action: Action) -> None:
        """Http404 unless they may."""
        if not self.may(action):
            raise Http404

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
    """The file, for somebody who may do this on it; not found for anybody else. The navigation says where it is.

    ``also`` names further rows to read with it, in the same query.
    """
    return reached_by(request, action, *also, pk=id)


def reached_by(request: HttpRequest, action: Action, *also: str, **known: UUID) -> Reached:
    """The same by the id of the file, or of one thing in it."""
    row = find_by(standing_of(request), action, today(), *also, **known)
    if row is None:
        raise Http404
    found = Reached(request, row, today())
    stand_under(request, found.place)
    return found
