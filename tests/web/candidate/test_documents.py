"""Documents: told at once what they are and how long, kept by versions, locked once deposited, signed."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from parchemin.records.candidacies.models import Candidacy, Document, DocumentVersion, Signature
from parchemin.records.candidacies.queries.linked import version_linked
from parchemin.records.people.models import Link, Person
from tests.records.pathways.kept import filed as evidence_file
from tests.web import cast as casting
from tests.web.candidate import paths
from tests.web.candidate.paths import read

SignedIn = Callable[[Person], Client]


@pytest.fixture
def alternance(cast: casting.Cast) -> Candidacy:
    """A draft whose project has 15 to 20 pages."""
    return casting.opened(cast.candidate, cast.certification(casting.ALTERNANCE), "apprenticeship")


@pytest.mark.parametrize(
    ("pages", "said", "tone"),
    [(20, "20 pages", "checked met"), (21, "une de trop", "checked not_met"), (14, "14 pages", "checked not_met")],
)
def test_the_exact_count_is_told_against_the_limit(
    cast: casting.Cast, signed_in: SignedIn, alternance: Candidacy, pages: int, said: str, tone: str
) -> None:
    client = signed_in(cast.candidate)
    url = reverse("candidate:document", args=[alternance.pk, "project_document"])
    assert "de 15 à 20 pages" in read(client.get(url))
    answer = client.post(url, {"file": paths.pdf(pages)}, follow=True)
    found = read(answer)
    assert said in found
    assert tone in found
    assert DocumentVersion.objects.get().pages == pages


def test_a_refused_file_says_why_and_is_not_kept(
    cast: casting.Cast, signed_in: SignedIn, alternance: Candidacy
) -> None:
    client = signed_in(cast.candidate)
    url = reverse("candidate:document", args=[alternance.pk, "project_document"])
    answer = client.post(url, {"file": paths.fake("../../rapport.pdf")})
    assert answer.status_code == 422
    found = read(answer)
    assert "« rapport.pdf » n’a pas été gardé" in found
    assert "programme" in found
    assert not Document.objects.exists()
    assert "Choisissez un fichier" in read(client.post(url, {}))


def test_versions_follow_one_another_and_come_back_as_they_were(
    cast: casting.Cast, signed_in: SignedIn, alternance: Candidacy
) -> None:
    client = signed_in(cast.candidate)
    url = reverse("candidate:document", args=[alternance.pk, "project_document"])
    client.post(url, {"file": paths.pdf(15, "premier.pdf")})
    found = read(client.post(url, {"file": paths.pdf(16, "second.pdf")}, follow=True))
    assert "Versions précédentes" in found
    first, second = DocumentVersion.objects.order_by("number")
    answer = client.get(reverse("candidate:download", args=[alternance.pk, first.pk]))
    assert answer.getvalue() == paths.pdf_bytes(15)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="premier.pdf"'
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    remove = reverse("candidate:remove_document", args=[alternance.pk, second.document_id])
    alternance.refresh_from_db()
    assert client.post(remove, {"revision": alternance.revision}).status_code == 302
    assert not DocumentVersion.objects.filter(removed_at=None).exists()


def test_a_picture_loses_what_it_tells_of_its_author(
    cast: casting.Cast, signed_in: SignedIn, alternance: Candidacy
) -> None:
    picture, kept = Image.effect_noise((80, 80), 60).convert("RGB"), io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "Appareil de Odile"
    picture.save(kept, "JPEG", exif=exif)
    file = SimpleUploadedFile("photo.jpg", kept.getvalue(), "image/jpeg")
    client = signed_in(cast.candidate)
    url = reverse("candidate:proofs", args=[alternance.pk])
    assert client.post(url, {"file": file, "proof_title": "Diplôme", "revision": 0}).status_code == 302
    version = DocumentVersion.objects.get()
    with version.content.open("rb") as content:
        stored = content.read()
    assert b"Appareil" in kept.getvalue()
    assert b"Appareil" not in stored
    assert version.size == len(stored)


def test_a_version_too_many_is_refused_and_the_last_one_stands(
    cast: casting.Cast, signed_in: SignedIn, alternance: Candidacy, settings: Any
) -> None:
    settings.VERSIONS_LIMIT = 2
    client = signed_in(cast.candidate)
    url = reverse("candidate:document", args=[alternance.pk, "project_document"])
    for pages in (16, 17):
        assert client.post(url, {"file": paths.pdf(pages)}).status_code == 302
    answer = client.post(url, {"file": paths.pdf(18)})
    assert answer.status_code == 422
    assert "Cette pièce a déjà 2 versions, le plus possible" in read(answer)
    assert [one.pages for one in DocumentVersion.objects.filter(removed_at=None).order_by("number")][-1] == 17
    assert all(one.content.storage.exists(one.content.name or "") for one in DocumentVersion.objects.all())


def test_what_weighs_too_much_with_the_rest_is_refused_and_stored_nowhere(
    cast: casting.Cast, signed_in: SignedIn, settings: Any
) -> None:
    row = casting.opened(cast.candidate, cast.certification())
    kept = evidence_file(row)
    settings.ROOM_LIMIT = (kept.size or 0) + 10
    url = reverse("candidate:document", args=[row.pk, "admissibility_file"])
    answer = signed_in(cast.candidate).post(url, {"file": paths.pdf(16)})
    assert answer.status_code == 422 and "Les fichiers de ce dossier pèsent" in read(answer)
    assert not DocumentVersion.objects.exists() and not Document.objects.exists()
    folder = Path(default_storage.path(kept.content.name or "")).parent
    assert [one.name for one in folder.iterdir()] == [Path(kept.content.name or "").name]


def test_another_proof_needs_a_title(cast: casting.Cast, signed_in: SignedIn, alternance: Candidacy) -> None:
    client = signed_in(cast.candidate)
    url = reverse("candidate:proofs", args=[alternance.pk])
    assert "Donnez un intitulé" in read(client.post(url, {"file": paths.pdf(), "proof_title": "--", "revision": 0}))
    client.post(url, {"file": paths.pdf(), "proof_title": "Contrat", "revision": 0})
    held = Document.objects.get()
    assert "Contrat" in read(client.get(url))
    assert client.get(reverse("candidate:proof", args=[alternance.pk, held.pk])).status_code == 200


def test_the_candidate_signs_and_asks_others_to(cast: casting.Cast, signed_in: SignedIn) -> None:
    row = paths.answered(cast, is_favourable=True)
    client = Client()
    url = reverse("candidate:document", args=[row.pk, "vae_file"])
    signed_in(cast.candidate).post(url, {"file": paths.pdf()})
    client.post(reverse("account_login"), {"login": cast.candidate.email, "password": casting.PASSWORD})
    version = DocumentVersion.objects.get(document__kind="vae_file")
    found = read(client.get(url))
    assert "Signer" in found
    assert found.count("Demander") == 2
    client.post(reverse("candidate:sign", args=[row.pk, version.pk]))
    signature = Signature.objects.get(version=version)
    assert (signature.actor, signature.assurance) == ("candidate", "password")
    ask = reverse("candidate:ask_signature", args=[row.pk, version.pk, "external_evaluator"])
    assert client.post(ask, {"bearer": "Eva", "email": "eva@example.org"}).status_code == 302
    link = Link.objects.get()
    assert (link.act, link.role, version_linked(link)) == ("sign_document", "external_evaluator", version)
    assert mail.outbox[0].to == ["eva@example.org"]
    assert "Demandée à" in read(client.get(url))
    for actor in ("candidate", "joint_jury", "nobody"):
        strange = reverse("candidate:ask_signature", args=[row.pk, version.pk, actor])
        assert client.get(strange).status_code == 404


def test_a_deposited_document_is_locked(cast: casting.Cast, signed_in: SignedIn) -> None:
    row = casting.deposited(paths.ready(cast))
    client = signed_in(cast.candidate)
    url = reverse("candidate:document", args=[row.pk, "admissibility_file"])
    assert "elle ne peut être remplacée" in read(client.get(url))
    answer = client.post(url, {"file": paths.pdf()})
    assert answer.status_code == 422
    assert DocumentVersion.objects.count() == 1
    held = Document.objects.get()
    remove = reverse("candidate:remove_document", args=[row.pk, held.pk])
    assert client.post(remove, {"revision": row.revision}).status_code == 422


def test_documents_of_another_file_are_not_found(cast: casting.Cast, signed_in: SignedIn) -> None:
    certification = cast.certification()
    own = casting.opened(cast.candidate, certification)
    other = casting.opened(cast.other_candidate, certification)
    version = paths.dropped(other, "admissibility_file")
    client = signed_in(cast.candidate)
    for name, thing in (
        ("download", version.pk),
        ("proof", version.document_id),
        ("remove_document", version.document_id),
    ):
        assert client.get(reverse(f"candidate:{name}", args=[own.pk, thing])).status_code == 404
    assert client.post(reverse("candidate:sign", args=[own.pk, version.pk])).status_code == 404
    assert client.get(reverse("candidate:document", args=[own.pk, "nothing"])).status_code == 404
