"""The scripts, in a browser: nothing typed is lost, files say how far they are, lists go by keyboard."""

import json
import re
from collections.abc import Iterator

import pytest
from django import forms
from playwright.sync_api import Browser, Page, expect

from parchemin.web.shared.forms import LongText
from tests.web.shared.browsing import HOST, Network, html

DRAFT = "/brouillon/"
KEY = f"parchemin:7:{DRAFT}"
FORM = (
    '<form method="post" action="/envoi/" data-autosave-url="/brouillon/">'
    '<input type="hidden" name="csrfmiddlewaretoken" value="jeton">{{ form }}'
    '<p class="saved" data-autosave-told></p><button>Enregistrer</button></form>'
)
SUCCESS = '<div class="messages"><div class="notice success">Enregistré.</div></div>'


class Writing(forms.Form):
    tasks = LongText(label="Activités", max_length=20, required=False)
    secret = forms.CharField(label="Mot de passe", widget=forms.PasswordInput, required=False)
    is_sure = forms.BooleanField(label="J’ai relu", required=False)


@pytest.fixture
def browser(chromium: Browser) -> Iterator[Browser]:
    """The browser, left as it was found."""
    yield chromium
    for context in chromium.contexts:
        context.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale="fr-FR")
    made = context.new_page()
    wrong: list[str] = []
    made.on("pageerror", lambda error: wrong.append(str(error)))
    made.on("console", lambda said: wrong.append(said.text) if "Content Security Policy" in said.text else None)
    yield made
    context.close()
    assert wrong == []


@pytest.fixture
def network(page: Page) -> Network:
    made = Network(page)
    made.pages["/"] = html(FORM, form=Writing())
    return made


def kept(page: Page, key: str = KEY) -> dict[str, object] | None:
    found: dict[str, object] | None = json.loads(page.evaluate("key => localStorage.getItem(key)", key) or "null")
    return found


def test_what_is_typed_is_saved_a_moment_later_and_the_hour_is_told(page: Page, network: Network) -> None:
    page.goto(HOST)
    page.fill("[name=tasks]", "J’accompagne.")
    expect(page.locator("[data-autosave-told]")).to_have_text(re.compile(r"^Brouillon enregistré à \d\d:\d\d$"))
    ((path, body),) = network.posts
    assert path == DRAFT
    assert "J’accompagne." in body
    assert "jeton" in body
    assert kept(page) is None


def test_a_dead_network_loses_nothing_and_the_text_is_offered_back(page: Page, network: Network) -> None:
    network.answer = lambda route: route.abort()
    page.goto(HOST)
    page.fill("[name=secret]", "une phrase secrète")
    page.check("[name=is_sure]")
    page.fill("[name=tasks]", "Écrit hors ligne.")
    expect(page.locator("[data-autosave-told]")).to_contain_text("Le réseau ne répond pas")
    assert "phrase secrète" not in json.dumps(kept(page), ensure_ascii=False)

    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    assert page.input_value("[name=tasks]") == ""
    expect(page.get_by_text("Ce navigateur l’a gardé")).to_be_visible()
    network.answer = lambda route: route.fulfill(status=204)
    page.get_by_role("button", name="Reprendre ce texte").click()
    assert page.input_value("[name=tasks]") == "Écrit hors ligne."
    assert page.is_checked("[name=is_sure]")
    expect(page.locator("[data-autosave-told]")).to_contain_text("Brouillon enregistré")
    assert kept(page) is None


def test_a_text_may_be_let_go(page: Page, network: Network) -> None:
    page.goto(HOST)
    copy = json.dumps({"at": 0, "fields": [["tasks", "ancien"]]})
    page.evaluate("([key, copy]) => localStorage.setItem(key, copy)", [KEY, copy])
    page.reload()
    page.get_by_role("button", name="L’abandonner").click()
    assert kept(page) is None
    expect(page.get_by_role("button", name="L’abandonner")).to_have_count(0)


LONG = FORM.replace('data-autosave-url="/brouillon/"', 'data-autosave-url="/brouillon/" data-autosave-every="4000"')


def test_a_long_text_goes_only_when_it_changed_and_not_too_often(page: Page, network: Network) -> None:
    network.pages["/"] = html(LONG, form=Writing())
    page.goto(HOST)
    told = page.locator("[data-autosave-told]")
    page.fill("[name=tasks]", "Un.")
    expect(told).to_contain_text("Brouillon enregistré")
    page.fill("[name=tasks]", "Un. Deux.")
    expect(told).to_contain_text("enregistré dans quelques secondes")
    assert len(network.posts) == 1
    assert "Un. Deux." in json.dumps(kept(page), ensure_ascii=False), "the browser keeps what waits"
    expect(told).to_contain_text("Brouillon enregistré", timeout=8_000)
    assert len(network.posts) == 2 and kept(page) is None
    page.fill("[name=tasks]", "Un. Deux. Trois.")
    page.fill("[name=tasks]", "Un. Deux.")
    page.wait_for_timeout(5_500)
    assert len(network.posts) == 2, "what was saved is not sent again"
    page.fill("[name=tasks]", "Quatre.")
    page.wait_for_timeout(1_500)
    page.fill("[name=tasks]", "Cinq.")
    page.evaluate(
        "() => { Object.defineProperty(document, 'hidden', { value: true });"
        " document.dispatchEvent(new Event('visibilitychange')); }"
    )
    expect(told).to_contain_text("Brouillon enregistré")
    assert "Cinq." in network.posts[-1][1], "whoever turns away leaves nothing behind"


def test_whoever_types_without_a_pause_is_saved_all_the_same(page: Page, network: Network) -> None:
    network.pages["/"] = html(LONG.replace("4000", "1500"), form=Writing())
    page.goto(HOST)
    page.focus("[name=tasks]")
    for _ in range(16):
        page.keyboard.type("a")
        page.wait_for_timeout(250)
    assert network.posts


def test_a_text_that_nothing_keeps_is_said_to_be_copied(page: Page, network: Network) -> None:
    network.answer = lambda route: route.abort()
    page.goto(HOST)
    page.evaluate("() => { Storage.prototype.setItem = () => { throw new Error('full'); }; }")
    page.fill("[name=tasks]", "Écrit hors ligne.")
    expect(page.locator("[data-autosave-told]")).to_contain_text("copiez-le avant de fermer")


def test_a_refusal_in_words_is_told(page: Page, network: Network) -> None:
    plain = "text/plain; charset=utf-8"
    network.answer = lambda route: route.fulfill(status=413, body="Trop long.", content_type=plain)
    page.goto(HOST)
    page.fill("[name=tasks]", "Long.")
    expect(page.locator("[data-autosave-told]")).to_contain_text("gardé dans ce navigateur. Trop long.")


@pytest.mark.parametrize(("status", "words"), [(403, "plus connecté"), (500, "n’a pas pu être enregistré")])
def test_a_draft_refused_is_kept_and_told(page: Page, network: Network, status: int, words: str) -> None:
    network.answer = lambda route: route.fulfill(status=status)
    page.goto(HOST)
    page.fill("[name=tasks]", "Gardé.")
    expect(page.locator("[data-autosave-told]")).to_contain_text(words)
    assert kept(page) is not None


@pytest.mark.parametrize(("answer", "is_kept"), [(SUCCESS, False), ("<h1>Connexion</h1>", True)])
def test_a_copy_goes_only_once_a_page_says_it_is_saved(
    page: Page, network: Network, answer: str, is_kept: bool
) -> None:
    network.answer = lambda route: route.fulfill(body=html(answer), content_type="text/html")
    page.goto(HOST)
    page.fill("[name=tasks]", "Envoyé.")
    page.get_by_role("button", name="Enregistrer").click()
    page.wait_for_url("**/envoi/")
    page.wait_for_load_state("networkidle")
    assert (kept(page) is not None) == is_kept


HERE = FORM.replace('action="/envoi/" data-autosave-url="/brouillon/"', 'action="/envoi/?vers=1" data-autosave')
HERE_KEY = "parchemin:7:/envoi/"


def test_a_form_without_a_draft_on_the_server_is_kept_in_this_browser_and_offered_back(
    page: Page, network: Network
) -> None:
    network.pages["/"] = html(HERE, form=Writing())
    page.goto(HOST)
    page.fill("[name=tasks]", "J’accompagne.")
    expect(page.locator("[data-autosave-told]")).to_have_text(re.compile(r"^Gardé dans ce navigateur à \d\d:\d\d$"))
    page.fill("[name=tasks]", "J’accompagne seul.")
    page.reload()
    page.get_by_role("button", name="Reprendre ce texte").click()
    assert page.input_value("[name=tasks]") == "J’accompagne seul."
    assert network.posts == []


def test_forms_sent_to_one_place_are_told_apart_by_their_name(page: Page, network: Network) -> None:
    one, other = (HERE.replace("data-autosave>", f'data-autosave="{name}">') for name in ("a", "b"))
    network.pages["/"] = html(one + other, form=Writing())
    page.goto(HOST)
    page.locator("[name=tasks]").last.fill("Le second.")
    page.reload()
    page.get_by_role("button", name="Reprendre ce texte").click()
    assert [field.input_value() for field in page.locator("[name=tasks]").all()] == ["", "Le second."]


@pytest.mark.parametrize(("answer", "is_kept"), [(SUCCESS, False), ("<h1>Connexion</h1>", True)])
def test_what_this_browser_alone_keeps_goes_once_it_is_saved(
    page: Page, network: Network, answer: str, is_kept: bool
) -> None:
    network.pages["/"] = html(HERE, form=Writing())
    network.answer = lambda route: route.fulfill(body=html(answer), content_type="text/html")
    page.goto(HOST)
    page.fill("[name=tasks]", "Envoyé.")
    page.get_by_role("button", name="Enregistrer").click()
    page.wait_for_url("**/envoi/?vers=1")
    page.wait_for_load_state("networkidle")
    assert (kept(page, HERE_KEY) is not None) == is_kept


def test_a_page_may_say_by_itself_that_what_was_sent_there_is_saved(page: Page, network: Network) -> None:
    network.pages["/"] = html('<p data-autosave-forget="/envoi/">Merci.</p>')
    page.goto(HOST)
    page.evaluate("key => localStorage.setItem(key, '{}')", HERE_KEY)
    page.reload()
    assert kept(page, HERE_KEY) is None


def test_signing_out_leaves_nothing_in_the_browser(page: Page, network: Network) -> None:
    network.pages["/"] = html('<form method="post" action="/sortie/" data-forget-drafts><button>Sortir</button></form>')
    network.answer = lambda route: route.fulfill(body=html("<h1>À bientôt</h1>"), content_type="text/html")
    page.goto(HOST)
    page.evaluate("key => localStorage.setItem(key, '{}')", KEY)
    page.get_by_role("button", name="Sortir").click()
    page.wait_for_url("**/sortie/")
    assert kept(page) is None


def test_what_is_pasted_is_never_cut_and_what_is_too_long_is_counted(page: Page, network: Network) -> None:
    page.goto(HOST)
    told = page.locator(".counter")
    expect(told).to_have_text("20 caractères restants")
    page.fill("[name=tasks]", "ligne\n" + "x" * 18)
    assert len(page.input_value("[name=tasks]")) == 24
    expect(told).to_have_text("5 caractères de trop")
    assert page.get_attribute("[name=tasks]", "aria-describedby") == "id_tasks_left"


UPLOAD = (
    '<form method="post" action="/depot/" enctype="multipart/form-data">'
    '{% include "components/upload.html" with id="up" label="Rapport" limit=1024 only %}<button>Déposer</button></form>'
)


def test_a_file_too_heavy_is_told_before_it_leaves(page: Page, network: Network) -> None:
    network.pages["/"] = html(UPLOAD)
    page.goto(HOST)
    page.set_input_files("#up", {"name": "a.pdf", "mimeType": "application/pdf", "buffer": b"x" * 2000})
    expect(page.locator(".drop-told")).to_have_text("Ce fichier est trop lourd : 1\u00a0ko.".replace(" :", "\u202f:"))
    page.get_by_role("button", name="Déposer").click()
    assert network.posts == []


@pytest.mark.parametrize("place", ["/fait/", "/#piece"])
def test_a_file_goes_and_the_browser_then_opens_the_page_it_is_told(page: Page, network: Network, place: str) -> None:
    network.pages["/"] = html(UPLOAD)
    page.goto(HOST)
    network.pages[place.partition("#")[0]] = html(SUCCESS + UPLOAD)
    network.answer = lambda route: route.fulfill(status=204, headers={"X-Location": place})
    page.set_input_files("#up", {"name": "a.pdf", "mimeType": "application/pdf", "buffer": b"bref"})
    page.get_by_role("button", name="Déposer").click()
    expect(page.get_by_text("Enregistré.")).to_be_visible()
    assert page.url == HOST + place
    expect(page.locator(".drop.is-ready")).to_have_count(1)
    if place == "/fait/":
        page.go_back()
        expect(page.get_by_text("Enregistré.")).to_have_count(0)


def test_a_file_refused_is_told_in_place_with_the_focus_and_another_may_go(page: Page, network: Network) -> None:
    network.pages["/"] = html(UPLOAD)
    again = UPLOAD.replace(' action="/depot/"', "").replace(
        "%}<button", "%}<textarea maxlength=9 id=t></textarea><button"
    )
    problem = '<div class="error-summary" role="alert" tabindex="-1">Ce fichier est illisible.</div>'
    network.answer = lambda route: route.fulfill(status=422, body=html(problem + again), content_type="text/html")
    page.goto(HOST)
    for _time in range(2):
        page.set_input_files("#up", {"name": "a.pdf", "mimeType": "application/pdf", "buffer": b"bref"})
        page.get_by_role("button", name="Déposer").click()
        expect(page.locator(".error-summary")).to_be_focused()
        expect(page.locator(".drop.is-ready")).to_have_count(1)
        expect(page.locator(".counter")).to_have_text("9 caractères restants")
    assert page.url == f"{HOST}/"
    assert [path for path, _body in network.posts] == ["/depot/", "/depot/"]


def test_an_upload_that_breaks_is_told(page: Page, network: Network) -> None:
    network.pages["/"] = html(UPLOAD)
    network.answer = lambda route: route.abort()
    page.goto(HOST)
    page.set_input_files("#up", {"name": "a.pdf", "mimeType": "application/pdf", "buffer": b"bref"})
    page.get_by_role("button", name="Déposer").click()
    expect(page.locator(".drop-told")).to_contain_text("réessayez")
    expect(page.locator("progress")).to_be_hidden()


LIST = (
    '<div data-keys><table class="rows"><tbody>{% for n in numbers %}<tr>'
    '<td><input type="checkbox" aria-label="{{ n }}"></td><th><a href="/dossier/{{ n }}/">{{ n }}</a></th>'
    "<td>Odile {{ n }}</td></tr>{% endfor %}</tbody></table></div>"
    '<p id="count" data-ticked="[data-keys] [type=checkbox]"></p><input aria-label="Chercher">'
)


def test_a_list_goes_by_keyboard(page: Page, network: Network) -> None:
    network.pages["/"] = html(LIST, numbers=[1, 2, 3])
    network.pages["/dossier/2/"] = html("<h1>Dossier 2</h1>")
    page.goto(HOST)
    for key in ("j", "j", "j", "j", "k", "x"):
        page.keyboard.press(key)
    assert page.is_checked("[aria-label='2']")
    expect(page.locator("#count")).to_have_text("1")
    page.get_by_label("Chercher").press_sequentially("jx")
    assert page.input_value("[aria-label=Chercher]") == "jx"
    page.keyboard.press("Tab")
    page.get_by_text("Odile 2").click()
    expect(page.get_by_role("heading", name="Dossier 2")).to_be_visible()


SWITCH = '<button type="button" data-keys-switch data-on="Couper" data-off="Rétablir" hidden></button>'


def test_keys_may_be_switched_off_wherever_there_are_some(page: Page, network: Network) -> None:
    network.pages["/"] = html(SWITCH + '<a href="/suivant/" data-key="n">Suivant</a>' + LIST, numbers=[1])
    network.pages["/rien/"] = html(SWITCH)
    page.goto(HOST)
    page.get_by_role("button", name="Couper").click()
    page.reload()
    page.keyboard.press("j")
    page.keyboard.press("n")
    expect(page.locator(".is-current")).to_have_count(0)
    page.get_by_role("button", name="Rétablir").click()
    page.keyboard.press("j")
    expect(page.locator(".is-current a")).to_be_focused()
    page.goto(f"{HOST}/rien/")
    expect(page.locator("[data-keys-switch]")).to_be_hidden()


def test_a_row_opens_what_it_names_and_nothing_else(page: Page, network: Network) -> None:
    row = '<th>{}</th><td>Une évaluatrice</td><td><a href="/retirer/">Retirer</a></td>'
    network.pages["/"] = html(f"<div data-keys><table><tbody><tr>{row}</tr></tbody></table></div>")
    page.goto(HOST)
    page.get_by_text("Une évaluatrice").click()
    page.keyboard.press("j")
    expect(page.locator("tr")).to_be_focused()
    page.keyboard.press("Enter")
    assert page.url == f"{HOST}/"


class Filters(forms.Form):
    status = forms.ChoiceField(label="État", choices=[("", "Tous"), ("received", "Reçu")], required=False)
    before = forms.DateField(label="Avant le", widget=forms.DateInput(attrs={"type": "date"}), required=False)


def test_filters_go_by_their_button_and_the_focus_stays(page: Page, network: Network) -> None:
    network.pages["/"] = html('{% include "components/filters.html" %}', form=Filters())
    page.goto(HOST)
    page.focus("[name=status]")
    page.keyboard.press("ArrowDown")
    expect(page.locator("[name=status]")).to_have_value("received")
    page.focus("[name=before]")
    page.keyboard.type("03022027")
    expect(page.locator("[name=before]")).to_have_value(re.compile("2027"))
    expect(page.locator("[name=before]")).to_be_focused()
    assert page.url == f"{HOST}/"
    page.get_by_role("button", name="Filtrer").click()
    page.wait_for_url("**/?status=received&before=2027-*")


def test_a_question_is_asked_in_place_and_may_be_closed(page: Page, network: Network) -> None:
    question = (
        '{% include "components/confirm.html" with id="q" title="Retirer ?" text="Fin." action="/r/" label="Retirer" %}'
    )
    network.pages["/"] = html(f'<a href="/page/" data-dialog="#q">Retirer…</a>{question}')
    page.goto(HOST)
    page.get_by_role("link", name="Retirer…").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.get_by_role("button", name="Annuler").click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert page.url == f"{HOST}/"


def test_colours_change_at_once_and_are_sent(page: Page, network: Network) -> None:
    network.pages["/"] = html(
        '<form method="post" action="/theme/" data-theme-choice><button name="theme" value="dark">Sombre</button>'
        '<button name="theme" value="auto">Comme l’appareil</button></form>'
    )
    page.goto(HOST)
    page.get_by_role("button", name="Sombre").click()
    assert page.get_attribute("html", "data-theme") == "dark"
    page.get_by_role("button", name="Comme l’appareil").click()
    assert page.get_attribute("html", "data-theme") is None
    assert len(network.posts) == 2


@pytest.mark.parametrize(
    "first",
    [
        '{% include "components/conflict.html" %}',
        '{% include "components/notice.html" with kind="error" text="Non." role="alert" only %}',
        SUCCESS,
    ],
)
def test_what_must_be_read_first_gets_the_focus(page: Page, network: Network, first: str) -> None:
    network.pages["/"] = html('<p role="alert" hidden>Pas encore.</p>' + first)
    page.goto(HOST)
    expect(page.locator(".notice")).to_be_focused()


def test_an_error_gets_the_focus(page: Page, network: Network) -> None:
    class Wanting(forms.Form):
        name = forms.CharField(label="Nom")

    network.pages["/"] = html("<form>{{ form }}</form>", form=Wanting({}))
    page.goto(HOST)
    expect(page.locator(".error-summary")).to_be_focused()
    page.get_by_role("link", name="Nom").click()
    expect(page.locator("[name=name]")).to_be_focused()
