"""Decisions as plain JSON values and back, without loss."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from parchemin.core.decision import FORMAT, Decision, Effect, Finding, Outcome, Override, SchemeRef, Stage
from parchemin.core.errors import Misuse


def decision_to_plain(decision: Decision) -> dict[str, Any]:
    """The whole decision in JSON types, keys in a fixed order."""
    return {
        "format": FORMAT,
        "stage": decision.stage.value,
        "scheme": {
            "id": decision.scheme.id,
            "version": decision.scheme.version,
            "digest": decision.scheme.digest,
        },
        "decided_on": decision.decided_on.isoformat(),
        "outcome": decision.outcome.value,
        "findings": [finding_to_plain(finding) for finding in decision.findings],
    }


def finding_to_plain(finding: Finding) -> dict[str, Any]:
    """A finding in JSON types, its parts and its override included."""
    override = finding.override
    return {
        "rule": finding.rule,
        "effect": finding.effect.value,
        "outcome": finding.outcome.value,
        "says": finding.says,
        "seen": finding.seen,
        "source": finding.source,
        "values": dict(finding.values),
        "parts": [finding_to_plain(part) for part in finding.parts],
        "override": override
        and {
            "rule": override.rule,
            "author": override.author,
            "reason": override.reason,
            "source": override.source,
            "decided_on": override.decided_on.isoformat(),
        },
    }


def decision_from_plain(plain: Mapping[str, Any]) -> Decision:
    """The decision that ``decision_to_plain`` wrote; Misuse ``not_a_decision`` for anything else."""
    if plain.get("format") != FORMAT:
        raise Misuse("not_a_decision", format=plain.get("format"))
    try:
        return Decision(
            stage=Stage(plain["stage"]),
            scheme=SchemeRef(**plain["scheme"]),
            decided_on=date.fromisoformat(plain["decided_on"]),
            outcome=Outcome(plain["outcome"]),
            findings=tuple(_finding_from_plain(finding) for finding in plain["findings"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise Misuse("not_a_decision", error=str(error)) from error


def _finding_from_plain(plain: Mapping[str, Any]) -> Finding:
    override = plain["override"]
    return Finding(
        rule=plain["rule"],
        effect=Effect(plain["effect"]),
        outcome=Outcome(plain["outcome"]),
        says=plain["says"],
        seen=plain["seen"],
        source=plain["source"],
        values=plain["values"],
        parts=tuple(_finding_from_plain(part) for part in plain["parts"]),
        override=override and Override(**{**override, "decided_on": date.fromisoformat(override["decided_on"])}),
    )
