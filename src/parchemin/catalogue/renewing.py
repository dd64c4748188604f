"""How a certificate that ends is renewed: asked of each certification whose certificate does, written or not."""

from parchemin.catalogue.reading import Node
from parchemin.catalogue.rulings import Gap, gaps_of
from parchemin.core.checks.validity import is_limited
from parchemin.core.decision import Stage
from parchemin.core.scheme import Scheme

RENEWAL = "award/renewal"
UNSAID = "la source ne dit pas comment se renouvelle un certificat temporaire"


def ask_renewal(root: Node) -> None:
    """A version that leaves its renewal out says that it is not known, so that a ruling may fill it."""
    award = root.get("award")
    if award is not None and isinstance(award.value, dict) and "renewal" not in award.mapping:
        award.value["renewal"] = Node({"unknown": Node(UNSAID, award.mark)}, award.mark)


def gaps_left(scheme: Scheme, root: Node) -> tuple[Gap, ...]:
    """What is still not said; nothing of renewal while no rule says that the certificate ends."""
    ends = is_limited(scheme.rules[Stage.VALIDITY], "certificate")
    return tuple(gap for gap in gaps_of(root) if ends or gap.address != RENEWAL)
