"""How a page is looked at in a browser: a machine sees no accessibility fault, nothing too wide, no other host."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page
from playwright.sync_api import ViewportSize as Size
from pytest_django.live_server_helper import LiveServer

WIDE: Size = {"width": 1280, "height": 900}
PHONE: Size = {"width": 375, "height": 812}
FOLDER = os.environ.get("PARCHEMIN_PICTURES", "")
"""Where pictures of the pages are put, to be looked at; nowhere unless asked."""
WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
"""What every page must pass, as axe names it."""
EVERY_RULE = ()
"""What axe checks unless told, its good practices with it."""


@contextmanager
def page_of(browser: Browser, server: LiveServer, client: Client, size: Size = PHONE) -> Iterator[Page]:
    """A page signed in as that client; anything it asks of another host, or complains of, fails the test.

    On a phone unless told, where clicking is hardest: journeys are done on a wide screen.
    """
    context = signed_context(browser, server, client, size)
    page = context.new_page()
    strange: list[str] = []
    page.on("request", lambda one: strange.append(one.url) if not one.url.startswith((server.url, "data:")) else None)
    page.on("console", lambda one: strange.append(one.text) if complains(one) else None)
    page.on("pageerror", lambda one: strange.append(str(one)))
    yield page
    context.close()
    assert strange == []


def signed_context(browser: Browser, server: LiveServer, client: Client, size: Size = WIDE) -> BrowserContext:
    """The windows of somebody signed in as that client is."""
    context = browser.new_context(viewport=size, locale="fr-FR")
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": server.url}])
    return context


def complains(message: ConsoleMessage) -> bool:
    """Whether the browser tells a fault: it also tells so a form sent back with its errors, which is none."""
    sent_back = any(f"status of {code}" in message.text for code in (409, 422))
    return message.type in ("error", "warning") and not sent_back


def looked_at(page: Page, name: str) -> None:
    """The page, once it is all there with its styles and letters, has no fault that a machine can see at either width.

    It is left as wide as it was.
    """
    page.wait_for_load_state()
    page.evaluate("document.fonts.ready.then(() => true)")
    found = []
    for size in both_widths(page):
        if FOLDER:
            page.screenshot(path=f"{FOLDER}/{name}-{size['width']}.png", full_page=True)
        found += [f"at {size['width']}: {fault}" for fault in faults_of(page)]
    assert found == [], name


def both_widths(page: Page) -> Iterator[Size]:
    """The page is given each width in turn, that which it had comes last."""
    first = page.viewport_size
    for size in (WIDE, PHONE) if first and first["width"] == PHONE["width"] else (PHONE, WIDE):
        page.set_viewport_size(size)
        yield size


def faults_of(page: Page, tags: Sequence[str] = WCAG) -> list[str]:
    """What a machine sees wrong on the page as it is now: whether it is too wide, and what axe finds, with its places.

    Only violations are asked for: telling all that passed takes the browser longer than checking it.
    """
    found = []
    if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
        found.append("wider than the screen")
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(AXE_SCRIPT)
    options = {"resultTypes": ["violations"], "preload": False, **({"runOnly": list(tags)} if tags else {})}
    violations = page.evaluate("options => axe.run(options).then(found => found.violations)", options)
    return found + [f"{one['id']}: {[node['html'][:150] for node in one['nodes'][:3]]}" for one in violations]
