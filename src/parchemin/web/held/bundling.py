"""A bundle that verifies a certificate offline years later: the credential, and everything it refers to that day."""

import io
import json
from datetime import datetime
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.template.loader import render_to_string

from parchemin.edges.credentials.keeping import here, issuer_document, published_list
from parchemin.edges.credentials.site import listed
from parchemin.edges.registers.keeping import proof_of, register_keys
from parchemin.records.awards.models import Certificate
from parchemin.records.awards.numbers import grouped
from parchemin.records.awards.queries.proving import last_entry


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
    files["LISEZMOI.txt"] = render_to_string("held/readme.txt", {"number": grouped(certificate.number), "at": at})
    return _zipped(files, at)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)


def _zipped(files: dict[str, str], at: datetime) -> bytes:
    kept = io.BytesIO()
    with ZipFile(kept, "w", ZIP_DEFLATED) as folder:
        for name, text in files.items():
            folder.writestr(ZipInfo(name, at.timetuple()[:6]), text, ZIP_DEFLATED)
    return kept.getvalue()
