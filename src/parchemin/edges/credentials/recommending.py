"""Recommendations as credentials: drawn from the rows, signed by the body that recommends, taken back by a bit."""

import json
import logging
from datetime import date, datetime, time
from uuid import UUID

from django.utils import timezone

from parchemin.edges.credentials.awarded import Issuer
from parchemin.edges.credentials.badges import endorsement
from parchemin.edges.credentials.integrity import sign
from parchemin.edges.credentials.keeping import key_of
from parchemin.edges.credentials.keys import SigningKey
from parchemin.edges.credentials.problems import CredentialError
from parchemin.edges.credentials.site import Site
from parchemin.edges.credentials.status import status_entry, status_list
from parchemin.edges.credentials.strict import Json
from parchemin.edges.credentials.telling import END
from parchemin.records.awards.models import PLACES, IssuerKey
from parchemin.records.people.encrypted import SealedError
from parchemin.records.people.models import Organisation
from parchemin.records.recommendations.actions import keep_proof
from parchemin.records.recommendations.models import Recommendation
from parchemin.records.recommendations.queries import unsigned, withdrawn_places

BATCH = 500
CANNOT_SIGN = (CredentialError, SealedError, ValueError)
"""What signing raises when the body's key cannot be read, or what is signed is no credential."""
log = logging.getLogger(__name__)


def drawn(row: Recommendation, site: Site) -> Json:
    """What is signed of that recommendation, unsigned; a draft has no place in a list yet, nor that field."""
    found = endorsement(
        id=f"urn:uuid:{row.pk}",
        name=f"{row.subject_name} — recommandation\u00a0: {row.endorser_name}",
        endorser=Issuer(id=site.issuer(row.endorser_id), name=row.endorser_name, url=site.address),
        endorsed=address_of(row, site),
        comment=row.words,
        valid_from=_at(row.from_on, time()),
        valid_until=_at(row.until_on, END) if row.until_on else None,
    )
    if row.place is None:
        return found
    return found | {"credentialStatus": status_entry(site.recommendation_list(row.endorser_id), row.place)}


def address_of(row: Recommendation, site: Site) -> str:
    """What names the thing recommended in credentials: the page of a version, or the did of a body."""
    if row.version is None:
        return site.issuer(row.endorsed_id)
    return site.certification(f"{row.version.certification.scheme}@{row.version.name}")


def sign_recommendations(site: Site, at: datetime) -> int:
    """Each recommendation that has no proof is given one, signed by its endorser; how many were, a batch at a time.

    One that cannot be signed, or whose body has a key that cannot be read, is told to the log and holds back no other.
    """
    keys, count = dict[UUID, tuple[IssuerKey, SigningKey]](), 0
    for row in unsigned()[:BATCH]:
        try:
            if row.endorser_id not in keys:
                keys[row.endorser_id] = key_of(row.endorser, site, at)
            kept, key = keys[row.endorser_id]
            signed = sign(drawn(row, site), key, created=max(at, kept.made_at))
        except CANNOT_SIGN:
            log.exception("recommendation %s cannot be signed", row.pk)
            continue
        keep_proof(recommendation=row, key=kept, text=json.dumps(signed, ensure_ascii=False), at=at)
        count += 1
    return count


def recommendation_list(organisation: Organisation, site: Site, at: datetime) -> Json:
    """The signed list of what a body no longer recommends."""
    kept, key = key_of(organisation, site, at)
    made = status_list(
        url=site.recommendation_list(organisation.pk),
        issuer=site.issuer(organisation.pk),
        flagged=withdrawn_places(organisation),
        valid_from=at,
        length=PLACES,
    )
    return sign(made, key, created=max(at, kept.made_at))


def _at(day: date, hour: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, hour))
