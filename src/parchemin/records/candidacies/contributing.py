"""What the apps that come after candidacies know of a file: they say it here, for an app never imports a later one."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from parchemin.core.facts import Facts
from parchemin.core.scheme import Scheme
from parchemin.records.candidacies.models import Candidacy

Contributor = Callable[[Candidacy, Scheme], Mapping[str, Any]]
CONTRIBUTORS: list[Contributor] = []


def contribute(contributor: Contributor) -> None:
    """From now on these fields of Facts come from that function; called once, when its app is ready."""
    if contributor not in CONTRIBUTORS:
        CONTRIBUTORS.append(contributor)


def contributed(facts: Facts, candidacy: Candidacy, scheme: Scheme) -> Facts:
    """The same facts with what every contributor knows; a few queries, however long the file is."""
    for contributor in CONTRIBUTORS:
        facts = replace(facts, **contributor(candidacy, scheme))
    return facts
