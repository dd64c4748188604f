"""A browser before pages drawn from our own components, with a network made of answers given by the test."""

from collections.abc import Callable
from pathlib import Path

from django.template import engines
from playwright.sync_api import Page, Route

from tests.samples import ROOT

STATIC = ROOT / "src/parchemin/web/shared/static"
HOST = "http://parchemin.test"
SHELL = """<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><title>Essai</title>
<link rel="stylesheet" href="/static/parchemin/css/tokens.css">
<link rel="stylesheet" href="/static/parchemin/css/base.css">
<link rel="stylesheet" href="/static/parchemin/css/components.css">
<link rel="stylesheet" href="/static/parchemin/css/forms.css">
<script type="module" src="/static/parchemin/js/page.js"></script></head>
<body data-reader="7"><main class="page">%s</main>{%% include "components/script_words.html" %%}</body></html>"""
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; connect-src 'self'; img-src 'self'"
TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".woff2": "font/woff2"}


def html(body: str, **values: object) -> str:
    """A page around that template, drawn."""
    return str(engines["django"].from_string(SHELL % body).render(values))


class Network:
    """What the browser asks for: pages by path, scripts from disk, and posts kept and answered."""

    def __init__(self, page: Page) -> None:
        self.pages: dict[str, str] = {}
        self.posts: list[tuple[str, str]] = []
        self.answer: Callable[[Route], None] = lambda route: route.fulfill(status=204)
        page.route("**/*", self._serve)

    def _serve(self, route: Route) -> None:
        path = route.request.url.removeprefix(HOST).split("?")[0]
        if route.request.method == "POST":
            self.posts.append((path, (route.request.post_data_buffer or b"").decode("utf-8", "replace")))
            self.answer(route)
        elif path.startswith("/static/"):
            file = STATIC / Path(path.removeprefix("/static/"))
            route.fulfill(body=file.read_bytes(), content_type=TYPES.get(file.suffix, "text/plain"))
        elif path in self.pages:
            headers = {"Content-Security-Policy": POLICY, "Content-Type": "text/html; charset=utf-8"}
            route.fulfill(body=self.pages[path], headers=headers)
        else:
            route.fulfill(status=404, body="")
