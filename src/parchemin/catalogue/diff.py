"""Two versions compared in words: what a candidate gains, loses, or must do again."""

import math
from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple

from parchemin.catalogue.comparing import NOT_SAID, Said, equivalences, sayings
from parchemin.core.decision import Effect, Stage
from parchemin.core.durations import Duration
from parchemin.core.scheme import Rule, Scheme
from parchemin.core.terms import Unknown, listed

Kind = Literal["gains", "loses", "redoes", "changes"]


class Change(NamedTuple):
    """One difference: its kind for a candidate, what it bears on, and both values in words."""

    kind: Kind
    about: str
    name: str
    before: str
    after: str


def differences(old: Scheme, new: Scheme) -> Iterator[Change]:
    """Every difference that matters to somebody on the way, in the order of a scheme."""
    yield from _routes(old, new)
    yield from _parts("block", _titles(listed(old.framework.blocks)), _titles(listed(new.framework.blocks)))
    assessed = [_titles(c for c in listed(s.framework.competences) if c.is_assessed is True) for s in (old, new)]
    yield from _parts("competence", assessed[0], assessed[1])
    yield from _parts("unit", {u.id: u.id for u in old.framework.units}, {u.id: u.id for u in new.framework.units})
    yield from _sayings(old, new)
    yield from _equivalences(old, new)
    for stage in Stage:
        yield from _rules(_by_id(old.rules[stage]), _by_id(new.rules[stage]))


def _routes(old: Scheme, new: Scheme) -> Iterator[Change]:
    for id in dict.fromkeys((*old.routes, *new.routes)):
        before, after = (_openness(scheme, id) for scheme in (old, new))
        if before != after:
            kind: Kind = "gains" if after == "open" else "loses" if before == "open" else "changes"
            title = (new.routes.get(id) or old.routes[id]).title
            yield Change(kind, "route", title, before, after)


def _openness(scheme: Scheme, id: str) -> str:
    route = scheme.routes.get(id)
    if route is None:
        return "absent"
    return "not_said" if isinstance(route.is_open, Unknown) else "open" if route.is_open else "closed"


def _titles(items: Any) -> dict[str, str]:
    return {item.id: item.title if isinstance(item.title, str) else item.id for item in items}


def _parts(about: str, old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Change]:
    for id in dict.fromkeys((*old, *new)):
        if id not in new:
            yield Change("loses", about, id, old[id], "")
        elif id not in old:
            yield Change("redoes", about, id, "", new[id])
        elif old[id] != new[id]:
            yield Change("changes", about, id, old[id], new[id])


def _sayings(old: Scheme, new: Scheme) -> Iterator[Change]:
    """What is said in words: something more to do is to do again, a stricter bound is a loss, a wider one a gain."""
    before, after = ({(one.about, one.name): one for one in sayings(scheme)} for scheme in (old, new))
    for key in dict.fromkeys((*before, *after)):
        was, now = before.get(key), after.get(key)
        first, then = was.words if was else "", now.words if now else ""
        if first != then:
            yield Change(_bound(was, now), *key, first, then)


def _equivalences(old: Scheme, new: Scheme) -> Iterator[Change]:
    """What other versions give more is a gain, what they give no more is a loss."""
    before, after = ({(one.name, one.words) for one in equivalences(scheme)} for scheme in (old, new))
    for one in dict.fromkeys((*equivalences(old), *equivalences(new))):
        if (one.name, one.words) in before - after:
            yield Change("loses", one.about, one.name, one.words, "")
        elif (one.name, one.words) in after - before:
            yield Change("gains" if one.words != NOT_SAID else "changes", one.about, one.name, "", one.words)


def _bound(was: Said | None, now: Said | None) -> Kind:
    if was is None or now is None:
        return "redoes" if now and now.is_asked else "changes"
    if NOT_SAID in (was.words, now.words):
        return "changes"
    stricter = _above(now.least, was.least, 0) or _above(was.most, now.most, math.inf)
    wider = _above(was.least, now.least, 0) or _above(now.most, was.most, math.inf)
    return "changes" if stricter == wider else "loses" if stricter else "gains"


def _above(one: int | None, other: int | None, absent: float) -> bool:
    return (absent if one is None else one) > (absent if other is None else other)


def _by_id(rules: tuple[Rule, ...]) -> dict[str, Rule]:
    return {rule.id: rule for rule in rules}


def _rules(old: Mapping[str, Rule], new: Mapping[str, Rule]) -> Iterator[Change]:
    for id in dict.fromkeys((*old, *new)):
        before, after = old.get(id), new.get(id)
        if before is None and after is not None:
            yield Change("redoes" if after.effect is Effect.BLOCKING else "changes", "rule", id, "", after.says)
        elif after is None and before is not None:
            yield Change("gains" if before.effect is Effect.BLOCKING else "changes", "rule", id, before.says, "")
        elif before and after and (before.check, before.effect, before.when) != (after.check, after.effect, after.when):
            yield Change(_leaning(before, after), "rule", id, before.says, after.says)


def _leaning(before: Rule, after: Rule) -> Kind:
    """A longer validity is a gain, a longer requirement a loss; anything else is a change to read."""
    old, new = (getattr(rule.check, "lasts", None) for rule in (before, after))
    if (
        type(before.check) is not type(after.check)
        or before.effect is not after.effect
        or old == new
        or not (old and new)
    ):
        return "changes"
    longer = _days(new) > _days(old)
    is_validity = after.id.startswith(Stage.VALIDITY.value)
    return "gains" if longer == is_validity else "loses"


def _days(duration: Any) -> float:
    return duration.most_days if isinstance(duration, Duration) else float("inf")
