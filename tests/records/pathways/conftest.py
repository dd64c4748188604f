"""An admissible file, before anything of its pathway is told."""

import pytest

from parchemin.records.candidacies.models import Candidacy
from tests.web import cast as casting


@pytest.fixture
def cast(db: None) -> casting.Cast:
    """The cast of this test."""
    return casting.cast()


@pytest.fixture
def row(cast: casting.Cast) -> Candidacy:
    """A file of the CQP under way."""
    return casting.opened(cast.candidate, cast.certification())
