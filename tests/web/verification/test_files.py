"""A file that somebody was given: every form it may have, altered or not, and everything made to harm."""

import io
import json
import zipfile
import zlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.db.models import QuerySet
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from parchemin.edges.credentials import SigningKey, baked, did_key, sign, sign_token
from parchemin.edges.credentials.keeping import drawn_pair, here, signing_key
from parchemin.project.proving import prove
from parchemin.records.awards.actions.changing import reinstate, revoke, suspend
from parchemin.records.awards.actions.issuing import correct_certificate
from parchemin.records.awards.actions.keys import replace_key
from parchemin.records.awards.models import Certificate, IssuerKey
from parchemin.web.held.bundling import bundled
from parchemin.web.held.picture import drawn
from parchemin.web.shared.certificates import paper_of
from parchemin.web.shared.clock import now
from parchemin.web.verification import files
from parchemin.web.verification.looking import MOST
from tests.guards import lifted
from tests.records.awards.bench import ISSUED_AT, ISSUED_ON, checked
from tests.web import cast as casting
from tests.web.cast import Cast
from tests.web.verification.conftest import LATER
from tests.web.verification.test_verification import text_of

VALID, NOT_VALID, UNCHECKED = "Certificat valable", "Certificat non valable", "Certificat non vérifié"
PIXEL = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00:~\x9bU"
    b"\x00\x00\x00\nIDATx\x9cc`\x00\x00\x00\x02\x00\x01H\xaf\xa4q\x00\x00\x00\x00IEND\xaeB`\x82"
)
FORMS = ("json", "pdf", "svg", "png", "jwt", "zip")
MOST_QUESTIONS = 25


@pytest.fixture
def signed(issued: Certificate) -> Certificate:
    """The certificate with its credential, said by the register."""
    prove(ISSUED_AT)
    return Certificate.objects.select_related("credential", "issuer", "candidacy").get(pk=issued.pk)


def token_of(row: Certificate, key: SigningKey | None = None) -> str:
    bare = {name: value for name, value in json.loads(row.credential.text).items() if name != "proof"}
    kept = IssuerKey.objects.get(organisation=row.issuer, retired_at__isnull=True)
    return sign_token(bare, key or signing_key(kept, here().issuer(row.issuer_id)))


def form_of(row: Certificate, form: str, text: str = "") -> bytes:
    """The certificate as a file of that form, with another credential inside where one is given."""
    kept = text or str(row.credential.text)
    if form == "json":
        return kept.encode()
    if form == "jwt":
        return (text or token_of(row)).encode()
    if form == "pdf":
        row.credential.text = kept
        return paper_of(row)
    if form == "zip":
        row.credential.text = kept
        return bundled(row, now())
    return baked(drawn(row.told).encode() if form == "svg" else PIXEL, kept)


def altered(row: Certificate) -> str:
    found = str(row.credential.text).replace("Odile", "Odette")
    assert found != row.credential.text
    return found


def sent(client: Client, content: bytes, name: str = "fichier") -> Any:
    return client.post(reverse("verification:file"), {"file": SimpleUploadedFile(name, content)})


def answered(client: Client, content: bytes, label: str) -> str:
    found = sent(client, content)
    words = text_of(found)
    assert found.status_code == 200 and f">{label}</h1>" in found.content.decode(), words
    assert found.headers["X-Robots-Tag"] == "noindex, nofollow" and "no-store" in found.headers["Cache-Control"]
    return words


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_a_certificate_is_read(client: Client, signed: Certificate, form: str) -> None:
    words = answered(client, form_of(signed, form), VALID)
    for said in ("Odile", str(signed), "27 mars 2026", "27 mars 2031", "Commission fictive", "y est inscrite"):
        assert said in words, said
    for private in ("9 mars 1984", "Nantes", "1984"):
        assert private not in words


@pytest.mark.parametrize("form", [one for one in FORMS if one != "jwt"])
def test_whatever_was_altered_is_found(client: Client, signed: Certificate, form: str) -> None:
    words = answered(client, form_of(signed, form, altered(signed)), NOT_VALID)
    assert "il a été modifié" in words and "Odette" not in words and str(signed) not in words


def test_a_token_by_another_key_is_refused(client: Client, signed: Certificate) -> None:
    controller = here().issuer(signed.issuer_id)
    other = SigningKey.from_seed(bytes(range(32)), controller)
    answered(client, token_of(signed, other).encode(), NOT_VALID)
    kept = IssuerKey.objects.get(organisation=signed.issuer, retired_at__isnull=True)
    named = token_of(signed, SigningKey.from_seed(bytes.fromhex(kept.seed), controller))
    head, body, _signature = named.split(".")
    forged = ".".join((head, body, token_of(signed, other).split(".")[2]))
    assert "il a été modifié" in answered(client, forged.encode(), NOT_VALID)


def test_what_became_of_it_since_is_told(client: Client, cast: Cast, signed: Certificate) -> None:
    content = form_of(signed, "pdf")
    act: dict[str, Any] = {"certificate": signed, "reason": "Doute.", "by": cast.manager, "at": LATER}
    suspend(**act)
    words = answered(client, content, NOT_VALID)
    assert "suspendu : il n’est pas valable depuis le 26 avril 2026" in words and "Doute" not in words
    reinstate(**act)
    answered(client, content, VALID)
    revoke(**act)
    words = answered(client, content, NOT_VALID)
    assert "retiré : il n’est plus valable depuis le 26 avril 2026" in words and "Odile" in words


def test_a_bundle_of_years_ago_is_held_against_what_is_known_today(
    client: Client, cast: Cast, signed: Certificate
) -> None:
    content = form_of(signed, "zip")
    revoke(certificate=signed, reason="Fraude.", by=cast.manager, at=LATER)
    assert "retiré" in answered(client, content, NOT_VALID)


def test_the_replaced_one_never_says_by_which(client: Client, cast: Cast, signed: Certificate) -> None:
    casting.identified(cast.candidate, birth_name="Fictive-Exacte")
    checked(cast, cast.candidate)
    made = correct_certificate(certificate=signed, reason="Nom.", by=cast.manager, at=LATER, on=ISSUED_ON)
    words = answered(client, form_of(signed, "json"), NOT_VALID)
    assert "remplacé le 26 avril 2026" in words and str(made) not in words and "Exacte" not in words


def test_past_its_end_it_is_not_valid(client: Client, signed: Certificate) -> None:
    content = form_of(signed, "json")
    with time_machine.travel(ISSUED_AT + timedelta(days=5 * 366), tick=True):
        words = answered(client, content, NOT_VALID)
    assert "Sa durée de validité est écoulée" in words


def test_a_retired_key_still_answers_for_what_it_signed(client: Client, signed: Certificate) -> None:
    content = form_of(signed, "pdf")
    replace_key(organisation=signed.issuer, draw=drawn_pair, at=LATER)
    answered(client, content, VALID)
    replace_key(organisation=signed.issuer, draw=drawn_pair, at=LATER, is_lost=True)
    answered(client, content, VALID)


def test_a_key_in_other_hands_leaves_it_unchecked(client: Client, signed: Certificate) -> None:
    content = form_of(signed, "json")
    replace_key(organisation=signed.issuer, draw=drawn_pair, at=LATER, is_lost=True)
    answered(client, content, UNCHECKED)


def strangers(signed: Certificate) -> tuple[str, SigningKey]:
    """The same, by somebody nobody knows."""
    key = SigningKey.from_seed(bytes(range(32)))
    bare = json.loads(signed.credential.text)
    bare = {name: value for name, value in bare.items() if name not in ("proof", "credentialStatus")}
    bare["issuer"] = {**bare["issuer"], "id": did_key(key.private.public_key())}
    return json.dumps(sign(bare, key, created=ISSUED_AT)), key


def test_what_somebody_else_signed_is_neither_cleared_nor_convicted(client: Client, signed: Certificate) -> None:
    text, _key = strangers(signed)
    words = answered(client, text.encode(), UNCHECKED)
    assert "n’est pas connu ici" in words and "Odile" not in words
    answered(client, text.replace("Odile", "Odette").encode(), NOT_VALID)


def test_a_bundle_convicts_with_its_own_keys_and_never_clears(client: Client, signed: Certificate) -> None:
    from parchemin.edges.credentials.controllers import did_key_document

    text, key = strangers(signed)
    document = json.dumps(did_key_document(did_key(key.private.public_key())))
    words = answered(client, zipped({"preuve.json": text, "did.json": document}), UNCHECKED)
    assert "apporte ses propres clés" in words and "Odile" not in words
    forged = zipped({"preuve.json": text.replace("Odile", "Odette"), "did.json": document})
    answered(client, forged, NOT_VALID)


def test_a_bundle_whose_pieces_are_not_its_own_is_refused(client: Client, signed: Certificate) -> None:
    pieces = unzipped(form_of(signed, "zip"))
    for name, old, new in (("texte.json", b"Odile", b"Odette"), ("registre-ligne.json", b"issued", b"revoked")):
        content = {**pieces, name: pieces[name].replace(old, new)}
        assert content != pieces
        assert "n’est pas la sienne" in answered(client, zipped(content), NOT_VALID)


def zipped(pieces: dict[str, Any]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as folder:
        for name, content in pieces.items():
            folder.writestr(name, content)
    return held.getvalue()


def unzipped(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as folder:
        return {name: folder.read(name) for name in folder.namelist()}


def test_the_file_for_europass_is_no_proof_and_what_to_drop_is_told(client: Client, signed: Certificate) -> None:
    inside = {"type": ["VerifiableCredential", "EuropeanDigitalCredential"]}
    text = answered(client, json.dumps({"credential": inside}).encode(), UNCHECKED)
    assert "fait pour Europass" in text and "Déposez plutôt le certificat en PDF" in text


def test_a_status_list_is_no_certificate(client: Client, signed: Certificate) -> None:
    words = answered(client, unzipped(form_of(signed, "zip"))["liste-etat.json"], UNCHECKED)
    assert "ce n’est pas un certificat" in words


DEEP = b'{"@context":' + b"[" * 100_000 + b"]" * 100_000 + b"}"
WIDE = json.dumps({"@context": ["https://www.w3.org/ns/credentials/v2"], "a": [{} for _ in range(60_000)]}).encode()
LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><svg xmlns="http://www.w3.org/2000/svg"><title>&c;</title></svg>'
)
FILES = (
    b'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:o="https://purl.imsglobal.org/ob/v3p0">'
    b"<o:credential>&x;</o:credential></svg>"
)
HIDDEN = (
    b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:o="https://purl.imsglobal.org/ob/v3p0">'
    b"<o:credential>%PDF-1.7 1 0 obj</o:credential></svg>"
)


def png_bomb() -> bytes:
    text = b"openbadgecredential\x00\x01\x00\x00\x00" + zlib.compress(bytes(50_000_000), 9)
    chunk = len(text).to_bytes(4) + b"iTXt" + text + zlib.crc32(b"iTXt" + text).to_bytes(4)
    return PIXEL[:33] + chunk + PIXEL[33:]


def zip_bomb() -> bytes:
    return zipped({"preuve.json": b"{" + b" " * 20_000_000 + b"}"})


HOSTILE: dict[str, tuple[Callable[[], bytes], tuple[str, ...]]] = {
    "nothing that is known": (lambda: b"\x00\x01\x02", (UNCHECKED,)),
    "a text": (lambda: b"Bonjour.", (UNCHECKED,)),
    "JSON too deep": (lambda: DEEP, (NOT_VALID,)),
    "JSON too wide": (lambda: WIDE, (NOT_VALID, UNCHECKED)),
    "a key twice": (lambda: b'{"a":1,"a":2}', (NOT_VALID,)),
    "a number without end": (lambda: b'{"a":1' + b"0" * 10_000 + b"}", (NOT_VALID,)),
    "a token of nothing": (lambda: b"eyJhbGciOiJub25lIn0.e30.", (NOT_VALID, UNCHECKED)),
    "a token that is a PDF": (lambda: b"eyJ%PDF-1.7.a.b", (NOT_VALID, UNCHECKED)),
    "entities": (lambda: LAUGHS, (UNCHECKED,)),
    "a file of the server": (lambda: FILES, (UNCHECKED,)),
    "a PDF in a picture": (lambda: HIDDEN, (NOT_VALID,)),
    "a picture that unpacks to too much": (png_bomb, (UNCHECKED,)),
    "an archive that unpacks to too much": (zip_bomb, (UNCHECKED,)),
    "an archive of something else": (lambda: zipped({"a.txt": b"x"}), (UNCHECKED,)),
    "an archive cut short": (lambda: zipped({"preuve.json": b"{}"})[:-30], (UNCHECKED,)),
    "an archive of too many": (lambda: zipped({f"{n}": b"" for n in range(60)}), (UNCHECKED,)),
    "a PDF that is none": (lambda: b"%PDF-1.7\n" + b"\xff" * 1_000 + b"%%EOF", (UNCHECKED,)),
    "a page": (lambda: b"<html><script>alert(1)</script></html>", (UNCHECKED,)),
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_made_to_harm_ends_in_an_answer(client: Client, name: str) -> None:
    make, labels = HOSTILE[name]
    found = sent(client, make())
    words = text_of(found)
    assert found.status_code == 200 and any(f">{label}</h1>" in found.content.decode() for label in labels), words
    assert "root:" not in words and "alert(1)" not in words


@pytest.mark.django_db
def test_what_weighs_too_much_is_not_read(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "looked_into", None)
    found = sent(client, bytes(20_000_000))
    assert found.status_code == 413 and "trop lourd" in text_of(found)
    assert sent(client, bytes(MOST + 1)).status_code == 413


@pytest.mark.django_db
def test_without_a_file_it_asks_for_one(client: Client) -> None:
    for found in (client.post(reverse("verification:file")), sent(client, b"")):
        assert found.status_code == 422 and "Choisissez" in text_of(found)
    assert client.get(reverse("verification:file")).headers["Location"] == reverse("verification:ask")


@pytest.mark.django_db
def test_the_form_keeps_its_token() -> None:
    strict = Client(enforce_csrf_checks=True)
    assert sent(strict, b"{}").status_code == 403
    token = strict.get(reverse("verification:ask")).content.decode().partition('csrfmiddlewaretoken" value="')[2][:64]
    sending = {"file": SimpleUploadedFile("x", b"{}"), "csrfmiddlewaretoken": token}
    assert strict.post(reverse("verification:file"), sending).status_code == 200


@pytest.mark.django_db
def test_too_many_files_are_not_read(client: Client) -> None:
    statuses = [sent(client, b"Bonjour.").status_code for _ in range(files.FILES.most + 1)]
    assert statuses == [200] * files.FILES.most + [429]


def test_nothing_is_kept(client: Client, signed: Certificate, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_given: object, **_named: object) -> None:
        raise AssertionError("a file was written")

    monkeypatch.setattr("django.core.files.uploadedfile.TemporaryUploadedFile.__init__", refused)
    with CaptureQueriesContext(connection) as questions:
        answered(client, form_of(signed, "json") + b" " * 2_000_000, VALID)
    written = [one["sql"] for one in questions if one["sql"].split()[0] in ("INSERT", "UPDATE", "DELETE")]
    assert all("cache" in one and "verifier-file" in one for one in written), written
    assert len(questions) <= MOST_QUESTIONS


def test_a_register_that_does_not_answer_says_nothing_of_it(
    client: Client, signed: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = form_of(signed, "json")

    def broken(*_args: object) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(QuerySet, "first", broken)
    assert "Cela ne dit rien du certificat" in answered(client, content, UNCHECKED)


def test_a_register_rewritten_is_told(client: Client, signed: Certificate) -> None:
    content = form_of(signed, "json")
    with lifted(connection), connection.cursor() as cursor:
        cursor.execute("UPDATE awards_registerentry SET content = replace(content, 'issued', 'revoked')")
    assert "ne lui correspond pas" in answered(client, content, NOT_VALID)
