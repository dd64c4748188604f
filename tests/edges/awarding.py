"""Certificates of the cast made checkable: signed by their issuer, then said by the register."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from parchemin.edges.credentials.keeping import drawn_pair, issuer_document, published_list, sign_certificates
from parchemin.edges.credentials.keys import SigningKey
from parchemin.edges.credentials.site import Site, listed
from parchemin.edges.registers.notes import Signer
from parchemin.records.awards.actions.keys import key_in_use
from parchemin.records.awards.models import Certificate
from tests.records.awards.bench import ISSUED_AT

SITE = Site("https://certif.example")


def signed(at: datetime = ISSUED_AT) -> int:
    """Every certificate has its credential; how many were signed."""
    return sign_certificates(SITE, at)


def signer(at: datetime = ISSUED_AT) -> Signer:
    """Who signs the register."""
    row = key_in_use(None, drawn_pair, at)
    return Signer(SITE.register, SigningKey.from_seed(bytes.fromhex(row.seed)).private)


def keys_of(certificate: Certificate) -> Mapping[str, Any]:
    """What a verifier knows of its issuer."""
    return {SITE.issuer(certificate.issuer_id): issuer_document(certificate.issuer, SITE)}


def statuses_of(certificate: Certificate, at: datetime = ISSUED_AT) -> Mapping[str, bytes]:
    """The status list that its credential names."""
    number, _index = listed(certificate.place)
    made = published_list(certificate.issuer, number, SITE, at)
    return {SITE.status_list(certificate.issuer_id, number): json.dumps(made).encode()}
