"""What this installation knows without asking anyone: the keys of its own bodies, and what each revoked until now."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from uuid import UUID

from parchemin.edges.credentials.keeping import issuer_document, published_list
from parchemin.edges.credentials.recommending import recommendation_list
from parchemin.edges.credentials.site import Site
from parchemin.edges.credentials.strict import Json
from parchemin.records.awards.models import IssuerKey
from parchemin.records.people.models import Organisation

MOST = 20
"""Bodies, or lists, that one file may have looked up; those after are unknown."""
LISTS = 100_000


class OwnKeys(Mapping[str, Json]):
    """The controller documents of the bodies that sign here, retired keys included, by their did:web."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._held: dict[str, Json | None] = {}

    def __getitem__(self, address: str) -> Json:
        """The document of that address; KeyError for anybody else."""
        if address not in self._held:
            row = _signing(_after(self._site.issuer(UUID(int=0)), address)) if len(self._held) < MOST else None
            known = row is not None and self._site.issuer(row.pk) == address
            self._held[address] = issuer_document(row, self._site) if row is not None and known else None
        found = self._held[address]
        if found is None:
            raise KeyError(address)
        return found

    def __iter__(self) -> Iterator[str]:
        return (address for address, found in self._held.items() if found is not None)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class OwnStatuses(Mapping[str, bytes]):
    """The status lists of the bodies that sign here, as they stand at that instant, by where each is published."""

    def __init__(self, site: Site, at: datetime) -> None:
        self._site, self._at = site, at
        self._held: dict[str, bytes | None] = {}

    def __getitem__(self, url: str) -> bytes:
        """The signed list published there; KeyError for anywhere else."""
        if url not in self._held:
            self._held[url] = self._list(url) if len(self._held) < MOST else None
        found = self._held[url]
        if found is None:
            raise KeyError(url)
        return found

    def __iter__(self) -> Iterator[str]:
        return (url for url, found in self._held.items() if found is not None)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _list(self, url: str) -> bytes | None:
        body, _, rest = url.removeprefix(f"{self._site.address}/organismes/").partition("/")
        number = rest.removeprefix("listes/").removesuffix("/")
        row = _signing(body)
        if row is not None and self._site.recommendation_list(row.pk) == url:
            return _written(recommendation_list(row, self._site, self._at))
        if row is None or not (number.isascii() and number.isdigit()) or int(number[:9]) >= LISTS:
            return None
        if self._site.status_list(row.pk, int(number[:9])) != url:
            return None
        return _written(published_list(row, int(number[:9]), self._site, self._at))


def _written(found: Json) -> bytes:
    return json.dumps(found, ensure_ascii=False).encode()


def _after(nobody: str, address: str) -> str:
    """The end of an address that begins as the addresses of this installation do."""
    start = nobody.removesuffix(str(UUID(int=0)))
    return address.removeprefix(start) if address.startswith(start) else ""


def _signing(text: str) -> Organisation | None:
    """The body of that identifier, once it has a key in use."""
    try:
        id = UUID(text)
    except ValueError:
        return None
    if not IssuerKey.objects.filter(organisation=id, retired_at__isnull=True).exists():
        return None
    return Organisation.objects.filter(pk=id).first()
