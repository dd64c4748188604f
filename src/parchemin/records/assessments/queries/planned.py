"""What is still to plan of a file, how long each method lasts and where it may be held."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from math import ceil

from parchemin.core import words
from parchemin.core.asking import asked, leaves
from parchemin.core.case import Case
from parchemin.core.checks.assessment import EvaluatorsPresent, MethodsPassed, SafeguardsKept, passed
from parchemin.core.decision import MET, Outcome, Stage
from parchemin.core.facts import Attendance
from parchemin.core.framework import Composition
from parchemin.core.grid import RESULTS, Line
from parchemin.core.scheme import Method, Scheme
from parchemin.core.terms import Unknown, title_of
from parchemin.records.assessments.facts import results_of
from parchemin.records.assessments.models import Sitting
from parchemin.records.assessments.sheets import mandatory, sheet_of
from parchemin.records.candidacies.judging import Judged


@dataclass(frozen=True, slots=True, kw_only=True)
class ToSit:
    """One method as it stands: what the rules saw of it, the sitting under way, the lines still to acquire."""

    id: str
    method: Method
    seen: str
    outcome: Outcome
    running: Sitting | None
    missing: tuple[Line, ...]
    is_offered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Methods that count together: ``least`` of them must be passed; no block when the scheme joins them to none.

    ``why`` is told where the source does not say how they join.
    """

    block: str
    title: str
    least: int | None
    methods: tuple[ToSit, ...]
    outcome: Outcome | None = None
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """The minutes of a method, then those that an accommodation makes of them; None where nothing is set."""

    usual: int | None
    due: int | None
    time: Fraction = Fraction(1)
    why: str = ""

    @property
    def is_longer(self) -> bool:
        """Whether an accommodation gives more time."""
        return self.time > 1


def groups_of(judged: Judged) -> tuple[Group, ...]:
    """The methods of the file, block by block in the order of the framework, then those no block asks for."""
    scheme, facts = judged.scheme, judged.at(Stage.ASSESSMENT)
    case = Case(facts, scheme, judged.on)
    known = {id: _to_sit(judged, case, id) for id in scheme.methods}
    found: list[Group] = []
    for id in case.targets:
        block = scheme.blocks.get(id)
        if block is None:
            continue
        title = block.title if isinstance(block.title, str) else id
        of_block = Case(replace(facts, blocks=(id,)), scheme, judged.on)
        outcome = MethodsPassed().look(of_block).outcome
        if isinstance(block.methods, Unknown):
            own = tuple(known[name] for name, method in scheme.methods.items() if id in method.blocks)
            if own:
                found.append(Group(block=id, title=title, least=None, methods=own, why=block.methods.why))
            continue
        for names, least in _joined(block.methods):
            methods = tuple(known[name] for name in names if name in known)
            if outcome is MET:
                methods = tuple(replace(one, is_offered=False) for one in methods)
            found.append(Group(block=id, title=title, least=least, methods=methods, outcome=outcome))
    placed = {one.id for group in found for one in group.methods}
    asked_for = set(case.targets)
    others = tuple(
        one
        for id, one in known.items()
        if id not in placed and (not one.method.blocks or asked_for & {*one.method.blocks})
    )
    return (*found, Group(block="", title="", least=None, methods=others)) if others else tuple(found)


def methods_to_plan(judged: Judged) -> Mapping[str, ToSit]:
    """Those a sitting may be planned for: something is missing, and no sitting of it is under way."""
    return {one.id: one for group in groups_of(judged) for one in group.methods if one.is_offered}


def minutes_due(judged: Judged, method: str, day: date | None) -> Due:
    """How long that method lasts for this candidate: an accommodation granted by that day gives time, nothing else."""
    known = judged.scheme.methods[method]
    if isinstance(known.minutes, Unknown):
        return Due(usual=None, due=None, why=known.minutes.why)
    if known.minutes is None:
        return Due(usual=None, due=None)
    granted = (
        one.time
        for one in judged.facts.accommodations
        if method in one.methods and one.granted_on and one.granted_on <= (day or judged.on)
    )
    time = max(granted, default=Fraction(1))
    return Due(usual=known.minutes, due=ceil(known.minutes * time), time=time)


def places_of(judged: Judged, method: str) -> dict[str, str]:
    """Where that method may be held, by title; every place known where the source does not say."""
    allowed = judged.scheme.methods[method].places
    names = allowed if isinstance(allowed, tuple) else tuple({**words.PLACES, **judged.scheme.places})
    return {name: place_title(judged.scheme, name) for name in names}


def place_title(scheme: Scheme, place: str) -> str:
    """What that place is called, by the certification or else by everybody."""
    title = scheme.places.get(place) or words.PLACES.get(place, place)
    return title[:1].upper() + title[1:]


def safeguards_of(judged: Judged, place: str) -> tuple[str, ...]:
    """What the rules want kept when a sitting is held in that place."""
    rules = asked(judged.scheme, judged.facts, judged.on, Stage.ASSESSMENT).rules
    found: dict[str, None] = {}
    for rule in rules:
        for leaf in leaves(rule.check):
            if isinstance(leaf, SafeguardsKept) and leaf.place == place:
                found |= dict.fromkeys(leaf.safeguards)
    return tuple(found)


def evaluators_asked(method: Method) -> Mapping[str, int] | None:
    """How many of each actor assess that method; None where the source does not say, nothing where nobody does."""
    return None if isinstance(method.evaluators, Unknown) else (method.evaluators or {})


def actors_missing(scheme: Scheme, sitting: Sitting) -> tuple[str, ...]:
    """The actors, by title, for want of whom a rule does not let a sitting count, unless it is failed anyway."""
    rules = scheme.rules.get(Stage.ASSESSMENT, ())
    looks = [leaf for rule in rules for leaf in leaves(rule.check) if isinstance(leaf, EvaluatorsPresent)]
    method = scheme.methods.get(sitting.method)
    if sitting.attendance != Attendance.HELD or sitting.is_passed is False or method is None:
        return ()
    wanted = (evaluators_asked(method) or {}) if any(one.method in (None, sitting.method) for one in looks) else {}
    sat = Counter(one.actor for one in sitting.evaluators.all())
    return tuple(title_of(scheme.actors, actor) for actor, count in wanted.items() if sat[actor] < count)


def _joined(methods: Composition) -> Iterator[tuple[tuple[str, ...], int]]:
    if methods.all_of:
        yield methods.all_of, len(methods.all_of)
    if methods.any_of:
        yield methods.any_of, 1
    if methods.of:
        yield methods.of, len(methods.of) if methods.at_least is None else methods.at_least


def _to_sit(judged: Judged, case: Case, id: str) -> ToSit:
    seen = passed(case, id)
    sittings = [one for one in judged.candidacy.sittings.all() if one.method == id and one.cancelled_at is None]
    running = next((one for one in sittings if not one.attendance or _is_waiting(one)), None)
    missing = _missing(judged, id) if sittings else ()
    return ToSit(
        id=id,
        method=judged.scheme.methods[id],
        seen=seen.words.removeprefix(f"{judged.scheme.methods[id].title} : "),
        outcome=seen.outcome,
        running=running,
        missing=missing,
        is_offered=running is None and (seen.outcome is not MET or bool(missing)),
    )


def _is_waiting(one: Sitting) -> bool:
    return one.attendance == "held" and one.settled_at is None


def _missing(judged: Judged, method: str) -> tuple[Line, ...]:
    """The lines of its grid that give a result and have none that is acquired; a mark alone is a result."""
    acquired = {one.code for one in results_of(judged.candidacy) if one.is_acquired is not False}
    lines = mandatory(sheet_of(judged.scheme, method))
    return tuple(line for line in lines if line.kind in RESULTS and line.code not in acquired)
