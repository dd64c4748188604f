"""What the apps that come after candidacies know and keep of a file: they say it here, once, when they are ready.

An app never imports a later one.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from parchemin.core.asking import uses
from parchemin.core.scheme import Check, Rule, Scheme
from parchemin.records.candidacies.models import Candidacy

Contributor = Callable[[Candidacy, Scheme], Mapping[str, Any]]
CONTRIBUTORS: dict[Contributor, tuple[type[Check], ...]] = {}
"""Each with the only checks that look at what it tells; none where any may."""
JOINED: list[str] = []
"""The single rows that later apps keep of a file, by the name they have there: read with it, they cost no query."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What an app keeps in the class of retention of pathways and assessments.

    ``held`` finds the files of which it still keeps some; ``erase`` lets go of it for one file.
    """

    held: Callable[[], Q]
    erase: Callable[[Candidacy], None]


KEPT: list[Kept] = []


def keep(kept: Kept) -> None:
    """From now on that is erased with the rest of its class; called once, when its app is ready."""
    if kept not in KEPT:
        KEPT.append(kept)


NEEDING: list[Callable[[], Q]] = []
"""What finds the files whose civil identity a later app has yet to send to somebody the law names."""


def need_identity(needing: Callable[[], Q]) -> None:
    """From now on the identity of those files is not erased, however long ago they closed; called once, as ``keep``."""
    if needing not in NEEDING:
        NEEDING.append(needing)


def contribute(contributor: Contributor, *checks: type[Check]) -> None:
    """From now on these fields of Facts come from that function; called once, when its app is ready.

    ``checks`` are the only ones that look at these fields: where no rule asked is one of them, they are left unread.
    """
    CONTRIBUTORS[contributor] = checks


def join(name: str) -> None:
    """From now on that single row of a file may be read with it; called once, when its app is ready."""
    if name not in JOINED:
        JOINED.append(name)


def looked_at(rules: Iterable[Rule]) -> Iterator[Contributor]:
    """The contributors of what these rules may look at."""
    known = tuple(rules)
    return (one for one, checks in CONTRIBUTORS.items() if not checks or uses(known, *checks))
