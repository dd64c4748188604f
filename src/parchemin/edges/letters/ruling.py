"""A Decision in the words of a letter: the verdict, then what is not met, to be settled, lifted, and met."""

from collections.abc import Iterable, Mapping
from typing import Any

from parchemin.core.decision import MET, NOT_MET, UNKNOWN, Decision, Effect, Finding, Override
from parchemin.core.plain import decision_from_plain
from parchemin.edges.letters.labels import counted, day, label, labelled
from parchemin.edges.letters.letter import Language
from parchemin.edges.letters.page import Group, Ruling, Shown
from parchemin.edges.letters.typesetting import exact, quoted, worded

SIGNS = {MET: "✓", UNKNOWN: "?", NOT_MET: "✗"}
CAUTIONS = {MET: "✓", UNKNOWN: "?", NOT_MET: "!"}
BRIEF = ("notes", "met")
ENDS = (".", "!", "?", "…")


def ruling(decision: Decision | Mapping[str, Any], language: Language) -> Ruling:
    """The decision as a letter shows it; Misuse ``not_a_decision`` for a mapping that is none."""
    if not isinstance(decision, Decision):
        decision = decision_from_plain(decision)
    stage = label(decision.stage.value, language)
    basis = label("basis", language, on=day(decision.decided_on, language), scheme=decision.scheme)
    return Ruling(
        title=label("decision", language),
        sign=SIGNS[decision.outcome],
        verdict=labelled(stage, worded(verdict(decision, language), language), language),
        basis=worded(basis, language),
        groups=tuple(_group(name, found, decision, language) for name, found in _sorted(decision).items() if found),
    )


def verdict(decision: Decision, language: Language) -> str:
    """The outcome in one sentence, with how many conditions are not met, not settled, or lifted."""
    if decision.outcome is MET:
        lifted = sum(_is_lifted(finding) and finding.effect is Effect.BLOCKING for finding in decision.findings)
        return counted("verdict_lifted", lifted, language) if lifted else label("verdict_met", language)
    count = len(decision.those(decision.outcome))
    return counted(f"verdict_{decision.outcome.value}", count, language) if count else label("verdict_none", language)


def _sorted(decision: Decision) -> dict[str, list[Finding]]:
    groups: dict[str, list[Finding]] = {name: [] for name in ("not_met", "unknown", "lifted", "notes", "met")}
    for finding in decision.findings:
        groups[_place(finding)].append(finding)
    return groups


def _place(finding: Finding) -> str:
    if finding.outcome is MET:
        return "met"
    if finding.override:
        return "lifted"
    return finding.outcome.value if finding.effect is Effect.BLOCKING else "notes"


def _is_lifted(finding: Finding) -> bool:
    return _place(finding) == "lifted"


def _group(name: str, findings: Iterable[Finding], decision: Decision, language: Language) -> Group:
    shown = tuple(_shown(finding, decision, language) for finding in findings)
    return Group(f"{label(f'group_{name}', language)} ({len(shown)})", name in BRIEF, shown)


def _shown(finding: Finding, decision: Decision, language: Language, under: Finding | None = None) -> Shown:
    blocking = finding.effect is Effect.BLOCKING
    cautious = not blocking and finding.outcome is not MET and not finding.override
    seen_label = label(finding.outcome.value if under else "seen", language)
    has_own_source = finding.source and not (under and under.source == finding.source)
    return Shown(
        sign=(CAUTIONS if cautious else SIGNS)[finding.outcome],
        label=worded(label(finding.effect.value, language), language) if cautious and not under else "",
        says=quoted(finding.says),
        seen=_told(seen_label, "" if finding.parts else _ended(finding.seen), language, bare=bool(under)),
        source=_told(label("source", language), finding.source if has_own_source else "", language),
        rule=exact(f"{decision.scheme}#{finding.rule}") if finding.rule else "",
        override=_override(finding.override, language) if finding.override else (),
        parts=tuple(_shown(part, decision, language, finding) for part in finding.parts),
    )


def _override(one: Override, language: Language) -> tuple[str, ...]:
    by = label("override", language, author=one.author, on=day(one.decided_on, language))
    told = _told(by, _ended(one.reason), language, bare=True)
    return tuple(text for text in (told, _told(label("source", language), one.source, language)) if text)


def _told(name: str, content: str, language: Language, *, bare: bool = False) -> str:
    """What the label announces; the label ``bare`` when there is nothing, or else nothing at all."""
    if not content.strip():
        return f"{worded(name, language)}." if bare else ""
    return labelled(worded(name, language), quoted(content), language)


def _ended(text: str) -> str:
    kept = text.strip()
    return kept if not kept or kept.endswith(ENDS) else f"{kept}."
