"""The pages of written works by role: writing, what is kept, limits at the exact bound, handing in."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from parchemin.records.candidacies.models import Candidacy, Deposit, DepositedVersion, DocumentVersion
from parchemin.records.pathways.actions.writing import LARGEST
from parchemin.records.pathways.models import Passage
from parchemin.records.people.models import Person, Role
from tests.web import cast as casting
from tests.web.candidate.paths import pdf, read
from tests.web.cast import AT, TITLE, Cast
from tests.web.pathway.apprentices import shared

SignedIn = Callable[[Person], Client]
PAPER, TABLE = "professional_paper", "activity_table"


@pytest.fixture(autouse=True)
def that_day() -> Iterator[None]:
    """Every page is asked for on the same day."""
    with time_machine.travel(AT + timedelta(hours=1), tick=True):
        yield


@pytest.fixture
def row(cast: Cast) -> Candidacy:
    """A file sent that asks for a paper; Carine reads it as its candidate shares it, Esther as the office opened it."""
    row = casting.deposited(casting.opened(cast.candidate, cast.certification(TITLE), "continuing"))
    shared(row, cast.companion, Role.COMPANION)
    shared(row, cast.evaluator, Role.EVALUATOR, by=cast.secretary)
    return row


def url(name: str, *args: object) -> str:
    return reverse(f"pathway:{name}", args=args)


def sent(revision: int = 0, pen: str = "one", **texts: str) -> dict[str, str]:
    codes = {"whole": "", "first": "4.1", "second": "4.2"}
    return {"revision": str(revision), "pen": pen} | {f"text-{codes[name]}": text for name, text in texts.items()}


def words(row: Candidacy) -> dict[str, str]:
    return {one.code: one.words for one in Passage.objects.filter(work__candidacy=row)}


@pytest.mark.parametrize(
    ("role", "shelf", "text"),
    [
        ("candidate", 200, 200),
        ("companion", 200, 200),
        ("evaluator", 200, 404),
        ("secretary", 200, 404),
        ("manager", 200, 404),
        ("professional", 404, 404),
        ("other_candidate", 404, 404),
        ("other_secretary", 404, 404),
        ("outsider", 404, 404),
    ],
)
def test_who_reads_what(cast: Cast, row: Candidacy, signed_in: SignedIn, role: str, shelf: int, text: int) -> None:
    signed_in(cast.candidate).post(url("write", row.pk, PAPER), sent(first="Mon texte secret"))
    client = signed_in(getattr(cast, role))
    page = client.get(url("works", row.pk))
    assert page.status_code == shelf
    if shelf == 200:
        assert ("16 caractères sur 140 000" in read(page)) is (text == 200)
    opened = client.get(url("write", row.pk, PAPER))
    assert opened.status_code == text
    assert ("Mon texte secret" in read(opened)) is (text == 200)


@pytest.mark.parametrize("role", ["companion", "evaluator", "secretary", "outsider"])
def test_only_its_candidate_writes(cast: Cast, row: Candidacy, signed_in: SignedIn, role: str) -> None:
    client = signed_in(getattr(cast, role))
    for name in ("keep_work", "freeze_work"):
        assert client.post(url(name, row.pk, PAPER), sent(first="x")).status_code == 404
    told = client.post(url("write", row.pk, PAPER), sent(first="x"))
    assert told.status_code == (302 if role == "companion" else 404)
    assert client.get(url("freeze_work", row.pk, PAPER)).status_code == 404
    assert not Passage.objects.exists()


def test_another_document_is_no_work(cast: Cast, row: Candidacy, signed_in: SignedIn) -> None:
    client = signed_in(cast.candidate)
    for kind in ("certificate", "activity_table", "nothing"):
        assert client.get(url("write", row.pk, kind)).status_code == 404
        assert client.post(url("keep_work", row.pk, kind), sent(first="x")).status_code == 404


def test_each_competence_has_its_text_and_what_lacks_is_told(cast: Cast, row: Candidacy, signed_in: SignedIn) -> None:
    client = signed_in(cast.candidate)
    page = read(client.get(url("write", row.pk, PAPER)))
    assert page.count("<textarea") == 8
    assert "texte seul : couverture, sommaire et annexes non comptés" in page
    assert client.post(url("write", row.pk, PAPER), sent(first="Étude\r\nde besoins", whole="Ici")).status_code == 302
    assert words(row) == {"4.1": "Étude\nde besoins", "": "Ici"}
    assert "18 caractères sur 140 000 · 1 partie écrite sur 7" in read(client.get(url("works", row.pk)))


def test_what_is_typed_is_kept_by_the_window_that_types(cast: Cast, row: Candidacy, signed_in: SignedIn) -> None:
    client, keep = signed_in(cast.candidate), url("keep_work", row.pk, PAPER)
    assert client.post(keep, sent(first="Un")).status_code == 204
    assert client.post(keep, sent(first="Un deux")).status_code == 204
    assert client.post(keep, sent(first="Ailleurs", pen="two")).status_code == 409
    assert client.post(keep, sent(revision=-5, first="Ailleurs", pen="two")).status_code == 409
    assert client.post(keep, sent(revision=2, first="x" * (LARGEST + 1))).status_code == 413
    assert words(row) == {"4.1": "Un deux"}


def test_another_window_is_told_and_loses_nothing(cast: Cast, row: Candidacy, signed_in: SignedIn) -> None:
    client, work = signed_in(cast.candidate), url("write", row.pk, PAPER)
    client.post(work, sent(first="La première"))
    late = client.post(work, sent(first="La seconde", second="Et ceci", pen="two"))
    page = read(late)
    assert late.status_code == 409
    assert "La première" in page and "La seconde" in page and "Et ceci" in page
    assert 'name="revision" value="1"' in page
    assert words(row) == {"4.1": "La première"}
    assert client.post(work, sent(revision=1, first="La seconde", second="Et ceci", pen="two")).status_code == 302
    assert words(row) == {"4.1": "La seconde", "4.2": "Et ceci"}


def test_too_much_text_is_refused_and_kept_on_the_page(cast: Cast, row: Candidacy, signed_in: SignedIn) -> None:
    answer = signed_in(cast.candidate).post(url("write", row.pk, PAPER), sent(first="x" * (LARGEST + 1)))
    assert answer.status_code == 422
    assert "déposez plutôt un fichier" in read(answer) and "x" * 100 in read(answer)


def filled(row: Candidacy, client: Client, count: int) -> None:
    """Texts of that many characters in all, with ends of lines and letters of two code points, which add nothing."""
    paragraph = "E\u0301" + "crire et dire. " * 6 + "\n\n"
    one = len(paragraph) - 3
    text = paragraph * (count // one)
    client.post(url("write", row.pk, PAPER), sent(first=text, second="x" * (count - count // one * one)))


def test_a_work_is_handed_in_at_its_very_limit(cast: Cast, row: Candidacy, signed_in: SignedIn) -> None:
    client = signed_in(cast.candidate)
    filled(row, client, 140_000)
    page = read(client.get(url("freeze_work", row.pk, PAPER)))
    assert "140 000 caractères sur 140 000" in page and "6 parties n’ont pas de texte" not in page
    done = client.post(url("freeze_work", row.pk, PAPER), {"revision": "1"}, follow=True)
    assert "« Écrit professionnel » est déposé : version 1." in read(done)
    version = DocumentVersion.objects.get(document__kind=PAPER)
    assert (version.characters, version.media_type, version.name) == (
        140_000,
        "application/pdf",
        "ecrit-professionnel.pdf",
    )
    assert version.pages and version.pages > 20
    own = read(client.get(url("works", row.pk)))
    assert "140 000 caractères : dans les limites (140 000 au plus, espaces compris)." in own
    assert "tout le document" not in own
    office = read(signed_in(cast.secretary).get(url("works", row.pk)))
    assert "ecrit-professionnel.pdf" in office and reverse("secretariat:document", args=[row.pk, version.pk]) in office
    assert "ecrit-professionnel.pdf" not in read(signed_in(cast.evaluator).get(url("works", row.pk)))


def test_one_character_beyond_is_refused_with_the_exact_count(cast: Cast, row: Candidacy, signed_in: SignedIn) -> None:
    client = signed_in(cast.candidate)
    filled(row, client, 140_001)
    refused = client.post(url("freeze_work", row.pk, PAPER), {"revision": "1"})
    page = read(refused)
    assert refused.status_code == 422
    assert "140 001 caractères : 1 de trop, la limite est de 140 000, espaces compris." in page
    assert "completeness.professional_paper_characters" in page
    shared_page = read(signed_in(cast.companion).get(url("write", row.pk, PAPER)))
    assert "140 001 caractères : 1 de trop" in shared_page
    assert not DocumentVersion.objects.filter(document__kind=PAPER).exists()
    assert len(words(row)["4.1"]) > 100_000


def test_what_changed_meanwhile_is_read_again_before_it_is_handed_in(
    cast: Cast, row: Candidacy, signed_in: SignedIn
) -> None:
    client, freeze = signed_in(cast.candidate), url("freeze_work", row.pk, PAPER)
    empty = client.get(freeze)
    assert "il n’y a rien à déposer" in read(empty)
    client.post(url("write", row.pk, PAPER), sent(first="Un 漢 texte"))
    assert "seront remplacés par □ : 漢" in read(client.get(freeze))
    for revision in ("0", "2", "", "x"):
        assert client.post(freeze, {"revision": revision}).status_code == 409
    assert client.post(freeze, {"revision": "1"}).status_code == 302


def deposited(row: Candidacy, version: DocumentVersion, **answer: Any) -> Deposit:
    """The version handed in for the jury, and answered."""
    made = Deposit.objects.create(
        candidacy=row, stage="completeness", number=1, deposited_at=AT, deposited_by=row.candidate, **answer
    )
    DepositedVersion.objects.create(deposit=made, version=version)
    return made


def test_a_work_handed_in_is_locked_and_sent_back_with_its_reasons(
    cast: Cast, row: Candidacy, signed_in: SignedIn
) -> None:
    client, freeze = signed_in(cast.candidate), url("freeze_work", row.pk, PAPER)
    client.post(url("write", row.pk, PAPER), sent(first="Un texte"))
    client.post(freeze, {"revision": "1"})
    deposit = deposited(row, DocumentVersion.objects.get(document__kind=PAPER))
    assert "déposé pour le jury" in read(client.get(url("works", row.pk)))
    locked = client.post(freeze, {"revision": "1"})
    assert locked.status_code == 422
    assert "ecrit-professionnel.pdf" in read(signed_in(cast.evaluator).get(url("works", row.pk)))
    Deposit.objects.filter(pk=deposit.pk).update(answer="returned", answered_at=AT, reasons="Il manque la 4.3.")
    assert "Il manque la 4.3." in read(client.get(url("works", row.pk)))
    assert "Il manque la 4.3." not in read(signed_in(cast.evaluator).get(url("works", row.pk)))
    assert client.post(freeze, {"revision": "1"}).status_code == 302
    assert DocumentVersion.objects.filter(document__kind=PAPER).count() == 2


def test_queries_do_not_grow_with_the_works(
    cast: Cast, row: Candidacy, signed_in: SignedIn, django_assert_max_num_queries: Any
) -> None:
    client = signed_in(cast.candidate)
    for kind in ("writing_b1", "writing_b2", "writing_b5", PAPER):
        client.post(url("write", row.pk, kind), {"revision": "0", "pen": "p", "text-": "Un texte"})
        client.post(url("freeze_work", row.pk, kind), {"revision": "1"})
    for person in (cast.candidate, cast.companion, cast.secretary, cast.evaluator):
        reader = signed_in(person)
        reader.get(url("works", row.pk))
        with django_assert_max_num_queries(25):
            assert reader.get(url("works", row.pk)).status_code == 200


def test_a_closed_file_is_only_read(cast: Cast, row: Candidacy, signed_in: SignedIn) -> None:
    client = signed_in(cast.candidate)
    client.post(url("write", row.pk, PAPER), sent(first="Un texte"))
    Candidacy.objects.filter(pk=row.pk).update(status="refused")
    page = client.get(url("write", row.pk, PAPER))
    assert "Un texte" in read(page) and "<textarea" not in read(page)
    assert client.post(url("write", row.pk, PAPER), sent(1, first="x")).status_code == 302
    assert words(row) == {"4.1": "Un texte"}
    assert client.get(url("freeze_work", row.pk, PAPER)).status_code == 302


def test_a_route_that_asks_for_no_work_says_so(cast: Cast, signed_in: SignedIn) -> None:
    row = casting.opened(cast.candidate, cast.certification(), "pathway")
    assert "Rien à écrire" in read(signed_in(cast.candidate).get(url("works", row.pk)))


def test_an_activity_table_is_written_competence_by_competence(cast: Cast, signed_in: SignedIn) -> None:
    row = casting.opened(cast.candidate, cast.certification(), "vae")
    client, work = signed_in(cast.candidate), url("write", row.pk, TABLE)
    assert read(client.get(work)).count("<textarea") == 7
    told = {f"text-C{number}": f"Activité {number}" for number in range(1, 6)}
    assert client.post(work, {"revision": "0", "pen": "p", **told}).status_code == 302
    assert "1 partie n’a pas de texte." in read(client.get(url("freeze_work", row.pk, TABLE)))
    assert "5 parties écrites sur 6" in read(client.get(url("works", row.pk)))
    assert client.post(url("freeze_work", row.pk, TABLE), {"revision": "1"}).status_code == 302
    assert DocumentVersion.objects.get(document__kind=TABLE).characters == 50


def test_a_signature_on_a_work_says_how_sure_one_is_of_who_signed(
    cast: Cast, row: Candidacy, signed_in: SignedIn
) -> None:
    client = Client()
    client.post(reverse("account_login"), {"login": cast.candidate.email, "password": casting.PASSWORD})
    for browser, said in ((client, "Compte à mot de passe"), (signed_in(cast.candidate), "Adresse e-mail contrôlée")):
        browser.post(reverse("candidate:document", args=[row.pk, PAPER]), {"file": pdf()})
        version = DocumentVersion.objects.latest("number")
        assert browser.post(reverse("candidate:sign", args=[row.pk, version.pk])).status_code == 302
        assert said in read(browser.get(url("works", row.pk)))
