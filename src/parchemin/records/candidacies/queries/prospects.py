"""A route before anybody has taken it: what it asks, now and later, and what the rules already say of it."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from parchemin.core.asking import Asked, asked, leaves, wanted_by
from parchemin.core.checks.eligibility import Admissible
from parchemin.core.deciding import decide
from parchemin.core.decision import NOT_MET, Decision, Effect, Finding, Stage
from parchemin.core.facts import Facts, Milestone
from parchemin.core.scheme import Jury, Route, Rule, Scheme
from parchemin.core.terms import Unknown
from parchemin.records.candidacies.actions.opening import closed_route
from parchemin.records.candidacies.facts import ADMISSIBILITY
from parchemin.records.candidacies.judging import is_with_candidate


@dataclass(frozen=True)
class Prospect:
    """One route of a certification looked at on one day, for a path that would begin that day."""

    scheme: Scheme
    id: str
    on: date

    @cached_property
    def route(self) -> Route:
        """The route, with the steps and jury of the one it refers to."""
        return self.scheme.paths[self.id]

    @cached_property
    def facts(self) -> Facts:
        """What would be known on the first day."""
        dates = dict.fromkeys((Milestone.BEGAN, Milestone.ENTERED, Milestone.REQUESTED), self.on)
        return Facts(route=self.id, dates=dates)

    @cached_property
    def now(self) -> Asked:
        """What is asked to apply."""
        return asked(self.scheme, self.facts, self.on, Stage.ELIGIBILITY)

    @cached_property
    def later(self) -> Asked:
        """What is asked before the jury and for the award."""
        return asked(self.scheme, self.facts, self.on, Stage.COMPLETENESS, Stage.AWARD)

    @cached_property
    def answering(self) -> tuple[Rule, ...]:
        """The rules by which somebody answers the request, within a time or not."""
        return tuple(rule for rule in self.now.rules if any(isinstance(one, Admissible) for one in leaves(rule.check)))

    @cached_property
    def documents(self) -> tuple[str, ...]:
        """The documents asked to apply."""
        wanted = dict.fromkeys((*wanted_by(self.route, ADMISSIBILITY), *self.now.documents))
        return tuple(one for one in wanted if is_with_candidate(self.scheme, one))

    @cached_property
    def later_documents(self) -> tuple[str, ...]:
        """The documents asked afterwards."""
        wanted = dict.fromkeys((*self.later.documents, *wanted_by(self.route)))
        return tuple(one for one in wanted if one not in self.documents and is_with_candidate(self.scheme, one))

    @cached_property
    def jury(self) -> Jury | None:
        """The jury of the route; None when the source does not say."""
        jury = self.scheme.juries.get(self.route.jury) if isinstance(self.route.jury, str) else None
        return None if isinstance(jury, Unknown) else jury

    @cached_property
    def refusal(self) -> Decision | None:
        """Why the route cannot be taken; None when it is open."""
        return closed_route(self.scheme, self.id, self.on, self.on)

    @cached_property
    def warnings(self) -> tuple[Finding, ...]:
        """What the rules already warn of, whoever applies: a scheme stricter than the law, say."""
        return decide(Stage.ELIGIBILITY, self.facts, self.scheme, self.on).those(NOT_MET, Effect.WARNING)
