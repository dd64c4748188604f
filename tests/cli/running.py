"""Run the command line as a person does, on the fictional certification."""

import json
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest

from parchemin.cli import main
from tests.samples import FIXTURES

SCHEMES = str(FIXTURES / "schemes")
FACTS = str(FIXTURES / "facts" / "jury.yaml")


class Answer(NamedTuple):
    """How a command ended and what it wrote."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What was written, as one JSON value."""
        return json.loads(self.out)

    @property
    def words(self) -> str:
        """What was written on one line, whatever the width of the page."""
        return " ".join(self.out.replace("\u202f", " ").replace("’", "'").split())


Run = Callable[..., Answer]


def runner(capsys: pytest.CaptureFixture[str]) -> Run:
    """A function that runs a command and returns its answer."""

    def run(*arguments: str) -> Answer:
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main(list(arguments))
        written = capsys.readouterr()
        code = ended.value.code
        return Answer(code if isinstance(code, int) else 0 if code is None else 1, written.out, written.err)

    return run
