"""What the rules say of who sits, apart from what is only known for one candidate."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from parchemin.core.decision import Decision, verdict
from parchemin.core.plain import decision_from_plain
from parchemin.core.scheme import Scheme
from parchemin.records.juries.queries.sessions import EACH, resting_on


def on_composition(found: Decision | Mapping[str, Any], scheme: Scheme) -> Decision:
    """The same decision without the rules that only look at one candidate or at votes."""
    decision = found if isinstance(found, Decision) else decision_from_plain(found)
    aside = resting_on(scheme, EACH)
    findings = tuple(one for one in decision.findings if one.rule not in aside)
    return replace(decision, findings=findings, outcome=verdict(findings))
