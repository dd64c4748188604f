"""The administration's pages in a browser, at 1280 and 375 pixels: no accessibility fault, no overflow."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.db import connections
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from parchemin.records.candidacies.models import RetentionRun
from parchemin.records.people.models import Person
from tests.samples import FIXTURES
from tests.web import cast as casting
from tests.web.administration.scene import addresses, page, scene

WIDTHS = (1280, 375)
FOLDER = os.environ.get("PARCHEMIN_PICTURES", "")
"""Where pictures of the pages are put, to be looked at; nowhere unless asked."""
POSTED = ("open_certification", "close_certification", "publish_checked", "retry", "prepare_retention", "attachment")
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def browser(chromium: Browser) -> Iterator[Browser]:
    """The browser, left as it was found."""
    yield chromium
    for context in chromium.contexts:
        context.close()
    connections.close_all()


@contextmanager
def page_of(browser: Browser, server: LiveServer, client: Client, width: int) -> Iterator[Page]:
    """A page signed in as that client; anything it asks of another host, or complains of, fails the test."""
    context = browser.new_context(viewport={"width": width, "height": 900}, locale="fr-FR")
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": server.url}])
    opened = context.new_page()
    strange: list[str] = []
    opened.on("request", lambda one: strange.append(one.url) if not one.url.startswith((server.url, "data:")) else None)
    opened.on("pageerror", lambda one: strange.append(str(one)))
    yield opened
    context.close()
    assert strange == []


def looked_at(opened: Page, name: str, width: int) -> None:
    """The page has no fault that a machine can see, once its styles and letters are there."""
    opened.wait_for_load_state()
    opened.evaluate("document.fonts.ready.then(() => true)")
    if FOLDER:
        opened.screenshot(path=f"{FOLDER}/{name}-{width}.png", full_page=True)
    assert opened.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), f"{name} overflows at {width}"
    faults = Axe().run(opened, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
    found = [(one["id"], [node["html"][:150] for node in one["nodes"]]) for one in faults.response["violations"]]
    assert found == [], f"{name} at {width}"


@pytest.mark.parametrize("width", WIDTHS)
def test_pages_look_right(
    live_server: LiveServer, browser: Browser, signed_in: Callable[[Person], Client], width: int
) -> None:
    found = scene(casting.cast())
    client = signed_in(found.cast.administrator)
    with page_of(browser, live_server, client, width) as opened:
        for name, url in addresses(found).items():
            if name not in POSTED and not name.startswith("export_"):
                opened.goto(live_server.url + url)
                looked_at(opened, name, width)
        opened.goto(live_server.url + reverse("shared:processing"))
        looked_at(opened, "register", width)


@pytest.mark.parametrize("width", WIDTHS)
def test_what_changed_before_it_was_erased_looks_right(
    live_server: LiveServer, browser: Browser, signed_in: Callable[[Person], Client], width: int
) -> None:
    found = scene(casting.cast())
    run = RetentionRun.objects.get(pk=found.run)
    run.organisation.retention_rules.update(months=120)
    client = signed_in(found.cast.manager)
    address = live_server.url + page("run_retention", run.pk)
    with page_of(browser, live_server, client, width) as opened:
        opened.goto(address)
        looked_at(opened, "changed", width)
        opened.get_by_label("Je sais que ce qui est effacé").check()
        opened.get_by_role("button", name="Effacer").click()
        opened.get_by_role("heading", name="Ce qui a été effacé").wait_for()
        looked_at(opened, "erased", width)


@pytest.mark.parametrize("width", WIDTHS)
def test_an_empty_installation_teaches(
    live_server: LiveServer, browser: Browser, signed_in: Callable[[Person], Client], width: int
) -> None:
    client = signed_in(casting.cast().administrator)
    with page_of(browser, live_server, client, width) as opened:
        for name in ("home", "certifications", "people", "outbox", "tasks"):
            opened.goto(live_server.url + page(name))
            looked_at(opened, f"empty-{name}", width)


@pytest.mark.parametrize("width", WIDTHS)
def test_publishing_looks_right(
    live_server: LiveServer,
    browser: Browser,
    signed_in: Callable[[Person], Client],
    monkeypatch: pytest.MonkeyPatch,
    width: int,
) -> None:
    monkeypatch.setenv("PARCHEMIN_LIBRARY", str(FIXTURES))
    cast = casting.cast()
    client = signed_in(cast.administrator)
    folders = casting.files_for(casting.SIXTH)[0].parent
    with page_of(browser, live_server, client, width) as opened:
        for name in ("2026-01-01", "2027-01-01"):
            opened.goto(live_server.url + page("publish"))
            files = [str(folders / name / file) for file in ("scheme.yaml", "framework.yaml")]
            opened.get_by_label("Les fichiers").set_input_files(files)
            opened.get_by_label("Certificateur").select_option(label=cast.organisation.name)
            opened.get_by_role("button", name="Contrôler les fichiers").click()
            opened.get_by_role("button", name="Publier cette version").wait_for()
            looked_at(opened, f"preview-{name}", width)
            opened.get_by_label("J’ai lu ce qui change").check()
            opened.get_by_role("button", name="Publier cette version").click()
            opened.get_by_role("heading", name="Versions publiées").wait_for()
            looked_at(opened, f"published-{name}", width)
