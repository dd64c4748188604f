"""The issuer, the holder and the oracle of the tests; where the public samples lie."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st
from pyld import jsonld

from parchemin.edges.credentials.keys import SigningKey
from parchemin.edges.credentials.loading import BADGE_EXTENSIONS, BADGES, CREDENTIALS, FILES, FOLDER
from parchemin.places import CHECKOUT

STANDARDS = CHECKOUT.parent / "shared" / "standards"
BADGE_SAMPLES = STANDARDS / "openbadges" / "validator-samples"
RECORD_SAMPLES = STANDARDS / "clr" / "validator-samples"
VECTORS = STANDARDS / "w3c" / "vc-di-eddsa" / "TestVectors"
with_samples = pytest.mark.skipif(not STANDARDS.is_dir(), reason="the public samples are not beside the checkout")

AT = datetime(2026, 6, 15, 10, 30, tzinfo=UTC)
ISSUER = "did:web:certif.example"
KEY = SigningKey.from_seed(bytes(range(32)), ISSUER)
OTHER_KEY = SigningKey.from_seed(bytes(range(1, 33)), ISSUER)

Json = dict[str, Any]


def sample(path: Path) -> Json:
    found = json.loads(path.read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def bare(document: Json) -> Json:
    return {name: value for name, value in document.items() if name != "proof"}


def badge(**changes: Any) -> Json:
    """A small Open Badge, unsigned."""
    found: Json = {
        "@context": [CREDENTIALS, BADGES, BADGE_EXTENSIONS],
        "id": "urn:uuid:6f1c8f9e-3c8e-4f0a-9d6e-0d9b1f8e7a10",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": "Technicien du réemploi",
        "issuer": {"id": ISSUER, "type": ["Profile"], "name": "Certificateur d’essai « Été »"},
        "validFrom": "2026-06-15T10:30:00Z",
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "identifier": [
                {
                    "type": "IdentityObject",
                    "hashed": False,
                    "identityHash": "Chloé Noël-Ôzgür",
                    "identityType": "name",
                }
            ],
            "achievement": {
                "id": "https://certif.example/titres/1",
                "type": ["Achievement"],
                "name": "Technicien du réemploi",
                "description": "Certification professionnelle",
                "criteria": {"narrative": 'Ligne 1\nLigne 2 "citée" \\ fin'},
                "tag": ["réemploi", "réparation"],
            },
        },
    }
    return found | changes


def changed(document: Json, *path: str | int, to: Any) -> Json:
    """A copy of the document where the value at ``path`` is ``to``."""
    copy = json.loads(json.dumps(document))
    place = copy
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = to
    assert isinstance(copy, dict)
    return copy


def _load(url: str, options: object) -> Json:
    return {"contextUrl": None, "documentUrl": url, "document": json.loads((FOLDER / FILES[url]).read_bytes())}


def by_pyld(document: Json) -> bytes:
    """The canonical form of a document, by an implementation that is not ours."""
    options = {"algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": _load}
    return str(jsonld.normalize(document, options)).encode()


words = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), include_characters="\n"), min_size=1)
"""Any text without controls, which older canonicalizations write otherwise than RDFC-1.0."""
urls = st.builds("https://exemple.test/{}".format, st.text("abcdefé0123456789-._~/", max_size=12))
