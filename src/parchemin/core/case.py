"""What a check is given: the facts, the scheme and the date; and which rules apply to them."""

from datetime import date
from typing import NamedTuple

from parchemin.core.decision import MET, NOT_MET, UNKNOWN, Outcome, all_of
from parchemin.core.facts import Assessment, Facts, Member, Milestone, Result
from parchemin.core.scheme import Jury, Route, Scheme, Unknown, When


class Case(NamedTuple):
    """One file looked at under one scheme on one date."""

    facts: Facts
    scheme: Scheme
    on: date

    def day(self, milestone: Milestone) -> date | None:
        """When that happened, or None when it has not or is not known; DECISION is the date asked about."""
        return self.on if milestone is Milestone.DECISION else self.facts.dates.get(milestone)

    def route(self) -> Route | None:
        """The route of the file, None when it is not known."""
        return self.scheme.route_of(self.facts.route)

    def jury(self) -> Jury | Unknown | None:
        """The jury composition for the file's route."""
        return self.scheme.jury_of(self.facts.route)

    def sitting(self) -> tuple[Member, ...] | None:
        """The members who deliberate on this candidate: present and not recused; None when not known."""
        members = self.facts.members
        return None if members is None else tuple(m for m in members if m.is_present and not m.is_recused)

    def assessments_of(self, method: str) -> list[Assessment]:
        """The sittings of a method, in the order given."""
        return [sitting for sitting in self.facts.assessments or () if sitting.method == method]

    def results(self) -> dict[str, Result] | None:
        """The results by code of the framework (an assessed code leads to its competence); None when not known."""
        if self.facts.results is None:
            return None
        known = self.scheme.competences
        return {known[r.code].id if r.code in known else r.code: r for r in self.facts.results}

    def targets(self) -> tuple[str, ...]:
        """The blocks aimed at: those named, or every one when the whole certification is."""
        return self.facts.blocks or tuple(self.scheme.blocks)


def applies(when: When, case: Case) -> Outcome:
    """Whether a rule's conditions hold: MET, NOT_MET, or UNKNOWN when a fact they need is missing."""
    facts = case.facts
    if (when.decided_from and case.on < when.decided_from) or (when.decided_until and case.on > when.decided_until):
        return NOT_MET
    if when.sought and when.sought != facts.sought:
        return NOT_MET
    if when.blocks and facts.blocks and not set(when.blocks) & set(facts.blocks):
        return NOT_MET
    if when.target and (when.target == "blocks") != bool(facts.blocks):
        return NOT_MET
    if when.blocks and facts.blocks and not set(when.blocks).intersection(facts.blocks):
        return NOT_MET
    return all_of((_on_route(when, facts.route), _registered(when, case.scheme), _begun(when, case)))


def _on_route(when: When, route: str | None) -> Outcome:
    if not when.route:
        return MET
    return UNKNOWN if route is None else MET if route in when.route else NOT_MET


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
