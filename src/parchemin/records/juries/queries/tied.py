"""Which links with a candidate keep a member from deliberating, before anybody is recused for them."""

from collections.abc import Iterable

from parchemin.core.asking import leaves
from parchemin.core.checks.jury import NobodyLinked
from parchemin.core.decision import Effect, Stage
from parchemin.core.facts import Link
from parchemin.core.scheme import Scheme
from parchemin.records.juries.models import Tie


def excluding(scheme: Scheme) -> frozenset[Link]:
    """The links that a blocking rule on the jury does not allow."""
    rules = (rule for rule in scheme.rules.get(Stage.JURY, ()) if rule.effect is Effect.BLOCKING)
    checks = (check for rule in rules for check in leaves(rule.check) if isinstance(check, NobodyLinked))
    return frozenset(link for check in checks for link in check.links)


def links_of(tie: Tie) -> tuple[Link, ...]:
    """What was declared and what the platform knows, each once."""
    return tuple(Link(one) for one in dict.fromkeys((*(tie.links or ()), *tie.known)))


def to_recuse(ties: Iterable[Tie], scheme: Scheme) -> list[tuple[Tie, tuple[Link, ...]]]:
    """Those whose links do not let them deliberate and who are not recused yet, each with these links."""
    forbidden = excluding(scheme)
    found = [(tie, tuple(one for one in links_of(tie) if one in forbidden)) for tie in ties if not tie.is_recused]
    return [(tie, links) for tie, links in found if links]
