"""Civil identity, activities, statements: checked at entry, nothing typed is lost, nobody overwritten."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse

from parchemin.records.candidacies.actions import closing, filling
from parchemin.records.candidacies.models import Draft, Experience
from parchemin.records.candidacies.queries.linked import experience_linked, subject_of
from parchemin.records.people.actions import linking
from parchemin.records.people.models import CivilIdentity, Link, Person
from tests.web import cast as casting
from tests.web.candidate import paths
from tests.web.candidate.paths import read

SignedIn = Callable[[Person], Client]
TODAY = "2026-11-21 10:00 +0100"
IDENTITY = {
    "revision": "0",
    "birth_name": "Fictive",
    "first_name": "Odile",
    "other_names": "Rose, Anne-Lise",
    "sex": "F",
    "born_on": "1984-03-09",
    "born_in": "france",
    "place": "Nantes",
    "place_code": "44109",
    "address": "2 rue Inventée",
    "postcode": "44000",
    "town": "Nantes",
}
ACTIVITY = {
    "position": "Assistante",
    "employer": "Fictif SARL",
    "kind": "employment",
    "from_on": "2020-02-29",
    "until_on": "2023-02-28",
    "time": "full",
    "tags": ["related_activity"],
}


@time_machine.travel(TODAY, tick=False)
def test_an_identity_is_kept_as_typed(cast: casting.Cast, signed_in: SignedIn) -> None:
    row = casting.opened(cast.candidate, cast.certification())
    client = signed_in(cast.candidate)
    url = reverse("candidate:identity", args=[row.pk])
    assert "numéro de sécurité sociale" in read(client.get(url))
    assert client.post(url, IDENTITY).status_code == 302
    kept = CivilIdentity.objects.get()
    assert (kept.birth_commune, kept.birth_country, kept.first_names) == ("44109", "", ["Odile", "Rose", "Anne-Lise"])
    assert "Nantes (44)" in read(client.get(url))


@time_machine.travel(TODAY, tick=False)
@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"place": "Valcebollère", "place_code": "66220"}, "n’existait pas sous ce nom le jour de votre naissance"),
        ({"place": "Ajaccio (2A)", "place_code": "2A004", "born_on": "1950-01-01"}, "choisissez « Ajaccio (20) »"),
    ],
)
def test_a_place_that_was_not_so_that_day_is_kept_and_told(
    cast: casting.Cast, signed_in: SignedIn, change: dict[str, str], said: str
) -> None:
    row = casting.opened(cast.candidate, cast.certification())
    answer = signed_in(cast.candidate).post(
        reverse("candidate:identity", args=[row.pk]), IDENTITY | change, follow=True
    )
    assert said in read(answer)
    assert CivilIdentity.objects.get().birth_commune == change["place_code"]


@time_machine.travel(TODAY, tick=False)
@pytest.mark.parametrize(
    ("change", "field", "said"),
    [
        ({"birth_name": ""}, "birth_name", "À remplir"),
        ({"birth_name": "1840344109001"}, "birth_name", "numéro de sécurité sociale"),
        ({"first_name": "1 84 03 44 109 001 12"}, "first_name", "numéro de sécurité sociale"),
        ({"other_names": "Rose, An4a"}, "other_names", "n’a pas sa place ici"),
        ({"born_on": "2020-01-01"}, "born_on", "au moins 14 ans"),
        ({"born_on": "1884-03-09"}, "born_on", "avant 1900"),
        ({"sex": ""}, "sex", "Choisissez ce que porte votre état civil"),
        ({"place": "Zzzz", "place_code": ""}, "place", "Aucune commune ne porte ce nom"),
        ({"place": "Saint-Denis", "place_code": ""}, "place", "Plusieurs lieux portent ce nom"),
        ({"place": "Nulpart", "place_code": "", "born_in": "abroad"}, "place", "Aucun pays ne porte ce nom"),
        ({"phone": "appelez-moi"}, "phone", "Des chiffres seulement"),
    ],
)
def test_each_error_is_told_at_its_field_and_nothing_is_lost(
    cast: casting.Cast, signed_in: SignedIn, change: dict[str, str], field: str, said: str
) -> None:
    row = casting.opened(cast.candidate, cast.certification())
    answer = signed_in(cast.candidate).post(reverse("candidate:identity", args=[row.pk]), {**IDENTITY, **change})
    assert answer.status_code == 422
    form = answer.context["form"]
    assert list(form.errors) == [field]
    found = read(answer)
    assert said in found
    assert "2 rue Inventée" in found
    assert not CivilIdentity.objects.exists()


@time_machine.travel(TODAY, tick=False)
def test_a_place_of_several_is_chosen_without_a_script(cast: casting.Cast, signed_in: SignedIn) -> None:
    row = casting.opened(cast.candidate, cast.certification())
    client = signed_in(cast.candidate)
    url = reverse("candidate:identity", args=[row.pk])
    asked = read(client.post(url, {**IDENTITY, "place": "Saint-Denis", "place_code": ""}))
    assert 'value="97411"' in asked
    assert client.post(url, {**IDENTITY, "place": "Saint-Denis", "place_code": "97411"}).status_code == 302
    assert CivilIdentity.objects.get().birth_commune == "97411"
    again = {**IDENTITY, "revision": "1", "born_in": "abroad", "place": "Allemagne", "place_code": ""}
    assert client.post(url, again).status_code == 302
    assert CivilIdentity.objects.get().birth_country == "99109"


def test_places_are_suggested(cast: casting.Cast, signed_in: SignedIn) -> None:
    client = signed_in(cast.candidate)
    url = reverse("candidate:places")
    assert "Nantes (44)" in read(client.get(url, {"place": "nant"}))
    assert "Allemagne" in read(client.get(url, {"place": "allem", "born_in": "abroad"}))
    assert "radio" not in read(client.get(url, {"place": "n"}))


@time_machine.travel(TODAY, tick=False)
def test_an_identity_changed_elsewhere_is_not_overwritten(cast: casting.Cast, signed_in: SignedIn) -> None:
    row = casting.opened(cast.candidate, cast.certification())
    casting.identified(cast.candidate)
    client = signed_in(cast.candidate)
    url = reverse("candidate:identity", args=[row.pk])
    answer = client.post(url, {**IDENTITY, "birth_name": "Nouvelle"})
    assert answer.status_code == 409
    found = read(answer)
    assert "Nouvelle" in found
    assert "modifié depuis une autre page" in found
    assert CivilIdentity.objects.get().birth_name == "Fictive"
    revision = answer.context["form"]["revision"].value()
    assert client.post(url, {**IDENTITY, "birth_name": "Nouvelle", "revision": revision}).status_code == 302
    assert CivilIdentity.objects.get().birth_name == "Nouvelle"


@time_machine.travel(TODAY, tick=False)
def test_an_activity_is_counted_to_the_day(cast: casting.Cast, signed_in: SignedIn) -> None:
    row = casting.opened(cast.candidate, cast.certification())
    client = signed_in(cast.candidate)
    add = reverse("candidate:add_experience", args=[row.pk])
    shown = reverse("candidate:experiences", args=[row.pk])
    assert "aucune expérience qui compte sur 3 ans" in read(client.get(shown))
    short = {**ACTIVITY, "from_on": "2020-03-01", "until_on": "2023-02-27", "revision": row.revision}
    assert client.post(add, short).status_code == 302
    found = read(client.get(shown))
    assert "35 mois et 27 jours sur 3 ans" in found
    one = Experience.objects.get()
    row.refresh_from_db()
    change = reverse("candidate:experience", args=[row.pk, one.pk])
    assert 'value="2023-02-27"' in read(client.get(change))
    client.post(change, {**ACTIVITY, "from_on": "2020-03-01", "revision": row.revision})
    assert "met" in read(client.get(shown))
    assert Experience.objects.get().until_on == date(2023, 2, 28)


@time_machine.travel(TODAY, tick=False)
@pytest.mark.parametrize(
    ("change", "share"),
    [
        ({"time": "half"}, "1/2"),
        ({"time": "hours", "hours": "21"}, "3/5"),
        ({"time": "hours", "hours": "17,5"}, "1/2"),
        ({"time": "hours", "hours": "40"}, "1"),
        ({"time": "share", "share": "4/5"}, "4/5"),
        ({"time": "unsaid"}, "None"),
        ({"is_running": "on", "until_on": ""}, "1"),
    ],
)
def test_the_share_of_full_time_is_read(
    cast: casting.Cast, signed_in: SignedIn, change: dict[str, str], share: str
) -> None:
    row = casting.opened(cast.candidate, cast.certification())
    url = reverse("candidate:add_experience", args=[row.pk])
    assert signed_in(cast.candidate).post(url, {**ACTIVITY, "revision": 0, **change}).status_code == 302
    assert str(Experience.objects.get().fraction) == share


@time_machine.travel(TODAY, tick=False)
@pytest.mark.parametrize(
    ("change", "field", "said"),
    [
        ({"position": " "}, "position", "À remplir"),
        ({"until_on": "2020-02-28"}, "until_on", "avant le début"),
        ({"until_on": ""}, "until_on", "cochez « Toujours en cours »"),
        ({"from_on": "2026-11-22", "is_running": "on"}, "from_on", "dans le futur"),
        ({"time": "hours"}, "hours", "nombre d’heures"),
        ({"time": "share", "share": "5/4"}, "share", "un temps plein"),
        ({"time": "share", "share": "beaucoup"}, "share", "par exemple 4/5"),
        ({"tags": ["other"]}, "tags", "other"),
    ],
)
def test_what_is_wrong_in_an_activity_is_told_at_its_field(
    cast: casting.Cast, signed_in: SignedIn, change: dict[str, Any], field: str, said: str
) -> None:
    row = casting.opened(cast.candidate, cast.certification())
    url = reverse("candidate:add_experience", args=[row.pk])
    answer = signed_in(cast.candidate).post(url, {**ACTIVITY, "revision": 0, **change})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert said in read(answer)


@time_machine.travel(TODAY, tick=False)
def test_an_activity_comes_with_its_proof(cast: casting.Cast, signed_in: SignedIn) -> None:
    row = casting.opened(cast.candidate, cast.certification())
    client = signed_in(cast.candidate)
    url = reverse("candidate:add_experience", args=[row.pk])
    refused = client.post(url, {**ACTIVITY, "revision": 0, "file": paths.fake()})
    assert refused.status_code == 422
    assert list(refused.context["form"].errors) == ["file"]
    assert not row.documents.exists()
    assert client.post(url, {**ACTIVITY, "revision": 0, "file": paths.pdf()}).status_code == 302
    one = Experience.objects.get()
    assert one.proof is not None
    assert one.proof.document.title == "Assistante"


@time_machine.travel(TODAY, tick=False)
def test_a_file_changed_meanwhile_keeps_what_was_typed(cast: casting.Cast, signed_in: SignedIn) -> None:
    row = casting.opened(cast.candidate, cast.certification())
    seen = row.revision
    casting.worked(row)
    client = signed_in(cast.candidate)
    url = reverse("candidate:add_experience", args=[row.pk])
    answer = client.post(url, {**ACTIVITY, "revision": seen})
    assert answer.status_code == 409
    found = read(answer)
    assert "Une activité a été ajoutée ou modifiée" in found
    assert "Fictif SARL" in found
    assert Experience.objects.count() == 1
    again = answer.context["form"]["revision"].value()
    assert client.post(url, {**ACTIVITY, "revision": again}).status_code == 302
    assert Experience.objects.count() == 2


@time_machine.travel(TODAY, tick=False)
def test_an_activity_removed_elsewhere_keeps_what_is_typed_here(cast: casting.Cast, signed_in: SignedIn) -> None:
    row = casting.opened(cast.candidate, cast.certification())
    one = casting.worked(row)
    seen, client = row.revision, signed_in(cast.candidate)
    url = reverse("candidate:experience", args=[row.pk, one.pk])
    client.post(reverse("candidate:draft", args=["experience", row.pk, one.pk]), {"position": "Formatrice d’ateliers"})
    filling.remove_experience(candidacy=row, experience=one, by=cast.candidate, at=casting.AT)
    assert "Formatrice d’ateliers" in read(client.get(url)), "the draft is shown where it was typed"
    answer = client.post(url, {**ACTIVITY, "revision": seen})
    found = read(answer)
    assert answer.status_code == 409
    assert "Fictif SARL" in found
    assert "Cette activité a été retirée du dossier" in found
    again = answer.context["form"]["revision"].value()
    assert client.post(url, {**ACTIVITY, "revision": again}).status_code == 302
    assert Experience.objects.get().employer == "Fictif SARL"
    assert not Draft.objects.exists()
    assert client.get(url).status_code == 404
    assert client.post(url[:-2] + "999/", {**ACTIVITY, "revision": again}).status_code == 404


def test_an_activity_is_removed_once_confirmed(cast: casting.Cast, signed_in: SignedIn) -> None:
    row = casting.opened(cast.candidate, cast.certification())
    one = casting.worked(row)
    client = signed_in(cast.candidate)
    url = reverse("candidate:remove_experience", args=[row.pk, one.pk])
    assert "ne comptera plus" in read(client.get(url))
    assert client.post(url, {"revision": row.revision}).status_code == 302
    assert not Experience.objects.exists()


def test_an_employer_is_asked_by_a_link_that_can_be_taken_back(cast: casting.Cast, signed_in: SignedIn) -> None:
    row = casting.opened(cast.candidate, cast.certification())
    one = casting.worked(row)
    client = signed_in(cast.candidate)
    url = reverse("candidate:ask_attestation", args=[row.pk, one.pk])
    told = {"bearer": "Paul\r\nBcc: tous@example.org", "quality": "RH", "email": "rh@example.org"}
    own = client.post(url, {**told, "email": cast.candidate.email.upper()})
    assert "C’est une de vos adresses" in read(own)
    assert client.post(url, told).status_code == 302
    link = Link.objects.get()
    assert (link.subject, link.act, link.bearer) == (subject_of(one), "attest_experience", "Paul Bcc: tous@example.org")
    assert experience_linked(link) == one
    (sent,) = mail.outbox
    assert sent.to == ["rh@example.org"]
    assert "/acte/" in sent.body
    listed = read(client.get(reverse("candidate:experiences", args=[row.pk])))
    assert "Attestation demandée à" in listed
    assert client.post(reverse("candidate:revoke_link", args=[row.pk, link.pk])).status_code == 302
    link.refresh_from_db()
    assert link.revoked_at is not None


def test_a_second_link_or_one_from_a_closed_file_is_refused_in_words(cast: casting.Cast, signed_in: SignedIn) -> None:
    row = casting.opened(cast.candidate, cast.certification())
    url = reverse("candidate:ask_attestation", args=[row.pk, casting.worked(row).pk])
    client = signed_in(cast.candidate)
    told = {"bearer": "Paul", "quality": "RH", "email": "rh@example.org"}
    client.post(url, told)
    second = client.post(url, told)
    assert second.status_code == 422
    assert "Un lien attend déjà une réponse" in read(second)
    closing.withdraw_candidacy(candidacy=row, reason="", by=cast.candidate, at=casting.AT, on=casting.ON)
    closed = client.post(url, told)
    assert closed.status_code == 422
    assert "Retirée" in read(closed)
    assert len(mail.outbox) == 1


def test_no_more_links_leave_in_a_day_than_is_sensible(
    cast: casting.Cast, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(linking, "MOST_A_DAY", 2)
    row = casting.opened(cast.candidate, cast.certification())
    client = signed_in(cast.candidate)
    url = reverse("candidate:ask_endorsement", args=[row.pk])
    answers = [
        client.post(url, {"bearer": "P", "quality": "RH", "email": f"rh{n}@example.org"}).status_code for n in range(3)
    ]
    assert answers == [302, 302, 422]
    assert len(mail.outbox) == 2


def test_a_link_of_somebody_else_cannot_be_taken_back(cast: casting.Cast, signed_in: SignedIn) -> None:
    certification = cast.certification()
    own = casting.opened(cast.candidate, certification)
    other = casting.opened(cast.other_candidate, certification)
    one = casting.worked(other)
    signed_in(cast.other_candidate).post(
        reverse("candidate:ask_attestation", args=[other.pk, one.pk]),
        {"bearer": "Paul", "quality": "RH", "email": "rh@example.org"},
    )
    link = Link.objects.get()
    client = signed_in(cast.candidate)
    assert client.post(reverse("candidate:revoke_link", args=[own.pk, link.pk])).status_code == 404
    assert client.get(reverse("candidate:experience", args=[own.pk, one.pk])).status_code == 404


def test_statements_and_the_regulation_go_together(cast: casting.Cast, signed_in: SignedIn) -> None:
    row = casting.opened(cast.candidate, cast.certification())
    client = signed_in(cast.candidate)
    url = reverse("candidate:statements", args=[row.pk])
    assert read(client.get(url)).count('name="is_accepted"') == read(client.get(url)).count("data-autosave>") == 1
    sent = client.post(url, {"revision": 0, "informed": "yes", "sent_by_provider": "no"}, follow=True)
    assert "Il reste à accepter le règlement" in read(sent)
    told = dict(row.statements.values_list("code", "declared"))
    assert (told["informed"], told["sent_by_provider"], told.get("sent_by_evaluator")) == (True, False, None)
    stale = client.post(url, {"revision": 0, "informed": "no", "is_accepted": "on"})
    assert stale.status_code == 409
    assert stale.context["form"]["informed"].value() == "no"
    row.refresh_from_db()
    assert row.regulation_accepted_at is None
    client.post(url, {"revision": 1, "informed": "no", "sent_by_provider": "no", "is_accepted": "on"})
    row.refresh_from_db()
    assert row.statements.get(code="informed").declared is False
    assert row.regulation_accepted_at is not None


def test_a_regulation_alone_is_accepted_by_ticking(cast: casting.Cast, signed_in: SignedIn) -> None:
    row = casting.opened(cast.candidate, cast.certification(casting.ALTERNANCE))
    client = signed_in(cast.candidate)
    url = reverse("candidate:statements", args=[row.pk])
    assert "ne demandent aucune déclaration" in read(client.get(url))
    refused = client.post(url, {"revision": 0})
    assert refused.status_code == 422
    assert "Cochez la case pour accepter" in read(refused)
    assert client.post(url, {"revision": 0, "is_accepted": "on"}).status_code == 302
    row.refresh_from_db()
    assert row.regulation_accepted_at is not None


def test_what_is_typed_is_kept_and_shown_again(cast: casting.Cast, signed_in: SignedIn) -> None:
    row = casting.opened(cast.candidate, cast.certification())
    client = signed_in(cast.candidate)
    keep = reverse("candidate:draft", args=["experience", row.pk, "new"])
    page = reverse("candidate:add_experience", args=[row.pk])
    assert keep in read(client.get(page))
    assert client.post(keep, {"position": "À moitié écr", "is_running": "on", "revision": "0"}).status_code == 204
    found = read(client.get(page))
    assert "À moitié écr" in found
    assert "Un brouillon a été retrouvé" in found
    client.post(page, {**ACTIVITY, "revision": 0})
    assert not Draft.objects.exists()
    client.post(keep, {"position": "Encore"})
    assert client.post(reverse("candidate:drop_draft", args=["experience", row.pk, "new"])).status_code == 302
    assert not Draft.objects.exists()
    assert client.post(keep, {"position": "x" * 200_001}).status_code == 413


def test_a_need_half_typed_is_kept_sealed(cast: casting.Cast, signed_in: SignedIn) -> None:
    row = casting.opened(cast.candidate, cast.certification())
    client = signed_in(cast.candidate)
    keep = reverse("candidate:draft", args=["accommodation", row.pk])
    page = reverse("candidate:accommodation", args=[row.pk])
    assert f'data-autosave-url="{keep}"' in read(client.get(page))
    assert client.post(keep, {"need": "Une salle au rez-de-ch"}).status_code == 204
    with connection.cursor() as cursor:
        cursor.execute("SELECT fields FROM candidacies_draft")
        assert "salle" not in str(cursor.fetchone()[0])
    found = read(client.get(page))
    assert "Une salle au rez-de-ch" in found
    assert "Un brouillon a été retrouvé" in found
    client.post(page, {"need": "Une salle au rez-de-chaussée"})
    assert not Draft.objects.exists()


@pytest.mark.parametrize("name", ["statements", "change_route", "withdraw", "proofs", "ask_endorsement"])
def test_what_is_typed_elsewhere_is_kept_in_the_browser(cast: casting.Cast, signed_in: SignedIn, name: str) -> None:
    row = casting.opened(cast.candidate, cast.certification())
    assert "data-autosave" in read(signed_in(cast.candidate).get(reverse(f"candidate:{name}", args=[row.pk])))


def test_drafts_of_others_and_unknown_forms_are_refused(cast: casting.Cast, signed_in: SignedIn) -> None:
    row = casting.opened(cast.candidate, cast.certification())
    other = signed_in(cast.other_candidate)
    assert other.post(reverse("candidate:draft", args=["message", row.pk]), {"body": "x"}).status_code == 404
    own = signed_in(cast.candidate)
    assert own.post(reverse("candidate:draft", args=["anything", row.pk]), {"body": "x"}).status_code == 404
    assert not Draft.objects.exists()


def test_activities_stay_as_they_are_once_the_application_is_sent(cast: casting.Cast, signed_in: SignedIn) -> None:
    row = casting.deposited(paths.ready(cast))
    one = row.experiences.get()
    url = reverse("candidate:experience", args=[row.pk, one.pk])
    answer = signed_in(cast.candidate).post(url, {**ACTIVITY, "revision": row.revision})
    assert answer.status_code == 422
    assert "cette action n’est plus possible" in read(answer)
    one.refresh_from_db()
    assert one.position == "Assistante de formation"


@time_machine.travel(TODAY, tick=False)
def test_each_way_to_meet_a_requirement_is_counted_and_nothing_else(cast: casting.Cast, signed_in: SignedIn) -> None:
    row = casting.opened(cast.candidate, cast.certification(casting.ALTERNANCE), "apprenticeship")
    client = signed_in(cast.candidate)
    shown = read(client.get(reverse("candidate:experiences", args=[row.pk])))
    assert "Deux ans de face-à-face pédagogique" in shown
    assert "Un stage d’au moins six mois" in shown
    assert "aucune expérience qui compte sur 6 mois" in shown
    assert "pour information" in shown
    assert "non renseigné" not in shown
    home = read(client.get(reverse("candidate:file", args=[row.pk])))
    assert home.index("Ce qui viendra ensuite") < home.index("Votre expérience")
