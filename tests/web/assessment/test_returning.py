"""The page where the office says that the jury sends a file back, and what everybody then reads."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from parchemin.records.assessments.models import JuryReturn, Transmission
from parchemin.records.candidacies.actions import depositing
from parchemin.records.candidacies.models import Candidacy, Letter
from parchemin.records.people.models import Person
from tests.records.assessments import sending
from tests.records.assessments.sending import ATTESTED, SEEN_ON
from tests.records.assessments.sheets import LATER
from tests.records.candidacies import files
from tests.web import cast as casting
from tests.web.assessment.test_ledger import page, shared, words
from tests.web.cast import Cast
from tests.web.posted import typed
from tests.web.secretariat.desk import NOW

SignedIn = Callable[[Person], Client]
REASON = "La fiche de décision n’est pas datée."


@pytest.fixture(autouse=True)
def that_day() -> Iterator[None]:
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def row(cast: Cast) -> Candidacy:
    """A file that the jury has, opened to those who assess and accompany."""
    made = files.decided(cast, files.completed(cast, casting.opened(cast.candidate, cast.certification())))
    made = sending.ready(cast, shared(cast, made))
    sending.sent(cast, made)
    return made


def posted(client: Client, url: str, **answers: object) -> Any:
    return client.post(url, typed(client.get(url).content.decode(), url, answers))


def test_the_office_reopens_a_file_that_then_goes_again(cast: Cast, row: Candidacy, signed_in: SignedIn) -> None:
    office, evaluator = signed_in(cast.secretary), signed_in(cast.evaluator)
    told = words(office.get(page("file", row)))
    assert "transmis au jury depuis le 3 mars 2026" in told and page("send_back", row) in told
    assert page("transmit", row) not in told
    assert page("send_back", row) not in words(evaluator.get(page("file", row)))
    assert posted(office, page("send_back", row), reason=REASON).status_code == 302
    for client in (office, evaluator, signed_in(cast.candidate)):
        told = words(client.get(page("file", row)))
        assert "Le jury a renvoyé le dossier le 16 mars 2026" in told and REASON in told
        assert "Transmis le 3 mars 2026" in told and "Esther Spécimen" in told
    assert "Transmettre de nouveau" in words(evaluator.get(page("file", row)))
    assert "Le jury a renvoyé le dossier" in words(evaluator.get(page("transmit", row)))
    assert posted(evaluator, page("transmit", row), attested=list(ATTESTED)).status_code == 302
    assert [one.number for one in Transmission.objects.all()] == [1, 2]
    assert "transmis au jury depuis le 16 mars 2026" in words(evaluator.get(page("file", row)))


def test_a_file_that_the_jury_has_is_not_sent_twice(cast: Cast, row: Candidacy, signed_in: SignedIn) -> None:
    client = signed_in(cast.evaluator)
    told = words(client.get(page("transmit", row)))
    assert "rien n’a été arrêté depuis" in told and 'id="envoi"' not in told
    row.refresh_from_db()
    refused = client.post(page("transmit", row), {"revision": row.revision, "attested": list(ATTESTED)})
    assert refused.status_code == 422 and Transmission.objects.count() == 1


def test_a_reason_is_asked_and_nothing_typed_is_lost(cast: Cast, row: Candidacy, signed_in: SignedIn) -> None:
    client, url = signed_in(cast.secretary), page("send_back", row)
    refused = posted(client, url, reason=" ")
    assert refused.status_code == 422 and "Écrivez ce que dit le jury" in words(refused)
    overtaken = client.post(url, {"revision": 0, "reason": REASON})
    assert overtaken.status_code == 409 and REASON in words(overtaken)
    assert "Quelqu’un d’autre a modifié" in words(overtaken) and not JuryReturn.objects.exists()
    again = typed(overtaken.content.decode(), url, {})
    assert client.post(url, again).status_code == 302
    assert Letter.objects.filter(kind="file_returned").count() == 1
    assert "n’a pas ce dossier" in words(client.get(url, follow=True))


def test_documents_are_open_again_when_the_jury_wants_others(cast: Cast, row: Candidacy, signed_in: SignedIn) -> None:
    client, url = signed_in(cast.secretary), page("send_back", row)
    assert "Rouvrir aussi les pièces" not in words(client.get(url))
    depositing.deposit_file(candidacy=row, by=cast.candidate, at=LATER, on=SEEN_ON)
    depositing.answer_file(candidacy=row, is_complete=True, reasons="", by=cast.secretary, at=LATER, on=SEEN_ON)
    assert "Rouvrir aussi les pièces" in words(client.get(url))
    own = reverse("candidate:file", args=[row.pk])
    assert 'class="btn primary"' not in words(signed_in(cast.candidate).get(own))
    assert posted(client, url, reason=REASON, reopens_documents="on").status_code == 302
    assert row.deposits.get(stage="completeness").answer == "returned"
    assert 'class="btn primary"' in words(signed_in(cast.candidate).get(own))


@pytest.mark.parametrize("role", ["candidate", "companion", "professional", "evaluator", "outsider", "other_secretary"])
def test_only_the_office_says_what_the_jury_said(cast: Cast, row: Candidacy, signed_in: SignedIn, role: str) -> None:
    client = signed_in(getattr(cast, role))
    assert client.get(page("send_back", row)).status_code in (403, 404)
    assert client.post(page("send_back", row), {"reason": REASON, "revision": row.revision}).status_code in (403, 404)
    assert not JuryReturn.objects.exists()
