"""What a check is given: the facts, the scheme and the date; and which rules apply to them."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from parchemin.core import carrying
from parchemin.core.decision import MET, NOT_MET, UNKNOWN, Outcome, all_of
from parchemin.core.facts import Assessment, Attendance, Facts, Holding, Member, Milestone, Result
from parchemin.core.scheme import Jury, Route, Scheme, When
from parchemin.core.terms import Unknown


@dataclass(frozen=True)
class Case:
    """One file looked at under one scheme on one date: what is dated later has not happened yet.

    What several checks ask is worked out once.
    """

    facts: Facts
    scheme: Scheme
    on: date

    def day(self, milestone: Milestone) -> date | None:
        """When that happened, or None when it has not or is not known; DECISION is the date asked about."""
        if milestone is Milestone.DECISION:
            return self.on
        day = self.facts.dates.get(milestone)
        return day if day and day <= self.on else None

    @cached_property
    def route(self) -> Route | None:
        """The route of the file, with the steps and jury of the one it refers to; None when it is not known."""
        return self.scheme.route_of(self.facts.route)

    @cached_property
    def jury(self) -> Jury | None:
        """The jury composition for the file's route; None when the source does not say, or there is none."""
        jury = self.scheme.juries.get(self.route.jury) if self.route and isinstance(self.route.jury, str) else None
        return None if isinstance(jury, Unknown) else jury

    @cached_property
    def members(self) -> tuple[Member, ...] | None:
        """Those named to the jury, each person once (as listed last); None when not known."""
        members = self.facts.members
        return None if members is None else tuple({member.name: member for member in members}.values())

    @cached_property
    def sitting(self) -> tuple[Member, ...] | None:
        """The members who deliberate on this candidate: present and not recused; None when not known."""
        return None if self.members is None else tuple(m for m in self.members if m.is_present and not m.is_recused)

    @cached_property
    def assessments(self) -> dict[str, list[Assessment]] | None:
        """The sittings by method, in the order given, those to come left out; None when not known."""
        if self.facts.assessments is None:
            return None
        sittings: dict[str, list[Assessment]] = {}
        for sitting in self.facts.assessments:
            if sitting.day is None or sitting.day <= self.on:
                sittings.setdefault(sitting.method, []).append(sitting)
        return sittings

    @cached_property
    def sat(self) -> tuple[Assessment, ...]:
        """The sittings held that a result may rest on: a failed one counts no more once its method was sat again."""
        kept: list[Assessment] = []
        for sittings in (self.assessments or {}).values():
            held = [sitting for sitting in sittings if sitting.attendance is Attendance.HELD]
            kept += [sitting for sitting in held if sitting.is_passed is not False] or held
        return tuple(kept)

    @cached_property
    def results(self) -> dict[str, Result] | None:
        """The results by code of the framework, the last of each; None when not known."""
        if self.facts.results is None:
            return None
        code_of = self.scheme.canonical.get
        return {code_of(result.code, result.code): result for result in self.facts.results}

    @cached_property
    def holdings(self) -> dict[str, list[Holding]] | None:
        """What is held by code of the framework, by equivalence too, but what came later; None when not known."""
        if self.facts.holdings is None:
            return None
        held: dict[str, list[Holding]] = {}
        code_of = self.scheme.canonical.get
        for holding in carrying.counted(self.facts.holdings, self.scheme, self.on):
            held.setdefault(code_of(holding.code, holding.code), []).append(holding)
        return held

    @cached_property
    def unsettled(self) -> tuple[str, ...]:
        """The versions under which something is held, of which nobody said what it gives in this one."""
        return carrying.unsettled(self.facts.holdings or (), self.scheme, self.on)

    @cached_property
    def targets(self) -> tuple[str, ...]:
        """The blocks aimed at: those named, or every one the whole certification asks for."""
        return self.facts.blocks or self.scheme.required_blocks

    def asked(self, code: str, outcome: Outcome) -> Outcome:
        """The outcome of a part, where lacking one that may not be asked for is UNKNOWN."""
        doubtful = outcome is NOT_MET and code in self.scheme.doubtful and code not in self.facts.blocks
        return UNKNOWN if doubtful else outcome


def applies(when: When, case: Case) -> Outcome:
    """Whether a rule's conditions hold: MET, NOT_MET, or UNKNOWN when a fact they need is missing."""
    facts = case.facts
    if when.sought and when.sought != facts.sought:
        return NOT_MET
    if (when.decided_from and case.on < when.decided_from) or (when.decided_until and case.on > when.decided_until):
        return NOT_MET
    if when.target and (when.target == "blocks") != bool(facts.blocks):
        return NOT_MET
    if when.blocks and facts.blocks and not set(when.blocks).intersection(facts.blocks):
        return NOT_MET
    if not (when.route or when.registers or when.began_from or when.began_until):
        return MET
    return all_of((_on_route(when, facts.route), _registered(when, case.scheme), _begun(when, case)))


def _on_route(when: When, route: str | None) -> Outcome:
    if not when.route:
        return MET
    if route is None:
        return UNKNOWN
    return MET if route in when.route else NOT_MET


def _registered(when: When, scheme: Scheme) -> Outcome:
    if not when.registers:
        return MET
    if isinstance(scheme.register, Unknown):
        return UNKNOWN
    return MET if scheme.register in when.registers else NOT_MET


def _begun(when: When, case: Case) -> Outcome:
    if not (when.began_from or when.began_until):
        return MET
    began = case.day(Milestone.BEGAN)
    if began is None:
        return UNKNOWN
    early = when.began_from is not None and began < when.began_from
    late = when.began_until is not None and began > when.began_until
    return NOT_MET if early or late else MET
