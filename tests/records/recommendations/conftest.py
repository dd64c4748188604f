"""The cast, in every test here."""

import pytest

from tests.web import cast as casting


@pytest.fixture
def cast(db: None) -> casting.Cast:
    """The cast of this test."""
    return casting.cast()
