"""What the apps that come after candidacies know and keep of a file: they say it here, once, when they are ready.

An app never imports a later one.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q

from parchemin.core.facts import Facts
from parchemin.core.scheme import Scheme
from parchemin.records.candidacies.models import Candidacy

Contributor = Callable[[Candidacy, Scheme], Mapping[str, Any]]
CONTRIBUTORS: list[Contributor] = []


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


def contribute(contributor: Contributor) -> None:
    """From now on these fields of Facts come from that function; called once, when its app is ready."""
    if contributor not in CONTRIBUTORS:
        CONTRIBUTORS.append(contributor)


def contributed(facts: Facts, candidacy: Candidacy, scheme: Scheme) -> Facts:
    """The same facts with what every contributor knows; a few queries, however long the file is."""
    for contributor in CONTRIBUTORS:
        facts = replace(facts, **contributor(candidacy, scheme))
    return facts
