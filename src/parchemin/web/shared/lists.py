"""Long lists: paged, sorted by known keys, their questions remembered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import F, Model, QuerySet
from django.http import QueryDict
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from parchemin.web.shared.exports import Column, exported

__all__ = ["Column", "Listing", "exported", "in_order", "listing", "remembered", "sort_of"]

PAGE = 50
MOST_COUNTED = 1_000
MOST_PAGES = 1_000
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class Listing(Generic[Row]):
    """One page of a list, and how many rows there are, counted up to a thousand: beyond, nobody reads a number."""

    rows: list[Row]
    number: int
    count: int
    is_capped: bool
    has_next: bool

    @property
    def previous(self) -> int | None:
        """The number of the page before."""
        return self.number - 1 if self.number > 1 else None

    @property
    def next(self) -> int | None:
        """The number of the page after."""
        return self.number + 1 if self.has_next and self.number < MOST_PAGES else None

    @property
    def has_pages(self) -> bool:
        """Whether there is more than this page."""
        return bool(self.previous or self.next)

    @property
    def told(self) -> str:
        """Which rows these are, of how many."""
        if not self.rows:
            return ""
        first = (self.number - 1) * PAGE + 1
        count = number_format(self.count, force_grouping=True)
        most = _("plus de %(n)s") % {"n": count} if self.is_capped else count
        return _("%(first)s à %(last)s sur %(count)s") % {
            "first": first,
            "last": first + len(self.rows) - 1,
            "count": most,
        }


def listing(rows: QuerySet[Row], number: str | None) -> Listing[Row]:
    """The page of that number, the first when it is none; three queries."""
    page = int(number) if number and number.isascii() and number.isdigit() and len(number) < 5 else 1
    page = max(1, min(page, MOST_PAGES))
    count = rows.order_by().values("pk")[: MOST_COUNTED + 1].count()
    start = (page - 1) * PAGE
    found = some(rows, start, start + PAGE + 1)
    return Listing(
        rows=found[:PAGE],
        number=page,
        count=min(count, MOST_COUNTED),
        is_capped=count > MOST_COUNTED,
        has_next=len(found) > PAGE,
    )


def some(rows: QuerySet[Row], start: int, stop: int) -> list[Row]:
    """The rows from ``start`` to ``stop`` in their order; what is worked out for a row is, for these alone."""
    ids = list(rows.values_list("pk", flat=True)[start:stop])
    found = {row.pk: row for row in rows.order_by().filter(pk__in=ids)}
    return [found[id] for id in ids if id in found]


def sort_of(query: Mapping[str, str], allowed: Iterable[str], default: str) -> tuple[str, bool]:
    """The sort key asked for and whether it is descending; the default for any other."""
    asked = query.get("sort", default)
    key, is_descending = asked.lstrip("-"), asked.startswith("-")
    return (key, is_descending) if key in set(allowed) else (default.lstrip("-"), default.startswith("-"))


def in_order(
    rows: QuerySet[Row], query: Mapping[str, str], sorts: Mapping[str, tuple[str, ...]], default: str
) -> QuerySet[Row]:
    """The rows by the columns of the sort asked for, those without a value last."""
    key, is_descending = sort_of(query, sorts, default)
    fields = [F(name) for name in sorts[key]]
    return rows.order_by(*(one.desc(nulls_last=True) if is_descending else one.asc(nulls_last=True) for one in fields))


def remembered(query: QueryDict, names: Iterable[str]) -> str:
    """The query string worth keeping as a saved view: those names only, without empty values, in a fixed order."""
    kept = QueryDict(mutable=True)
    for name in sorted(names):
        if values := [value for value in query.getlist(name) if value]:
            kept.setlist(name, values)
    return kept.urlencode()
