"""How a decision is told in a letter."""

from dataclasses import replace

import pytest

from parchemin.core.decision import MET, NOT_MET, UNKNOWN, Decision, Effect, Outcome, Stage
from parchemin.edges.letters import Kind, pdf, text
from parchemin.edges.letters.letter import Language
from tests.edges.letters.cast import (
    composed_refusal,
    decision,
    finding,
    letter,
    lived,
    met,
    override,
    read,
    refusal,
    squeezed,
)


def told(one: Decision, language: Language = "fr") -> str:
    """The letter of a decision, with plain spaces, checked to be the same on paper."""
    sent = letter(Kind.REFUSED, language, decision=one)
    assert squeezed(read(pdf(sent)).text) == squeezed(text(sent))
    return text(sent).replace("\u202f", " ").replace("\u00a0", " ")


def test_a_real_refusal_is_told_whole() -> None:
    assert (
        "✗ Recevabilité : 1 condition n’est pas remplie.\n\n"
        "Examiné le 1er juin 2020 d’après les règles\n"
        "cqp-assistant-formation@undated. Chaque règle est citée avec ce qui a\n"
        "été constaté et sa source.\n\n"
        "Conditions non remplies (1)\n"
        "···························\n\n"
        "✗ À la date de sa demande, le candidat a au moins trois ans d’activités\n"
        "  liées au CQP.\n"
        "  Constat : 35 mois et 20 jours sur 3 ans.\n"
        "  Source : Mode d’emploi du CQP Assistant(e) de formation, non daté,\n"
        "  l. 132\n"
        "  cqp-assistant-formation@undated#eligibility.experience\n\n"
        "Conditions à établir (1)\n"
        "························\n\n"
        "? Le secrétariat de la CPEF a donné un avis favorable.\n"
    ) in told(refusal())


def test_every_finding_of_a_decision_is_told_with_its_rule_id() -> None:
    for one in (refusal(), composed_refusal(), lived("titre-ingenierie-formation-vae", "2025-11-27", Stage.JURY)):
        said = squeezed(told(one))
        for shown in one.findings:
            assert squeezed(f"{one.scheme}#{shown.rule}") in said
            assert squeezed(shown.says.replace("'", "’")) in said
            assert squeezed(shown.source.replace("'", "’")) in said


def test_groups_come_in_the_order_of_what_matters() -> None:
    one = decision(
        met("remplie"),
        finding("signalée", effect=Effect.WARNING),
        finding("inconnue", UNKNOWN),
        finding("levée", override=override("Maud")),
        finding("manquée"),
    )
    said = told(one)
    titles = [
        "non remplies (1)",
        "à établir (1)",
        "levées par dérogation (1)",
        "À savoir, sans effet",
        "remplies (1)\n···",
    ]
    rules = ["✗ manquée", "? inconnue", "✗ levée", "! Avertissement : signalée", "✓ remplie"]
    places = [said.index(text) for pair in zip(titles, rules, strict=True) for text in pair][2:-2]
    assert places == sorted(places)


def test_parts_are_indented_under_their_rule_and_name_their_outcome() -> None:
    assert (
        "  ✗ Elle se passe en organisme de formation, pour un candidat non\n"
        "    salarié de la branche.\n"
        "    Non rempli.\n"
        "    ✓ L’évaluation se passe en entreprise ou en organisme de formation.\n"
        "      Rempli : lieux conformes.\n"
        "    ✗ Aucune entreprise de la branche n’emploie le candidat.\n"
        "      Non rempli : non.\n"
        "  Source : "
    ) in told(composed_refusal())


def test_the_source_of_a_part_is_told_when_it_is_its_own() -> None:
    same, other = finding("a", rule="", source="Texte"), finding("b", rule="", source="Autre texte")
    said = told(decision(finding("tout", source="Texte", parts=(same, other))))
    assert said.count("Source : Texte") == 1
    assert said.count("Source : Autre texte") == 1


def test_an_override_is_told_with_author_reason_and_source() -> None:
    said = told(decision(finding("levée", override=override("Maud, présidente")), outcome=MET))
    assert "✓ Jury : toutes les conditions sont remplies ou levées, dont 1 par\n  dérogation." in said
    assert (
        "✗ levée\n"
        "  Constat : levée.\n"
        "  Dérogation de Maud, présidente, le 21 novembre 2026 : Maud,\n"
        "    présidente.\n"
        "  Source : Maud, présidente\n"
        "  Source : levée\n"
    ) in said


@pytest.mark.parametrize(
    ("findings", "outcome", "expected"),
    [
        ([met("a")], MET, "✓ Jury : toutes les conditions sont remplies."),
        ([finding("a")], NOT_MET, "✗ Jury : 1 condition n’est pas remplie."),
        ([finding("a"), finding("b")], NOT_MET, "✗ Jury : 2 conditions ne sont pas remplies."),
        ([finding("a", UNKNOWN)], UNKNOWN, "? Jury : 1 condition reste à établir."),
        ([finding("a", UNKNOWN), finding("b", UNKNOWN)], UNKNOWN, "? Jury : 2 conditions restent à établir."),
        ([], UNKNOWN, "? Jury : aucune règle bloquante ne s’applique, rien n’est établi."),
    ],
)
def test_the_verdict_is_one_sentence(findings: list, outcome: Outcome, expected: str) -> None:  # type: ignore[type-arg]
    assert expected in told(decision(*findings, outcome=outcome))


def test_the_verdict_counts_every_override() -> None:
    one = decision(*(finding(name, override=override()) for name in "ab"), outcome=MET)
    assert "dont 2 par" in told(one)


def test_english_letters_quote_the_rules_in_french() -> None:
    said = told(refusal(), "en")
    assert "✗ Eligibility: 1 condition is not met." in said
    assert "Seen: 35 mois et 20 jours sur 3 ans." in said
    assert "! Warning: Le dispositif ne demande pas" in said
    assert "à la date de sa demande" in said.lower()


def test_many_findings_run_over_pages_and_none_is_lost() -> None:
    one = refusal()
    many = replace(one, findings=tuple(f._replace(rule=f"{f.rule}.{n}") for n in range(12) for f in one.findings))
    sent = letter(Kind.REFUSED, decision=many)
    seen = read(pdf(sent))
    assert len(seen.feet) > 5
    assert squeezed(seen.text) == squeezed(text(sent))


def test_a_rule_longer_than_a_page_is_cut_between_pages() -> None:
    long = decision(finding(says="mot " * 3000, seen="vu", source="texte"))
    sent = letter(Kind.REFUSED, decision=long)
    assert squeezed(read(pdf(sent)).text) == squeezed(text(sent))
