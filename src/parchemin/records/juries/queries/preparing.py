"""What whoever prepares juries looks at: sessions, the pool, files that wait for one, who would sit that day."""

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils import timezone

from parchemin.core.asking import leaves
from parchemin.core.checks.assessment import SafeguardsKept
from parchemin.core.decision import Decision, Stage
from parchemin.core.scheme import Scheme
from parchemin.core.terms import Unknown
from parchemin.records.assessments.models import Transmission
from parchemin.records.candidacies.models import Candidacy, CandidacyDate, Status
from parchemin.records.candidacies.queries.visible import in_scope
from parchemin.records.certifications.queries import schemes_of
from parchemin.records.juries.models import (
    DECIDED,
    Absence,
    Expenses,
    Hearing,
    JurySession,
    Member,
    PoolMember,
    Presence,
    State,
    Tie,
    Verdict,
)
from parchemin.records.juries.queries.opened import on_composition
from parchemin.records.juries.queries.sessions import Composed, members_of
from parchemin.records.people.models import Accreditation, Person
from parchemin.records.people.permissions import Action
from parchemin.records.people.queries.accreditations import in_force
from parchemin.records.people.standing import Standing

STATES: Mapping[State, Q] = {
    State.CANCELLED: Q(cancelled_at__isnull=False),
    State.PUBLISHED: Q(published_at__isnull=False),
    State.CLOSED: Q(closed_at__isnull=False, published_at__isnull=True),
    State.DRAWN: Q(drawn_at__isnull=False, closed_at__isnull=True),
    State.OPEN: Q(opened_at__isnull=False, drawn_at__isnull=True),
    State.SUMMONED: Q(summoned_at__isnull=False, opened_at__isnull=True, cancelled_at__isnull=True),
    State.PREPARED: Q(summoned_at__isnull=True, opened_at__isnull=True, cancelled_at__isnull=True),
}
"""The sessions that stand so; each is in one state alone."""
RUNNING = Q(published_at__isnull=True, cancelled_at__isnull=True)


def sessions_convened_by(standing: Standing) -> QuerySet[JurySession]:
    """The sessions that person prepares, each with its certification, its files and its members counted."""
    allowed = standing.scope_filter(Action.CONVENE_JURY, scheme_field="certification__scheme")
    rows = JurySession.objects.filter(allowed).select_related("certification", "organisation")
    own = OuterRef("pk")
    files = Hearing.objects.filter(session=own, removed_at__isnull=True).order_by().values("session")
    members = Member.objects.filter(session=own).order_by().values("session")
    return rows.annotate(
        files=Subquery(files.annotate(n=Count("pk")).values("n")),
        seated=Subquery(members.annotate(n=Count("pk")).values("n")),
    )


def seats_of(person: UUID | None) -> QuerySet[Member]:
    """The sessions a person is named to, the next first; each with how many candidates they said nothing of yet."""
    hearings = Hearing.objects.filter(session=OuterRef("session"), removed_at__isnull=True, verdict="")
    said = Tie.objects.filter(member=OuterRef(OuterRef("pk")), hearing=OuterRef("pk"), links__isnull=False)
    silent = hearings.filter(~Exists(said)).order_by().values("session")
    rows = Member.objects.filter(person=person, session__cancelled_at__isnull=True)
    return (
        rows.select_related("session__certification", "session__organisation")
        .annotate(undeclared=Subquery(silent.annotate(n=Count("pk")).values("n")))
        .order_by(F("session__published_at").asc(nulls_first=True), "session__starts_at", "pk")
    )


def waiting_files(standing: Standing) -> QuerySet[Candidacy]:
    """The files transmitted to a jury that no session has, and whose last decision, if any, was before that."""
    own = OuterRef("pk")
    last = Hearing.objects.filter(candidacy=own).exclude(verdict="").order_by("-decided_at")
    sent = Transmission.objects.filter(candidacy=own).order_by("-number")
    rows = in_scope(standing, Action.CONVENE_JURY).filter(
        Q(status=Status.ADMISSIBLE),
        Exists(CandidacyDate.objects.filter(candidacy=own, milestone="transmitted")),
        ~Exists(Hearing.objects.filter(candidacy=own, verdict="", removed_at__isnull=True)),
    )
    rows = rows.annotate(
        last_verdict=Subquery(last.values("verdict")[:1]),
        last_decided_at=Subquery(last.values("decided_at")[:1]),
        sent_at=Subquery(sent.values("sent_at")[:1]),
    )
    put_off = [one for one in Verdict.values if one not in (*DECIDED, Verdict.VOID)]
    return rows.filter(Q(last_verdict__isnull=True) | Q(last_verdict__in=put_off) | Q(sent_at__gt=F("last_decided_at")))


@dataclass(frozen=True, slots=True)
class Heap:
    """The files that wait for the same jury."""

    organisation: UUID
    scheme: str
    title: str
    jury: str
    jury_title: str
    count: int


def heaps_of(standing: Standing, on: date) -> list[Heap]:
    """The files that wait, by jury; two queries, however many there are."""
    names = ("organisation", "certification__title", "certification__scheme", "version", "route")
    counted = waiting_files(standing).order_by().values(*names).annotate(n=Count("pk"))
    rows = list(counted)
    schemes = schemes_of({(one["certification__scheme"], one["version"]) for one in rows}, on=on) if rows else {}
    found: dict[tuple[UUID, str, str], Heap] = {}
    for one in rows:
        scheme = schemes[(one["certification__scheme"], one["version"])]
        route = scheme.route_of(one["route"])
        jury = route.jury if route and isinstance(route.jury, str) else ""
        known = scheme.juries.get(jury)
        title = "" if known is None or isinstance(known, Unknown) else known.title
        key = (one["organisation"], one["certification__scheme"], jury)
        former = found[key].count if key in found else 0
        found[key] = Heap(key[0], key[1], one["certification__title"], jury, title, former + one["n"])
    return sorted(found.values(), key=lambda heap: (heap.title, heap.jury_title))


def waiting_for(session: JurySession, routes: Iterable[str], standing: Standing) -> QuerySet[Candidacy]:
    """The files that wait for that jury, the oldest transmission first."""
    rows = waiting_files(standing).filter(
        organisation=session.organisation_id, certification=session.certification_id, route__in=list(routes)
    )
    return rows.select_related("candidate").order_by(F("sent_at").asc(nulls_last=True), "number")


def pool_of(standing: Standing) -> QuerySet[PoolMember]:
    """The pools that person keeps, with how often each sat there and what is due to them."""
    allowed = standing.scope_filter(Action.CONVENE_JURY, scheme_field="scheme")
    sat = Member.objects.filter(
        person=OuterRef("person"),
        session__organisation=OuterRef("organisation"),
        session__certification__scheme=OuterRef("scheme"),
    ).order_by()
    came, due = sat.filter(presence=Presence.PRESENT), sat.filter(expenses=Expenses.CLAIMED)
    return (
        PoolMember.objects.filter(allowed)
        .select_related("person", "organisation")
        .annotate(
            attended=Subquery(came.values("person").annotate(n=Count("pk")).values("n")),
            claimed=Subquery(due.values("person").annotate(n=Count("pk")).values("n")),
        )
    )


def pool_for(session: JurySession) -> QuerySet[PoolMember]:
    """Those of the pool who may still be named to that session, each with their absences that day."""
    day = timezone.localdate(session.starts_at)
    rows = PoolMember.objects.filter(
        Q(left_on__isnull=True) | Q(left_on__gte=day),
        organisation=session.organisation_id,
        scheme=session.certification.scheme,
    )
    named = session.members.values("person")
    return rows.exclude(person__in=named).select_related("person").prefetch_related(away_on(day))


def away_on(day: date) -> Prefetch[Any]:
    """The absences of somebody of the pool that hold that day, as ``away``."""
    return Prefetch("absences", Absence.objects.filter(from_on__lte=day, until_on__gte=day), to_attr="away")


def away_of(session: JurySession) -> dict[object, Absence]:
    """Who of those named said they cannot come that day, by person; one query."""
    day = timezone.localdate(session.starts_at)
    rows = Absence.objects.filter(
        from_on__lte=day,
        until_on__gte=day,
        member__organisation=session.organisation_id,
        member__scheme=session.certification.scheme,
        member__person__in=session.members.values("person"),
    ).select_related("member")
    return {row.member.person_id: row for row in rows}


def accredited(people: Sequence[Person], on: date) -> dict[object, list[Accreditation]]:
    """The accreditations of these persons in force that day, by person; one query."""
    rows = Accreditation.objects.filter(person__in=list(people))
    found: dict[object, list[Accreditation]] = {}
    for row in in_force(rows, on):
        found.setdefault(row.person_id, []).append(row)
    return found


@dataclass(frozen=True)
class Expected(Composed):
    """The session as it would open if everybody came who did not say they cannot; as it opened, once it did."""

    @cached_property
    def away(self) -> dict[object, Absence]:
        """Who cannot come, by person."""
        return away_of(self.session)

    @cached_property
    def named(self) -> list[Member]:
        """Those named, as they are."""
        return members_of(self.session)

    @cached_property
    def members(self) -> Sequence[Member]:
        """Those named, each there or not as it is known today."""
        if self.session.opened_at:
            return self.named
        return [self._as_expected(one) for one in self.named]

    @property
    def composition(self) -> Decision:
        """What the rules say of who would sit: those on one candidate, or on what only a session tells, left out."""
        return on_composition(self.opening, self.scheme)

    def _as_expected(self, row: Member) -> Member:
        told = copy(row)
        told.presence = Presence.ABSENT if row.person_id in self.away else Presence.PRESENT
        return told


def alternates(scheme: Scheme) -> bool:
    """Whether a rule wants another college to chair than last time."""
    rules = scheme.rules.get(Stage.JURY, ())
    return any(getattr(leaf, "alternating", False) is True for rule in rules for leaf in leaves(rule.check))


def safeguards_asked(scheme: Scheme) -> tuple[str, ...]:
    """What rules of the certification want kept when something is held at a distance."""
    rules = [rule for found in scheme.rules.values() for rule in found]
    looks = [leaf for rule in rules for leaf in leaves(rule.check) if isinstance(leaf, SafeguardsKept)]
    return tuple(dict.fromkeys(one for leaf in looks if leaf.place == "remote" for one in leaf.safeguards))
