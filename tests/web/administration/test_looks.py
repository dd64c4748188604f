"""The administration's pages in a browser, at 1280 and 375 pixels: no accessibility fault, no overflow."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from parchemin.project.tasks import erase_what_is_due
from parchemin.records.candidacies.models import RetentionRun
from parchemin.records.people.models import Person
from tests.records.reform import NEXT, SAME
from tests.samples import FIXTURES
from tests.web import cast as casting
from tests.web.administration.scene import addresses, page, scene
from tests.web.administration.test_impact import shut
from tests.web.looking import looked_at, page_of

POSTED = (
    "open_certification", "close_certification", "publish_checked", "publish_files", "retry", "prepare_retention",
    "attachment",
)  # fmt: skip

pytestmark = pytest.mark.django_db(transaction=True)


def test_pages_look_right(live_server: LiveServer, browser: Browser, signed_in: Callable[[Person], Client]) -> None:
    found = scene(casting.cast())
    client = signed_in(found.cast.administrator)
    with page_of(browser, live_server, client) as opened:
        for name, url in addresses(found).items():
            if name not in POSTED and not name.startswith("export_"):
                opened.goto(live_server.url + url)
                looked_at(opened, name)
        opened.goto(live_server.url + reverse("shared:processing"))
        looked_at(opened, "register")


def test_what_changed_before_it_was_erased_looks_right(
    live_server: LiveServer, browser: Browser, signed_in: Callable[[Person], Client]
) -> None:
    found = scene(casting.cast())
    run = RetentionRun.objects.get(pk=found.run)
    run.organisation.retention_rules.update(months=120)
    client = signed_in(found.cast.manager)
    address = live_server.url + page("run_retention", run.pk)
    with page_of(browser, live_server, client) as opened:
        opened.goto(address)
        looked_at(opened, "changed")
        opened.get_by_label("Je sais que ce qui est effacé").check()
        opened.get_by_role("button", name="Effacer").click()
        opened.get_by_role("heading", name="Effacement en cours").wait_for()
        looked_at(opened, "erasing")
        erase_what_is_due.call(run.pk)
        opened.get_by_role("heading", name="Ce qui a été effacé").wait_for()
        looked_at(opened, "erased")


def test_an_empty_installation_teaches(
    live_server: LiveServer, browser: Browser, signed_in: Callable[[Person], Client]
) -> None:
    client = signed_in(casting.cast().administrator)
    with page_of(browser, live_server, client) as opened:
        for name in ("home", "certifications", "people", "outbox", "tasks"):
            opened.goto(live_server.url + page(name))
            looked_at(opened, f"empty-{name}")


def test_publishing_looks_right(
    live_server: LiveServer,
    browser: Browser,
    signed_in: Callable[[Person], Client],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PARCHEMIN_LIBRARY", str(FIXTURES))
    cast = casting.cast()
    client = signed_in(cast.administrator)
    folders = casting.files_for(casting.SIXTH)[0].parent
    with page_of(browser, live_server, client) as opened:
        for name in ("2026-01-01", "2027-01-01"):
            opened.goto(live_server.url + page("publish"))
            files = [str(folders / name / file) for file in ("scheme.yaml", "framework.yaml")]
            opened.get_by_label("Les fichiers").set_input_files(files)
            opened.get_by_label("Certificateur").select_option(label=cast.organisation.name)
            opened.get_by_role("button", name="Contrôler les fichiers").click()
            opened.get_by_role("button", name="Publier cette version").wait_for()
            looked_at(opened, f"preview-{name}")
            opened.get_by_label("J’ai lu ce qui change").check()
            opened.get_by_role("button", name="Publier cette version").click()
            opened.get_by_role("heading", name="Versions publiées").wait_for()
            looked_at(opened, f"published-{name}")


def test_what_a_version_does_to_the_files_in_flight_looks_right(
    live_server: LiveServer, browser: Browser, signed_in: Callable[[Person], Client]
) -> None:
    cast = casting.cast()
    casting.opened(cast.candidate, cast.certification(), "pathway")
    casting.opened(cast.other_candidate, cast.certification(), "vae")
    client = signed_in(cast.manager)
    with page_of(browser, live_server, client) as opened:
        opened.goto(live_server.url + page("publish"))
        files = [
            {"name": name, "mimeType": "text/yaml", "buffer": text.encode()}
            for name, text in shut(SAME, "more_favourable").items()
        ]
        opened.set_input_files("input[type=file]", files)  # type: ignore[arg-type]
        opened.get_by_role("button", name="Contrôler").click()
        opened.get_by_role("heading", name="Dossiers en cours").wait_for()
        looked_at(opened, "impact")
        opened.get_by_label("J’ai lu ce qui change").check()
        opened.get_by_role("button", name="Publier cette version").click()
        opened.get_by_role("link", name=NEXT, exact=True).click()
        opened.get_by_role("link", name="Dossiers qui ne suivent pas").click()
        opened.get_by_role("heading", name="Dossiers en cours").wait_for()
        looked_at(opened, "version_files")
