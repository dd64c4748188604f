"""Pages that belong to no audience: errors, theme, language, gallery; what the base page knows."""

import re

import pytest
from django.core.exceptions import RequestDataTooBig
from django.http.multipartparser import MultiPartParserError
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

from parchemin.web.shared import context, errors
from parchemin.web.shared.returning import page_above
from parchemin.web.shared.templatetags import parchemin as tags


@pytest.fixture
def browser(db: None) -> Client:
    return Client(headers={"accept-language": "fr"})


PUBLIC = ["/accessibilite/", "/traitements/", "/rien-ici/"]


@pytest.mark.parametrize("path", PUBLIC)
def test_a_page_has_one_title_its_language_a_way_to_its_content_and_a_foot(browser: Client, path: str) -> None:
    page = browser.get(path).content.decode()
    assert '<html lang="fr">' in page
    assert len(re.findall(r"<h1\b", page)) == 1
    assert '<a class="skip" href="#content">' in page
    assert 'id="content"' in page
    for name in ("/accessibilite/", "/traitements/", "/langue/", "/theme/"):
        assert name in page
    assert "{%" not in page
    assert "{{" not in page


@pytest.mark.parametrize("path", PUBLIC)
def test_pages_speak_english_too(browser: Client, path: str) -> None:
    page = Client(headers={"accept-language": "en"}).get(path).content.decode()
    assert '<html lang="en">' in page
    assert "Skip to content" in page


def test_scripts_are_files_and_htmx_may_not_write_styles_or_run_code(browser: Client) -> None:
    page = browser.get("/accessibilite/").content.decode()
    assert all("src=" in one for one in re.findall(r"<script[^>]*>", page))
    for words in ('"includeIndicatorStyles": false', '"allowEval": false', '"selfRequestsOnly": true'):
        assert words in page


@pytest.mark.parametrize(("chosen", "shown"), [("dark", ' data-theme="dark"'), ("light", ' data-theme="light"')])
def test_colours_are_remembered(browser: Client, chosen: str, shown: str) -> None:
    answer = browser.post("/theme/", {"theme": chosen, "next": "/traitements/?a=1"})
    assert answer.headers["Location"] == "/traitements/?a=1"
    assert f'<html lang="fr"{shown}>' in browser.get("/traitements/").content.decode()
    browser.post("/theme/", {"theme": "auto"})
    assert '<html lang="fr">' in browser.get("/traitements/").content.decode()


@pytest.mark.parametrize("next_", ["https://evil.test/", "//evil.test", "javascript:alert(1)", "/\\evil.test", ""])
def test_the_way_back_never_leaves_the_site(browser: Client, next_: str) -> None:
    assert browser.post("/theme/", {"theme": "dark", "next": next_}).headers["Location"] == "/"


def test_an_address_that_only_takes_a_form_says_so_and_leads_to_its_page(browser: Client) -> None:
    answer = browser.get("/compte/appareils/deconnecter/")
    assert answer.status_code == 302
    page = browser.get("/theme/")
    assert (page.status_code, page.headers["Allow"]) == (405, "POST")
    assert "Cette adresse ne s’ouvre pas ainsi" in page.content.decode()
    assert browser.get("/theme/", headers={"accept": "application/json"}).content == b""


@pytest.mark.parametrize(
    ("path", "above"), [("/compte/fermer/tout/", "/compte/fermer/"), ("/theme/", "/"), ("/rien/du/tout/", "/")]
)
def test_the_page_above_is_the_nearest_that_exists(path: str, above: str) -> None:
    assert page_above(path) == above


def test_a_script_that_sends_a_file_is_told_where_the_answer_leads(browser: Client) -> None:
    told = {"theme": "dark", "next": "/traitements/"}
    answer = browser.post("/theme/", told, headers={"x-requested-with": "upload"})
    assert (answer.status_code, answer.headers["X-Location"]) == (204, "/traitements/")
    assert "Location" not in answer.headers
    assert answer.cookies["parchemin_theme"].value == "dark"


def test_after_a_form_the_foot_of_the_page_leads_to_where_it_was(browser: Client) -> None:
    request = RequestFactory().post("/envoi/", headers={"referer": "http://testserver/traitements/?a=1"})
    assert context.page(request)["page"].path == "/traitements/?a=1"
    assert 'name="next" value="/traitements/?a=1"' in browser.get("/traitements/?a=1").content.decode()


def test_a_theme_that_does_not_exist_is_not_kept(browser: Client) -> None:
    browser.cookies["parchemin_theme"] = '"><script>'
    page = browser.get("/traitements/").content.decode()
    assert "data-theme=" not in page
    assert "<script>" not in page


def test_the_gallery_is_for_developers(browser: Client, settings: object) -> None:
    assert browser.get("/galerie/").status_code == 404
    settings.DEBUG = True  # type: ignore[attr-defined]
    page = browser.get("/galerie/")
    assert page.status_code == 200
    names = re.findall(r'\bid="([^"]+)"', page.content.decode())
    assert [name for name in names if names.count(name) > 1] == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("view", "status", "words"),
    [
        (errors.bad_request, 400, "n’est pas lisible"),
        (lambda r: errors.bad_request(r, MultiPartParserError("cut")), 400, "s’est interrompu"),
        (lambda r: errors.bad_request(r, RequestDataTooBig("big")), 413, "25\u00a0Mo au plus"),
        (errors.forbidden, 403, "Votre rôle"),
        (errors.csrf_failure, 403, "Ce formulaire a expiré"),
        (errors.not_found, 404, "se connecter"),
        (errors.too_heavy, 413, "trop lourd"),
        (errors.too_many, 429, "Patientez cinq minutes"),
    ],
)
def test_an_error_says_what_happened_and_what_to_do(view: object, status: int, words: str) -> None:
    answer = view(RequestFactory().get("/x/"))  # type: ignore[operator]
    page = answer.content.decode()
    assert answer.status_code == status
    assert words.lower() in page.lower()
    assert "/accueil/" in page


def test_the_page_of_500_asks_nothing_of_the_database_and_stands_without_its_sheets(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    request = RequestFactory().get("/")
    request.COOKIES["parchemin_theme"] = "dark"
    page = errors.server_error(request)
    assert page.status_code == 500
    assert page.content.decode().count('rel="stylesheet"') == 3
    assert 'data-theme="dark"' in page.content.decode()

    def missing(name: str) -> str:
        raise ValueError(name)

    monkeypatch.setattr(errors, "static", missing)
    assert "Something went wrong" in errors.server_error(request).content.decode()


def test_a_form_that_expired_is_told_so(db: None) -> None:
    answer = Client(enforce_csrf_checks=True, headers={"accept-language": "fr"}).post("/theme/", {"theme": "dark"})
    assert answer.status_code == 403
    assert "Ce formulaire a expiré" in answer.content.decode()


def test_the_base_page_stands_on_a_request_that_nobody_completed() -> None:
    request = RequestFactory().get("/")
    known = context.page(request)["page"]
    assert (known.person, known.nav, known.theme) == (None, (), "")


@pytest.mark.parametrize(
    ("name", "values", "words"),
    [
        ("empty", {"title": "Rien ?", "text": "Cela viendra.", "url": "/x/", "label": "Agir"}, "Rien\u202f?"),
        ("notice", {"kind": "error", "title": "Non", "items": ["l'un", "l'autre"]}, "<li>l’un</li><li>l’autre</li>"),
        ("meter", {"ratio": 130, "label": "607 heures sur 607 heures"}, 'width="100"'),
        ("meter", {"ratio": -5, "label": "rien"}, 'width="0"'),
        ("facts", {"facts": [("Nom", ""), ("Nombre", 0)]}, "<dt>Nombre</dt><dd>0</dd>"),
        (
            "checked",
            {"name": "<a>.pdf", "tone": "not_met", "lines": ["21 pages : une de trop"]},
            "21\u00a0pages\u202f:",
        ),
        ("upload", {"id": "u", "label": "Pièce", "limit": 1048576}, "1\u00a0Mo au plus."),
        ("status", {"status": {"label": "Recevable", "tone": "met", "icon": "circle-check"}}, "<span>Recevable</span>"),
        ("anchors", {"anchors": [("Suite", "#suite", True)]}, 'aria-current="true"'),
        ("letter", {"subject": "Objet", "text": "<b>Madame</b>"}, "&lt;b&gt;Madame&lt;/b&gt;"),
        ("conflict", {"rows": [{"title": "Nom", "yours": "A", "theirs": "B"}]}, "Ce que vous avez écrit"),
        ("copy", {"id": "n", "text": "2026-00012"}, 'data-copy="#n"'),
        (
            "confirm",
            {"id": "c", "title": "Sûr ?", "text": "x", "action": "/x/", "label": "Oui", "revision": 0},
            'value="0"',
        ),
    ],
)
def test_components_say_what_they_are_given(name: str, values: dict[str, object], words: str) -> None:
    assert words in render_to_string(f"components/{name}.html", values)


def test_an_icon_is_decoration() -> None:
    assert 'aria-hidden="true"' in tags.icon("info")
    assert "#info" in tags.icon("info")
