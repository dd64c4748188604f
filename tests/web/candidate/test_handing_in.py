"""Handing in, and what follows: decisions, appeals, messages, needs, confirming, changing route, withdrawing."""

import json
import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from parchemin.records.candidacies.actions import closing, depositing, talking
from parchemin.records.candidacies.models import Accommodation, Letter, Message, Status
from parchemin.records.people.models import Person
from tests.records.assessments import sheets
from tests.records.candidacies import files
from tests.records.pathways.kept import filed
from tests.web import cast as casting
from tests.web.candidate import paths
from tests.web.candidate.paths import read

SignedIn = Callable[[Person], Client]
OPENED = "2026-03-02 10:00 +0100"
LATER = "2026-03-09 10:00 +0100"


@time_machine.travel(OPENED, tick=False)
def test_an_application_is_read_again_then_handed_in(cast: casting.Cast, signed_in: SignedIn) -> None:
    row = paths.ready(cast)
    client = signed_in(cast.candidate)
    url = reverse("candidate:deposit", args=[row.pk])
    page = read(client.get(url))
    assert "Les règles d’accès sont remplies" in page
    assert "Nantes (44)" in page
    assert "is_insisting" not in page
    unread = client.post(url, {"revision": row.revision})
    assert "Cochez la case une fois que vous avez relu" in read(unread)
    assert client.post(url, {"revision": row.revision - 1, "is_read": "on"}).status_code == 409
    assert client.post(url, {"revision": row.revision, "is_read": "on"}).status_code == 302
    row.refresh_from_db()
    assert row.status == Status.RECEIVED
    home = read(client.get(reverse("candidate:file", args=[row.pk])))
    assert "votre demande sera recevable : le silence vaut acceptation" in home


@time_machine.travel(OPENED, tick=False)
def test_a_refusal_by_the_rules_is_drawn_and_nothing_sent_unless_one_insists(
    cast: casting.Cast, signed_in: SignedIn
) -> None:
    row = paths.ready(cast)
    row.experiences.all().delete()
    client = signed_in(cast.candidate)
    url = reverse("candidate:deposit", args=[row.pk])
    answer = client.post(url, {"revision": row.revision, "is_read": "on"})
    assert answer.status_code == 422
    page = read(answer)
    assert "Rien n’a été envoyé" in page
    assert "eligibility.experience" in page
    row.refresh_from_db()
    assert row.status == Status.DRAFT
    client.post(url, {"revision": row.revision, "is_read": "on", "is_insisting": "on"})
    row.refresh_from_db()
    assert row.status == Status.RECEIVED


@time_machine.travel(OPENED, tick=False)
@pytest.mark.parametrize(("lacking", "said"), [("identity", "état civil"), ("regulation", "accepter le règlement")])
def test_what_must_come_first_is_told(cast: casting.Cast, signed_in: SignedIn, lacking: str, said: str) -> None:
    row = casting.opened(cast.candidate, cast.certification())
    if lacking != "identity":
        casting.identified(cast.candidate)
    url = reverse("candidate:deposit", args=[row.pk])
    answer = signed_in(cast.candidate).post(url, {"revision": row.revision, "is_read": "on"})
    assert answer.status_code == 422
    assert said in read(answer)


@time_machine.travel(LATER, tick=False)
def test_what_is_missing_is_told_when_a_file_comes_back(cast: casting.Cast, signed_in: SignedIn) -> None:
    row = paths.returned(cast)
    client = signed_in(cast.candidate)
    page = read(client.get(reverse("candidate:file", args=[row.pk])))
    assert "Votre candidature vous a été renvoyée" in page
    assert "Il manque une signature." in page
    client.post(reverse("candidate:deposit", args=[row.pk]), {"revision": row.revision, "is_read": "on"})
    row.refresh_from_db()
    assert row.status == Status.RECEIVED


@time_machine.travel(LATER, tick=False)
def test_the_file_for_the_jury_is_handed_in(cast: casting.Cast, signed_in: SignedIn) -> None:
    row = paths.answered(cast, is_favourable=True)
    client = signed_in(cast.candidate)
    url = reverse("candidate:deposit_file", args=[row.pk])
    answer = client.post(url, {"revision": row.revision, "is_read": "on"})
    assert answer.status_code == 422
    assert "Rien n’a été envoyé" in read(answer)
    for kind in ("vae_file", "activity_table"):
        version = paths.dropped(row, kind)
        for actor in ("sector_professional", "external_evaluator"):
            version.signatures.create(actor=actor, signer="Eva", assurance="email", signed_at=casting.AT)
    row.refresh_from_db()
    assert client.post(url, {"revision": row.revision, "is_read": "on"}).status_code == 302
    assert row.deposits.filter(stage="completeness", answer="pending").exists()
    assert "Relire et déposer" not in read(client.get(reverse("candidate:file", args=[row.pk])))
    said = "Le tableau s’arrête en 2024."
    depositing.answer_file(
        candidacy=row, is_complete=False, reasons=said, by=cast.secretary, at=timezone.now(), on=casting.ON
    )
    page = read(client.get(reverse("candidate:file", args=[row.pk])))
    assert "Votre dossier pour le jury vous a été renvoyé" in page and said in page
    row.refresh_from_db()
    assert client.post(url, {"revision": row.revision, "is_read": "on"}).status_code == 302
    assert "vous a été renvoyé" not in read(client.get(reverse("candidate:file", args=[row.pk])))


@time_machine.travel(LATER, tick=False)
def test_a_decision_gives_its_reasons_and_its_letter(cast: casting.Cast, signed_in: SignedIn) -> None:
    row = paths.answered(cast, is_favourable=False)
    record = row.decisions.get(answer="unfavourable")
    letter = Letter.objects.get(candidacy=row, kind="refused")
    letter.pdf.save("x.pdf", ContentFile(b"%PDF-fictif"), save=False)
    letter.written_at, letter.subject = casting.AT, "Votre demande"
    letter.save()
    client = signed_in(cast.candidate)
    page = read(client.get(reverse("candidate:decision", args=[row.pk, record.pk])))
    assert "Motif écrit." in page
    assert "eligibility.admissible" in page
    answer = client.get(reverse("candidate:letter", args=[row.pk, letter.pk]))
    assert answer.getvalue() == b"%PDF-fictif"


def test_messages_are_sent_and_read(cast: casting.Cast, signed_in: SignedIn) -> None:
    row = casting.opened(cast.candidate, cast.certification())
    talking.send_message(candidacy=row, body="<b>Bonjour</b>", by=cast.secretary, at=casting.AT)
    client = signed_in(cast.candidate)
    assert "1 message non lu" in read(client.get(reverse("candidate:home")))
    url = reverse("candidate:messages", args=[row.pk])
    assert "&lt;b&gt;Bonjour" in read(client.get(url))
    assert Message.objects.get().read_at is not None
    assert client.post(url, {"body": " "}).status_code == 422
    client.post(url, {"body": "Merci"})
    assert Message.objects.get(body="Merci").is_from_candidate


def test_a_need_is_told_sealed_and_taken_back(cast: casting.Cast, signed_in: SignedIn) -> None:
    from django.db import connection

    row = casting.opened(cast.candidate, cast.certification())
    client = signed_in(cast.candidate)
    url = reverse("candidate:accommodation", args=[row.pk])
    assert "ni maladie ni diagnostic" in read(client.get(url))
    client.post(url, {"need": "Un tiers-temps"})
    asked = Accommodation.objects.get()
    with connection.cursor() as cursor:
        cursor.execute("SELECT need FROM candidacies_accommodation")
        assert "tiers" not in cursor.fetchone()[0]
    assert "Un tiers-temps" in read(client.get(url))
    assert client.post(url, {"need": "Autre chose"}).status_code == 422
    erasing = reverse("candidate:withdraw_need", args=[row.pk, asked.pk])
    assert erasing in client.get(url).content.decode()
    assert "sera effacé" in read(client.get(erasing))
    asked.refresh_from_db()
    assert asked.state == "asked"
    client.post(erasing)
    asked.refresh_from_db()
    assert (asked.state, asked.need) == ("withdrawn", "")


@time_machine.travel("2026-08-20 10:00 +0200", tick=False)
def test_going_on_is_confirmed_with_one_click(cast: casting.Cast, signed_in: SignedIn) -> None:
    row = casting.deposited(casting.opened(cast.candidate, cast.certification(casting.ALTERNANCE), "vae"))
    from parchemin.records.candidacies.actions import deciding, depositing

    depositing.accept_application(candidacy=row, by=cast.secretary, at=paths.later(1), on=paths.day(1))
    deciding.decide_admissibility(
        candidacy=row, is_favourable=True, reason="Oui.", by=cast.secretary, at=paths.later(2), on=paths.day(2)
    )
    client = signed_in(cast.candidate)
    home = reverse("candidate:file", args=[row.pk])
    assert "Confirmez que vous poursuivez" in read(client.get(home))
    client.post(reverse("candidate:confirm", args=[row.pk]))
    assert [str(one.on) for one in row.confirmations.all()] == ["2026-08-20"]
    row.refresh_from_db()
    assert str(row.due_on) == "2027-02-20"


@time_machine.travel(OPENED, tick=False)
def test_another_route_is_taken_knowing_what_it_changes(cast: casting.Cast, signed_in: SignedIn) -> None:
    row = casting.opened(cast.candidate, cast.certification())
    client = signed_in(cast.candidate)
    url = reverse("candidate:change_route", args=[row.pk])
    page = read(client.get(url))
    assert "En plus" in page
    assert "Livret de repérage" in page
    assert client.post(url, {"route": "nowhere", "revision": row.revision}).status_code == 422
    client.post(url, {"route": "pathway", "reason": "Mon employeur m’accompagne", "revision": row.revision})
    row.refresh_from_db()
    assert row.route == "pathway"
    assert row.routes.get(route="pathway").reason == "Mon employeur m’accompagne"


@time_machine.travel(LATER, tick=False)
def test_a_file_that_comes_back_for_a_change_of_route_says_so(cast: casting.Cast, signed_in: SignedIn) -> None:
    row = paths.answered(cast, is_favourable=True)
    row.decisions.get(answer="favourable")
    client = signed_in(cast.candidate)
    told = {"route": "pathway", "reason": "", "revision": row.revision}
    assert client.post(reverse("candidate:change_route", args=[row.pk]), told).status_code == 302
    page = read(client.get(reverse("candidate:file", args=[row.pk])))
    assert "Vous avez changé de voie : complétez" in page
    assert "voici ce qui manque" not in page


@time_machine.travel(LATER, tick=False)
def test_what_was_missing_is_not_told_of_the_former_route(cast: casting.Cast, signed_in: SignedIn) -> None:
    row = paths.returned(cast)
    client = signed_in(cast.candidate)
    told = {"route": "pathway", "reason": "", "revision": row.revision}
    client.post(reverse("candidate:change_route", args=[row.pk]), told)
    page = read(client.get(reverse("candidate:file", args=[row.pk])))
    assert "Vous avez changé de voie : complétez" in page
    assert "voici ce qui manque" not in page


@time_machine.travel(OPENED, tick=False)
def test_a_candidacy_is_withdrawn_once_confirmed(cast: casting.Cast, signed_in: SignedIn) -> None:
    row = casting.opened(cast.candidate, cast.certification())
    client = signed_in(cast.candidate)
    url = reverse("candidate:withdraw", args=[row.pk])
    assert client.post(url, {"revision": row.revision}).status_code == 422
    assert client.post(url, {"revision": row.revision, "is_sure": "on", "reason": "Déménagement"}).status_code == 302
    row.refresh_from_db()
    assert (row.status, row.closing_reason) == (Status.WITHDRAWN, "Déménagement")
    assert "Terminées" in read(client.get(reverse("candidate:home")))
    assert "Ce dossier est déjà fermé" in read(client.get(url))


@time_machine.travel(LATER, tick=False)
def test_everything_is_taken_away(cast: casting.Cast, signed_in: SignedIn) -> None:
    row = paths.answered(cast, is_favourable=False)
    talking.send_message(candidacy=row, body="Un mot <script>", by=cast.secretary, at=casting.AT)
    letter = row.letters.first()
    assert letter is not None
    letter.pdf.save("x.pdf", ContentFile(b"%PDF-fictif"), save=False)
    letter.written_at = casting.AT
    letter.save()
    answer = signed_in(cast.candidate).get(reverse("candidate:take_away", args=[row.pk]))
    assert answer.streaming
    with zipfile.ZipFile(BytesIO(answer.getvalue())) as packed:
        names = packed.namelist()
        page, told = packed.read("index.html").decode(), json.loads(packed.read("data.json"))
        version = row.documents.get().versions.get()
        path = next(name for name in names if name.startswith("pieces/"))
        assert packed.read(path) == paths.pdf_bytes(2)
        assert packed.read(f"courriers/{letter.reference}.pdf") == b"%PDF-fictif"
    assert path.endswith("-v1-piece.pdf")
    assert all(".." not in name and not name.startswith("/") for name in names)
    assert told["identity"]["birthplace"] == "Nantes (44)"
    assert [one["answer"] for one in told["decisions"]] == ["Complet", "Non recevable"]
    assert told["documents"][0]["versions"][0]["sha256"] == version.sha256
    assert "http" not in page.replace('href="/regles', "").split("</style>")[1].split("Messages")[0]
    assert "<script" not in page
    assert "Les règles d’accès ne sont pas remplies" in page


def test_what_was_lived_since_is_taken_away_with_its_files(cast: casting.Cast, signed_in: SignedIn) -> None:
    row = files.decided(cast, files.completed(cast, casting.opened(cast.candidate, cast.certification())))
    shown = filed(row, "C2")
    pair = sheets.held(cast, row)
    sheets.signed(pair.professional)
    answer = signed_in(cast.candidate).get(reverse("candidate:take_away", args=[row.pk]))
    with zipfile.ZipFile(BytesIO(answer.getvalue())) as packed:
        page, told = packed.read("index.html").decode(), json.loads(packed.read("data.json"))["lived"]
        (path,) = [name for name in packed.namelist() if name.startswith("preuves/")]
        with shown.content.open("rb") as kept:
            assert packed.read(path) == kept.read()
    assert {one["title"] for one in told["evidences"]} >= {shown.title}
    assert shown.title in page and path in page
    assert told["sittings"][0]["attendance"] == "Tenue"
    assert "results" not in told
    assert "Vu : C1" not in page, "what one evaluator thinks alone"
    sheets.signed(pair.outside)
    answer = signed_in(cast.candidate).get(reverse("candidate:take_away", args=[row.pk]))
    with zipfile.ZipFile(BytesIO(answer.getvalue())) as packed:
        told = json.loads(packed.read("data.json"))["lived"]
    assert {one["code"] for one in told["results"]} >= {"C1", "C6"}


@time_machine.travel(LATER, tick=False)
def test_what_was_contested_transferred_and_given_up_is_taken_away_too(cast: casting.Cast, signed_in: SignedIn) -> None:
    row = paths.answered(cast, is_favourable=False)
    record = row.decisions.get(answer="unfavourable")
    appeal = closing.file_appeal(
        record=record, grounds="J’ai trois ans.", by=cast.candidate, at=paths.later(3), on=paths.day(3)
    )
    closing.answer_appeal(
        appeal=appeal, is_upheld=True, answer="C’est vrai.", by=cast.secretary, at=paths.later(4), on=paths.day(4)
    )
    row.refresh_from_db()
    closing.transfer_candidacy(
        candidacy=row,
        to=cast.other_organisation,
        reason="Hors secteur.",
        by=cast.secretary,
        at=paths.later(5),
        on=paths.day(5),
    )
    closing.withdraw_candidacy(
        candidacy=row, reason="Déménagement.", by=cast.candidate, at=paths.later(6), on=paths.day(6)
    )
    cast.candidate.language = "en"
    cast.candidate.save()
    answer = signed_in(cast.candidate).get(reverse("candidate:take_away", args=[row.pk]))
    with zipfile.ZipFile(BytesIO(answer.getvalue())) as packed:
        page, told = packed.read("index.html").decode(), json.loads(packed.read("data.json"))
    for said in ("J’ai trois ans.", "C’est vrai.", "Hors secteur.", "Certificateur d’à côté", "Déménagement."):
        assert said in page
    (contested,) = told["decisions"][-1]["appeals"]
    assert (contested["grounds"], contested["answer"]) == ("J’ai trois ans.", "C’est vrai.")
    assert told["transfers"][0]["reason"] == "Hors secteur."
    assert told["closing_reason"] == "Déménagement."
    assert '<html lang="en">' in page
    assert "Statements" in page
    assert "Déclarations" not in page


def test_looking_through_the_eyes_of_a_candidate_changes_nothing(cast: casting.Cast, signed_in: SignedIn) -> None:
    row = casting.opened(cast.candidate, cast.certification())
    talking.send_message(candidacy=row, body="Bonjour", by=cast.secretary, at=casting.AT)
    client = signed_in(cast.administrator)
    client.post(reverse("access:start_view_as", args=[cast.candidate.pk]), {"reason": "Aide au dépôt"})
    assert client.get(reverse("candidate:messages", args=[row.pk])).status_code == 200
    assert Message.objects.get().read_at is None
    client.post(reverse("candidate:messages", args=[row.pk]), {"body": "Usurpé"})
    assert Message.objects.count() == 1
