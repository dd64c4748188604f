"""A bundle that verifies a certificate offline years later: the credential, and everything it refers to that day."""

import io
import json
import logging
from datetime import datetime
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.template.loader import render_to_string
from django.utils import timezone

from parchemin.edges.credentials.keeping import here, issuer_document, published_list
from parchemin.edges.credentials.recommending import CANNOT_SIGN, recommendation_list
from parchemin.edges.credentials.site import Site, listed
from parchemin.edges.registers.keeping import proof_of, register_keys
from parchemin.records.awards.models import Certificate
from parchemin.records.awards.numbers import grouped
from parchemin.records.awards.queries.proving import last_entry
from parchemin.records.people.models import Organisation
from parchemin.records.recommendations.queries import readable_with

MOST_RECOMMENDATIONS = 5
"""Recommendations that go with a certificate: what a bundle holds is bounded."""
log = logging.getLogger(__name__)


def bundled(certificate: Certificate, at: datetime) -> bytes:
    """The ZIP of a certificate whose credential is signed, as things stood ``at``."""
    site = here()
    number, _index = listed(certificate.place)
    files = {
        "preuve.json": certificate.credential.text,
        "did.json": _json(issuer_document(certificate.issuer, site)),
        "liste-etat.json": _json(published_list(certificate.issuer, number, site, at)),
        "texte.json": certificate.text,
        "sel.txt": certificate.salt + "\n",
    }
    proof, entry = proof_of(certificate), last_entry(certificate)
    if proof is not None and entry is not None:
        files |= {
            "registre-ligne.json": entry.content,
            "registre-preuve.tlog-proof": proof.content.decode(),
            "registre-cles.txt": "".join(f"{key}\n" for key in register_keys(site.register)),
        }
    recommended = _recommended(certificate, site, at)
    told = {"number": grouped(certificate.number), "at": at, "has_recommendations": bool(recommended)}
    files |= recommended | {"LISEZMOI.txt": render_to_string("held/readme.txt", told)}
    return _zipped(files, at)


def _recommended(certificate: Certificate, site: Site, at: datetime) -> dict[str, str]:
    """What everybody may read beside that certificate, each with the keys and the list of whoever signed it.

    One whose body can sign no list today, its key being unreadable, is left out and told to the log.
    """
    rows = readable_with(certificate.told["scheme"], certificate.issuer_id, timezone.localdate(at))
    files, known = dict[str, str](), dict[UUID, dict[str, str]]()
    for rank, one in enumerate(rows.select_related("proof", "endorser")[:MOST_RECOMMENDATIONS], 1):
        if one.endorser_id not in known:
            known[one.endorser_id] = _vouched(one.endorser, site, at)
        if known[one.endorser_id]:
            beside = {"": one.proof.text} | known[one.endorser_id]
            files |= {f"recommandation-{rank}{part}.json": text for part, text in beside.items()}
    return files


def _vouched(endorser: Organisation, site: Site, at: datetime) -> dict[str, str]:
    """The keys of a body, and the list of what it no longer recommends; nothing when it cannot sign one."""
    try:
        withdrawn = recommendation_list(endorser, site, at)
    except CANNOT_SIGN:
        log.exception("organisation %s cannot sign its list of recommendations", endorser.pk)
        return {}
    return {"-did": _json(issuer_document(endorser, site)), "-liste": _json(withdrawn)}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)


def _zipped(files: dict[str, str], at: datetime) -> bytes:
    kept = io.BytesIO()
    with ZipFile(kept, "w", ZIP_DEFLATED) as folder:
        for name, text in files.items():
            folder.writestr(ZipInfo(name, at.timetuple()[:6]), text, ZIP_DEFLATED)
    return kept.getvalue()
