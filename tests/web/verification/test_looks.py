"""The verification in a browser, at 1280 and 375 pixels, and printed: no fault, no overflow, nothing cut."""

import json
from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.core.cache import cache
from django.urls import reverse
from playwright.sync_api import Browser, FilePayload, Page, expect
from pytest_django.live_server_helper import LiveServer

from parchemin.edges.credentials.keeping import here
from parchemin.edges.credentials.taking import record_of
from parchemin.project.proving import prove
from parchemin.records.awards.actions.changing import revoke
from parchemin.records.awards.models import Certificate, Credential
from parchemin.records.awards.numbers import grouped
from parchemin.web.shared.certificates import paper_of
from tests.records.awards.bench import ISSUED_AT
from tests.web.cast import Cast
from tests.web.looking import FOLDER, PHONE, looked_at
from tests.web.verification.conftest import LATER, issued_to

pytestmark = pytest.mark.django_db(transaction=True)
Looked = Callable[[Callable[[Page], None]], None]
NOWHERE = "2222-2222-2222"


@pytest.fixture(autouse=True)
def that_day(transactional_db: None) -> Iterator[None]:
    """A month after certificates were issued."""
    cache.clear()
    with time_machine.travel(LATER, tick=True):
        yield


def url(number: str) -> str:
    return reverse("verification:answer", args=[grouped(number)])


@pytest.fixture
def looked(browser: Browser, live_server: LiveServer) -> Looked:
    """Does something in the browser of somebody without an account, on a phone; nothing is asked elsewhere."""
    strange: list[str] = []

    def note(asked: str) -> None:
        if not asked.startswith((live_server.url, "data:")):
            strange.append(asked)

    def done(act: Callable[[Page], None]) -> None:
        tab = browser.new_context(viewport=PHONE, locale="fr-FR").new_page()
        tab.on("request", lambda one: note(one.url))
        tab.on("pageerror", lambda one: strange.append(str(one)))
        act(tab)
        tab.context.close()
        assert strange == []

    return done


def test_from_the_number_to_the_answer(cast: Cast, live_server: LiveServer, looked: Looked) -> None:
    row = issued_to(cast)

    def act(tab: Page) -> None:
        tab.goto(live_server.url + reverse("verification:ask"))
        looked_at(tab, "verification-ask")
        tab.get_by_label("Numéro du certificat").fill(grouped(row.number).lower().replace("-", " "))
        tab.get_by_role("button", name="Vérifier", exact=True).click()
        expect(tab).to_have_url(live_server.url + url(row.number))
        expect(tab.get_by_role("heading", level=1)).to_have_text("Certificat valable")
        looked_at(tab, "verification-valid")
        tab.get_by_label("Nom de naissance").fill("fictive")
        tab.get_by_label("Date de naissance").fill("1984-03-09")
        tab.get_by_role("button", name="Comparer").click()
        expect(tab.get_by_role("alert")).to_contain_text("Oui")
        looked_at(tab, "verification-yes")
        tab.get_by_label("Nom de naissance").fill("Autre")
        tab.get_by_label("Date de naissance").fill("1984-03-09")
        tab.get_by_role("button", name="Comparer").click()
        expect(tab.get_by_role("alert")).to_contain_text("Non")
        looked_at(tab, "verification-no")
        printed(tab, "verification-printed")

    looked(act)


def printed(tab: Page, name: str) -> None:
    """On paper: the answer and what was compared, without the forms and the menus."""
    tab.emulate_media(media="print")
    expect(tab.get_by_role("button", name="Comparer")).to_be_hidden()
    expect(tab.get_by_role("heading", level=1)).to_be_visible()
    expect(tab.get_by_text("Réponse donnée le")).to_be_visible()
    if FOLDER:
        tab.pdf(path=f"{FOLDER}/{name}.pdf")
    tab.emulate_media(media="screen")


def test_what_is_not_valid_or_not_known(cast: Cast, live_server: LiveServer, looked: Looked) -> None:
    row: Certificate = issued_to(cast)
    revoke(certificate=row, reason="Fraude constatée.", by=cast.manager, at=LATER)
    labels = {"revoked": (row.number, "non valable"), "unknown": (NOWHERE, "non valable")}
    labels["mistyped"] = (f"{row.number[:-1]}{'3' if row.number[-1] == '2' else '2'}", "non vérifié")

    def act(tab: Page) -> None:
        for name, (number, label) in labels.items():
            tab.goto(live_server.url + url(number))
            expect(tab.get_by_role("heading", level=1)).to_have_text(f"Certificat {label}")
            looked_at(tab, f"verification-{name}")
        tab.goto(live_server.url + reverse("verification:shared", args=["x" * 43]))
        looked_at(tab, "verification-nothing")
        tab.goto(f"{live_server.url}{reverse('verification:ask')}?numero=ABCD-EFGH")
        looked_at(tab, "verification-slip")

    looked(act)


def sent(tab: Page, live_server: LiveServer, content: bytes) -> None:
    """A file is chosen and sent, as somebody would."""
    tab.goto(live_server.url + reverse("verification:ask"))
    kept: FilePayload = {"name": "certificat", "mimeType": "application/octet-stream", "buffer": content}
    tab.get_by_label("Le fichier du certificat").set_input_files(kept)
    tab.get_by_role("button", name="Contrôler ce fichier").click()


def test_from_the_file_to_the_answer(cast: Cast, live_server: LiveServer, looked: Looked) -> None:
    row = issued_to(cast)
    prove(ISSUED_AT)
    row = Certificate.objects.select_related("credential", "issuer", "candidacy").get(pk=row.pk)
    record = json.dumps(record_of([row], here(), LATER)).encode()
    text = str(row.credential.text)
    tried = {
        "valid": (paper_of(row), "Certificat valable"),
        "record": (record, "Relevé valable"),
        "altered": (text.replace("Odile", "Odette").encode(), "Certificat non valable"),
        "nothing": (b"Bonjour.", "Certificat non vérifié"),
    }

    def act(tab: Page) -> None:
        for name, (content, label) in tried.items():
            sent(tab, live_server, content)
            expect(tab.get_by_role("heading", level=1)).to_have_text(label)
            looked_at(tab, f"verification-file-{name}")
        cache.clear()

    looked(act)
    revoke(certificate=row, reason="Fraude constatée.", by=cast.manager, at=LATER)

    def again(tab: Page) -> None:
        sent(tab, live_server, text.encode())
        expect(tab.get_by_role("heading", level=1)).to_have_text("Certificat non valable")
        looked_at(tab, "verification-file-revoked")

    looked(again)


def test_a_file_is_sent_without_scripts_by_the_keyboard(cast: Cast, browser: Browser, live_server: LiveServer) -> None:
    row = issued_to(cast)
    prove(ISSUED_AT)
    content = Credential.objects.get(certificate=row).text.encode()
    tab = browser.new_context(java_script_enabled=False, locale="fr-FR").new_page()
    tab.goto(live_server.url + reverse("verification:ask"))
    field = tab.get_by_label("Le fichier du certificat")
    field.set_input_files({"name": "preuve.json", "mimeType": "application/json", "buffer": content})
    field.focus()
    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("heading", level=1)).to_have_text("Certificat valable")


def test_it_works_without_scripts(cast: Cast, browser: Browser, live_server: LiveServer) -> None:
    row = issued_to(cast)
    tab = browser.new_context(java_script_enabled=False, locale="fr-FR").new_page()
    tab.goto(live_server.url + reverse("verification:ask"))
    tab.get_by_label("Numéro du certificat").fill(row.number)
    tab.get_by_role("button", name="Vérifier", exact=True).click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("Certificat valable")
    tab.get_by_label("Nom de naissance").fill("Fictive")
    tab.get_by_label("Date de naissance").fill("1984-03-09")
    tab.get_by_role("button", name="Comparer").click()
    expect(tab.get_by_role("alert")).to_contain_text("Oui")
