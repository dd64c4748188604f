"""Credentials as the records keep them: drawn from certificates, signed by their issuer's key, in batches."""

import json
import logging
import secrets
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.conf import settings

from parchemin.core.scheme import Scheme
from parchemin.edges.credentials.compiled import CompiledForms
from parchemin.edges.credentials.controllers import PublishedKey, controller_document
from parchemin.edges.credentials.integrity import sign
from parchemin.edges.credentials.keys import SigningKey
from parchemin.edges.credentials.problems import CredentialError
from parchemin.edges.credentials.site import Site
from parchemin.edges.credentials.status import status_list
from parchemin.edges.credentials.strict import Json
from parchemin.edges.credentials.telling import badge_of
from parchemin.records.awards.actions.keys import Pair, key_in_use
from parchemin.records.awards.actions.proving import keep_credential
from parchemin.records.awards.models import PLACES, Certificate, Change, IssuerKey
from parchemin.records.awards.queries.proving import unsigned
from parchemin.records.certifications.queries import resolved
from parchemin.records.people.models import Organisation

BATCH = 500
log = logging.getLogger(__name__)


def here() -> Site:
    """This installation."""
    return Site(settings.ADDRESS)


def drawn_pair() -> Pair:
    """A new key at random: as it is published, and its seed."""
    seed = secrets.token_bytes(32)
    return SigningKey.from_seed(seed).public, seed.hex()


def signing_key(row: IssuerKey, controller: str) -> SigningKey:
    """The key of that row, under the address of who answers for it."""
    return SigningKey.from_seed(bytes.fromhex(row.seed), controller)


def sign_certificates(site: Site, at: datetime) -> int:
    """Each certificate that has no credential is given one, signed by its issuer; how many were, a batch at a time.

    One that cannot be signed is told to the log and holds back no other.
    """
    forms, keys, count = CompiledForms(), dict[UUID, tuple[IssuerKey, SigningKey]](), 0
    for row in unsigned()[:BATCH]:
        if row.issuer_id not in keys:
            keys[row.issuer_id] = key_of(row.issuer, site, at)
        kept, key = keys[row.issuer_id]
        try:
            signed = sign(badge_of(row, scheme_of(row), site), key, created=at, forms=forms)
        except CredentialError:
            log.exception("certificate %s cannot be signed", row.pk)
            continue
        keep_credential(certificate=row, key=kept, text=json.dumps(signed, ensure_ascii=False), at=at)
        count += 1
    return count


def scheme_of(certificate: Certificate) -> Scheme:
    """The certification as it was when that certificate was awarded."""
    id, _, version = certificate.told["scheme"].partition("@")
    file = certificate.candidacy
    return resolved(id, version=version, on=certificate.awarded_on, began=file.began_on).scheme


def issuer_document(organisation: Organisation, site: Site) -> Json:
    """The did.json of a body: the keys it signs with and those it signed with."""
    controller = site.issuer(organisation.pk)
    rows = IssuerKey.objects.filter(organisation=organisation).order_by("made_at")
    keys = [
        PublishedKey(
            method=f"{controller}#{row.public}", public=row.public, expires=row.retired_at, revoked=row.revoked_at
        )
        for row in rows
    ]
    return controller_document(controller, keys)


def published_list(organisation: Organisation, number: int, site: Site, at: datetime) -> Json:
    """The signed list of what a body revoked, suspended or replaced among the places of that number."""
    kept, key = key_of(organisation, site, at)
    first = number * PLACES
    flagged = sorted(place - first for place in _flagged(organisation, first).values())
    made = status_list(
        url=site.status_list(organisation.pk, number),
        issuer=site.issuer(organisation.pk),
        flagged=flagged,
        valid_from=at,
        length=PLACES,
    )
    return sign(made, key, created=max(at, kept.made_at))


def _flagged(organisation: Organisation, first: int) -> Mapping[UUID, int]:
    rows = Certificate.objects.filter(issuer=organisation, place__gte=first, place__lt=first + PLACES)
    stopped = {Change.Act.REVOKED: True, Change.Act.SUSPENDED: True, Change.Act.REINSTATED: False}
    found = dict(rows.filter(corrected_by__isnull=False).values_list("pk", "place"))
    changes = Change.objects.filter(certificate__in=rows).select_related("certificate").order_by("pk")
    last = {one.certificate_id: one for one in changes}
    return found | {pk: one.certificate.place for pk, one in last.items() if stopped[Change.Act(one.act)]}


def key_of(organisation: Organisation, site: Site, at: datetime) -> tuple[IssuerKey, SigningKey]:
    """The key with which a body signs now: as it is kept, and ready to sign; drawn the first time."""
    row = key_in_use(organisation, drawn_pair, at)
    return row, signing_key(row, site.issuer(organisation.pk))
