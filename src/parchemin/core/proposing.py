"""What the rules and the results propose to the jury, part by part; the jury decides."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Literal

from parchemin.core import carrying, words
from parchemin.core.asking import leaves
from parchemin.core.case import Case, applies
from parchemin.core.checks.assessment import MethodsPassed, passed
from parchemin.core.checks.award import AllHeld, PartialAllowed, wanted
from parchemin.core.checks.base import Silent
from parchemin.core.checks.results import BlockAcquired
from parchemin.core.checks.validity import Validity
from parchemin.core.decision import MET, NOT_MET, UNKNOWN, Outcome, Seen, Stage, all_of, truth
from parchemin.core.durations import ONE_DAY
from parchemin.core.facts import Facts, Holding, Milestone, Opinion, Sought
from parchemin.core.framework import Composition
from parchemin.core.scheme import Check, Scheme

Unit = Literal["block", "competence"]


class Award(StrEnum):
    """How much of the certification is awarded."""

    FULL = "full"
    PARTIAL = "partial"
    NONE = "none"


class Ground(StrEnum):
    """What a proposal on a part rests on."""

    HELD = "held"
    EXPIRED = "expired"
    RULE = "rule"
    RESULTS = "results"
    METHODS = "methods"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part the jury decides on: what is proposed, and on what ground; ``seen`` says it in words."""

    code: str
    outcome: Outcome
    ground: Ground
    seen: str

    @property
    def is_held(self) -> bool:
        """Whether it was granted before and still counts: there is nothing to decide."""
        return self.ground is Ground.HELD


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What is proposed for one file: by block or by competence, each part in the order of the framework."""

    unit: Unit
    parts: tuple[Part, ...]
    may_be_partial: Outcome

    @property
    def award(self) -> Award | None:
        """Everything, some parts, nothing; None while a part is not settled."""
        outcomes = [part.outcome for part in self.parts]
        if UNKNOWN in outcomes or not outcomes:
            return None
        return awarded([part.code for part in self.parts if part.outcome is MET], self)

    @property
    def to_decide(self) -> tuple[Part, ...]:
        """The parts that are not held yet."""
        return tuple(part for part in self.parts if not part.is_held)


def awarded(granted: Iterable[str], proposal: Proposal) -> Award:
    """What granting these parts amounts to, those held before included; nothing where a part alone is no award."""
    held = {part.code for part in proposal.parts if part.is_held} | set(granted)
    kept = [part.code in held for part in proposal.parts]
    if kept and all(kept):
        return Award.FULL
    return Award.PARTIAL if any(kept) and proposal.may_be_partial is not NOT_MET else Award.NONE


def propose(facts: Facts, scheme: Scheme, on: date) -> Proposal:
    """What the results propose for each part of the certification or of the blocks aimed at, on that day.

    A part is a block where the rules of award count blocks, else a competence. One held that still counts is proposed
    as such; else a rule that says when a block is acquired decides, then results, then the methods that assess it.
    One that was held and counts no more is acquired again by what was assessed since, never by what was before.
    """
    case = Case(facts, scheme, on)
    unit = unit_of(case)
    codes, held, validity = tuple(dict.fromkeys(wanted(case, unit))), case.holdings or {}, Validity(case, unit)
    ends = {code: validity.last_day(held[code]) for code in codes if code in held}
    parts = tuple(_part(case, code, ends.get(code)) for code in codes)
    return Proposal(unit=unit, parts=parts, may_be_partial=_partial(case))


def unit_of(case: Case) -> Unit:
    """What the rules of award count: blocks or competences."""
    for check in _award_checks(case, Sought.FULL):
        if isinstance(check, AllHeld):
            return check.of
    return "block" if case.scheme.blocks else "competence"


def granting(facts: Facts, opinions: tuple[Opinion, ...], sought: Sought, on: date) -> Facts:
    """The same facts once the jury has deliberated so on that day: what it grants is held from then on.

    What still has to follow, signature and notification, is taken to follow the same day.
    """
    dates = dict.fromkeys((Milestone.DELIBERATED, Milestone.SIGNED, Milestone.NOTIFIED), on)
    assessed = facts.dates.get(Milestone.ASSESSED)
    if assessed:
        dates[Milestone.ASSESSED] = assessed
    gained = tuple(Holding(code=one.code, dates=dates) for one in opinions if one.is_granted)
    return replace(
        facts,
        opinions=opinions,
        sought=sought,
        holdings=(*(facts.holdings or ()), *gained),
        dates={**facts.dates, Milestone.DELIBERATED: on},
    )


def _partial(case: Case) -> Outcome:
    """Whether parts may be awarded without the whole; UNKNOWN where no rule says so."""
    units = [check.unit for check in _award_checks(case, Sought.PARTIAL) if isinstance(check, PartialAllowed)]
    return UNKNOWN if not units else truth("none" not in units)


def _award_checks(case: Case, sought: Sought) -> Iterator[Check]:
    return _checks(Case(replace(case.facts, sought=sought), case.scheme, case.on), Stage.AWARD)


def _checks(case: Case, stage: Stage) -> Iterator[Check]:
    for rule in case.scheme.rules.get(stage, ()):
        if applies(rule.when, case) is not NOT_MET:
            yield from leaves(rule.check)


def _part(case: Case, code: str, end: date | None) -> Part:
    """``end`` is the last day it counts when it was held before, None where the rules do not settle that."""
    if end and end < case.on:
        return _again(case, code, end)
    if end:
        return Part(code=code, outcome=MET, ground=Ground.HELD, seen=f"déjà acquis{_origin(case, code, end)}")
    for ground, seen in _grounds(case, code):
        if seen is not None:
            return Part(code=code, outcome=seen.outcome, ground=ground, seen=seen.words)
    doubt = f" ; équivalence avec la version {words.several(case.unsettled)} à établir" if case.unsettled else ""
    return Part(code=code, outcome=UNKNOWN, ground=Ground.NOTHING, seen=f"aucun résultat{doubt}")


def _origin(case: Case, code: str, end: date) -> str:
    """Where a part comes from that another version gives; nothing when one held here counts as long."""
    validity, held = Validity(case, unit_of(case)), (case.holdings or {})[code]
    longest = [one for one in held if validity.last_day([one]) == end]
    origin = carrying.told(longest[0]) if longest and all(map(carrying.told, longest)) else ""
    return f", {origin}" if origin else ""


def _again(case: Case, code: str, end: date) -> Part:
    """A part that counts no more: what was assessed since acquires it again, by dated results, else by methods passed.

    A sitting may bear on what was missing alone, so that a method passed says nothing of a part whose result is older.
    """
    since = tuple(one for one in case.facts.assessments or () if one.day is None or one.day > end)
    methods = _by_methods(Case(replace(case.facts, assessments=since), case.scheme, case.on), code)
    told = f"expiré depuis le {words.day(end + ONE_DAY)}{_origin(case, code, end)}"
    if dated := _results_since(case, code, end, told):
        return dated
    if methods is not None:
        return Part(code=code, outcome=methods.outcome, ground=Ground.METHODS, seen=f"{told} ; {methods.words}")
    is_old = bool(case.facts.assessments) and not since
    seen = None if is_old else (_by_rule(case, code) or _by_results(case, code))
    if seen is None or seen.outcome is NOT_MET:
        return Part(code=code, outcome=NOT_MET, ground=Ground.EXPIRED, seen=f"{told}, non acquis depuis")
    return Part(code=code, outcome=UNKNOWN, ground=Ground.EXPIRED, seen=f"{told} ; résultats peut-être antérieurs")


def _results_since(case: Case, code: str, end: date, told: str) -> Part | None:
    """What the results on that part say, those assessed since alone; None unless it has some and each is dated."""
    results = case.results or {}
    codes = (code,) if code in results else case.scheme.assessed_of.get(code, ())
    days = {one: results[one].day for one in codes if one in results}
    if not days or None in days.values():
        return None
    old = {one for one, day in days.items() if day and day <= end}
    if len(old) == len(days):
        return Part(code=code, outcome=NOT_MET, ground=Ground.EXPIRED, seen=f"{told}, non acquis depuis")
    kept = tuple(one for one in case.facts.results or () if case.scheme.code_of(one.code) not in old)
    known = Case(replace(case.facts, results=kept), case.scheme, case.on)
    found = ((ground, seen) for ground, seen in _grounds(known, code) if seen is not None)
    ground, seen = next(found)
    return Part(code=code, outcome=seen.outcome, ground=ground, seen=f"{told} ; {seen.words}")


def _grounds(case: Case, code: str) -> Iterator[tuple[Ground, Seen | None]]:
    yield Ground.RULE, _by_rule(case, code)
    yield Ground.RESULTS, _by_results(case, code)
    yield Ground.METHODS, _by_methods(case, code)


def _by_rule(case: Case, code: str) -> Seen | None:
    """What the rule on that block says, unless it only waits for the jury."""
    for check in _checks(case, Stage.ASSESSMENT):
        is_ruled = isinstance(check, BlockAcquired) and check.block == code and check.by != "jury"
        if is_ruled or (isinstance(check, Silent) and _is_silent_on(check, code)):
            return check.look(case)
    return None


def _is_silent_on(check: Silent, code: str) -> bool:
    """Whether the source does not say how that block is acquired."""
    known = check.known
    return check.of == "block_acquired" and known.get("block") == code and known.get("by") != "jury"


def _by_results(case: Case, code: str) -> Seen | None:
    results = case.results or {}
    codes = (code,) if code in results else case.scheme.assessed_of.get(code, ())
    if not any(one in results for one in codes):
        return None
    states: Mapping[str, Outcome] = {
        one: truth(results[one].is_acquired) if one in results else UNKNOWN for one in codes
    }
    lacking = [one for one, outcome in states.items() if outcome is NOT_MET]
    unsure = [one for one, outcome in states.items() if outcome is UNKNOWN]
    told = f"{len(codes) - len(lacking) - len(unsure)} sur {len(codes)}"
    told += f" ; non acquis : {words.several(lacking)}" if lacking else ""
    told += f" ; à établir : {words.several(unsure)}" if unsure else ""
    return Seen(all_of(states.values()), told)


def _by_methods(case: Case, code: str) -> Seen | None:
    """What the methods of that block say, as the source joins them; for a competence, every one that assesses it."""
    block = case.scheme.blocks.get(code)
    joined = block.methods if block and isinstance(block.methods, Composition) else Composition()
    methods = {id for id, method in case.scheme.methods.items() if code in (*method.blocks, *method.competences)}
    methods.update(joined.all_of, joined.any_of, joined.of)
    if methods.isdisjoint(case.assessments or {}):
        return None
    if block:
        return MethodsPassed().look(Case(replace(case.facts, blocks=(code,)), case.scheme, case.on))
    seen = [passed(case, id) for id in case.scheme.methods if id in methods]
    return Seen(all_of(one.outcome for one in seen), " ; ".join(one.words for one in seen))
