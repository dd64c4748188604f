"""decide and examine: every rule that applies is answered, in order, and nothing else."""

import pytest

from parchemin.core.checks import AllOf, AnyOf, Part, Silent
from parchemin.core.checks.eligibility import RegisterAmong, RouteOpen, Stated
from parchemin.core.deciding import decide, examine
from parchemin.core.decision import MET, NOT_MET, UNKNOWN, Effect, Finding, Outcome, Override, Stage
from parchemin.core.facts import Facts
from parchemin.core.scheme import Register, Scheme, When
from tests.core.builders import SCHEME, SOURCE, TODAY, day, facts, rule, ruled, scheme, seen, told, warning

ADULT = Stated(statement="adult")
UNDER = ruled(
    Stage.ELIGIBILITY,
    rule("eligibility.route", RouteOpen()),
    warning("eligibility.adult", ADULT),
    rule("eligibility.vae", ADULT, when=When(route=("vae",))),
)


def test_one_finding_per_rule_that_applies_in_the_order_of_the_scheme() -> None:
    made = decide(Stage.ELIGIBILITY, facts(route="training"), UNDER, TODAY)
    assert made.stage is Stage.ELIGIBILITY
    assert made.scheme == SCHEME.ref
    assert made.decided_on == TODAY
    assert made.outcome is MET
    assert made.findings == (
        Finding(
            "eligibility.route", Effect.BLOCKING, MET, "Règle eligibility.route", "Formation : voie ouverte", SOURCE
        ),
        Finding("eligibility.adult", Effect.WARNING, UNKNOWN, "Règle eligibility.adult", "non renseigné", SOURCE),
    )


def test_a_rule_that_may_apply_is_in_doubt_and_not_looked_at() -> None:
    made = decide(Stage.ELIGIBILITY, facts(statements={"adult": True}), UNDER, TODAY)
    assert made.findings[2].outcome is UNKNOWN
    assert made.findings[2].seen == (
        "on ne sait pas si la règle s'applique : voie, répertoire ou début du parcours non renseigné"
    )


def test_a_stage_without_rules_is_in_doubt() -> None:
    made = decide(Stage.JURY, Facts(), UNDER, TODAY)
    assert made.outcome is UNKNOWN
    assert made.findings == ()


def override(rule: str = "eligibility.adult", on: str = "2026-06-15") -> Override:
    return Override(rule=rule, author="CPNE", reason="motif", source="décision", decided_on=day(on))


REFUSED = {"adult": False}


def blocked(is_firm: bool = False) -> Scheme:
    return ruled(Stage.ELIGIBILITY, rule("eligibility.adult", ADULT, is_firm=is_firm))


@pytest.mark.parametrize(
    ("overrides", "statements", "is_firm", "outcome", "lifted"),
    [
        ((override(),), REFUSED, False, MET, True),
        ((override(on="2026-06-14"),), REFUSED, False, MET, True),
        ((override(on="2026-06-16"),), REFUSED, False, NOT_MET, False),
        ((override("eligibility.other"),), REFUSED, False, NOT_MET, False),
        ((override("eligibility.other"), override()), REFUSED, False, MET, True),
        ((override(),), REFUSED, True, NOT_MET, False),
        ((override(),), {}, False, UNKNOWN, False),
        ((override(),), {"adult": True}, False, MET, False),
        ((), REFUSED, False, NOT_MET, False),
    ],
)
def test_an_override_lifts_a_refusal_and_edits_nothing(
    overrides: tuple[Override, ...], statements: dict[str, bool], is_firm: bool, outcome: Outcome, lifted: bool
) -> None:
    made = decide(Stage.ELIGIBILITY, facts(overrides=overrides, statements=statements), blocked(is_firm=is_firm), TODAY)
    assert made.outcome is outcome
    assert (made.findings[0].override is not None) is lifted
    if lifted:
        assert made.findings[0].outcome is NOT_MET
        assert made.findings[0].override == override(on=str(overrides[-1].decided_on))


def test_the_first_override_recorded_is_the_one_shown() -> None:
    first, second = override(on="2026-01-01"), override(on="2026-02-01")
    made = decide(Stage.ELIGIBILITY, facts(overrides=(first, second), statements=REFUSED), blocked(), TODAY)
    assert made.findings[0].override == first


def test_the_scheme_itself_is_examined() -> None:
    under = scheme(conformity=(rule("conformity.register", RegisterAmong(registers=(Register.RS,))),))
    (found,) = examine(under, TODAY)
    assert (found.rule, found.outcome, found.seen) == ("conformity.register", NOT_MET, "répertoire : rncp")
    assert found.values == {"register": "rncp"}


def test_the_scheme_is_examined_on_a_day() -> None:
    check = RegisterAmong(registers=(Register.RNCP,))
    under = scheme(conformity=(rule("conformity.register", check, when=When(decided_until=TODAY)),))
    assert len(examine(under, TODAY)) == 1
    assert examine(under, day("2026-06-16")) == ()


OPEN, SAID = Part(says="voie", source="s1", check=RouteOpen()), Part(says="majeur", source="s2", check=ADULT)


@pytest.mark.parametrize(
    ("known", "any_outcome", "any_words", "all_outcome", "all_words"),
    [
        (
            facts(route="vae", statements={"adult": True}),
            "met", "VAE : voie ouverte ; ou bien : déclaré et vérifié",
            "met", "VAE : voie ouverte ; déclaré et vérifié",
        ),
        (
            facts(route="vae", statements={"adult": False}),
            "met", "VAE : voie ouverte",
            "not_met", "VAE : voie ouverte ; non",
        ),
        (
            facts(statements={"adult": False}),
            "unknown", "voie non renseignée ; ou bien : non",
            "not_met", "voie non renseignée ; non",
        ),
        (
            facts(route="vae"),
            "met", "VAE : voie ouverte",
            "unknown", "VAE : voie ouverte ; non renseigné",
        ),
        (
            facts(route="nowhere", statements={"adult": False}),
            "not_met", "« nowhere » n'est pas une voie de cette certification ; ou bien : non",
            "not_met", "« nowhere » n'est pas une voie de cette certification ; non",
        ),
    ],
)  # fmt: skip
def test_composed_rules(known: Facts, any_outcome: str, any_words: str, all_outcome: str, all_words: str) -> None:
    assert told(AnyOf(parts=(OPEN, SAID)), known) == (any_outcome, any_words)
    assert told(AllOf(parts=(OPEN, SAID)), known) == (all_outcome, all_words)


@pytest.mark.parametrize("composed", [AnyOf(parts=(OPEN, SAID)), AllOf(parts=(OPEN, SAID))])
def test_each_part_keeps_its_sentence_and_its_source(composed: AnyOf | AllOf) -> None:
    found = seen(composed, facts(route="vae"))
    assert found.values == {}
    assert found.parts == (
        Finding("", Effect.BLOCKING, MET, "voie", "VAE : voie ouverte", "s1"),
        Finding("", Effect.BLOCKING, UNKNOWN, "majeur", "non renseigné", "s2"),
    )


def test_parts_have_parts() -> None:
    inner = AllOf(parts=(OPEN, SAID))
    outer = seen(AnyOf(parts=(Part(says="les deux", source="s3", check=inner),)), facts(route="vae"))
    assert outer.parts[0].parts == seen(inner, facts(route="vae")).parts


def test_what_the_source_leaves_out_is_told_in_words() -> None:
    found = seen(Silent(of="lasts", missing=("lasts", "counted_from", "novelty")))
    assert found.outcome is UNKNOWN
    assert found.words == (
        "la source ne le dit pas (durée, départ du délai, novelty) : à fixer par une décision de l'organisme"
    )
    assert found.values == {"missing": ["lasts", "counted_from", "novelty"]}
    assert Silent(of="lasts", missing=()).known == {}
