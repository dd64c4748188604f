"""Whoever reads the log can use no link."""

import logging
from uuid import uuid4

import pytest
from django.conf import settings

from parchemin.project.discretion import Discreet

SECRET = "Ttn37xYz-0123456789_abcdefghij"


def logged(message: str, *args: object) -> str:
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, message, args, None)
    assert Discreet().filter(record)
    return record.getMessage()


@pytest.mark.parametrize(
    "address", [f"/acte/{SECRET}/", f"/acte/{SECRET}/piece/", f"/compte/invitation/{SECRET}", f"/x/{SECRET}?a=1"]
)
def test_secrets_of_addresses_are_left_out(address: str) -> None:
    told = logged("Unprocessable Entity: %s", address)
    assert SECRET not in told and "…" in told


def test_opaque_ids_and_words_stay() -> None:
    id = uuid4()
    assert str(id) in logged("Not Found: %s", f"/dossiers/{id}/")
    assert "/secretariat/dossiers/" in logged("Forbidden: %s", "/secretariat/dossiers/")


def test_the_handlers_of_the_server_have_it() -> None:
    handlers = settings.LOGGING["handlers"]
    assert handlers and all("discreet" in one["filters"] for one in handlers.values())
    assert settings.LOGGING["filters"]["discreet"]["()"] == f"{Discreet.__module__}.{Discreet.__qualname__}"
