"""Where an installation publishes what its credentials refer to, from its address alone."""

from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import UUID

from parchemin.edges.credentials.keys import did_web
from parchemin.records.awards.models import PLACES


@dataclass(frozen=True, slots=True)
class Site:
    """An installation at ``address``, such as ``https://certif.example``, without a slash at its end."""

    address: str

    @property
    def host(self) -> str:
        """The host, with its port when it is not the usual one."""
        return urlsplit(self.address).netloc

    @property
    def register(self) -> str:
        """The name of its public register: what signs its checkpoints."""
        return f"{self.host}/registre"

    def issuer(self, organisation: UUID) -> str:
        """The did:web of a body; its document is served under the same path."""
        parts = urlsplit(self.address)
        return did_web(parts.hostname or "", "organismes", str(organisation), port=parts.port)

    def status_list(self, organisation: UUID, number: int) -> str:
        """Where the status list of a body of that number is published: a list is signed by one issuer."""
        return f"{self.address}/organismes/{organisation}/listes/{number}/"

    def recommendation_list(self, organisation: UUID) -> str:
        """Where the status list of what a body recommends is published, apart from that of its certificates."""
        return f"{self.address}/organismes/{organisation}/listes/recommandations/"

    def certification(self, scheme: str) -> str:
        """The address that names a certification, ``id@version``, and its parts after ``#``."""
        id, _, version = scheme.partition("@")
        return f"{self.address}/referentiels/{id}/{version}/"


def listed(place: int) -> tuple[int, int]:
    """The number of the list in which a certificate has its place, and its index there."""
    return divmod(place, PLACES)
