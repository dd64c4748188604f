"""The command line, run on the fictional certification."""

import pytest

from tests.cli.running import SCHEMES, Run, runner
from tests.samples import FIXTURES


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command on the fixtures and return how it ended and what it wrote."""
    monkeypatch.setenv("PARCHEMIN_SCHEMES", SCHEMES)
    monkeypatch.setenv("PARCHEMIN_LIBRARY", str(FIXTURES))
    return runner(capsys)
