"""Decisions as JSON and back, without loss."""

import json
from typing import Any

import pytest

from parchemin.core.checks import AnyOf, Part
from parchemin.core.checks.eligibility import RegisterAmong, RouteOpen, Stated
from parchemin.core.deciding import decide
from parchemin.core.decision import Override, Stage
from parchemin.core.errors import Misuse
from parchemin.core.plain import decision_from_plain, decision_to_plain
from parchemin.core.scheme import Register
from tests.core.builders import TODAY, day, facts, rule, ruled

STATED = Stated(statement="adult")
UNDER = ruled(
    Stage.ELIGIBILITY,
    rule("eligibility.adult", STATED),
    rule(
        "eligibility.either",
        AnyOf(parts=(Part(says="a", source="s", check=RouteOpen()), Part(says="b", source="t", check=STATED))),
    ),
)
LIFTED = Override(rule="eligibility.adult", author="CPNE", reason="motif", source="PV", decided_on=day("2026-01-02"))
MADE = decide(Stage.ELIGIBILITY, facts(route="vae", statements={"adult": False}, overrides=(LIFTED,)), UNDER, TODAY)


def test_a_decision_in_json_types() -> None:
    assert decision_to_plain(MADE) == {
        "format": "parchemin/decision-1",
        "stage": "eligibility",
        "scheme": {"id": "sample", "version": "2026-01-01", "digest": "f00d"},
        "decided_on": "2026-06-15",
        "outcome": "met",
        "findings": [
            {
                "rule": "eligibility.adult",
                "effect": "blocking",
                "outcome": "not_met",
                "says": "Règle eligibility.adult",
                "seen": "non",
                "source": "reglement, art. 1",
                "values": {},
                "parts": [],
                "override": {
                    "rule": "eligibility.adult",
                    "author": "CPNE",
                    "reason": "motif",
                    "source": "PV",
                    "decided_on": "2026-01-02",
                },
            },
            {
                "rule": "eligibility.either",
                "effect": "blocking",
                "outcome": "met",
                "says": "Règle eligibility.either",
                "seen": "VAE : voie ouverte",
                "source": "reglement, art. 1",
                "values": {},
                "parts": [
                    {"rule": "", "effect": "blocking", "outcome": "met", "says": "a", "seen": "VAE : voie ouverte",
                     "source": "s", "values": {}, "parts": [], "override": None},
                    {"rule": "", "effect": "blocking", "outcome": "not_met", "says": "b", "seen": "non",
                     "source": "t", "values": {}, "parts": [], "override": None},
                ],
                "override": None,
            },
        ],
    }  # fmt: skip


def test_keys_come_in_a_fixed_order() -> None:
    plain = decision_to_plain(MADE)
    assert list(plain) == ["format", "stage", "scheme", "decided_on", "outcome", "findings"]
    assert list(plain["findings"][0]) == [
        "rule", "effect", "outcome", "says", "seen", "source", "values", "parts", "override",
    ]  # fmt: skip


def test_a_decision_read_back_is_the_same() -> None:
    assert decision_from_plain(json.loads(json.dumps(decision_to_plain(MADE)))) == MADE


def test_figures_are_kept() -> None:
    made = decide(
        Stage.ELIGIBILITY,
        facts(),
        ruled(Stage.ELIGIBILITY, rule("eligibility.register", RegisterAmong(registers=(Register.RNCP,)))),
        TODAY,
    )
    plain = decision_to_plain(made)
    assert plain["findings"][0]["values"] == {"register": "rncp"}
    assert decision_from_plain(plain).findings[0].values == {"register": "rncp"}


@pytest.mark.parametrize(
    "spoilt",
    [
        {"format": "parchemin/decision-2"},
        {"format": None},
        {"stage": "lunch"},
        {"outcome": "maybe"},
        {"decided_on": "yesterday"},
        {"scheme": {"id": "x"}},
        {"scheme": None},
        {"findings": [{}]},
        {"findings": 3},
    ],
)
def test_anything_else_is_misuse(spoilt: dict[str, Any]) -> None:
    with pytest.raises(Misuse) as refused:
        decision_from_plain(decision_to_plain(MADE) | spoilt)
    assert refused.value.code == "not_a_decision"
    assert list(refused.value.values) == (["format"] if "format" in spoilt else ["error"])
    assert None not in [value for key, value in refused.value.values.items() if key == "error"]


def test_misuse_names_the_format_and_the_fault() -> None:
    with pytest.raises(Misuse) as refused:
        decision_from_plain({"format": "other"})
    assert refused.value.values == {"format": "other"}
    plain = decision_to_plain(MADE)
    del plain["stage"]
    with pytest.raises(Misuse) as refused:
        decision_from_plain(plain)
    assert refused.value.values == {"error": "'stage'"}
