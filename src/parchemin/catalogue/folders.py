"""Version folders: their names, the first day they are in force, and what is called wrongly in them."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from parchemin.catalogue.formats import day_of, wrong
from parchemin.catalogue.problems import Mark, Problem, nearest
from parchemin.catalogue.reading import Node
from parchemin.core.decision import Stage

UNDATED = "undated"


class Version(NamedTuple):
    """A version's folder and the first day it is in force; an undated one is in force from the start."""

    id: str
    name: str
    folder: Path
    from_: date

    @property
    def label(self) -> str:
        """How its files are called: ``<scheme>/<version>``."""
        return f"{self.id}/{self.name}"


def ill_named_cases(version: Version) -> Iterator[Problem]:
    """A problem for each file of cases that no stage is called by: it would never be run."""
    stages = [stage.value for stage in Stage]
    for path in sorted(version.folder.glob("cases/*.yaml")):
        if path.stem not in stages:
            mark = Mark(f"{version.label}/cases/{path.name}")
            yield wrong(Node(path.stem, mark), "stage", nearest(path.stem, stages))


def ill_named(label: str) -> Problem:
    """The problem of a folder or file that should be named by a date of effect."""
    name = label.rpartition("/")[2].removesuffix(".yaml")
    return wrong(Node(name, Mark(label)), "effect")


def effect_of(name: str) -> date | None:
    """The first day of a version of that name; None when it is no name of a version."""
    return date.min if name == UNDATED else day_of(name) if is_day(name) else None


def is_day(name: str) -> bool:
    """Whether a name is a date."""
    try:
        day_of(name)
    except ValueError:
        return False
    return True
