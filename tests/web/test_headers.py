"""What every answer tells the browser to refuse, and what it does not tell anybody."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.conf import settings as project
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import reverse

from parchemin.records.candidacies.models import Candidacy
from parchemin.records.people.models import Person
from tests.web.cast import Cast
from tests.web.secretariat import desk

SignedIn = Callable[[Person], Client]
PUBLIC = (
    "account_login",
    "account_signup",
    "shared:accessibility",
    "shared:processing",
    "candidate:certifications",
    "verification:ask",
)
TOLD = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


@pytest.fixture(autouse=True)
def that_day() -> Iterator[None]:
    """Two weeks after the files of the cast were handed in."""
    with time_machine.travel(desk.NOW, tick=True):
        yield


@pytest.fixture
def received(cast: Cast) -> Candidacy:
    """An application with everything."""
    return desk.received(cast)


def policy(answer: HttpResponseBase) -> dict[str, set[str]]:
    """The directives of the content policy of that answer."""
    parts = (part.split() for part in answer.headers["Content-Security-Policy"].split(";") if part.strip())
    return {name: set(sources) for name, *sources in parts}


def answers(received: Candidacy, cast: Cast, signed_in: SignedIn) -> Iterator[tuple[str, HttpResponseBase]]:
    """Answers of every kind: pages, a refusal, nothing there, a download, a list, a redirection."""
    anonymous, candidate, secretary = Client(), signed_in(cast.candidate), signed_in(cast.secretary)
    for name in PUBLIC:
        yield name, anonymous.get(reverse(name))
    version = received.documents.all()[0].versions.get()
    yield "nothing", anonymous.get("/nulle-part/")
    yield "sent to sign in", anonymous.get(reverse("candidate:home"))
    yield "home", candidate.get(reverse("candidate:home"))
    yield "file", candidate.get(reverse("candidate:file", args=[received.pk]))
    download = candidate.get(reverse("candidate:download", args=[received.pk, version.pk]))
    download.getvalue()  # read to its end it is closed
    yield "download", download
    yield "refused", candidate.get(reverse("secretariat:queue"))
    yield "queue", secretary.get(reverse("secretariat:queue"))
    yield "desk", secretary.get(reverse("secretariat:file", args=[received.pk]))
    yield "list", secretary.get(reverse("secretariat:export", args=["csv"]))
    yield "forged", Client(enforce_csrf_checks=True).post(reverse("account_login"), {"login": "x"})


def test_every_answer_holds_the_browser_back(received: Candidacy, cast: Cast, signed_in: SignedIn) -> None:
    for name, answer in answers(received, cast, signed_in):
        for header, value in TOLD.items():
            assert answer.headers.get(header) == value, (name, header)
        found = policy(answer)
        assert found["default-src"] == {"'none'"}, name
        said = answer.headers["Content-Security-Policy"]
        for danger in ("unsafe-inline", "unsafe-eval", "unsafe-hashes", "strict-dynamic", "*", "http:", "https:"):
            assert danger not in said, (name, danger)
        if "sandbox" in found:  # a file that somebody sent: nothing of it runs here
            assert set(found) == {"sandbox", "default-src"}, name
            assert answer.headers["Content-Disposition"].startswith("attachment"), name
            continue
        for directive in ("script-src", "style-src", "connect-src", "font-src", "form-action"):
            assert found[directive] == {"'self'"}, (name, directive)
        assert found["frame-ancestors"] == found["base-uri"] == {"'none'"}, name
        assert not {"object-src", "child-src", "worker-src"} & set(found), name  # nothing but ``default-src``


def test_no_answer_says_what_the_server_is_made_of(received: Candidacy, cast: Cast, signed_in: SignedIn) -> None:
    for name, answer in answers(received, cast, signed_in):
        told = " ".join(f"{header}: {value}" for header, value in answer.headers.items()).lower()
        for word in ("django", "python", "granian", "whitenoise", "server:", "x-powered-by", "traceback"):
            assert word not in told, (name, word)


def test_what_is_personal_is_kept_nowhere(received: Candidacy, cast: Cast, signed_in: SignedIn) -> None:
    for name, answer in answers(received, cast, signed_in):
        if name in ("home", "file", "download", "refused", "queue", "desk", "list"):
            said = answer.headers.get("Cache-Control", "")
            assert {"private", "no-store"} <= set(said.replace(",", " ").split()), (name, said)


def test_no_page_holds_a_script_or_a_style_of_its_own(received: Candidacy, cast: Cast, signed_in: SignedIn) -> None:
    import re

    for name, answer in answers(received, cast, signed_in):
        if answer.streaming or not answer.headers.get("Content-Type", "").startswith("text/html"):
            continue
        page = answer.content.decode()  # type: ignore[attr-defined]
        assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*type=.application/json)", page), name
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=\"|javascript:", page), name
        for address in re.findall(r"(?:src|href|action)=\"(https?:)?//([^\"/]+)", page):
            assert address[1] in ("www.legifrance.gouv.fr", "testserver") or name not in PUBLIC, (name, address)


def test_cookies_are_out_of_reach_of_scripts_and_of_other_sites(cast: Cast, client: Client) -> None:
    client.post(reverse("account_login"), {"login": cast.candidate.email, "password": "une phrase pour les essais"})
    client.get(reverse("account_email"))
    client.post(reverse("set_language"), {"language": "en"})
    names = (project.SESSION_COOKIE_NAME, project.CSRF_COOKIE_NAME, project.LANGUAGE_COOKIE_NAME)
    client.get(reverse("account_login"))
    for name in names:
        if name in client.cookies:
            cookie = client.cookies[name]
            assert cookie["httponly"], name
            assert cookie["samesite"] == "Lax", name
            assert not cookie["domain"], name
    assert project.SESSION_COOKIE_NAME in client.cookies


SECURE = """
import django
from django.test import Client
from django.test.utils import setup_test_environment
django.setup()
setup_test_environment()
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("createcachetable", verbosity=0)
plain = Client().get("/compte/login/", headers={"host": "parchemin.example"})
print(plain.status_code, plain.headers.get("Location"))
client = Client()
page = client.get("/compte/login/", secure=True, headers={"host": "parchemin.example"})
print(page.status_code, page.headers.get("Strict-Transport-Security"))
print(sorted((name, bool(one["secure"]), bool(one["httponly"])) for name, one in client.cookies.items()))
"""


def test_under_https_everything_stays_there(tmp_path: object) -> None:
    """The settings as a public server has them, in a process of its own."""
    told = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("PARCHEMIN_", "DATABASE_"))},
        "DJANGO_SETTINGS_MODULE": "parchemin.project.settings",
        "PARCHEMIN_HOME": str(tmp_path),
        "PARCHEMIN_ADDRESS": "https://parchemin.example",
        "PARCHEMIN_HOSTS": "parchemin.example",
        "DJANGO_STATICFILES": "",
    }
    script = "from parchemin.project import settings\n" + (
        "settings.STORAGES['staticfiles'] = {'BACKEND': 'django.contrib.staticfiles.storage.StaticFilesStorage'}\n"
    )
    ran = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", script + SECURE], env=told, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    plain, page, cookies = ran.stdout.strip().splitlines()[-3:]
    assert plain == "301 https://parchemin.example/compte/login/"
    assert page == "200 max-age=31536000"
    assert "('parchemin_csrf', True, True)" in cookies
