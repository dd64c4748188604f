"""Text that only the application can read."""

import base64

import pytest
from pytest_django import Settings

from parchemin.records.people.encrypted import SealedError, opened, sealed


def test_a_text_is_sealed_differently_each_time_and_opened_the_same() -> None:
    first, second = sealed("besoin d’un tiers-temps", "a.b"), sealed("besoin d’un tiers-temps", "a.b")
    assert first != second
    assert "besoin" not in first
    assert opened(first, "a.b") == opened(second, "a.b") == "besoin d’un tiers-temps"


def test_a_text_moved_to_another_column_does_not_open() -> None:
    with pytest.raises(SealedError):
        opened(sealed("x", "a.b"), "a.c")


def test_a_text_that_was_altered_does_not_open() -> None:
    text = sealed("x", "a.b")
    for at in range(3, len(text), 5):
        spoilt = text[:at] + ("A" if text[at] != "A" else "B") + text[at + 1 :]
        with pytest.raises(SealedError):
            opened(spoilt, "a.b")
    with pytest.raises(SealedError):
        opened("v1:", "a.b")


def test_another_key_does_not_open(settings: Settings) -> None:
    text = sealed("x", "a.b")
    settings.FIELD_KEY = base64.urlsafe_b64encode(b"k" * 32).decode()
    with pytest.raises(SealedError):
        opened(text, "a.b")
