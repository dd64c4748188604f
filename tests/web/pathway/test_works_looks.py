"""Written works in a browser: how they look, the live count, and a network that dies without losing anything."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from parchemin.edges.documents import counted
from parchemin.records.candidacies.models import Candidacy
from parchemin.records.pathways.actions.writing import save_work
from parchemin.records.pathways.models import Passage
from parchemin.records.people.models import Person, Role
from tests.web import cast as casting
from tests.web.cast import AT, TITLE
from tests.web.looking import WIDE, looked_at, page_of, signed_context
from tests.web.pathway.apprentices import shared

pytestmark = pytest.mark.django_db(transaction=True)
PAPER = "professional_paper"
HARD = ["E\u0301te\u0301", "ligne\nligne\r\n", "🎓 é œ €", "  deux  espaces  ", "漢字", "\u1100\u1161", "a\n\u0301", ""]


def begun(cast: casting.Cast) -> Candidacy:
    """A file with a paper half written."""
    row = casting.deposited(casting.opened(cast.candidate, cast.certification(TITLE), "continuing"))
    shared(row, cast.companion, Role.COMPANION)
    texts = {
        "": "Formatrice depuis douze ans dans un organisme fictif.",
        "4.1": "La commande de la branche portait sur un référentiel de trois blocs.\n\nJ’ai mené neuf entretiens.",
        "4.2": "x" * 139_900,
    }
    save_work(candidacy=row, document=PAPER, texts=texts, by=row.candidate, at=AT, revision=0, pen="p")
    return row


@pytest.mark.parametrize("role", ["candidate", "companion", "secretary"])
def test_works_look_right(
    live_server: LiveServer, browser: Browser, signed_in: Callable[[Person], Client], role: str
) -> None:
    cast = casting.cast()
    row = begun(cast)
    pages = {"candidate": ("works", "write", "freeze_work"), "companion": ("works", "write"), "secretary": ("works",)}
    with page_of(browser, live_server, signed_in(getattr(cast, role))) as page:
        for name in pages[role]:
            args = [row.pk] if name == "works" else [row.pk, PAPER]
            page.goto(live_server.url + reverse(f"pathway:{name}", args=args))
            looked_at(page, f"{role}-{name}")


def test_a_work_too_long_is_told_while_it_is_written_and_refused_when_handed_in(
    live_server: LiveServer, browser: Browser, signed_in: Callable[[Person], Client]
) -> None:
    cast = casting.cast()
    row = begun(cast)
    with page_of(browser, live_server, signed_in(cast.candidate)) as page:
        page.goto(live_server.url + reverse("pathway:write", args=[row.pk, PAPER]))
        line = page.locator("[data-tally-line]")
        expect(line).to_contain_text("caractères sur 140\u202f000")
        expect(page.locator("[data-tally-gap]")).to_have_text("47")
        looked_at(page, "too-long-work")
        page.get_by_role("button", name="Relire et déposer").click()
        with page.expect_navigation():
            page.get_by_role("button", name="Déposer cette version").click()
        expect(page.get_by_text("47 de trop")).to_be_visible()
        looked_at(page, "too-long-refused")
        page.get_by_role("link", name="Continuer d’écrire").click()
        page.get_by_label("4.2").fill("court")
        expect(page.locator("[data-tally-over]")).to_be_hidden()
        page.get_by_role("button", name="Relire et déposer").click()
        page.get_by_role("button", name="Déposer cette version").click()
        expect(page.get_by_text("est déposé : version 1")).to_be_visible()
        looked_at(page, "handed-in")


def test_the_live_count_is_the_count_of_the_server(
    live_server: LiveServer, browser: Browser, signed_in: Callable[[Person], Client]
) -> None:
    cast = casting.cast()
    row = begun(cast)
    with page_of(browser, live_server, signed_in(cast.candidate), WIDE) as page:
        page.goto(live_server.url + reverse("pathway:write", args=[row.pk, PAPER]))
        page.get_by_label("4.2").fill("")
        page.get_by_label("4.1").fill("")
        page.get_by_label("Présentation").fill("")
        for text in HARD:
            page.get_by_label("4.2").fill(text)
            expect(page.locator("[data-tally-total]")).to_have_text(str(counted(text)))
        part = page.locator(".parts li", has_text="4.3")
        expect(part).not_to_have_class("done")
        page.get_by_label("4.3").fill("Un texte")
        expect(part).to_have_class("done")


def test_a_dead_network_loses_nothing(
    live_server: LiveServer, browser: Browser, signed_in: Callable[[Person], Client]
) -> None:
    cast = casting.cast()
    row = begun(cast)
    context = signed_context(browser, live_server, signed_in(cast.candidate))
    page = context.new_page()
    work = live_server.url + reverse("pathway:write", args=[row.pk, PAPER])
    page.goto(work)
    page.get_by_label("4.3").fill("Écrit dans le train")
    expect(page.locator("[data-autosave-told]")).to_contain_text("Brouillon enregistré")
    context.set_offline(True)
    page.get_by_label("4.3").fill("Écrit dans le train, sous le tunnel")
    expect(page.locator("[data-autosave-told]")).to_contain_text("Le réseau ne répond pas")
    page.close(run_before_unload=False)
    context.set_offline(False)
    page = context.new_page()
    page.goto(work)
    expect(page.get_by_label("4.3")).to_have_value("Écrit dans le train")
    page.get_by_role("button", name="Reprendre ce texte").click()
    expect(page.get_by_label("4.3")).to_have_value("Écrit dans le train, sous le tunnel")
    expect(page.locator("[data-autosave-told]")).to_contain_text("Brouillon enregistré")
    context.close()
    kept = Passage.objects.get(work__candidacy=row, code="4.3")
    assert kept.words == "Écrit dans le train, sous le tunnel"


def test_a_network_that_comes_back_sends_what_waited(
    live_server: LiveServer, browser: Browser, signed_in: Callable[[Person], Client]
) -> None:
    cast = casting.cast()
    row = begun(cast)
    context = signed_context(browser, live_server, signed_in(cast.candidate))
    page = context.new_page()
    page.goto(live_server.url + reverse("pathway:write", args=[row.pk, PAPER]))
    context.set_offline(True)
    page.get_by_label("4.4").fill("Plus de réseau")
    expect(page.locator("[data-autosave-told]")).to_contain_text("Le réseau ne répond pas")
    context.set_offline(False)
    expect(page.locator("[data-autosave-told]")).to_contain_text("Brouillon enregistré", timeout=15_000)
    context.close()
    assert Passage.objects.get(work__candidacy=row, code="4.4").words == "Plus de réseau"


def test_a_long_work_sends_what_changed_alone_and_not_at_every_pause(
    live_server: LiveServer, browser: Browser, signed_in: Callable[[Person], Client]
) -> None:
    cast = casting.cast()
    row = begun(cast)
    context = signed_context(browser, live_server, signed_in(cast.candidate))
    page = context.new_page()
    page.goto(live_server.url + reverse("pathway:write", args=[row.pk, PAPER]))
    sent: list[str] = []
    page.on("request", lambda one: sent.append(one.post_data or "") if one.url.endswith("/garder/") else None)
    told = page.locator("[data-autosave-told]")
    page.get_by_label("4.3").fill("x" * 100_000)
    expect(told).to_contain_text("Brouillon enregistré", timeout=15_000)
    page.get_by_label("4.4").fill("Quelques mots")
    expect(told).to_contain_text("enregistré dans quelques secondes")
    page.wait_for_timeout(3_000)
    assert len(sent) == 1, "a pause is not enough to send again"
    page.evaluate(
        "() => { Object.defineProperty(document, 'hidden', { value: true });"
        " document.dispatchEvent(new Event('visibilitychange')); }"
    )
    expect(told).to_contain_text("Brouillon enregistré")
    assert len(sent) == 2 and "Quelques mots" in sent[1] and len(sent[1]) < 1_000
    context.close()
    kept = {one.code: len(one.words) for one in Passage.objects.filter(work__candidacy=row)}
    assert (kept["4.3"], kept["4.4"]) == (100_000, 13)
