"""The lines of a body, as lists ask for them: where they stand, how soon they are due, whose they are."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from django.db.models import (
    Count,
    Exists,
    Model,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
)

from parchemin.records.awards.models import Certificate, Change
from parchemin.records.awards.queries.listed import matching
from parchemin.records.people.models import Organisation, OrganisationKind
from parchemin.records.people.permissions import Action
from parchemin.records.people.standing import Standing
from parchemin.records.transmissions.models import WAITING, Batch, Line, Sending, State

SOON = timedelta(days=30)
"""How long before the last day a line is worth a reminder."""
CHUNK = 500
Row = TypeVar("Row", bound=Model)
OPEN = (State.READY, State.REJECTED, State.EXCLUDED)
"""What the passport does not know: nothing is to send once its certificate is revoked."""
GONE = (State.SENT, State.ACCEPTED, State.TO_WITHDRAW, State.WITHDRAWING)
"""What is known of the passport, or may be."""
RELATED = ("certificate__candidacy__candidate__identity", "certificate__candidacy__certification")


class Shown(StrEnum):
    """Which lines a list shows, besides those in one state."""

    LATE = "late"
    SOON = "soon"


def bodies_of(standing: Standing) -> QuerySet[Organisation]:
    """The bodies whose awards this person sends; who answers for one certification alone sends none."""
    allowed = standing.scope_filter(Action.TRANSMIT_AWARDS, organisation_field="pk")
    return Organisation.objects.filter(allowed, kind=OrganisationKind.AWARDING_BODY).order_by("name", "pk")


def lines_of(organisation: Organisation) -> QuerySet[Line]:
    """Each line of that body with what it is about, and every file it was in with what was answered."""
    sent = Sending.objects.select_related("answer__release__by", "batch").order_by("pk")
    rows = Line.objects.filter(organisation=organisation).select_related(*RELATED, "organisation")
    return rows.prefetch_related(Prefetch("sendings", queryset=sent))


def shown(rows: QuerySet[Line], which: str, on: date) -> QuerySet[Line]:
    """Those in that state, or late, or due soon, that day; all of them for any other word."""
    waiting = rows.filter(state__in=WAITING)
    if which == Shown.LATE:
        return waiting.filter(due_on__lt=on)
    if which == Shown.SOON:
        return waiting.filter(due_on__gte=on, due_on__lte=on + SOON)
    return rows.filter(state=which) if which in State.values else rows


def over() -> QuerySet[Line]:
    """Lines whose certificate was revoked or replaced: from these, which are few, rather than from every line."""
    gone = Change.objects.filter(act=Change.Act.REVOKED).order_by().values("certificate")
    replaced = Certificate.objects.filter(corrects__isnull=False).order_by().values("corrects")
    return Line.objects.filter(Q(certificate__in=gone) | Q(certificate__in=replaced))


def still_owed() -> Q:
    """The files whose certificate the passport does not know yet, or may still refuse; as a condition on files.

    One set aside is among them: it may be taken back.
    """
    rows = Line.objects.filter(state__in=[*OPEN, *GONE]).exclude(state=State.ACCEPTED)
    return Q(pk__in=rows.order_by().values("certificate__candidacy"))


def to_notice() -> str:
    """What was not taken note of, in a word that changes once it is; nothing when everything was."""
    fresh = Certificate.objects.filter(line=None).order_by("issued_at", "pk").last()
    stale = over().filter(state__in=(*OPEN, State.ACCEPTED)).order_by("pk").first()
    if fresh is None and stale is None:
        return ""
    return f"{fresh.number if fresh else ''}:{stale.pk.hex + stale.state if stale else ''}"


def named(rows: QuerySet[Line], text: str) -> QuerySet[Line]:
    """Those of a number, of a file, or of somebody whose names begin so."""
    found = Certificate.objects.filter(matching(text)).order_by().values("pk")
    return rows.filter(certificate__in=found)


def counts(organisation: Organisation, on: date) -> Mapping[str, int]:
    """How many lines that body has in each state, late and due soon; two queries."""
    rows = Line.objects.filter(organisation=organisation).order_by()
    told = {**dict.fromkeys(State.values, 0), **dict(rows.values_list("state").annotate(n=Count("pk")))}
    waiting = rows.filter(state__in=WAITING, due_on__lte=on + SOON)
    return told | waiting.aggregate(
        late=Count("pk", filter=Q(due_on__lt=on)), soon=Count("pk", filter=Q(due_on__gte=on))
    )


def sendable(organisation: Organisation) -> QuerySet[Line]:
    """What a file may take, but for what is suspended and what corrects another that the passport still knows."""
    rows = Line.objects.filter(organisation=organisation, state__in=WAITING)
    return held_back(rows, is_held=False)


def held_back(rows: QuerySet[Line], *, is_held: bool) -> QuerySet[Line]:
    """Those that wait for something of their certificate, or those that do not."""
    held = Exists(suspended()) | Exists(still_known())
    return rows.filter(held) if is_held else rows.filter(~held)


def suspended() -> QuerySet[Change]:
    """What suspends the certificate of a line, once nothing came after."""
    own = Change.objects.filter(certificate=OuterRef("certificate"))
    later = Change.objects.filter(certificate=OuterRef("certificate"), pk__gt=OuterRef("pk"))
    return own.filter(~Exists(later), act=Change.Act.SUSPENDED)


def still_known() -> QuerySet[Line]:
    """The line of the certificate that this one corrects, while the passport may know it."""
    return Line.objects.filter(certificate__corrected_by=OuterRef("certificate"), state__in=GONE)


def firsts(rows: QuerySet[Row], most: int) -> list[Row]:
    """The first rows in their order; keys alone are sorted, for rows are wide."""
    ids = list(rows.values_list("pk", flat=True)[:most])
    found = {row.pk: row for row in rows.order_by().filter(pk__in=ids)}
    return [found[id] for id in ids if id in found]


def pages(rows: QuerySet[Line]) -> Iterator[list[Line]]:
    """The lines by code, a page at a time, nothing left open in between."""
    after: tuple[str, UUID] | None = None
    while True:
        page = rows.select_related(*RELATED, "organisation").order_by("code", "pk")
        if after is not None:
            page = page.filter(Q(code__gt=after[0]) | Q(code=after[0], pk__gt=after[1]))
        found = firsts(page, CHUNK)
        if not found:
            return
        yield found
        after = (found[-1].code, found[-1].pk)


def batches_of(organisation: Organisation) -> QuerySet[Batch]:
    """The files of that body, the newest first, with what was answered."""
    rows = Batch.objects.filter(organisation=organisation).select_related("made_by", "dropped")
    answered = Count("sendings", filter=Q(sendings__answer__isnull=False))
    return rows.annotate(answered=answered).prefetch_related("receipts").order_by("-made_at", "pk")
