"""The secretariat's queue: what waits, since when, by certification and state; filtered, sorted, counted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet
from django.db.models.expressions import OrderBy

from parchemin.records.candidacies.models import Accommodation, Appeal, Candidacy, Message, Status
from parchemin.records.candidacies.queries.appeals import UNSETTLED
from parchemin.records.candidacies.queries.visible import in_scope, visible_to
from parchemin.records.certifications.models import Certification
from parchemin.records.people.models import Person
from parchemin.records.people.names import named
from parchemin.records.people.permissions import Action
from parchemin.records.people.standing import Standing

WAITING = (Status.RECEIVED, Status.COMPLETE)
SORTS: Mapping[str, tuple[str, ...]] = {
    "since": ("waiting_since", "number"),
    "due": ("due_on", "waiting_since", "number"),
    "number": ("number",),
    "name": ("candidate__family_key", "candidate__given_key", "number"),
    "certification": ("certification__title", "waiting_since", "number"),
    "status": ("status", "waiting_since", "number"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What is looked for; empty means everything. ``centre`` is the id of one, or "none" for those in none."""

    status: tuple[str, ...] = ()
    scheme: str = ""
    route: str = ""
    text: str = ""
    holder: str = ""
    centre: str = ""
    due_before: date | None = None
    with_message: bool = False
    with_appeal: bool = False
    with_accommodation: bool = False
    sort: str = "since"
    is_descending: bool = False

    @property
    def is_for_answers(self) -> bool:
        """Whether only files whose candidate waits for an answer are looked for."""
        return self.with_message or self.with_appeal or self.with_accommodation


def files(standing: Standing, filters: Filters, on: date) -> QuerySet[Candidacy]:
    """The files that person handles, filtered and in order, with what a row shows.

    Those that wait for an answer to their candidate are all there, handed in or not.
    """
    found = in_scope(standing, Action.HEAR) if filters.is_for_answers else visible_to(standing, Action.SEE_FILE, on)
    return _listed(found, standing, filters)


def files_to_export(standing: Standing, filters: Filters, on: date) -> QuerySet[Candidacy]:
    """The same, but for those in preparation: nothing of them leaves in a spreadsheet."""
    return _listed(visible_to(standing, Action.EXPORT_LIST, on), standing, filters).select_related("provider")


def _listed(found: QuerySet[Candidacy], standing: Standing, filters: Filters) -> QuerySet[Candidacy]:
    found = found.filter(_asked(standing, filters)).order_by(*_order(filters))
    return found.select_related("certification", "candidate", "organisation", "holder", "centre")


def _asked(standing: Standing, filters: Filters) -> Q:
    asked = Q()
    if filters.status:
        asked &= Q(status__in=filters.status)
    if filters.scheme:
        asked &= Q(certification__scheme=filters.scheme)
    if filters.route:
        asked &= Q(route=filters.route)
    if filters.holder == "me":
        asked &= Q(holder_id=standing.person_id)
    elif filters.holder == "nobody":
        asked &= Q(holder__isnull=True)
    if filters.centre:
        asked &= Q(centre__isnull=True) if filters.centre == "none" else Q(centre=filters.centre)
    if filters.due_before:
        asked &= Q(due_on__lte=filters.due_before)
    for word in filters.text.split():
        is_number = word[0].isdigit() and "@" not in word
        asked &= Q(number__startswith=word) if is_number else Q(candidate__in=Person.objects.filter(named(word)))
    return asked & _attended(filters)


def _attended(filters: Filters) -> Q:
    asked = Q()
    if filters.with_message:
        unread = Message.objects.filter(candidacy=OuterRef("pk"), is_from_candidate=True, read_at__isnull=True)
        asked &= Q(Exists(unread))
    if filters.with_appeal:
        asked &= Q(Exists(Appeal.objects.filter(UNSETTLED, decision__candidacy=OuterRef("pk"))))
    if filters.with_accommodation:
        asked &= Q(Exists(Accommodation.objects.filter(candidacy=OuterRef("pk"), state=Accommodation.State.ASKED)))
    return asked


def _order(filters: Filters) -> list[OrderBy]:
    fields = SORTS.get(filters.sort, SORTS["since"])
    return [F(name).desc(nulls_last=True) if filters.is_descending else F(name).asc(nulls_last=True) for name in fields]


@dataclass(frozen=True, slots=True)
class Heap:
    """How many files of a certification are in a state, and how long the oldest has waited."""

    scheme: str
    title: str
    status: str
    count: int
    oldest: date | None
    due_on: date | None


def heaps(standing: Standing) -> list[Heap]:
    """What waits for the secretariat, by certification and state; two queries."""
    rows = (
        in_scope(standing, Action.SEE_FILE)
        .filter(status__in=WAITING)
        .values("certification_id", "status")
        .annotate(count=Count("id"), oldest=Min("waiting_since"), due=Min("due_on"))
        .order_by()
    )
    known = Certification.objects.in_bulk({row["certification_id"] for row in rows})
    found = [
        Heap(
            known[row["certification_id"]].scheme,
            known[row["certification_id"]].title,
            row["status"],
            row["count"],
            row["oldest"].date() if row["oldest"] else None,
            row["due"],
        )
        for row in rows
    ]
    return sorted(found, key=lambda heap: (heap.title, heap.status))


@dataclass(frozen=True, slots=True)
class Attention:
    """What else waits: messages not read, appeals to answer or to carry out, accommodation requests not answered."""

    messages: int
    appeals: int
    accommodations: int


def attention(standing: Standing) -> Attention:
    """Counts over the files that person handles: what waits is looked up first, and is little."""
    own = in_scope(standing, Action.HEAR)
    messages = Message.objects.filter(is_from_candidate=True, read_at__isnull=True)
    appeals = Appeal.objects.filter(UNSETTLED)
    needs = Accommodation.objects.filter(state=Accommodation.State.ASKED)
    return Attention(
        messages.filter(Exists(own.filter(pk=OuterRef("candidacy_id")))).values("candidacy").distinct().count(),
        appeals.filter(Exists(own.filter(pk=OuterRef("decision__candidacy_id")))).count(),
        needs.filter(Exists(own.filter(pk=OuterRef("candidacy_id")))).count(),
    )


def appeals_waiting(standing: Standing) -> QuerySet[Appeal]:
    """The appeals to answer or to carry out on the files that person handles, those due first; one query."""
    own = in_scope(standing, Action.HEAR)
    rows = Appeal.objects.filter(UNSETTLED, Exists(own.filter(pk=OuterRef("decision__candidacy_id"))))
    related = ("decision__candidacy__certification", "decision__candidacy__candidate")
    return rows.select_related(*related).order_by(F("due_on").asc(nulls_last=True), "filed_at")
