"""A session of the joint jury, before any file is put on its agenda."""

import pytest

from tests.records.juries.bench import Bench
from tests.records.juries.bench import bench as prepared
from tests.web import cast as casting


@pytest.fixture
def cast(db: None) -> casting.Cast:
    """The cast of this test."""
    return casting.cast()


@pytest.fixture
def bench(cast: casting.Cast) -> Bench:
    """The joint jury of the CQP, four members named."""
    return prepared(cast)
