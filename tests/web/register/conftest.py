"""A certificate made checkable, and the day after."""

import pytest

from parchemin.project.proving import prove
from parchemin.records.awards.models import Certificate
from tests.records.awards.bench import ISSUED_AT, given, housed, told
from tests.records.juries.bench import bench
from tests.web.cast import CQP, Cast


@pytest.fixture
def issued(cast: Cast) -> Certificate:
    """One of the CQP, signed and said by the register."""
    housed(cast, CQP)
    (made,) = given(told(bench(cast)), cast.manager)
    prove(ISSUED_AT)
    return Certificate.objects.get(pk=made.pk)
