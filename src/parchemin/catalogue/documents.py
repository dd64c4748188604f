"""The files a certification is written in, each as its own dataclass: scheme, framework, pack, ruling, cases, life."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields, make_dataclass
from typing import Any, Literal

from parchemin.catalogue.formats import hints_of
from parchemin.core.decision import Effect, Outcome, Stage
from parchemin.core.facts import Facts
from parchemin.core.scheme import Scheme, Source, When
from parchemin.core.terms import Cited, Confidence

RESOLVED = {"ref", "framework", "rules", "conformity"}
"""What a Scheme gets by resolution, and no scheme file holds."""


def _scheme_file() -> type:
    hints = hints_of(Scheme)
    own: list[Any] = [("format", Literal["parchemin/scheme-1"]), ("id", str), ("version", str)]
    own += [(f.name, hints[f.name], *_default(f)) for f in fields(Scheme) if f.name not in RESOLVED]
    own += [("includes", tuple[str, ...], field(default=()))]
    return make_dataclass("SchemeFile", own, frozen=True, kw_only=True)


def _default(f: Any) -> tuple[Any, ...]:
    return () if f.default is MISSING and f.default_factory is MISSING else (f,)


SchemeFile: Any = _scheme_file()
"""A scheme.yaml without its rules, which are read one by one."""


@dataclass(frozen=True, kw_only=True)
class PackFile:
    """A national pack: rules of law from one date of effect."""

    format: Literal["parchemin/pack-1"]
    pack: str
    title: str
    from_: dt.date
    governs: Literal["began", "decision"]
    sources: Mapping[str, Source]
    includes: tuple[str, ...] = ()
    note: str | None = None


@dataclass(frozen=True, kw_only=True)
class Fill:
    """The value a body gives to a gap."""

    gap: str
    value: Any
    source: Cited


@dataclass(frozen=True, kw_only=True)
class RulingFile:
    """A dated decision of the awarding body, laid over a version."""

    format: Literal["parchemin/ruling-1"]
    scheme: str
    version: str
    by: str
    decided_on: dt.date
    from_: dt.date
    fictitious: bool = False
    sources: Mapping[str, Source]
    fills: tuple[Fill, ...] = ()

    @property
    def effect(self) -> dt.date:
        """The first day whose decisions see it: that of its effect, or when it was decided if that came later."""
        return max(self.from_, self.decided_on)


@dataclass(frozen=True, kw_only=True)
class RuleHead:
    """What every rule has besides its check."""

    id: str
    says: str
    source: Cited
    effect: Effect = Effect.BLOCKING
    when: When = field(default_factory=When)
    is_firm: bool = False
    confidence: Confidence = Confidence.STATED
    note: str | None = None


@dataclass(frozen=True, kw_only=True)
class PartHead:
    """What every part of a composed rule has besides its check."""

    says: str
    source: Cited | None = None


@dataclass(frozen=True, kw_only=True)
class Expected:
    """What a case expects: the outcome, which rules have which, and the exact words seen."""

    outcome: Outcome
    met: tuple[str, ...] = ()
    not_met: tuple[str, ...] | None = None
    unknown: tuple[str, ...] | None = None
    warns: tuple[str, ...] | None = None
    seen: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class CaseFile:
    """One rule test, read by the manager of the certification."""

    case: str
    date: dt.date
    like: str | None = None
    facts: Facts = field(default_factory=Facts)
    fills: Mapping[str, Any] = field(default_factory=dict)
    rulings: tuple[str, ...] = ()
    expect: Expected


@dataclass(frozen=True, kw_only=True)
class FactsFile:
    """Facts to decide on, as ``parchemin decide`` reads them."""

    format: Literal["parchemin/facts-1"]
    scheme: str
    stage: Stage | None = None
    date: dt.date | None = None
    rulings: tuple[str, ...] = ()
    fills: Mapping[str, Any] = field(default_factory=dict)
    facts: Facts


@dataclass(frozen=True, kw_only=True)
class LifeStep:
    """One day of a life: what happens, what becomes known, what is decided and expected."""

    title: str
    date: dt.date
    tells: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    adds: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    decides: Mapping[Stage, Outcome] = field(default_factory=dict)
    not_met: tuple[str, ...] | None = None


@dataclass(frozen=True, kw_only=True)
class LifeFile:
    """A whole life through a certification, with fictitious people."""

    format: Literal["parchemin/life-1"]
    scheme: str
    title: str
    who: str
    rulings: tuple[str, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)
    steps: tuple[LifeStep, ...]
