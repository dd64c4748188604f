"""The list a file was opened from: its filters as an address carries them, and the file that comes next in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.http import urlencode

from parchemin.records.candidacies.models import Status
from parchemin.records.candidacies.queries.lists import SORTS, WAITING, Filters, files
from parchemin.records.people.standing import Standing
from parchemin.web.shared.lists import sort_of

NAMES = (
    "status",
    "scheme",
    "route",
    "text",
    "holder",
    "centre",
    "due_before",
    "message",
    "appeal",
    "accommodation",
    "sort",
)
AROUND = 60
"""How many files of the list are looked at on each side of the place a file had in it."""


def filters_of(query: Mapping[str, str]) -> Filters:
    """The filters an address asks for; what is not understood is left out."""
    sort, is_descending = sort_of(query, SORTS, "since")
    return Filters(
        status=_statuses(query.get("status", "")),
        scheme=query.get("scheme", "")[:80],
        route=query.get("route", "")[:40],
        text=query.get("text", "").replace("\x00", "")[:100],
        holder=query.get("holder", ""),
        centre=_centre(query.get("centre", "")),
        due_before=_day(query.get("due_before", "")),
        with_message=bool(query.get("message")),
        with_appeal=bool(query.get("appeal")),
        with_accommodation=bool(query.get("accommodation")),
        sort=sort,
        is_descending=is_descending,
    )


def query_of(query: Mapping[str, str]) -> str:
    """The same filters as a query string, in one order, without what is empty or unknown."""
    return urlencode([(name, query[name][:200]) for name in NAMES if query.get(name)])


def _statuses(asked: str) -> tuple[str, ...]:
    if asked == "waiting":
        return tuple(status.value for status in WAITING)
    return (asked,) if asked in Status.values and asked != Status.DRAFT else ()


def _centre(asked: str) -> str:
    try:
        return asked if asked in ("", "none") else str(UUID(asked))
    except ValueError:
        return ""


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Way:
    """The list (its query string) and the place the file had in it, from 0."""

    list_query: str = ""
    rank: int | None = None

    @classmethod
    def of(cls, request: HttpRequest) -> "Way":
        """The way that the address of the page carries."""
        rank = request.GET.get("rank", "")
        if not (rank.isascii() and rank.isdigit() and len(rank) < 7):
            return cls()
        return cls(query_of(QueryDict(request.GET.get("list", ""))), int(rank))

    @property
    def query(self) -> str:
        """What an address carries to keep it; empty when the file was not opened from a list."""
        return "" if self.rank is None else urlencode([("list", self.list_query), ("rank", str(self.rank))])

    def following(self, standing: Standing, id: UUID, on: date) -> str:
        """The address of the file after that one in its list; empty at the end. One query.

        A file that left the list, or went to its end because it was just acted on, gives its place to the next.
        """
        if self.rank is None:
            return ""
        start = max(0, self.rank - AROUND)
        found = files(standing, filters_of(QueryDict(self.list_query)), on).values_list("pk", flat=True)
        near = list(found[start : self.rank + AROUND])
        rank = self.rank - start
        is_in_place = id in near and near.index(id) <= rank
        place = near.index(id) + 1 if is_in_place else rank
        if place < len(near) and near[place] != id:
            return address(near[place], self.list_query, start + place)
        return ""


def address(id: UUID, list_query: str, rank: int) -> str:
    """The page of a file opened from that place of that list."""
    return f"{reverse('secretariat:file', args=[id])}?{Way(list_query, rank).query}"
