"""Files read by those to whom they were opened one by one, and who has such an access to a file."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from parchemin.core.scheme import Scheme, Step
from parchemin.core.terms import listed
from parchemin.records.candidacies.facts import ADMISSIBILITY, APPLICATION_STEPS
from parchemin.records.candidacies.models import Candidacy, DocumentVersion, Experience, FileAccess, Status
from parchemin.records.candidacies.queries.handed_in import activities_handed_in, versions_handed_in
from parchemin.records.candidacies.queries.visible import accesses_in_force, find, visible_to
from parchemin.records.people.models import Role
from parchemin.records.people.permissions import PERMISSIONS, Action
from parchemin.records.people.standing import Standing

SORTS: Mapping[str, tuple[str, ...]] = {
    "due": ("due_on", "waiting_since", "number"),
    "name": ("candidate__family_key", "candidate__given_key", "number"),
    "certification": ("certification__title", "number"),
    "status": ("status", "waiting_since", "number"),
    "until": ("until_on", "number"),
}


@dataclass(frozen=True)
class Followed:
    """A file as somebody to whom it was opened may read it, by all they were given on it."""

    candidacy: Candidacy
    accesses: tuple[FileAccess, ...]

    def may(self, action: Action) -> bool:
        """Whether one of their roles on this file allows it."""
        return any(Role(one.role) in PERMISSIONS[action] for one in self.accesses)

    @property
    def shows_unsent(self) -> bool:
        """Whether what was not handed in is read too: the candidate alone shares it."""
        return any(one.is_by_candidate for one in self.accesses)

    @cached_property
    def versions(self) -> dict[UUID, DocumentVersion]:
        """The version of each document that may be read, by document."""
        if not self.shows_unsent:
            return versions_handed_in(self.candidacy)
        standing = DocumentVersion.objects.filter(document__candidacy=self.candidacy, removed_at__isnull=True)
        return {one.document_id: one for one in standing.order_by("number").prefetch_related("signatures")}

    @cached_property
    def activities(self) -> list[Experience]:
        """The activities that may be read, the last first."""
        return list(self.candidacy.experiences.all()) if self.shows_unsent else activities_handed_in(self.candidacy)


def followed(standing: Standing, id: UUID, on: date) -> Followed | None:
    """The file, when it is opened to that person that day; None tells nothing more."""
    row = find(standing, Action.FOLLOW_FILE, id, on)
    if row is None:
        return None
    accesses = _own(standing, on).filter(candidacy=row)
    return Followed(row, tuple(accesses.select_related("opened_by", "organisation")))


def _own(standing: Standing, on: date) -> QuerySet[FileAccess]:
    rows = accesses_in_force(on)
    return rows.filter(person_id=standing.person_id) if standing.person_id else rows.none()


def files(
    standing: Standing, on: date, *, scheme: str = "", status: str = "", sort: str = "due", is_descending: bool = False
) -> QuerySet[Candidacy]:
    """The files opened to that person, each with ``until_on``, the last day of their access, filtered and in order."""
    asked = Q()
    if scheme:
        asked &= Q(certification__scheme=scheme)
    if status:
        asked &= Q(status=status)
    own = _own(standing, on).filter(candidacy=OuterRef("pk"))
    last = own.order_by(F("until_on").desc(nulls_first=True)).values("until_on")[:1]
    fields = [F(name) for name in SORTS.get(sort, SORTS["due"])]
    order = [one.desc(nulls_last=True) if is_descending else one.asc(nulls_last=True) for one in fields]
    found = visible_to(standing, Action.FOLLOW_FILE, on).filter(asked).annotate(until_on=Subquery(last))
    return found.select_related("certification", "candidate", "organisation").order_by(*order)


def accesses_of(candidacy: Candidacy) -> QuerySet[FileAccess]:
    """Everything opened on the file, what is over or closed included, the last first."""
    found = candidacy.accesses.select_related("person", "invitation", "organisation", "opened_by")
    return found.order_by("-opened_at", "-id")


def next_step(candidacy: Candidacy, scheme: Scheme) -> Step | None:
    """The first step that an admissible file has to do and has not; None before and after."""
    route = scheme.route_of(candidacy.route)
    if candidacy.status != Status.ADMISSIBLE or route is None:
        return None
    before = {*APPLICATION_STEPS, ADMISSIBILITY, *(one.step for one in candidacy.steps_done.all())}
    return next((one for one in listed(route.steps) if one.id not in before and not one.is_optional), None)
