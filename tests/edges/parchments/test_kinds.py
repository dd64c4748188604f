"""Every kind on paper: archived, tagged, its fonts inside, its text whole and in order, the same each time."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from hashlib import sha256
from typing import Any

import pytest

from parchemin.edges.parchments import (
    Duplicate,
    Nsf,
    Parchment,
    Result,
    ResultLine,
    parchment_pdf,
    parchment_pdfs,
)
from parchemin.edges.parchments.setting import worded
from tests.edges.letters.cast import read, squeezed
from tests.edges.parchments.cast import (
    ADDRESS,
    AT,
    BLOCK,
    CERTIFICATION,
    CREDENTIAL,
    KINDS,
    NOUR,
    NUMBER,
    block_certificate,
    certificate,
    extract,
    house,
    statement,
    structure,
    supplement,
)
from tests.samples import ROOT

Make = Callable[..., Parchment]
EVERY = pytest.mark.parametrize("kind", KINDS)
TITLE = worded(CERTIFICATION.title)
WHOLE = (
    "Institut fictif des certifications", "Les Métiers du Ponant", "Certification professionnelle", TITLE,
    "Niveau 4 du cadre national", "niveau 4 du cadre européen des certifications (CEC)",
    "répertoire national des certifications professionnelles (RNCP) sous le code RNCP99999",
    "Décision du 12 décembre 2025", "15 décembre 2025", "223 Métallurgie",
    "Le présent parchemin est délivré à", "Nour Élodie Belhadj", "nom d’usage : Le Goff",
    "née le 1er mars 1990 à Saint-Étienne (Loire)", "par décision du jury réuni le 18 mars 2026",
    "Numéro", "7K3M 9QXT 2F4H", ADDRESS, "Fait à Lyon, le 20 mars 2026", "La présidente de l’institut", "Claire Aubert",
)  # fmt: skip
ORDERS: dict[str, tuple[str, ...]] = {
    "certificate": WHOLE,
    "block": (
        "Institut fictif", "Certificat de bloc de compétences", BLOCK.title,
        f"Bloc de compétences BC02 de la certification « {TITLE} »", "Niveau 4", "RNCP99999", "223",
        "atteste que ce bloc est acquis par", "Nour Élodie Belhadj", "18 mars 2026", "7K3M 9QXT 2F4H", ADDRESS,
        "Claire Aubert",
    ),
    "statement": (
        "Relevé de résultats", "Nour Élodie Belhadj", "Ce relevé ne vaut pas certification.", TITLE, "RNCP99999",
        "BC01", "Accueillir", "Acquis", "le 18 mars 2026", "BC02", BLOCK.title, "À reprendre : la mise en situation",
        "Non acquis", "BC03", "Dispensé", "BC04", "En attente", "jusqu’au 18 mars 2031 inclus",
        "Résultats arrêtés par le jury réuni le 18 mars 2026.", "7K3M 9QXT 2F4H", ADDRESS, "Claire Aubert",
    ),
    "extract": (
        "Extrait du procès-verbal du jury", "Nour Élodie Belhadj", "PV2026-0007", "18 mars 2026", "Loïc Fictif",
        "19 mars 2026", "3f9a 77c1 0b2e 45d8", "2026-0042", TITLE, "BC01 Accueillir", "Acquis", "Certification entière",
        "Non délivrée", "Le jury invite la candidate à se représenter.", "Extrait certifié conforme", "2 avril 2026",
    ),
    "supplement-fr": (
        "Supplément au certificat", "1. Intitulé", TITLE, "2. Traduction", "Sans objet",
        "3. Profil de compétences", "Diagnostiquer une panne", "4. Emplois accessibles", "Technicien d’atelier",
        "5. Base officielle", "Autorité fictive", "RNCP99999", "Niveau 4", "Chaque bloc est acquis",
        "Accès au niveau suivant", "Non renseigné.", "6. Voies d’accès",
        "Par un parcours de formation", "70 %", "12 mois", "Par expérience",
        "Conditions d’entrée", "Avoir dix-huit ans.", "Informations complémentaires", "Non renseigné.", "Claire Aubert",
    ),
    "supplement-en": (
        "Certificate supplement", "The contents of the sections are in French", "1. Title", TITLE,
        "2. Translated title", TITLE, "is not translated", "3. Profile of skills", "Diagnostiquer une panne",
        "4. Range of occupations", "Valoriste",
        "5. Official basis", "Level 4 of the French national framework, level 4 of the European framework (EQF)",
        "6. Officially recognised ways", "Entry requirements", "Avoir dix-huit ans.", "Not stated.",
        "Lyon, 20 March 2026",
    ),
}  # fmt: skip
"""What stands on each kind, in the order it is read and copied."""


def body(pdf: bytes) -> str:
    return squeezed(read(pdf).text)


@EVERY
def test_its_text_is_copied_whole_and_in_reading_order(kind: str) -> None:
    found, place = body(parchment_pdf(KINDS[kind], AT)), 0
    for text in ORDERS[kind]:
        at = found.find(squeezed(text), place)
        assert at >= 0, text
        place = at + len(squeezed(text))


@EVERY
def test_it_is_archived_and_tagged_with_one_output_intent(kind: str) -> None:
    pdf = parchment_pdf(KINDS[kind], AT, CREDENTIAL)
    seen = read(pdf)
    assert seen.is_tagged
    assert {"H1", "P", "Figure"} <= seen.tags
    assert re.search(rb"pdfaid:part>3<", pdf) and re.search(rb"pdfaid:conformance>A<", pdf)
    assert re.search(rb"pdfuaid:part>1<", pdf)
    assert pdf.count(b"/Type/OutputIntent/") == 1
    assert b"/DisplayDocTitle true" in pdf
    assert b"/Encrypt" not in pdf and b"/JavaScript" not in pdf
    assert seen.metadata["Author"] == "Institut fictif des certifications"


@pytest.mark.parametrize(
    ("kind", "title", "language"),
    [
        ("certificate", f"{TITLE} — Nour Élodie Belhadj — {NUMBER}", "fr"),
        ("block", f"{BLOCK.title} — Nour Élodie Belhadj — {NUMBER}", "fr"),
        ("statement", f"Relevé de résultats — Nour Élodie Belhadj — {NUMBER}", "fr"),
        ("extract", "Extrait du procès-verbal du jury PV2026-0007 — Nour Élodie Belhadj", "fr"),
        ("supplement-fr", f"Supplément au certificat — {TITLE}", "fr"),
        ("supplement-en", f"Certificate supplement — {TITLE}", "en"),
    ],
)
def test_it_says_its_title_and_its_language(kind: str, title: str, language: str) -> None:
    pdf = parchment_pdf(KINDS[kind], AT)
    assert read(pdf).metadata["Title"] == title
    assert structure(pdf).language == language


@EVERY
def test_its_fonts_are_inside(kind: str) -> None:
    fonts = read(parchment_pdf(KINDS[kind], AT)).fonts
    assert fonts and all(is_embedded for _, is_embedded in fonts)
    assert {name.split("-")[0] for name, _ in fonts} <= {"SourceSerif4", "JetBrainsMono"}


@EVERY
def test_the_credential_comes_back_byte_for_byte(kind: str) -> None:
    pdf = parchment_pdf(KINDS[kind], AT, CREDENTIAL)
    assert structure(pdf).attachments == {"credential.json": CREDENTIAL}
    assert pdf.count(b"/AFRelationship/Alternative") == 1
    assert re.search(rb"/AF\[\d+ 0 R\]", pdf)
    assert structure(parchment_pdf(KINDS[kind], AT)).attachments == {}


def test_each_picture_says_what_it_is() -> None:
    alts = structure(parchment_pdf(certificate(), AT)).alts()
    assert alts == [
        "Logo de Institut fictif des certifications",
        f"Code QR de l’adresse de vérification {ADDRESS}",
        "Signature manuscrite de Claire Aubert",
    ]
    plain = house(logo=None, signatory=replace(house().signatory, image=None))
    assert structure(parchment_pdf(certificate(house=plain), AT)).alts() == [alts[1]]


@EVERY
def test_the_same_document_gives_the_same_bytes(kind: str) -> None:
    made = parchment_pdf(KINDS[kind], AT, CREDENTIAL)
    assert made == parchment_pdf(KINDS[kind], AT, CREDENTIAL)
    assert made != parchment_pdf(KINDS[kind], AT + timedelta(seconds=1), CREDENTIAL)
    assert made != parchment_pdf(KINDS[kind], AT, b"{}")


def test_the_same_instant_in_another_zone_gives_the_same_bytes() -> None:
    elsewhere = AT.astimezone(timezone(timedelta(hours=2)))
    assert parchment_pdf(certificate(), AT) == parchment_pdf(certificate(), elsewhere)


@pytest.mark.parametrize("seed", ["1", "2"])
def test_another_process_gives_the_same_bytes(seed: str) -> None:
    script = (
        "from hashlib import sha256; from tests.edges.parchments.cast import *; "
        "from parchemin.edges.parchments import parchment_pdf; "
        "print(sha256(parchment_pdf(certificate(), AT, CREDENTIAL)).hexdigest())"
    )
    paths = os.pathsep.join((str(ROOT), str(ROOT / "src")))
    command = [sys.executable, "-c", script]
    environment = {"PYTHONHASHSEED": seed, "PYTHONPATH": paths, "TZ": "Asia/Tokyo"}
    told = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True).stdout
    assert told.strip() == sha256(parchment_pdf(certificate(), AT, CREDENTIAL)).hexdigest()


def test_many_are_the_same_as_each_alone() -> None:
    holders = [replace(certificate().holder, name=name) for name in ("Belhadj", "Éon", "O'Brien", "Ngô")]
    orders: list[tuple[Parchment, bytes | None]] = [
        (certificate(holder=holder, number=f"N{place:07}"), CREDENTIAL) for place, holder in enumerate(holders)
    ]
    orders += [(block_certificate(), None), (statement(), CREDENTIAL)]
    together = list(parchment_pdfs(orders, AT))
    assert together == [parchment_pdf(parchment, AT, credential) for parchment, credential in orders]
    assert len(set(together)) == len(orders)


def test_a_duplicate_keeps_its_number_and_says_what_it_is() -> None:
    made = certificate(duplicate=Duplicate(issued_on=date(2028, 5, 3)))
    found = read(parchment_pdf(made, AT)).text
    assert "DUPLICATA établi le 3 mai 2028" in " ".join(found.split())
    assert "7K3M 9QXT 2F4H" in found.replace("\xa0", " ")
    assert "DUPLICATA" not in read(parchment_pdf(certificate(), AT)).text


def test_a_certificate_is_a_landscape_and_a_block_certificate_is_not() -> None:
    width, height = structure(parchment_pdf(certificate(), AT)).sizes[0]
    assert (round(width), round(height)) == (842, 595)
    assert structure(parchment_pdf(block_certificate(), AT)).sizes == [pytest.approx((595.28, 841.89), abs=0.1)]


def test_the_end_of_validity_is_printed() -> None:
    found = body(parchment_pdf(certificate(valid_until=date(2031, 3, 19)), AT))
    assert squeezed("Valable jusqu’au 19 mars 2031 inclus") in found
    assert "Valable" not in body(parchment_pdf(certificate(), AT))


def test_a_statement_of_a_whole_award_does_not_deny_it() -> None:
    assert squeezed("ne vaut pas certification") not in body(parchment_pdf(statement(is_whole=True), AT))


def test_a_long_statement_goes_on_and_counts_its_pages() -> None:
    made = statement(lines=statement().lines * 20)
    pdf = parchment_pdf(made, AT)
    pages = len(structure(pdf).sizes)
    assert pages > 2
    assert f"page {pages}/{pages}" in " ".join(read(pdf).feet)
    assert body(pdf).count("BC03") == 20
    assert "TH" in read(pdf).tags


def test_an_extract_without_an_address_has_no_code() -> None:
    assert not [alt for alt in structure(parchment_pdf(extract(), AT)).alts() if "QR" in alt]
    checked = parchment_pdf(extract(address=ADDRESS), AT)
    assert [alt for alt in structure(checked).alts() if "QR" in alt]


def test_contents_in_english_are_announced_in_french() -> None:
    made = supplement(written_in="en", skills=("It's a skill: yes",))
    found = body(parchment_pdf(made, AT))
    assert squeezed("Le contenu des rubriques est en anglais") in found
    assert squeezed("It’s a skill: yes") in found


@pytest.mark.parametrize("make", [certificate, block_certificate])
def test_nothing_runs_off_the_page_however_long(make: Make) -> None:
    title = ("Responsable de la conception et de l'animation de dispositifs de formation multimodaux " * 2)[:120]
    holder = replace(
        certificate().holder, first_names="Marie-Antoinette Élisabeth", name="de La Rochefoucauld-Montmorency d'Aÿ"
    )
    long = replace(CERTIFICATION, title=title)
    made = make(certification=long, holder=holder, duplicate=Duplicate(issued_on=date(2028, 5, 3)))
    pdf = parchment_pdf(made, AT)
    assert len(holder.full_name) >= 60 and len(title) == 120
    assert len(structure(pdf).sizes) == 1
    assert_inside(pdf, 17)
    found = body(pdf)
    assert squeezed(worded(title)) in found and squeezed(holder.full_name) in found


@pytest.mark.parametrize("make", [certificate, block_certificate, statement])
@pytest.mark.parametrize("letter", ["n", "l"])
def test_a_word_without_an_end_stays_on_the_page(make: Make, letter: str) -> None:
    word = letter * 60
    holder = replace(NOUR, first_names="A", name=word, usage_name=word, born_at=word)
    long = replace(CERTIFICATION, title=f"{word} {word}", code=word, decision=word, nsf=(Nsf(code=word, label=word),))
    address = f"https://{'exemple' * 6}.fr/" + letter.lower() * 120
    line = ResultLine(code=word, title=word, result=Result.ACQUIRED, note=word)
    more: dict[str, Any] = {"lines": (line,)} if make is statement else {}
    body_of = house(legal_name=word, trade_name=word, place=word)
    pdf = parchment_pdf(make(holder=holder, certification=long, address=address, house=body_of, **more), AT)
    assert_inside(pdf, 14)
    assert squeezed(word * 2) in body(pdf) and squeezed(address) in body(pdf)


def assert_inside(pdf: bytes, millimetres: float) -> None:
    """No text stands nearer to the edges of its page."""
    seen, edge = structure(pdf), millimetres * 72 / 25.4
    width, height = seen.sizes[0]
    for left, bottom, right, top in seen.boxes:
        assert left >= edge and right <= width - edge
        assert bottom >= edge and top <= height - edge


@pytest.mark.parametrize("words", ["", "Résultats du {jury_date}"])
def test_a_document_always_has_a_title(words: str) -> None:
    made = statement(jury_on=None, house=house(wording={"statement_heading": words}))
    assert read(parchment_pdf(made, AT)).metadata["Title"].startswith("Relevé de résultats — ")


def test_what_is_typed_is_never_read_as_layout() -> None:
    hostile = 'Jo #let x = 1 *g* _x_ [a] $b$ \\ " <e> // r /* n */ = t @r `c` {holder} #panic("x") %s'
    made = certificate(
        holder=replace(certificate().holder, name=hostile), certification=replace(CERTIFICATION, title=hostile)
    )
    assert body(parchment_pdf(made, AT)).count(squeezed(hostile)) == 2


def test_controls_and_turns_of_direction_are_left_out() -> None:
    holder = replace(certificate().holder, name="Bel\u202ehadj\u0007\u200b Ngo\u0302")
    found = read(parchment_pdf(certificate(holder=holder), AT)).text
    assert "Belhadj Ngô" in found and "\u202e" not in found


@pytest.mark.parametrize(
    "name", ["Łukasz Żółć", "Nguyễn Thị Hồng Hạnh", "Σωκράτης", "Đặng", "Ærøskøbing", "Ștefănescu"]
)
def test_names_of_other_alphabets_that_the_fonts_have(name: str) -> None:
    found = read(parchment_pdf(certificate(holder=replace(certificate().holder, name=name)), AT)).text
    assert name in found


def test_it_says_when_it_was_made() -> None:
    at = datetime(2026, 3, 20, 15, 0, 1, tzinfo=UTC)
    assert read(parchment_pdf(certificate(), at)).metadata["CreationDate"].startswith("D:20260320150001")
