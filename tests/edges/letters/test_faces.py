"""The same letter on paper and in an e-mail."""

import itertools
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from parchemin.core.errors import Misuse
from parchemin.core.plain import decision_to_plain
from parchemin.edges.letters import Appeal, Kind, Recipient, Said, Sender, pdf, subject, text, written
from parchemin.edges.letters.letter import Language
from tests.edges.letters.cast import (
    RECIPIENT,
    SENDER,
    VALUES,
    bounded,
    composed_refusal,
    letter,
    read,
    refusal,
    squeezed,
)

NARROW = "\u202f"
APPEAL = Appeal(how="Écrivez à la commission de recours.\n\nJoignez cette lettre.", until=date(2027, 1, 21))
EVERY = list(itertools.product(Kind, ("fr", "en")))
USED = {
    "received_on": date(2026, 11, 2), "decided_on": date(2026, 11, 3), "due_on": date(2027, 1, 1),
    "deposited_on": date(2026, 11, 4), "transferred_on": date(2026, 11, 5), "asked_on": date(2026, 11, 6),
    "filed_on": date(2026, 11, 7), "withdrawn_on": date(2026, 11, 8), "subject": "Votre dossier attend",
    "basis": "Arrêté fictif du 3 mars 2026",
    **{name: value for name, value in VALUES.items() if name != "due_on"},
}  # fmt: skip


@pytest.mark.parametrize(("kind", "language"), EVERY)
@pytest.mark.parametrize("has_decision", [False, True])
def test_paper_and_email_say_the_same_in_the_same_order(kind: Kind, language: Language, has_decision: bool) -> None:
    one = letter(kind, language, values=USED, decision=composed_refusal() if has_decision else None, appeal=APPEAL)
    both = written(one)
    assert squeezed(read(both.pdf).text) == squeezed(both.text)
    assert len(squeezed(both.text)) > 400
    assert both.unprintable == ""
    assert both.subject == subject(one)
    assert both.text == text(one)
    assert both.pdf == pdf(one)


@pytest.mark.parametrize(("kind", "language"), EVERY)
def test_every_kind_is_written_with_nothing_but_what_it_needs(kind: Kind, language: Language) -> None:
    one = letter(kind, language)
    told = text(one)
    assert subject(one) in told
    assert "{" not in told and "None" not in told
    assert squeezed(read(pdf(one)).text) == squeezed(told)


def test_the_whole_email() -> None:
    one = letter(Kind.RECEIVED, values={"received_on": "2026-11-20", "due_on": date(2027, 1, 1)})
    assert text(one).replace(NARROW, "~").replace("\u00a0", "_") == (
        "Institut fictif des certifications\n"
        "12 rue de l’Exemple\n"
        "69000 Lyon\n"
        "candidatures@institut.example\n\n"
        "Nour Belhadj\n"
        "3 allée des Tilleuls\n"
        "42100 Saint-Étienne\n\n"
        "Lyon, le 21_novembre_2026\n\n"
        "Objet~: Nous avons bien reçu votre demande\n"
        "Certification~: CQP Assistant(e) de formation\n"
        "Dossier~: 2026-0042\n"
        "Référence~: 2026-0042-L3\n\n"
        "Madame, Monsieur,\n\n"
        "Votre demande nous est parvenue le 20_novembre_2026.\n\n"
        "Nous vérifions d’abord qu’elle est complète, puis nous l’examinons.\n\n"
        "Nous vous répondrons au plus tard le 1er_janvier_2027.\n\n"
        "Et maintenant\n"
        "-------------\n\n"
        "- Vous n’avez rien à envoyer pour le moment.\n"
        "- Si votre adresse ou votre situation change, écrivez-nous en rappelant\n"
        "  votre numéro de dossier.\n\n"
        "Nous vous prions d’agréer, Madame, Monsieur, l’expression de nos\n"
        "salutations distinguées.\n\n"
        "Claire Aubert\n"
        "Responsable de la certification\n"
    )


def test_email_lines_have_72_columns_at_most() -> None:
    long = letter(Kind.REFUSED, decision=composed_refusal(), opening=("mot " * 200, "x" * 500))
    assert max(map(len, text(long).splitlines())) <= 72


def test_an_address_of_the_web_is_not_cut() -> None:
    address = "https://certifications.example/" + "recours/" * 12
    assert f"  {address}\n" in text(letter(opening=(Said("Où écrire", f"Là :\n{address}"),)))


@pytest.mark.parametrize("name", ["opening", "next_steps", "closing"])
def test_typography_is_french_in_french_only(name: str) -> None:
    said: dict[str, Any] = {name: ('L\'appel : "oui" ; non ? « si » à 50 % !',)}
    asked: dict[str, Any] = {name: ("The jury's answer: yes.",)}
    assert 'L’appel~: "oui"~; non~? «~si~» à 50~%~!' in text(letter(**said)).replace(NARROW, "~")
    assert "The jury’s answer: yes." in text(letter(language="en", **asked))
    assert NARROW not in text(letter(language="en", **asked))


def test_narrow_spaces_reach_the_paper() -> None:
    assert f"Objet{NARROW}: " in read(pdf(letter())).text


def test_numbers_and_addresses_are_left_as_given() -> None:
    one = letter(
        reference="A : B'C", candidacy="n° 1 : d'un", sender=replace(SENDER, email="o'neil@institut.example"), place=""
    )
    told = text(one)
    assert f"Référence{NARROW}: A : B'C\n" in told
    assert f"Dossier{NARROW}: n° 1 : d'un\n" in told
    assert "o'neil@institut.example\n" in told
    assert "\n\nLe 21\u00a0novembre\u00a02026\n" in told


def test_what_is_not_given_is_left_out() -> None:
    bare = letter(
        sender=Sender(name="Institut"),
        recipient=Recipient(name="Nour Belhadj"),
        reference="",
        candidacy="",
        certification="",
        opening=("", "  \n ", Said("Motif", " ")),
        next_steps=("",),
        closing=(),
        signature=None,
    )
    told = text(bare)
    for absent in ("Référence", "Dossier", "Certification", "Motif", "Et maintenant", "contestez"):
        assert absent not in told
    assert told.endswith("salutations distinguées.\n")
    assert squeezed(read(pdf(bare)).text) == squeezed(told)


def test_subject_and_salutation_have_a_standard_and_can_be_given() -> None:
    assert subject(letter(Kind.REFUSED, subject=" ")) == "Votre demande n’est pas recevable"
    assert subject(letter(Kind.REMINDER, subject="")) == "Un rappel au sujet de votre dossier"
    given = text(letter(subject="Un\nsujet", salutation="Madame la présidente,"))
    assert f"Objet{NARROW}: Un sujet\n" in given
    assert "d’agréer, Madame la présidente, l’expression" in given


def test_an_appeal_tells_its_last_day_or_that_it_is_not_known() -> None:
    known, unknown = text(letter(appeal=APPEAL)), text(letter(appeal=Appeal(how="Écrivez-nous.")))
    assert "jusqu’au 21\u00a0janvier\u00a02027 inclus." in known
    assert "Joignez cette lettre.\n" in known
    assert "La date limite n’est pas connue" in unknown and "inclus" not in unknown
    assert "contest" not in text(letter())


def test_a_decision_may_come_frozen() -> None:
    assert text(letter(decision=refusal())) == text(letter(decision=decision_to_plain(refusal())))
    with pytest.raises(Misuse, match="not_a_decision"):
        text(letter(decision={"format": "else"}))


def test_misuse_is_named() -> None:
    with pytest.raises(Misuse, match="unknown_language"):
        replace(letter(), language="de")  # type: ignore[arg-type]
    with pytest.raises(Misuse, match="unknown_kind"):
        replace(letter(), kind="thanks")  # type: ignore[arg-type]
    with pytest.raises(Misuse, match="naive_instant"):
        pdf(letter(), at=datetime(2026, 11, 21))


class TestPaper:
    @pytest.mark.parametrize("language", ["fr", "en"])
    def test_is_accessible_and_archivable(self, language: Language) -> None:
        made = pdf(letter(Kind.REFUSED, language, decision=composed_refusal(), appeal=APPEAL))
        seen = read(made)
        assert seen.is_tagged
        assert {"Document", "H1", "H2", "H3", "P", "L", "LI", "LBody"} <= seen.tags
        assert seen.metadata["Title"].endswith(" — 2026-0042-L3")
        assert seen.metadata["Author"] == SENDER.name
        assert f"/Lang({language})".encode() in made
        assert b"/DisplayDocTitle true" in made
        for claim in (b"<pdfuaid:part>1<", b"<pdfaid:part>3<", b"<pdfaid:conformance>A<"):
            assert claim in made

    def test_rules_quoted_in_an_english_letter_are_marked_as_french(self) -> None:
        assert b"/Lang(fr)" in pdf(letter(Kind.REFUSED, "en", decision=refusal()))
        assert b"/Lang(fr)" not in pdf(letter(Kind.REFUSED, "en"))

    def test_embeds_its_own_fonts_and_no_other(self) -> None:
        fonts = read(pdf(letter(Kind.REFUSED, decision=refusal()))).fonts
        assert {name for name, _ in fonts} == {"SourceSerif4-Regular", "SourceSerif4-Semibold", "SourceSerif4-It",
                                               "JetBrainsMono-Regular"}  # fmt: skip
        assert all(is_embedded for _, is_embedded in fonts)

    def test_is_a4_with_pages_counted(self) -> None:
        seen = read(pdf(letter(Kind.REFUSED, decision=composed_refusal())))
        assert seen.size == pytest.approx((595.28, 841.89), abs=0.1)
        assert [foot.split()[-1] for foot in seen.feet] == ["1/2", "2/2"]
        assert all("2026-0042-L3" in foot for foot in seen.feet)

    def test_the_address_and_nothing_else_shows_through_the_window(self) -> None:
        address = ("Chez M. Diallo", "Bâtiment C", "125 boulevard de Lattre", "BP 12", "97400 Saint-Denis")
        made = pdf(letter(recipient=Recipient(name="Nour Belhadj", address=address)))
        assert bounded(made, 100, 45, 190, 79).split("\r\n") == ["Nour Belhadj", *address]
        assert bounded(made, 90, 34, 200, 90).split("\r\n") == ["Nour Belhadj", *address]

    def test_a_long_address_pushes_the_letter_down(self) -> None:
        lines = tuple(f"Ligne {number} de l’adresse" for number in range(30))
        made = pdf(letter(recipient=Recipient(name="Nour Belhadj", address=lines)))
        assert bounded(made, 105, 50, 190, 200).split("\r\n")[:31] == ["Nour Belhadj", *lines]

    def test_keeps_margins(self) -> None:
        made = pdf(letter(Kind.REFUSED, decision=composed_refusal(), opening=("m" * 3000, "mot " * 300)))
        for left, top, right, bottom in ((0, 0, 24, 297), (186, 0, 210, 297), (0, 0, 210, 24)):
            assert bounded(made, left, top, right, bottom) == ""

    def test_same_letter_and_instant_give_the_same_bytes(self) -> None:
        one, at = letter(Kind.REFUSED, decision=refusal()), datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
        assert pdf(one, at=at) == pdf(one, at=at)
        assert pdf(one) == pdf(one, at=datetime(2026, 11, 21, 12, tzinfo=UTC))
        assert pdf(one, at=at) != pdf(one, at=at + timedelta(seconds=1))
        assert read(pdf(one, at=at)).metadata["CreationDate"] == "D:20261121093000Z"

    def test_another_run_gives_the_same_bytes(self) -> None:
        program = (
            "import hashlib\n"
            "from tests.edges.letters.cast import letter, refusal\n"
            "from parchemin.edges.letters import pdf\n"
            "print(hashlib.sha256(pdf(letter(decision=refusal()))).hexdigest())"
        )
        runs = {
            subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
            for _ in range(2)
        }
        assert len(runs) == 1

    def test_the_recipient_is_on_both_faces(self) -> None:
        for line in (RECIPIENT.name, *RECIPIENT.address):
            assert line in text(letter())
            assert line in read(pdf(letter())).text
