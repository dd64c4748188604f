"""A file looked at under another version of its certification: what that would change for it, and what keeps it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from parchemin.core import carrying
from parchemin.core.carrying import Carried
from parchemin.core.deciding import decide
from parchemin.core.decision import MET, NOT_MET, UNKNOWN, Decision, Effect, Outcome, Stage
from parchemin.core.facts import Facts, Holding, Milestone
from parchemin.core.scheme import Scheme
from parchemin.core.terms import Unknown, listed, title_of
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Status

RANKS = (NOT_MET, UNKNOWN, MET)


class Reason(NamedTuple):
    """A rule that answers otherwise: what it saw before and after, nothing where it was or is not there."""

    says: str
    before: str
    after: str
    is_better: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A stage whose outcome is another, and the blocking rules that answer otherwise."""

    stage: Stage
    before: Outcome
    after: Outcome
    reasons: tuple[Reason, ...]

    @property
    def is_better(self) -> bool:
        """Whether the file gains by it."""
        return RANKS.index(self.after) > RANKS.index(self.before)


@dataclass(frozen=True)
class Crossing:
    """A file under its own version and under another; everything is worked out once."""

    before: Judged
    after: Judged

    @property
    def old(self) -> Scheme:
        """The version the file follows."""
        return self.before.scheme

    @property
    def new(self) -> Scheme:
        """The other one."""
        return self.after.scheme

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """The stages the file is at whose outcome would be another."""
        both = ((stage, _decided(self.before, stage), _decided(self.after, stage)) for stage in stages_of(self.before))
        return tuple(
            Change(stage=stage, before=was.outcome, after=now.outcome, reasons=tuple(_reasons(was, now)))
            for stage, was, now in both
            if was.outcome is not now.outcome
        )

    @cached_property
    def closed(self) -> Decision | None:
        """Why its route could not be taken under the other version; None when it is open."""
        route = self.new.route_of(self.before.candidacy.route)
        if route and route.is_open is True:
            return None
        began = {Milestone.BEGAN: self.before.candidacy.began_on}
        return decide(
            Stage.ELIGIBILITY, Facts(route=self.before.candidacy.route, dates=began), self.new, self.before.on
        )

    @cached_property
    def carried(self) -> tuple[Carried, ...]:
        """The parts that what is held would give by equivalence."""
        found = carrying.counted(self._holdings, self.new, self.before.on)
        return tuple(one for one in found if isinstance(one, Carried))

    @cached_property
    def lost(self) -> tuple[Holding, ...]:
        """The parts held that would give nothing: they stay acquired under the version that granted them."""
        found = carrying.elsewhere(self._holdings, self.new, self.before.on)
        return tuple(one for one, codes in found if not codes and one.version not in self.unsettled)

    @cached_property
    def unsettled(self) -> tuple[str, ...]:
        """The versions under which something is held, of which the other says nothing."""
        return carrying.unsettled(self._holdings, self.new, self.before.on)

    @cached_property
    def unlike(self) -> tuple[str, ...]:
        """What was assessed, planned or aimed at that is not the same thing there, by code or by title."""
        facts = (self.before.whole, self.after.whole)
        codes = [code for known in facts for code in _codes(known)]
        same = {
            code
            for one in listed(self.new.equivalences)
            if one.version == self.old.ref.version and one.gives == "same"
            for code in one.held
        }
        old, new = _titles(self.old), _titles(self.new)
        strange = [code for code in codes if code not in same and (code not in new or old.get(code) != new[code])]
        sat = [one.method for known in facts for one in known.assessments or ()]
        others = [title_of(self.old.methods, id) for id in sat if _method(self.old, id) != _method(self.new, id)]
        return tuple(dict.fromkeys((*strange, *others)))

    @property
    def is_different(self) -> bool:
        """Whether the file would not stand as it does."""
        return bool(self.changes or self.closed or self.carried or self.lost or self.unsettled or self.unlike)

    @property
    def is_less_favourable(self) -> bool:
        """Whether it would lose something: an outcome, a part held, its route; what is not settled is not gained."""
        is_worse = any(not change.is_better for change in self.changes)
        return bool(is_worse or self.lost or self.unsettled or self.closed)

    @property
    def rule(self) -> str | None:
        """Which version open files follow, as the other one says; None where it does not."""
        said = self.new.transition
        return None if isinstance(said, Unknown) or isinstance(said.rule, Unknown) else said.rule

    @cached_property
    def _holdings(self) -> tuple[Holding, ...]:
        return self.before.whole.holdings or ()


def stages_of(judged: Judged) -> tuple[Stage, ...]:
    """The stages a file is at: what is asked of it now."""
    if judged.candidacy.status != Status.ADMISSIBLE:
        return (Stage.ELIGIBILITY,)
    if Milestone.TRANSMITTED in judged.dated.reached:
        return (Stage.AWARD, Stage.VALIDITY)
    return (Stage.COMPLETENESS, Stage.ASSESSMENT)


def _decided(judged: Judged, stage: Stage) -> Decision:
    """What the rules say; of what is declared while the candidate has the file."""
    return judged.foreseen(stage) if judged.candidacy.is_with_candidate else judged.decided(stage)


def _reasons(was: Decision, now: Decision) -> Iterator[Reason]:
    before, after = ({one.rule: one for one in made.findings if one.effect is Effect.BLOCKING} for made in (was, now))
    for id in dict.fromkeys((*before, *after)):
        old, new = before.get(id), after.get(id)
        first, then = (one.counts_as if one else MET for one in (old, new))
        if first is not then:
            told = new or old
            yield Reason(
                told.says if told else "",
                old.seen if old else "",
                new.seen if new else "",
                RANKS.index(then) > RANKS.index(first),
            )


def _codes(facts: Facts) -> list[str]:
    results = [one.code for one in facts.results or ()]
    return [*results, *facts.blocks, *(facts.pathway or ()), *(facts.positioning or {})]


def _titles(scheme: Scheme) -> Mapping[str, object]:
    """What each code of a version is called."""
    frame = scheme.framework
    lists = (listed(frame.blocks), listed(frame.competences), listed(frame.criteria), frame.learnings)
    found: dict[str, object] = {item.id: item.title for items in lists for item in items}
    found |= {code: competence.title for code, competence in scheme.competences.items()}
    return found | {unit.id: unit.blocks for unit in frame.units}


def _method(scheme: Scheme, id: str) -> object:
    method = scheme.methods.get(id)
    return (method.title, method.points) if method else None
