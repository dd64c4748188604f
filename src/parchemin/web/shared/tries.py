"""How many times something may be tried in a while, by all processes of the server together.

Each try takes a numbered place in the cache; a place is taken once, so that tries sent at the same moment are all
counted.
"""

from dataclasses import dataclass

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest

from parchemin.web.shared.clock import now


@dataclass(frozen=True, slots=True)
class Limit:
    """At most ``most`` tries under one name in each period of ``seconds``."""

    name: str
    most: int
    seconds: int

    def is_spent(self, of: str) -> bool:
        """Whether no try is left."""
        return len(self._taken(of)) >= self.most

    def take(self, of: str) -> bool:
        """Count one more try; False when none was left."""
        taken = self._taken(of)
        free = [place for place in self._places(of) if place not in taken]
        return any(cache.add(place, True, self.seconds) for place in free)

    def wait(self) -> int:
        """Seconds until tries can be made again."""
        return self.seconds - int(now().timestamp()) % self.seconds

    def _taken(self, of: str) -> dict[str, bool]:
        return cache.get_many(self._places(of))

    def _places(self, of: str) -> list[str]:
        period = int(now().timestamp()) // self.seconds
        return [f"{self.name}:{of}:{period}:{place}" for place in range(self.most)]


def address_of(request: HttpRequest) -> str:
    """The network address of whoever asks, past the proxies that are trusted."""
    return str(get_adapter().get_client_ip(request))
