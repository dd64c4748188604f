"""What a certificate must and must not say, one problem at a time, and what a certification's files give to compare."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from parchemin.catalogue.lookup import Catalogue
from parchemin.core.scheme import Register
from parchemin.edges.parchments import Block, Duplicate, Level, Nsf, Parchment, Registered, linted, registered
from parchemin.edges.parchments.mentions import TABLE, Mention
from tests.edges.parchments.cast import (
    BLOCK,
    CERTIFICATION,
    KINDS,
    NOUR,
    REGISTERED,
    block_certificate,
    certificate,
    extract,
    house,
    statement,
    supplement,
)
from tests.samples import SCHEMES, copied, loaded, published

RS = replace(CERTIFICATION, register=Register.RS, code="RS9999", level=None, nsf=())
RS_FACTS = replace(
    REGISTERED,
    register=Register.RS,
    codes=frozenset({"RS9999"}),
    has_level=None,
    eqf=None,
    blocks=None,
    is_temporary=True,
)
BRANCH = replace(CERTIFICATION, register=Register.BRANCH, code="", decision="", published_on=None, level=None, nsf=())
BRANCH_FACTS = replace(
    REGISTERED, register=Register.BRANCH, codes=frozenset(), decisions=(), has_level=None, eqf=None, nsf=None
)


def of(**changes: Any) -> Parchment:
    """A certificate of the certification with these changes."""
    return certificate(certification=replace(CERTIFICATION, **changes))


def says(line: str, words: str) -> Parchment:
    """A certificate, or a block certificate, in those words."""
    make = block_certificate if line.startswith("block") else certificate
    return make(house=house(wording={line: words}))


def codes(parchment: Parchment, facts: Registered = REGISTERED) -> list[str]:
    return [one.code for one in linted(parchment, facts)]


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_found_in_what_is_right(kind: str) -> None:
    assert linted(KINDS[kind], REGISTERED) == []


def test_a_temporary_certification_of_the_rs_and_one_of_a_branch_can_be_right() -> None:
    assert linted(certificate(certification=RS, valid_until=date(2031, 3, 19)), RS_FACTS) == []
    assert linted(certificate(certification=BRANCH), BRANCH_FACTS) == []


@pytest.mark.parametrize(
    ("parchment", "code"),
    [
        (of(code=""), "missing_registration"),
        (of(code="RNCP1"), "registration_differs"),
        (of(decision=""), "missing_decision"),
        (of(decision="Décision", published_on=None), "undated_decision"),
        (of(decision="Arrêté du 3 mai 2024"), "decision_differs"),
        (of(title="Technicien fictif du réemploi"), "title_modified"),
        (of(title=CERTIFICATION.title.upper()), "title_modified"),
        (of(level=Level(national=None, eqf=4)), "missing_level"),
        (of(level=Level(national=4, eqf=None)), "missing_eqf"),
        (of(level=Level(national=5, eqf=4)), "level_differs"),
        (of(level=Level(national=5, eqf=5)), "level_differs"),
        (of(nsf=()), "missing_nsf"),
        (of(nsf=(Nsf(code="333"),)), "nsf_differs"),
        (of(nsf=(Nsf(code="223"), Nsf(code="333"))), "nsf_differs"),
        (certificate(holder=replace(NOUR, first_names="")), "missing_holder"),
        (certificate(house=house(legal_name="Un autre")), "certifier_differs"),
        (certificate(house=house(place="")), "missing_place"),
        (certificate(house=house(signatory=replace(house().signatory, title=""))), "missing_signatory"),
        (certificate(house=house(signatory=replace(house().signatory, image=None))), "unsigned"),
        (certificate(valid_until=date(2026, 3, 19)), "end_before_issue"),
        (certificate(valid_until=date(2031, 3, 19)), "end_unfounded"),
        (certificate(jury_on=date(2026, 3, 21)), "jury_after_issue"),
        (certificate(duplicate=Duplicate(issued_on=date(2026, 3, 19))), "duplicate_early"),
        (block_certificate(block=replace(BLOCK, title="Concevoir")), "block_title_modified"),
        (block_certificate(block=Block(code="BC09", title="Concevoir")), "block_unknown"),
        (says("certificate_closing", "sous réserve de la validation du stage"), "conditional"),
        (says("block_closing", "Sous Réserves d’usage"), "conditional"),
        (says("certificate_heading", "Titre professionnel"), "ministry_title"),
        (says("certificate_heading", "Certification reconnue par France compétences"), "authority_as_label"),
        (says("certificate_heading", "Certifié France Competences"), "authority_as_label"),
        (says("certificate_closing", "Décision de France compétences"), "authority_named"),
        (says("certificate_heading", "Centre certifié Qualiopi"), "other_label"),
        (says("certificate_closing", "Organisme labellisé, ISO 9001"), "other_label"),
        (certificate(house=house(trade_name="École Qualiopi")), "other_label"),
        (statement(house=house(wording={"statement_closing": "sous réserve"})), "conditional"),
        (statement(certification=replace(CERTIFICATION, title="x")), "title_modified"),
        (extract(certification=replace(CERTIFICATION, title="x")), "title_modified"),
        (supplement(certification=replace(CERTIFICATION, title="Fictional technician")), "title_modified"),
        (supplement(certification=replace(CERTIFICATION, level=Level(national=6, eqf=6))), "level_differs"),
    ],
)  # fmt: skip
def test_one_fault_is_one_mention(parchment: Parchment, code: str) -> None:
    assert codes(parchment) == [code]


@pytest.mark.parametrize(
    ("parchment", "facts", "expected"),
    [
        (certificate(certification=replace(CERTIFICATION, level=None)), REGISTERED, ["missing_level", "missing_eqf"]),
        (certificate(certification=RS), RS_FACTS, ["missing_end"]),
        (certificate(certification=RS), replace(RS_FACTS, is_temporary=None), ["unverified"]),
        (
            certificate(certification=replace(RS, level=Level(national=5, eqf=5)), valid_until=date(2031, 3, 19)),
            RS_FACTS,
            ["level_on_rs"],
        ),
        (block_certificate(certification=RS, valid_until=date(2031, 3, 19)), RS_FACTS, ["block_on_rs"]),
        (block_certificate(), replace(REGISTERED, gives_block_certificates=False), ["block_forbidden"]),
        (certificate(), replace(REGISTERED, has_level=False, eqf=None), ["level_unfounded"]),
        (certificate(), replace(REGISTERED, register=Register.RS), ["register_differs"]),
        (
            certificate(certification=replace(CERTIFICATION, level=Level(national=4, eqf=4, fr1969="IV"))),
            replace(REGISTERED, fr1969="III"),
            ["level_differs"],
        ),
        (says("certificate_heading", "Titre professionnel"), replace(REGISTERED, is_ministerial=True), []),
        (says("block_heading", "Qualiopi"), REGISTERED, ["other_label"]),
        (certificate(house=house(wording={"block_heading": "Qualiopi"})), REGISTERED, []),
    ],
)
def test_what_depends_on_the_certification(parchment: Parchment, facts: Registered, expected: list[str]) -> None:
    assert codes(parchment, facts) == expected


@pytest.mark.parametrize(
    "typed", ["Technicien fictif  du réemploi et de l’atelier", "Technicien fictif du re\u0301emploi et de l'atelier"]
)
def test_typography_does_not_modify_a_title(typed: str) -> None:
    assert linted(of(title=typed), REGISTERED) == []


def test_what_the_sources_do_not_say_is_told_as_a_warning() -> None:
    found = linted(block_certificate(), Registered(title=CERTIFICATION.title))
    assert {one.code for one in found} == {"unverified"}
    told = " ".join(one.sentence for one in found)
    for what in ("code d’enregistrement", "nom du certificateur", "niveau", "codes NSF", "intitulés des blocs"):
        assert what in told


def test_blocking_problems_come_first() -> None:
    made = certificate(house=house(place="", signatory=replace(house().signatory, image=None)))
    assert [one.severity for one in linted(made, REGISTERED)] == ["blocking", "warning"]


@pytest.mark.parametrize("code", TABLE)
def test_each_mention_says_what_to_do_and_where_the_rule_comes_from(code: str) -> None:
    values = dict.fromkeys(("printed", "known", "found", "what"), "§")
    one = Mention(code, values)
    assert one.sentence.endswith(".") and len(one.sentence) > 30 and "{" not in one.sentence
    assert one.severity in ("blocking", "warning")
    assert len(one.source) > 10


def test_the_facts_come_from_the_files_of_the_certification(tmp_path: Any) -> None:
    facts = registered(loaded(published(copied(tmp_path))).scheme)
    assert facts.title == "CQP Technicien du réemploi"
    assert facts.register is Register.RNCP
    assert facts.codes == {"RNCP99999"}
    assert facts.decisions == ("Décision du 12 décembre 2025",)
    assert (facts.has_level, facts.eqf, facts.fr1969, facts.nsf) == (True, 4, None, ("223",))
    assert facts.certifier == "CPNEFP du réemploi"
    assert facts.gives_block_certificates is None
    assert facts.blocks


@pytest.mark.parametrize("id", ["formateur-alternance", "accompagnement-fest", "titre-ingenierie-formation"])
def test_every_certification_gives_facts(id: str) -> None:
    facts = registered(Catalogue(SCHEMES).resolve(id, on=date(2026, 6, 15)).scheme)
    known = {
        "formateur-alternance": (True, 5, "III", ("333",), True, None),
        "accompagnement-fest": (False, None, None, ("333n",), False, True),
        "titre-ingenierie-formation": (None, None, None, None, None, None),
    }[id]
    assert known == (
        facts.has_level, facts.eqf, facts.fr1969, facts.nsf, facts.gives_block_certificates, facts.is_temporary
    )  # fmt: skip
