"""A real browser on a real server: each page that is looked at is checked for whoever cannot see, at two widths."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connections
from playwright.sync_api import Browser

from tests.journeys.visitor import Visitor
from tests.web import cast as casting

ENDS = 30
"""Seconds in which the server ends what it was answering when a page is left."""


@pytest.fixture
def cast(transactional_db: None) -> casting.Cast:
    """The cast of this journey."""
    return casting.cast()


@pytest.fixture
def visit(chromium: Browser, live_server: Any) -> Iterator[Callable[..., Visitor]]:
    """Somebody opens the site, signed in or not; at the end nothing may have gone wrong on any page."""
    opened: list[Visitor] = []

    def open_as(person: Any = None) -> Visitor:
        opened.append(Visitor(chromium, live_server.url, person))
        return opened[-1]

    yield open_as
    faults = [fault for visitor in opened for fault in visitor.faults]
    for visitor in opened:
        visitor.leave()
    connections.close_all()  # the browser's loop gives this thread connections of its own
    for answering in threading.enumerate():
        if "process_request_thread" in answering.name:  # a page that asks again by itself holds the database
            answering.join(ENDS)
            assert not answering.is_alive(), "the server still answers a page that was left"
    assert faults == []
