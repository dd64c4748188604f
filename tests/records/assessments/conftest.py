"""An admissible file of the CQP, and a sitting of its assessment held before a pair of evaluators."""

import pytest

from parchemin.records.candidacies.models import Candidacy
from tests.records.assessments import sheets
from tests.records.assessments.sheets import Pair
from tests.records.candidacies import files
from tests.web import cast as casting


@pytest.fixture
def cast(db: None) -> casting.Cast:
    """The cast of this test."""
    return casting.cast()


@pytest.fixture
def admissible(cast: casting.Cast) -> Candidacy:
    """A file of the CQP by experience, found admissible."""
    row = casting.opened(cast.candidate, cast.certification())
    return files.decided(cast, files.completed(cast, row))


@pytest.fixture
def pair(cast: casting.Cast, admissible: Candidacy) -> Pair:
    """The assessment held, a professional and an external evaluator ready to rate."""
    return sheets.held(cast, admissible)
