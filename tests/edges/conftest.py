"""What the edges that keep awards stand on."""

import pytest

from tests.records.awards.bench import housed
from tests.records.juries.bench import Bench
from tests.records.juries.bench import bench as prepared
from tests.web import cast as casting
from tests.web.cast import CQP


@pytest.fixture
def cast(db: None) -> casting.Cast:
    """The cast of this test."""
    return casting.cast()


@pytest.fixture
def bench(cast: casting.Cast) -> Bench:
    """The joint jury of the CQP, whose body signs its certificates."""
    housed(cast, CQP)
    return prepared(cast)
