"""Files of the cast, in the states that tests start from."""

import pytest

from parchemin.records.candidacies.models import Candidacy
from tests.records.candidacies import files
from tests.web import cast as casting


@pytest.fixture
def cast(db: None) -> casting.Cast:
    """The cast of this test."""
    return casting.cast()


@pytest.fixture
def draft(cast: casting.Cast) -> Candidacy:
    """A draft of the CQP by experience."""
    return casting.opened(cast.candidate, cast.certification())


@pytest.fixture
def received(cast: casting.Cast, draft: Candidacy) -> Candidacy:
    """The same, handed in with five years of activity."""
    casting.worked(draft)
    return casting.deposited(draft)


@pytest.fixture
def complete(cast: casting.Cast, draft: Candidacy) -> Candidacy:
    """A file that everything speaks for, checked as complete."""
    return files.completed(cast, draft)


@pytest.fixture
def admissible(cast: casting.Cast, complete: Candidacy) -> Candidacy:
    """The same, found admissible."""
    return files.decided(cast, complete)
