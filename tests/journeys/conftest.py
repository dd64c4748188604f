"""A real browser on a real server: each page that is looked at is checked for whoever cannot see, at two widths."""

import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.signals import request_finished, request_started
from django.db import connections
from playwright.sync_api import Browser

from tests.journeys.visitor import Visitor
from tests.web import cast as casting

ENDS = 30
"""Seconds in which the server ends what it was answering when a page is left."""
ANSWERING: set[int] = set()
"""The threads of the server that answer a request at this moment."""


def _begins(**_told: Any) -> None:
    if threading.current_thread() is not threading.main_thread():
        ANSWERING.add(threading.get_ident())


def _ends(**_told: Any) -> None:
    ANSWERING.discard(threading.get_ident())


request_started.connect(_begins)
request_finished.connect(_ends)


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
    deadline = time.monotonic() + ENDS
    while ANSWERING and time.monotonic() < deadline:  # a page that asks again by itself holds the database
        time.sleep(0.02)
    assert faults == []
