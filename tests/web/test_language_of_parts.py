"""On English pages, the words of certifications are said to be French, wherever they stand (WCAG 3.1.2)."""

import dataclasses
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client

from parchemin.records.certifications.queries import schemes_of
from parchemin.records.people.models import Person
from tests.web.cast import ON
from tests.web.test_every_url import TABLE, World, that_day, url_of, world

__all__ = ["that_day", "world"]
READERS = ("candidate", "secretary", "evaluator", "administrator")
"""Together they read every sort of page."""
UNSAID = frozenset({"title", "option", "script", "style"})
"""Elements whose text cannot be in another language than their page, and those that are not read."""
LEAST = 12
VOID = frozenset({"meta", "link", "input", "br", "hr", "img", "use", "rect", "source", "wbr", "col"})


def sentences(part: object) -> Iterator[str]:
    """Every text of a scheme that is long enough to be one."""
    if isinstance(part, str):
        if len(part) >= LEAST and " " in part:
            yield plain(part)
    elif dataclasses.is_dataclass(part) and not isinstance(part, type):
        for field in dataclasses.fields(part):
            yield from sentences(getattr(part, field.name))
    elif isinstance(part, dict):
        for one in part.values():
            yield from sentences(one)
    elif isinstance(part, list | tuple | frozenset):
        for one in part:
            yield from sentences(one)


def plain(text: str) -> str:
    """The words, whatever their typography."""
    for special, usual in (("\u202f", " "), ("\u00a0", " "), ("’", "'")):
        text = text.replace(special, usual)
    return " ".join(text.split())


class Parts(HTMLParser):
    """The texts of a page that nothing says to be French."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = [("", "")]
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """The language of the element is its own, or that of the one that holds it."""
        if tag not in VOID:
            self.open.append((tag, dict(attrs).get("lang") or self.open[-1][1]))

    def handle_endtag(self, tag: str) -> None:
        """The element is over, and those that were left open in it."""
        places = [index for index, (name, _lang) in enumerate(self.open) if name == tag]
        if places:
            del self.open[places[-1] :]

    def handle_data(self, data: str) -> None:
        """A text of its own."""
        tag, language = self.open[-1]
        if tag not in UNSAID and language != "fr" and data.strip():
            self.texts.append(plain(data))


def unsaid(page: str, known: frozenset[str]) -> list[str]:
    """The words of certifications that the page gives as English."""
    parts = Parts()
    parts.feed(page)
    return [text for text in parts.texts if any(one in text for one in known)]


@pytest.fixture
def known(world: World) -> frozenset[str]:
    """Every sentence of what is published in the world of the tests."""
    from parchemin.records.certifications.models import PublishedVersion

    versions = PublishedVersion.objects.values_list("certification__scheme", "name")
    found = schemes_of(versions, on=ON)
    return frozenset(text for scheme in found.values() for text in sentences(scheme))


@pytest.mark.parametrize("role", READERS)
def test_what_a_certification_says_is_said_to_be_french(
    world: World, known: frozenset[str], signed_in: Callable[[Person], Client], role: str
) -> None:
    client = signed_in(world.people[role])
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    wrong: dict[str, Any] = {}
    for name, line in TABLE.items():
        if role not in line.who or line.methods == "post":
            continue
        with transaction.atomic():
            answer = client.get(url_of(name, line, world.given))
            transaction.set_rollback(True)
        if answer.streaming:
            b"".join(answer.streaming_content)  # type: ignore[attr-defined]
        elif "text/html" in answer.headers["Content-Type"] and (found := unsaid(answer.content.decode(), known)):
            wrong[name] = found
    assert not wrong, "\n".join(f"{name}: {one}" for name, found in wrong.items() for one in found)
