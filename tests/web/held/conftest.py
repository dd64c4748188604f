"""A certificate that its holder holds."""

import pytest

from parchemin.records.awards.models import Certificate
from tests.records.awards.bench import given, housed, told
from tests.records.juries.bench import bench
from tests.web.cast import CQP, Cast


@pytest.fixture
def issued(cast: Cast) -> Certificate:
    """One of the CQP, not signed yet."""
    housed(cast, CQP)
    (made,) = given(told(bench(cast)), cast.manager)
    return made
