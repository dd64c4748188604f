"""The decision block: the same whether the decision was just taken or frozen long ago, and nothing left out."""

import re
from collections.abc import Iterator
from functools import cache

import pytest
from django.template import engines
from django.utils import translation

from parchemin.catalogue.lives import live, read_life
from parchemin.catalogue.lookup import Catalogue
from parchemin.core.decision import MET, NOT_MET, UNKNOWN, Decision, Effect, Finding, Override, SchemeRef, Stage
from parchemin.core.errors import Misuse
from parchemin.core.plain import decision_to_plain
from parchemin.places import library
from parchemin.web.shared.decisions import drawn, verdict_of
from parchemin.web.shared.samples import samples
from parchemin.web.shared.typesetting import typeset

LIVES = sorted(library("demo").joinpath("lives").glob("*.yaml"))


@cache
def decisions_of(name: str) -> tuple[Decision, ...]:
    path = next(path for path in LIVES if path.stem == name)
    days = live(read_life(path), Catalogue(library("schemes")))
    return tuple(decision for day in days for decision in day.decisions)


def html(found: object, reason: str = "") -> str:
    template = engines["django"].from_string("{% decision found reason=reason %}")
    return template.render({"found": found, "reason": reason})


def every(findings: tuple[Finding, ...]) -> Iterator[Finding]:
    for finding in findings:
        yield finding
        yield from every(finding.parts)


@pytest.mark.parametrize("name", [path.stem for path in LIVES])
def test_both_faces_of_a_decision_are_drawn_alike(name: str) -> None:
    decisions = decisions_of(name)
    assert decisions
    for decision in decisions:
        assert html(decision) == html(decision_to_plain(decision))


@pytest.mark.parametrize("name", [path.stem for path in LIVES])
def test_every_rule_is_there_with_what_was_seen_and_its_source(name: str) -> None:
    for decision in decisions_of(name):
        shown = html(decision)
        for finding in every(decision.findings):
            for words in (finding.says, finding.seen, finding.source):
                assert typeset(words) in shown
        for finding in decision.findings:
            assert f"{decision.scheme}#{finding.rule}" in shown


def test_what_stands_in_the_way_comes_first_and_what_is_met_is_folded() -> None:
    unmet = samples()["decisions"][0]
    groups = drawn(unmet).groups
    assert [group.kind for group in groups] == ["not_met", "noted", "lifted", "met"]
    assert [group.is_folded for group in groups] == [False, False, False, True]
    shown = html(unmet)
    assert shown.index("1 règle non remplie") < shown.index("<details") < shown.index("2 règles remplies")
    assert "open" not in re.findall(r"<details[^>]*>", shown)[0]


def test_a_rule_lifted_by_a_derogation_says_by_whom_why_and_on_what() -> None:
    shown = html(samples()["decisions"][2])
    for words in ("Dérogation", "Commission fictive", "Expérience équivalente acquise à l’étranger.", "Procès-verbal"):
        assert words in shown


def test_the_outcome_is_told_by_a_word_and_not_by_a_colour_alone() -> None:
    for decision, word in zip(samples()["decisions"], ("Non remplie", "À établir", "Remplie"), strict=True):
        assert f'<span class="sr-only">{word}\u202f: </span>' in html(decision)


def test_the_reason_given_is_shown_and_escaped() -> None:
    shown = html(samples()["decisions"][0], reason="<b>l'essai</b> : non")
    assert "&lt;b&gt;l’essai&lt;/b&gt;\u202f: non" in shown


def test_words_of_a_rule_cannot_become_markup() -> None:
    finding = Finding("award.x", Effect.BLOCKING, NOT_MET, "<script>", "<img src=x>", '"l. 3"')
    scheme = SchemeRef("essai", "2026-01-01", "0" * 64)
    day = samples()["decisions"][0].decided_on
    shown = html(Decision(Stage.AWARD, scheme, day, NOT_MET, (finding,)))
    assert "<script>" not in shown
    assert "<img" not in shown


@pytest.mark.parametrize("stage", Stage)
def test_each_stage_has_its_own_sentence_for_each_outcome_in_both_languages(stage: Stage) -> None:
    french = {verdict_of(stage, outcome) for outcome in (MET, NOT_MET, UNKNOWN)}
    with translation.override("en"):
        english = {verdict_of(stage, outcome) for outcome in (MET, NOT_MET, UNKNOWN)}
    assert len(french) == len(english) == 3
    assert not french & english


def test_what_is_not_a_decision_is_not_drawn() -> None:
    with pytest.raises(TypeError):
        drawn("met")
    with pytest.raises(Misuse):
        drawn({"format": "something else"})


def test_an_override_counts_as_met_but_is_never_hidden_among_the_met() -> None:
    day = samples()["decisions"][0].decided_on
    override = Override(rule="award.x", author="Commission", reason="motif", source="PV", decided_on=day)
    finding = Finding("award.x", Effect.BLOCKING, NOT_MET, "Règle.", "non", "l. 3", {}, (), override)
    decision = Decision(Stage.AWARD, SchemeRef("essai", "2026-01-01", "0" * 64), day, MET, (finding,))
    assert [group.kind for group in drawn(decision).groups] == ["lifted"]
