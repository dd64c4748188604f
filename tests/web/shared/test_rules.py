"""The page that a finding refers to: every rule of a published version, under its own address."""

import re

import pytest
from django.test import Client

from parchemin.records.certifications.queries import resolved
from tests.web import cast as casting


@pytest.fixture
def browser() -> Client:
    return Client(headers={"accept-language": "fr"})


def test_every_rule_has_its_place_and_its_source(cast: casting.Cast, browser: Client) -> None:
    published = cast.certification(casting.CQP).versions.order_by("name").last()
    assert published
    page = browser.get(f"/regles/{casting.CQP}/{published.name}/").content.decode()
    loaded = resolved(casting.CQP, version=published.name, on=casting.ON)
    rules = [rule for group in loaded.scheme.rules.values() for rule in group]
    assert rules
    for rule in rules:
        assert f'id="{rule.id}"' in page
    names = re.findall(r'\bid="([^"]+)"', page)
    assert [name for name in names if names.count(name) > 1] == []


@pytest.mark.parametrize("path", ["inconnue/2026-01-01/", f"{casting.CQP}/1999-01-01/"])
def test_what_was_not_published_has_no_page(cast: casting.Cast, browser: Client, path: str) -> None:
    cast.certification(casting.CQP)
    assert browser.get(f"/regles/{path}").status_code == 404


def test_a_date_that_is_none_is_today(cast: casting.Cast, browser: Client) -> None:
    published = cast.certification(casting.CQP).versions.order_by("name").last()
    assert published
    assert browser.get(f"/regles/{casting.CQP}/{published.name}/?on=hier").status_code == 200
