"""The model of certificates: what is typed is seen before it is saved, what may not be printed is refused."""

import io
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image, ImageDraw

from parchemin.edges.parchments.pictures import LOGO_SIDES, rewritten
from parchemin.records.awards.models import House, Logo
from parchemin.records.people.models import Person
from tests.edges.letters.cast import read
from tests.records.awards.bench import ISSUED_AT, given, housed
from tests.web.award import bench
from tests.web.cast import ALTERNANCE, Cast
from tests.web.posted import typed
from tests.web.secretariat.desk import words

pytestmark = pytest.mark.django_db
SIGNED = {"place": "Nantes", "signatory": "Camille Fictive", "signatory_title": "Présidente"}


@pytest.fixture(autouse=True)
def that_day() -> Iterator[None]:
    with time_machine.travel(ISSUED_AT, tick=False):
        yield


@pytest.fixture
def browser(cast: Cast, signed_in: Callable[[Person], Client]) -> Client:
    return signed_in(cast.manager)


@pytest.fixture
def page(cast: Cast) -> str:
    return reverse("award:house", args=[cast.certification(ALTERNANCE).pk])


def picture(colour: str = "#1F4E79", form: str = "PNG") -> bytes:
    image, kept = Image.new("RGB", (300, 120), "white"), io.BytesIO()
    ImageDraw.Draw(image).ellipse((10, 10, 110, 110), fill=colour)
    image.save(kept, form)
    return kept.getvalue()


def sent(browser: Client, page: str, text: str = "", **answers: Any) -> Any:
    return browser.post(page, typed(text or browser.get(page).content.decode(), page, answers))


def file(content: bytes, name: str = "logo.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "image/png")


class TestTheLook:
    def test_what_is_typed_is_seen_and_nothing_is_saved(self, browser: Client, page: str) -> None:
        assert not browser.get(page).context["looked"]
        answer = sent(browser, page, **SIGNED, words="Une phrase.", logo=file(picture()), then="preview")
        assert answer.status_code == 200 and not House.objects.exists() and not Logo.objects.exists()
        looked = answer.context["looked"]
        assert [name for name, _picture in looked.pictures] == ["Certification entière", "Bloc de compétences"]
        assert all(one.startswith("data:image/png;base64,") for _name, one in looked.pictures)
        assert "Rien n’est encore enregistré" in words(answer) and 'value="Une phrase."' in answer.content.decode()
        assert sent(browser, page, answer.content.decode())["Location"] == reverse("award:houses")
        assert bytes(House.objects.get().logo.content) == rewritten(picture(), LOGO_SIDES, "logo")  # type: ignore[union-attr]

    def test_the_picture_follows_what_is_typed(self, browser: Client, page: str) -> None:
        seen = {
            sent(browser, page, **(SIGNED | told), then="preview").context["looked"].pictures[0][1]
            for told in ({}, {"primary": "#5A1F79"}, {"accent": "#A0331B"}, {"words": "Une phrase."}, {"place": "Lyon"})
        }
        assert len(seen) == 5

    def test_what_is_saved_is_what_real_ones_bear(self, cast: Cast, browser: Client, page: str) -> None:
        sent(browser, page, **SIGNED, words="Une phrase de la branche.", primary="#5A1F79", logo=file(picture()))
        (hearing,) = bench.judged(cast, held=("B1",))
        (made,) = given(hearing, cast.manager)
        paper = reverse("award:paper", args=[made.pk])
        first = browser.get(paper).content
        assert "Une phrase de la branche." in read(first).text and "SPÉCIMEN" not in read(first).text
        sent(browser, page, words="", primary="#204020", is_bare="on")
        row = House.objects.get()
        assert (row.words, row.primary, row.logo) == ("", "#204020", None)
        assert browser.get(paper).content == first, "what was issued stays as it was"

    @pytest.mark.parametrize("name", ["primary", "accent"])
    @pytest.mark.parametrize(("colour", "why"), [("#FFFF00", "contraste"), ("#777777", "4,4"), ("blue", "#1F4E79")])
    def test_a_colour_that_is_not_readable_is_refused(
        self, browser: Client, page: str, name: str, colour: str, why: str
    ) -> None:
        answer = sent(browser, page, **SIGNED, **{name: colour})
        assert answer.status_code == 422 and why in words(answer) and not House.objects.exists()

    @pytest.mark.parametrize(
        ("content", "name", "why"),
        [
            (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "logo.svg", ""),
            (b"GIF89a", "logo.gif", ""),
            (picture()[:200], "logo.png", ""),
            (picture("white"), "logo.png", "une seule couleur"),
            (b"%PDF-1.4\n%%EOF", "logo.pdf", ""),
        ],
    )
    def test_a_file_that_is_no_picture_is_refused(
        self, browser: Client, page: str, content: bytes, name: str, why: str
    ) -> None:
        answer = sent(browser, page, **SIGNED, logo=file(content, name))
        assert answer.status_code == 422 and answer.context["form"].errors["logo"] and why in words(answer)
        assert 'value="Nantes"' in answer.content.decode() and not Logo.objects.exists()

    def test_a_picture_that_came_from_elsewhere_is_not_taken_for_ours(self, browser: Client, page: str) -> None:
        sent(browser, page, **SIGNED, kept="aGVsbG8=:forged")
        assert House.objects.get().logo is None


class TestTheWords:
    @pytest.mark.parametrize(
        "phrase",
        [
            "Délivré sous réserve de paiement.",
            "Certifié par France compétences.",
            "Centre Qualiopi.",
            "Titre professionnel",
        ],
    )
    def test_what_may_not_be_printed_is_refused_with_its_source(self, browser: Client, page: str, phrase: str) -> None:
        answer = sent(browser, page, **SIGNED, words=phrase)
        text = words(answer)
        assert answer.status_code == 422 and not House.objects.exists() and phrase in answer.content.decode()
        assert "Bloquant" in text and ("Procertif" in text or "France compétences, foire aux questions" in text)

    def test_each_finding_says_how_grave_it_is_and_where_it_comes_from(
        self, cast: Cast, browser: Client, page: str
    ) -> None:
        housed(cast, ALTERNANCE)
        answer = browser.get(page)
        looked = answer.context["looked"]
        assert {"unsigned"} <= {one.code for one in looked.mentions}
        for one in looked.mentions:
            shown = " ".join(words(answer).replace("&nbsp;", " ").split())
            assert " ".join(one.sentence.split()) in shown and " ".join(one.source.split()) in shown

    def test_braces_are_printed_as_they_are(self, browser: Client, page: str) -> None:
        assert sent(browser, page, **SIGNED, words="Une {holder} phrase {").status_code == 302


class TestTwoPeople:
    def test_the_second_to_save_is_shown_what_the_first_did(self, cast: Cast, browser: Client, page: str) -> None:
        housed(cast, ALTERNANCE)
        read_before = browser.get(page).content.decode()
        sent(browser, page, place="Lyon")
        answer = sent(browser, page, read_before, signatory="Dominique Fictif")
        text = words(answer)
        assert answer.status_code == 409 and "pendant que vous écriviez" in text and "Lyon" in text
        assert House.objects.get().signatory == "Camille Fictive"
        assert sent(browser, page, answer.content.decode(), place="Lyon").status_code == 302
        row = House.objects.get()
        assert (row.place, row.signatory, row.revision) == ("Lyon", "Dominique Fictif", 3)
