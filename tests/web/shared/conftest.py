"""What is shared is tested without the audiences that stand on it."""

from collections.abc import Iterator

import pytest
from django.test import override_settings


@pytest.fixture(autouse=True)
def addresses() -> Iterator[None]:
    """Only the addresses that the base page links to."""
    with override_settings(ROOT_URLCONF="tests.web.shared.urls"):
        yield
