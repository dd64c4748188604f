"""What a holder takes away besides the kept credential: the same signed again as a token or with more in it, a record.

Each is signed when it is asked for, with the key in use, and is not kept: it says nothing that the certificate's frozen
text does not say, and its number and its place in the status list are those of the certificate.
"""

import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from parchemin.edges.credentials.awarded import Evidence
from parchemin.edges.credentials.european import uploadable
from parchemin.edges.credentials.integrity import sign
from parchemin.edges.credentials.keeping import key_of, scheme_of
from parchemin.edges.credentials.site import Site
from parchemin.edges.credentials.strict import Json
from parchemin.edges.credentials.telling import award_of, badge_of, holder_of, issuer_of
from parchemin.edges.credentials.tokens import sign_token
from parchemin.edges.credentials.transcripts import learner_record
from parchemin.records.awards.models import Certificate

HELD, NOT_HELD = "acquis", "non acquis"


class Shown(StrEnum):
    """What a holder may choose to show besides."""

    DECISION = "decision"
    MINUTES = "minutes"
    RESULTS = "results"


def showable(certificate: Certificate) -> tuple[Shown, ...]:
    """What that certificate has to show; results where its decision was about parts."""
    return (Shown.DECISION, Shown.MINUTES, *((Shown.RESULTS,) if certificate.told["parts"] else ()))


def signed_with(certificate: Certificate, chosen: Iterable[Shown], site: Site, at: datetime) -> Json:
    """The credential signed again, with the facts of the decision that its holder chose and no other."""
    wanted = {*chosen}
    evidence = tuple(_evidence(certificate, one) for one in showable(certificate) if one in wanted)
    badge = badge_of(certificate, scheme_of(certificate), site, evidence)
    kept, key = key_of(certificate.issuer, site, at)
    return sign(badge, key, created=max(at, kept.made_at))


def token_of(certificate: Certificate, site: Site, at: datetime) -> str:
    """The credential as a compact JWS, for wallets that take nothing else."""
    _kept, key = key_of(certificate.issuer, site, at)
    return sign_token(badge_of(certificate, scheme_of(certificate), site), key)


def record_of(certificates: Sequence[Certificate], site: Site, at: datetime) -> Json:
    """The signed record of certificates that one body awarded to one holder, each signed already.

    CredentialError incomplete when there is none.
    """
    last = certificates[-1]
    body = last.told["body"]
    kept, key = key_of(last.issuer, site, at)
    record = learner_record(
        id=f"urn:uuid:{uuid.uuid4()}",
        name=f"Relevé des certificats délivrés par {body['trade_name'] or body['name']}",
        issuer=issuer_of(last.issuer_id, body, site),
        holder=holder_of(last.told["holder"]),
        badges=[json.loads(one.credential.text) for one in certificates],
        valid_from=at,
    )
    return sign(record, key, created=max(at, kept.made_at))


def european_of(certificate: Certificate, pages: Sequence[bytes], site: Site) -> Json:
    """The file that the Europass issuer of digital credentials takes in; ``pages`` are its pictures as PNG."""
    return uploadable(award_of(certificate, scheme_of(certificate), site), pages)


def _evidence(certificate: Certificate, shown: Shown) -> Evidence:
    decision: Mapping[str, Any] = certificate.told["decision"]
    if shown is Shown.DECISION:
        name, said = "Date de la décision", f"{date.fromisoformat(decision['deliberated_on']):%d/%m/%Y}"
    elif shown is Shown.MINUTES:
        name, said = "Procès-verbal du jury", str(decision["minutes"])
    else:
        name, said = "Résultats par partie", " ; ".join(map(_result, certificate.told["parts"]))
    return Evidence(name=name, description=said, url=f"urn:uuid:{uuid.uuid5(certificate.pk, shown.value)}")


def _result(part: Mapping[str, Any]) -> str:
    named = f"{part['code']} {part['title'] or ''}".strip()
    return f"{named} : {HELD if part['is_held'] else NOT_HELD}"
