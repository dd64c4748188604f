"""Rows that later apps seal in the journal: they say here, once, how to find those that were rewritten since."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple


class Rewritten(NamedTuple):
    """A row that is not what the journal says: where, which, and the number of the entry that told it (0 for none)."""

    where: str
    row: str
    entry: int


Witness = Callable[[], Iterable[Rewritten]]
WITNESSES: list[Witness] = []


def witness(found: Witness) -> None:
    """From now on these rows are verified with the journal; called once, when an app is ready."""
    if found not in WITNESSES:
        WITNESSES.append(found)


def rewritten() -> Iterator[Rewritten]:
    """Every row that was rewritten behind the journal's back, app by app."""
    for found in WITNESSES:
        yield from found()
