"""A session under its scheme: the composition asked for, who sits, and whether they make a valid jury."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import QuerySet
from django.utils import timezone

from parchemin.core.asking import leaves
from parchemin.core.checks import CHECKS, Silent
from parchemin.core.deciding import decide
from parchemin.core.decision import MET, Decision, Effect, Finding, Stage
from parchemin.core.facts import Facts, Milestone
from parchemin.core.scheme import Check, College, Jury, Scheme, Seat
from parchemin.core.terms import Unknown, listed
from parchemin.records.candidacies.models import Letter
from parchemin.records.certifications.queries import scheme_of, version_for
from parchemin.records.juries.facts import member_facts
from parchemin.records.juries.models import JurySession, Member

NAMES = {kind: name for name, kind in CHECKS.items()}
LATER = frozenset({"vote_carried", "stated"})
"""The checks on what is only known once the jury deliberates."""
EACH = LATER | {"nobody_linked", "done_within"}
"""Those, and the checks on one candidate."""


@dataclass(frozen=True)
class Composed:
    """A session looked at on one day; everything is worked out once."""

    session: JurySession
    on: date

    @cached_property
    def scheme(self) -> Scheme:
        """The certification as it is in force on the day of the session."""
        scheme = self.session.certification.scheme
        day = timezone.localdate(self.session.starts_at)
        return scheme_of(scheme, version=version_for(scheme, day), on=day)

    @property
    def jury(self) -> Jury | None:
        """The composition asked for; None where the source is silent."""
        found = self.scheme.juries.get(self.session.jury)
        return None if found is None or isinstance(found, Unknown) else found

    @property
    def seats(self) -> tuple[Seat, ...]:
        """The seats to fill; none where the source names none."""
        return listed(self.jury.seats) if self.jury else ()

    @property
    def colleges(self) -> dict[str, College]:
        """The colleges to represent, by identifier."""
        found = self.jury.colleges if self.jury else {}
        return {} if isinstance(found, Unknown) else dict(found)

    @property
    def routes(self) -> tuple[str, ...]:
        """The routes whose files this jury judges."""
        return tuple(id for id, route in self.scheme.paths.items() if route.jury == self.session.jury)

    @cached_property
    def members(self) -> Sequence[Member]:
        """Those named, each with their person."""
        return members_of(self.session)

    @cached_property
    def previous_chair_college(self) -> str | None:
        """The college that chaired the last session closed before this one; None when there was none."""
        return previous_chair_college(self.session)

    @cached_property
    def opening(self) -> Decision:
        """What the rules say of those present, before any candidate is looked at."""
        told = member_facts(self.members, {})
        facts = Facts(
            route=next(iter(self.routes), None),
            members=tuple(told.values()),
            previous_chair_college=self.previous_chair_college,
            dates=dates_of(self.session),
        )
        return decide(Stage.JURY, facts, self.scheme, self.on)

    @property
    def faults(self) -> tuple[Finding, ...]:
        """What the composition lacks: blocking rules on who sits that are not met, candidates left aside."""
        return composition_faults(self.opening, self.scheme, EACH)


def dates_of(session: JurySession) -> dict[Milestone, date]:
    """The day of a session, and those on which it was named and called, where they were."""
    days = {
        Milestone.SESSION: timezone.localdate(session.starts_at),
        Milestone.NOMINATED: session.nominated_on,
        Milestone.SUMMONED: timezone.localdate(session.summoned_at) if session.summoned_at else None,
    }
    return {name: day for name, day in days.items() if day}


def members_of(session: JurySession) -> list[Member]:
    """Those named to a session, each with their person; no query where ``heard`` read them with it."""
    rows = session.members.all()
    is_read = "members" in getattr(session, "_prefetched_objects_cache", {})
    return list(rows if is_read else rows.select_related("person"))


def signers(session: JurySession) -> list[Member]:
    """Who signs its minutes: those who are there, and those who deliberated on a candidate before they left."""
    found = session.hearings.filter(sat__isnull=False).values_list("sat", flat=True)
    sat = {id for one in found for id in one or ()}
    return [row for row in members_of(session) if row.is_present or str(row.pk) in sat]


def summonses(session: JurySession) -> QuerySet[Letter]:
    """The letters that called candidates to it."""
    return Letter.objects.filter(kind="jury_summoned", values__session=session.pk.hex)


def composition_faults(decision: Decision, scheme: Scheme, aside: frozenset[str] = LATER) -> tuple[Finding, ...]:
    """The blocking findings of a jury that do not count as met, but those that rest on ``aside`` alone."""
    left = resting_on(scheme, aside)
    return tuple(
        one
        for one in decision.findings
        if one.effect is Effect.BLOCKING and one.counts_as is not MET and one.rule not in left
    )


def resting_on(scheme: Scheme, names: frozenset[str], stage: Stage = Stage.JURY) -> frozenset[str]:
    """The rules of that stage that rest on these checks alone."""
    rules = scheme.rules.get(stage, ())
    return frozenset(rule.id for rule in rules if all(_name(check) in names for check in leaves(rule.check)))


def previous_chair_college(session: JurySession) -> str | None:
    """The college that chaired the last session of the same jury closed before; None when it is not known."""
    chairs = Member.objects.filter(
        is_chair=True,
        session__organisation=session.organisation_id,
        session__certification=session.certification_id,
        session__jury=session.jury,
        session__closed_at__isnull=False,
        session__starts_at__lt=session.starts_at,
    )
    last = chairs.order_by("-session__starts_at").values_list("college", flat=True).first()
    return last or session.previous_college or None


def voted_by(scheme: Scheme) -> frozenset[str]:
    """The rules that want a vote."""
    rules = scheme.rules.get(Stage.JURY, ())
    return frozenset(rule.id for rule in rules if any(_name(check) == "vote_carried" for check in leaves(rule.check)))


def _name(check: Check) -> str:
    """The name of a check in the files, those whose parameters the source does not give included."""
    return check.of if isinstance(check, Silent) else NAMES.get(type(check), "")
