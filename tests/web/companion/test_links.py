"""Acts from a one-use link: once, before a date, by whoever holds it, and nothing said by a dead one."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.utils import timezone

from parchemin.core.facts import ExperienceKind
from parchemin.records.candidacies.actions import deciding, filling
from parchemin.records.candidacies.models import (
    Attestation,
    Candidacy,
    DocumentVersion,
    Endorsement,
    Experience,
    Signature,
)
from parchemin.records.candidacies.queries.linked import ATTEST, SIGN, subject_of
from parchemin.records.journal.queries import entries_of
from parchemin.records.people.actions.linking import make_link, revoke_link
from parchemin.records.people.models import Link
from tests.web.cast import AT, Cast, opened, worked

ANSWER = {"is_confirmed": "yes", "words": "", "bearer": "Rose Employeuse", "quality": "Directrice", "is_sincere": "on"}
SUPPORT = {"words": "Elle sait expliquer.", "bearer": "Rose", "quality": "Directrice", "is_sincere": "on"}


def answer(experience: Experience, **changes: str) -> dict[str, str]:
    """What an employer sends who read the activity as it is."""
    return {**ANSWER, "fingerprint": experience.fingerprint, **changes}


def edited(experience: Experience, **changes: Any) -> None:
    """The candidate saves the activity again, with those changes."""
    kept = ("position", "kind", "from_on", "until_on", "employer", "tasks", "fraction", "tags")
    told = {**{name: getattr(experience, name) for name in kept}, **changes}
    told |= {"kind": ExperienceKind(told["kind"]), "tags": tuple(told["tags"])}
    filling.save_experience(
        candidacy=experience.candidacy,
        activity=filling.Activity(**told),
        by=experience.candidacy.candidate,
        at=timezone.now(),
        experience=experience,
    )
    experience.refresh_from_db()


@pytest.fixture
def experience(cast: Cast) -> Experience:
    return worked(opened(cast.candidate, cast.certification()))


@pytest.fixture
def version(cast: Cast, experience: Experience) -> DocumentVersion:
    return filling.drop_document(
        candidacy=experience.candidacy,
        kind="vae_file",
        content=ContentFile(b"%PDF-1.7"),
        measured=filling.Measured("dossier.pdf", "application/pdf", 8, "0" * 64, pages=2),
        by=cast.candidate,
        at=timezone.now(),
    )


def linked(act: str, subject: Any, cast: Cast, **changes: Any) -> tuple[Link, str]:
    told = {"role": "sector_professional"} if act == SIGN else {"quality": "Directrice"}
    link, secret = make_link(
        act=act,
        subject=subject,
        email="rose@example.org",
        bearer="Rose Employeuse",
        at=timezone.now(),
        by=cast.candidate,
        **{**told, **changes},
    )
    return link, f"/acte/{secret}/"


def test_an_employer_attests_an_activity_once(cast: Cast, experience: Experience, client: Client) -> None:
    link, address = linked(ATTEST, subject_of(experience), cast)
    page = client.get(address)
    assert page.status_code == 200
    assert "Assistante de formation" in page.content.decode()
    assert page.headers["Referrer-Policy"] == "same-origin", "the secret goes nowhere, and the form may be sent"
    assert "no-store" in page.headers["Cache-Control"]
    done = client.post(address, answer(experience))
    assert "c’est enregistré" in done.content.decode()
    said = Attestation.objects.get()
    assert (said.experience, said.link, said.is_confirmed) == (experience, link, True)
    assert (said.bearer, said.quality, said.assurance) == ("Rose Employeuse", "Directrice", "email")
    experience.refresh_from_db()
    assert said.stands_for(experience)
    assert experience.is_proved is None, "proving is for the secretariat"
    assert client.get(address).status_code == 410
    assert client.post(address, answer(experience, is_confirmed="no", words="Non.")).status_code == 410
    assert Attestation.objects.get().is_confirmed


def test_a_denial_says_what_differs(cast: Cast, experience: Experience, client: Client) -> None:
    _link, address = linked(ATTEST, subject_of(experience), cast)
    refused = client.post(address, answer(experience, is_confirmed="no"))
    assert refused.status_code == 422
    assert "Dites ce qui diffère" in refused.content.decode()
    client.post(address, answer(experience, is_confirmed="no", words="À mi-temps."))
    said = Attestation.objects.get()
    assert (said.is_confirmed, said.words) == (False, "À mi-temps.")


def test_what_was_not_read_is_not_attested(cast: Cast, experience: Experience, client: Client) -> None:
    _link, address = linked(ATTEST, subject_of(experience), cast)
    read = answer(experience, words="Une très bonne collègue.")
    edited(experience, from_on=date(2011, 1, 1), position="Directrice pédagogique")
    overtaken = client.post(address, read)
    page = overtaken.content.decode()
    assert overtaken.status_code == 409
    assert "Directrice pédagogique" in page
    assert "Une très bonne collègue." in page
    assert "vient d’être modifiée" in page
    assert not Attestation.objects.exists()
    assert client.post(address, {**read, "fingerprint": experience.fingerprint}).status_code == 200
    assert Attestation.objects.get().told["position"] == "Directrice pédagogique"


@pytest.mark.parametrize("found", [True, False, None])
def test_the_finding_of_the_secretariat_leaves_the_attestation(
    cast: Cast, experience: Experience, client: Client, found: bool | None
) -> None:
    link, address = linked(ATTEST, subject_of(experience), cast)
    client.post(address, answer(experience, is_confirmed="no", words="À mi-temps."))
    deciding.verify_experience(
        candidacy=experience.candidacy,
        experience=experience,
        is_proved=found,
        comment="Bulletin lu",
        by=cast.secretary,
        at=AT,
    )
    experience.refresh_from_db()
    assert (experience.is_proved, experience.proof_comment) == (found, "" if found is None else "Bulletin lu")
    said = Attestation.objects.get()
    assert (said.link, said.words, said.is_confirmed) == (link, "À mi-temps.", False)


def test_an_edited_activity_loses_what_was_said_of_the_former(
    cast: Cast, experience: Experience, client: Client
) -> None:
    _link, address = linked(ATTEST, subject_of(experience), cast)
    client.post(address, answer(experience))
    deciding.verify_experience(
        candidacy=experience.candidacy, experience=experience, is_proved=True, comment="x", by=cast.secretary, at=AT
    )
    edited(experience, tags=())
    assert experience.attestations.get().stands_for(experience), "nothing that was read has changed"
    edited(experience, from_on=date(2000, 1, 1))
    assert (experience.is_proved, experience.proof_comment) == (None, "")
    assert not experience.attestations.get().stands_for(experience)
    saved = entries_of(experience.candidacy_id).filter(kind="candidacy.experience_saved")
    assert [len(one.details["attestations_lost"]) for one in saved] == [0, 0, 1]


def test_somebody_says_a_word_of_support(cast: Cast, experience: Experience, client: Client) -> None:
    row = experience.candidacy
    candidate = Client()
    candidate.force_login(cast.candidate, backend="allauth.account.auth_backends.AuthenticationBackend")
    told = {"email": "rose@example.org", "bearer": "Rose", "quality": "Directrice"}
    assert candidate.post(f"/dossiers/{row.pk}/soutien/", told).status_code == 302
    assert candidate.post(f"/dossiers/{row.pk}/soutien/", {**told, "bearer": "Paul"}).status_code == 302
    first, second = (re.search(r"(/acte/[\w-]+/)", str(one.body))[1] for one in mail.outbox)  # type: ignore[index]
    assert "Demandé à Rose" in candidate.get(f"/dossiers/{row.pk}/pieces/").content.decode()
    assert client.post(first, {**SUPPORT, "words": " "}).status_code == 422
    assert client.post(first, SUPPORT).status_code == 200
    assert client.post(first, SUPPORT).status_code == 410
    said = Endorsement.objects.get(said_at__isnull=False)
    assert (said.candidacy, said.words, said.assurance) == (row, "Elle sait expliquer.", "email")
    shown = candidate.get(f"/dossiers/{row.pk}/pieces/").content.decode()
    assert "Elle sait expliquer." in shown
    candidate.post(f"/dossiers/{row.pk}/liens/{Link.objects.get(used_at=None).pk}/annuler/")
    assert client.get(second).status_code == 410


def test_a_professional_reads_and_signs(cast: Cast, version: DocumentVersion, client: Client) -> None:
    _link, address = linked(SIGN, version.pk, cast)
    page = client.get(address).content.decode()
    assert "Professionnel du secteur" in page
    paper = client.get(f"{address}document/")
    assert b"".join(paper.streaming_content) == b"%PDF-1.7"  # type: ignore[attr-defined]
    signing = {"is_read": "on", "bearer": "Paul", "quality": "Responsable", "is_sincere": "on"}
    assert client.post(address, signing).status_code == 200
    signed = Signature.objects.get()
    assert (signed.actor, signed.signer, signed.assurance) == ("sector_professional", "Paul, Responsable", "email")
    assert client.get(f"{address}document/").status_code == 410


@pytest.mark.parametrize("how", ["unknown", "revoked", "expired", "gone", "withdrawn"])
def test_a_dead_link_names_nobody(cast: Cast, experience: Experience, client: Client, how: str) -> None:
    past = {"expires_at": timezone.now() + timedelta(milliseconds=1)} if how == "expired" else {}
    link, address = linked(ATTEST, subject_of(experience), cast, **past)
    if how == "unknown":
        address = "/acte/" + "x" * 43 + "/"
    elif how == "revoked":
        revoke_link(link=link, by=cast.candidate, at=timezone.now())
    elif how == "gone":
        filling.remove_experience(
            candidacy=experience.candidacy, experience=experience, by=cast.candidate, at=timezone.now()
        )
    elif how == "withdrawn":
        Candidacy.objects.update(status="withdrawn", closed_at=timezone.now())
    for told in (client.get(address), client.post(address, answer(experience))):
        assert told.status_code in (404, 410)
        said = told.content.decode()
        assert "Odile" not in said
        assert "CQP" not in said
    assert not Attestation.objects.exists()


def test_guessing_is_slowed(client: Client, db: None) -> None:
    answers = [client.get(f"/acte/{'y' * 42}{number}/").status_code for number in range(22)]
    assert answers[0] == 404
    assert answers[-1] == 429


def test_a_right_link_opens_whoever_guessed_before(cast: Cast, experience: Experience, client: Client) -> None:
    for number in range(25):
        client.get(f"/acte/{'z' * 42}{number}/")
    _link, address = linked(ATTEST, subject_of(experience), cast)
    assert client.get(address).status_code == 200


def test_behind_a_proxy_each_client_is_counted_alone(client: Client, db: None, settings: Any) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    codes = [
        client.get(f"/acte/{'w' * 42}{number}/", headers={"X-Forwarded-For": f"203.0.113.{number}"}).status_code
        for number in range(25)
    ]
    assert set(codes) == {404}
    again = [client.get("/acte/vvv/", headers={"X-Forwarded-For": "203.0.113.99"}).status_code for _ in range(22)]
    assert again[-1] == 429


@pytest.mark.parametrize("how", ["withdrawn", "replaced", "unknown"])
def test_the_document_of_a_dead_link_is_refused_in_words(
    cast: Cast, version: DocumentVersion, client: Client, how: str
) -> None:
    _link, address = linked(SIGN, version.pk, cast)
    if how == "withdrawn":
        Candidacy.objects.update(status="withdrawn", closed_at=timezone.now())
    elif how == "replaced":
        DocumentVersion.objects.update(removed_at=timezone.now())
    else:
        address = f"/acte/{'x' * 43}/"
    assert client.get(f"{address}document/").status_code == (404 if how == "unknown" else 410)


def test_a_replaced_version_cannot_be_signed(cast: Cast, version: DocumentVersion, client: Client) -> None:
    _link, address = linked(SIGN, version.pk, cast)
    filling.drop_document(
        candidacy=version.document.candidacy,
        kind="vae_file",
        content=ContentFile(b"%PDF"),
        measured=filling.Measured("autre.pdf", "application/pdf", 4, "1" * 64),
        by=cast.candidate,
        at=timezone.now(),
    )
    signing = {"is_read": "on", "bearer": "Paul", "quality": "Responsable", "is_sincere": "on"}
    refused = client.post(address, signing)
    assert refused.status_code == 422
    assert "remplacée" in refused.content.decode()
    assert Link.objects.get().used_at is None


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_attests(cast: Cast, experience: Experience) -> None:
    _link, address = linked(ATTEST, subject_of(experience), cast)

    def post(confirmed: str) -> int:
        try:
            return Client().post(address, answer(experience, is_confirmed=confirmed, words="x")).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        codes = sorted(pool.map(post, ["yes", "no"]))
    assert codes == [200, 410]


def test_the_candidate_sends_the_link_and_the_employer_follows_it(cast: Cast, experience: Experience) -> None:
    candidate = Client()
    candidate.force_login(cast.candidate, backend="allauth.account.auth_backends.AuthenticationBackend")
    file = experience.candidacy
    asked = candidate.post(
        f"/dossiers/{file.pk}/experience/{experience.pk}/attestation/",
        {"email": "rose@example.org", "bearer": "Rose Employeuse", "quality": "Directrice"},
    )
    assert asked.status_code == 302
    address = re.search(r"(/acte/[\w-]+/)", str(mail.outbox[-1].body))
    assert address
    assert Client().post(address[1], answer(experience)).status_code == 200
    assert Attestation.objects.get().experience == experience
    shown = candidate.get(f"/dossiers/{file.pk}/experience/").content.decode()
    assert "Attestée par Rose Employeuse, Directrice" in shown
    edited(experience, from_on=date(2000, 1, 1))
    shown = candidate.get(f"/dossiers/{file.pk}/experience/").content.decode()
    assert "elle ne compte plus pour celle-ci" in shown
    assert "Attestée par" not in shown
