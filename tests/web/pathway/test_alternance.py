"""The pages of an alternance by role: the contract, the liaison book, visits and their calendar."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from parchemin.records.candidacies.models import Candidacy
from parchemin.records.pathways.models import Contract, Liaison, Visit
from parchemin.records.people.models import Person
from tests.web import cast as casting
from tests.web.candidate.paths import read
from tests.web.cast import AT, ON, Cast
from tests.web.pathway import apprentices
from tests.web.pathway.apprentices import DAY

SignedIn = Callable[[Person], Client]


@pytest.fixture(autouse=True)
def that_day() -> Iterator[None]:
    """Every page is asked for on the same day."""
    with time_machine.travel(AT + timedelta(hours=1), tick=True):
        yield


@pytest.fixture
def row(cast: Cast) -> Candidacy:
    """A file under a contract of apprenticeship, opened to Carine and Denis."""
    return apprentices.apprenticed(cast)


def url(name: str, *args: object) -> str:
    return reverse(f"pathway:{name}", args=args)


def typed(**changes: Any) -> dict[str, Any]:
    values = {
        "revision": "0",
        "employer": "Centre fictif",
        "signed_on": "2026-02-20",
        "from_on": "2026-03-01",
        "until_on": "2027-09-30",
        "tutor": "Denis Échantillon",
        "tutor_post": "Chef d’atelier",
    }
    return {**values, **changes}


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("candidate", 200),
        ("companion", 200),
        ("professional", 200),
        ("secretary", 200),
        ("manager", 200),
        ("evaluator", 404),
        ("other_candidate", 404),
        ("other_secretary", 404),
        ("outsider", 404),
        ("administrator", 404),
    ],
)
def test_who_reads_it(cast: Cast, row: Candidacy, signed_in: SignedIn, role: str, status: int) -> None:
    assert signed_in(getattr(cast, role)).get(url("alternance", row.pk)).status_code == status


def test_a_route_without_contract_has_no_such_page(cast: Cast, signed_in: SignedIn) -> None:
    row = casting.opened(cast.candidate, cast.certification())
    client = signed_in(cast.candidate)
    for name in ("alternance", "write_liaison"):
        assert client.get(url(name, row.pk)).status_code == 404


def test_the_centre_notes_the_contract_and_its_states(cast: Cast, row: Candidacy, signed_in: SignedIn) -> None:
    client = signed_in(cast.companion)
    refused = client.post(url("new_contract", row.pk), typed(until_on="2026-02-01"))
    assert refused.status_code == 422
    assert "Cette date est avant le début" in read(refused) and "Chef d’atelier" in read(refused)
    future = client.post(url("new_contract", row.pk), typed(signed_on="2026-03-09"))
    assert future.status_code == 422 and "pas encore venu" in read(future)
    assert client.post(url("new_contract", row.pk), typed(tutor_person=cast.professional.pk)).status_code == 302
    contract = Contract.objects.get()
    assert (contract.kind, contract.tutor_person) == ("apprenticeship", cast.professional)
    state = url("contract_state", row.pk, contract.pk)
    told = client.post(state, {"revision": "0", "state": "started", "on": "2026-03-01", "words": ""})
    assert told.status_code == 302
    without = client.post(state, {"revision": "1", "state": "broken", "on": "2026-03-02", "words": ""})
    assert without.status_code == 422 and "Dites pourquoi le contrat s’arrête" in read(without)
    stale = client.post(state, {"revision": "0", "state": "broken", "on": "2026-03-02", "words": "Accord"})
    assert stale.status_code == 409 and "Accord" in read(stale) and 'name="revision" value="1"' in read(stale)
    page = read(client.get(url("alternance", row.pk)))
    assert "Maître d’apprentissage" in page and "Le 1er mars 2026" in page


def test_a_contract_corrected_elsewhere_shows_both(cast: Cast, row: Candidacy, signed_in: SignedIn) -> None:
    contract = apprentices.signed(cast, row)
    correct = url("contract", row.pk, contract.pk)
    assert signed_in(cast.secretary).post(correct, typed(employer="Nouvel employeur")).status_code == 302
    late = signed_in(cast.companion).post(correct, typed(employer="Le mien"))
    assert late.status_code == 409
    assert "Nouvel employeur" in read(late) and "Le mien" in read(late)
    again = signed_in(cast.companion).post(correct, typed(employer="Le mien", revision="1"))
    assert again.status_code == 302
    assert Contract.objects.get().employer == "Le mien"


@pytest.mark.parametrize("role", ["candidate", "professional"])
def test_the_tutor_and_the_apprentice_keep_no_contract_and_no_visit(
    cast: Cast, row: Candidacy, signed_in: SignedIn, role: str
) -> None:
    contract, visit = apprentices.signed(cast, row), apprentices.planned(cast, row)
    client = signed_in(getattr(cast, role))
    for address in (
        url("new_contract", row.pk),
        url("contract", row.pk, contract.pk),
        url("contract_state", row.pk, contract.pk),
        url("plan_visit", row.pk),
        url("visit", row.pk, visit.pk),
        url("cancel_visit", row.pk, visit.pk),
        url("report_visit", row.pk, visit.pk),
    ):
        assert client.get(address).status_code == 404
        assert client.post(address, {}).status_code == 404


def test_each_side_writes_answers_and_signs(cast: Cast, row: Candidacy, signed_in: SignedIn) -> None:
    apprentices.signed(cast, row)
    write = url("write_liaison", row.pk)
    tutor = signed_in(cast.professional)
    assert "Signé : Denis Échantillon, Entreprise." in read(tutor.get(write))
    empty = tutor.post(write, {"on": "2026-03-01", "words": "  "})
    assert empty.status_code == 422
    late = tutor.post(write, {"on": "2026-03-09", "words": "Demain", "about": ["B2"]})
    assert late.status_code == 422 and "pas encore venu" in read(late) and "Demain" in read(late)
    forged = tutor.post(write, {"on": "2026-03-01", "words": "x", "about": ["B9"]})
    assert forged.status_code == 422
    assert tutor.post(write, {"on": "2026-03-01", "words": "Vu en séance", "about": ["B1"]}).status_code == 302
    entry = Liaison.objects.get()
    assert (entry.side, entry.about) == ("tutor", ["B1"])
    answer = signed_in(cast.candidate).post(url("liaison", row.pk, entry.pk), {"words": "Merci"})
    assert answer.status_code == 302
    page = read(signed_in(cast.secretary).get(url("alternance", row.pk)))
    assert "Vu en séance" in page and "Merci" in page and "B1 Conception" in page
    settled = tutor.get(url("correct_liaison", row.pk, entry.pk), follow=True)
    assert "Quelqu’un a déjà répondu" in read(settled)


def test_an_entry_is_corrected_the_first_day_only(cast: Cast, row: Candidacy, signed_in: SignedIn) -> None:
    entry = apprentices.wrote(row, cast.candidate)
    correct = url("correct_liaison", row.pk, entry.pk)
    client = signed_in(cast.candidate)
    told = {"on": "2026-03-01", "words": "Corrigé", "about": ["B2"]}
    assert signed_in(cast.companion).get(correct).status_code == 404
    assert client.post(correct, told).status_code == 302
    with time_machine.travel(AT + DAY + timedelta(minutes=1)):
        assert "plus d’un jour" in read(client.get(correct, follow=True))
        late = client.post(correct, {**told, "words": "Trop tard"})
        assert late.status_code == 422 and "Trop tard" in read(late)
    assert Liaison.objects.get().words == "Corrigé"


def test_a_visit_is_planned_moved_reported_and_counted(cast: Cast, row: Candidacy, signed_in: SignedIn) -> None:
    client = signed_in(cast.companion)
    told = {"on": "2026-03-02", "at": "14:30", "minutes": "45", "place": "Atelier", "purpose": "Point"}
    wrong = client.post(url("plan_visit", row.pk), {**told, "at": "25:00"})
    assert wrong.status_code == 422
    assert client.post(url("plan_visit", row.pk), told).status_code == 302
    visit = Visit.objects.get()
    assert client.post(url("visit", row.pk, visit.pk), {**told, "at": "09:00"}).status_code == 302
    report = url("report_visit", row.pk, visit.pk)
    future = client.post(report, {"held_on": "2026-03-09", "present": "Tous", "report": "Bien"})
    assert future.status_code == 422
    apprentices.planned(cast, row)
    assert client.post(report, {"held_on": "2026-03-02", "present": "Tous", "report": "Bien vu"}).status_code == 302
    cancelled = apprentices.planned(cast, row)
    assert client.post(url("cancel_visit", row.pk, cancelled.pk)).status_code == 302
    page = read(signed_in(cast.candidate).get(url("alternance", row.pk)))
    assert "Bien vu" in page and "<dd>1/2" in page and "annulée" in page
    assert client.get(url("visit", row.pk, visit.pk)).status_code == 404
    with time_machine.travel(AT + 2 * DAY):
        assert client.get(report).status_code == 404


def test_a_visit_opens_in_a_calendar(cast: Cast, row: Candidacy, signed_in: SignedIn) -> None:
    visit = apprentices.planned(cast, row)
    client = signed_in(cast.candidate)
    sent = client.get(url("visit_calendar", row.pk, visit.pk))
    lines = sent.content.decode().replace("\r\n ", "").split("\r\n")
    assert sent["Content-Type"] == "text/calendar; charset=utf-8"
    assert "DTSTART:20260309T090000Z" in lines and "DTEND:20260309T103000Z" in lines
    assert "LOCATION:Atelier\\, 3 rue Fictive" in lines
    assert "SUMMARY:Visite en entreprise : Odile Fictive" in lines
    assert signed_in(cast.outsider).get(url("visit_calendar", row.pk, visit.pk)).status_code == 404


def test_queries_do_not_grow_with_the_book(
    cast: Cast, row: Candidacy, signed_in: SignedIn, django_assert_max_num_queries: Any
) -> None:
    apprentices.signed(cast, row)
    for number in range(60):
        entry = apprentices.wrote(row, cast.candidate, f"Entrée {number}", "B1")
        if number < 5:
            apprentices.planned(cast, row, number)
            Liaison.objects.create(
                candidacy=row,
                side="centre",
                author=cast.companion,
                on=ON,
                words="Oui",
                answered=entry,
                written_at=AT,
                assurance="password",
            )
    client = signed_in(cast.companion)
    with django_assert_max_num_queries(25):
        page = client.get(url("alternance", row.pk))
    assert page.status_code == 200 and "1 à 50 sur 60" in read(page)
    assert "Entrée" in read(client.get(url("alternance", row.pk) + "?page=2"))


def test_a_closed_file_is_only_read(cast: Cast, row: Candidacy, signed_in: SignedIn) -> None:
    entry = apprentices.wrote(row, cast.candidate)
    Candidacy.objects.filter(pk=row.pk).update(status="refused")
    client = signed_in(cast.candidate)
    assert client.get(url("alternance", row.pk)).status_code == 200
    assert client.get(url("write_liaison", row.pk)).status_code == 404
    assert client.post(url("liaison", row.pk, entry.pk), {"words": "x"}).status_code == 302
    assert Liaison.objects.count() == 1
