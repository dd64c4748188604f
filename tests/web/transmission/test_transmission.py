"""Transmissions on screen: what goes is made a file, its receipt is read, refusals are explained and go again."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from parchemin.records.awards.actions.changing import revoke, suspend
from parchemin.records.journal.models import Entry
from parchemin.records.people.actions.granting import grant_role
from parchemin.records.people.models import CivilIdentity, Person, Role
from parchemin.records.transmissions.models import Batch, Channel, Line, State
from tests.edges.cpf.cast import wrong
from tests.records.awards.bench import ISSUED_AT
from tests.records.transmissions.bench import (
    CODE_KO,
    DUPLICATE,
    IDENTITY,
    NUMBERS,
    accepted,
    answer,
    answered,
    awarded,
    batched,
    channelled,
    corrected,
    names,
    noticed,
    ready,
    rejected,
)
from tests.web.award.bench import other_manager
from tests.web.cast import AT, CQP, MASTER, ON, Cast, person
from tests.web.posted import typed
from tests.web.secretariat.desk import words
from tests.web.transmission.bench import convened

SignedIn = Callable[[Person], Client]
pytestmark = pytest.mark.django_db
MOST = 25
"""Questions that a page may ask."""
STRANGERS = ("secretary", "candidate", "jury_member", "companion", "administrator", "outsider", "other_secretary")


@pytest.fixture(autouse=True)
def that_day() -> Iterator[None]:
    with time_machine.travel(ISSUED_AT, tick=False):
        yield


@pytest.fixture
def browser(cast: Cast, signed_in: SignedIn) -> Client:
    """The client of whoever answers for the body."""
    return signed_in(cast.manager)


@pytest.fixture
def url(cast: Cast) -> Callable[..., str]:
    """An address of the room of the cast's body."""
    return lambda name, *args: reverse(f"transmission:{name}", args=[cast.organisation.pk, *args])


def dropped(client: Client, address: str, content: bytes, name: str = "accuse.xml") -> Any:
    return client.post(address, {"file": SimpleUploadedFile(name, content)})


def queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)


class TestLines:
    def test_each_says_until_when_or_why_it_never_goes(
        self, cast: Cast, browser: Client, signed_in: SignedIn, url: Callable[..., str]
    ) -> None:
        assert "Rien à transmettre pour l’instant" in words(browser.get(url("home")))
        awarded(cast)
        awarded(cast, 1, CQP, "vae")
        noticed()
        text = words(browser.get(url("home")))
        assert "27 juin 2026" in text and "L’organisme n’a pas dit sous quels numéros il transmet" in text
        assert "La certification n’est inscrite ni au RNCP ni au répertoire spécifique." in text
        with time_machine.travel(ISSUED_AT + timedelta(days=80)):
            assert "Sous trente jours" in words(signed_in(cast.manager).get(url("home")))
        with time_machine.travel(ISSUED_AT + timedelta(days=100)):
            assert "En retard" in words(signed_in(cast.manager).get(url("home")))

    def test_what_an_identity_lacks_is_said_with_where_it_is_put_right(
        self, cast: Cast, browser: Client, url: Callable[..., str]
    ) -> None:
        first, second = ready(cast, 2)
        file = first.certificate.candidacy
        CivilIdentity.objects.filter(person=file.candidate_id).update(checked_at=None, birth_name=" Espacée")
        CivilIdentity.objects.filter(person=second.certificate.candidacy.candidate_id).delete()
        answer = browser.get(url("home"))
        text = words(answer)
        assert "une espace au début ou à la fin" in text and "n’a pas été comparé" in text
        assert "L’état civil manque" in text
        assert reverse("secretariat:file", args=[file.pk]) in answer.content.decode()

    def test_they_are_found_and_filtered(self, cast: Cast, browser: Client, url: Callable[..., str]) -> None:
        first, *_others = ready(cast, 2)
        for query, count in (
            ({"text": "Fictive"}, 1),
            ({"text": str(first.certificate)}, 1),
            ({"text": "personne"}, 0),
            ({"state": "ready"}, 2),
            ({"state": "accepted"}, 0),
            ({"state": "x" * 300, "sort": "nothing", "page": "-1"}, 2),
        ):
            assert len(browser.get(url("home"), query).context["rows"]) == count, query

    def test_the_same_questions_whatever_the_lines(self, cast: Cast, browser: Client, url: Callable[..., str]) -> None:
        ready(cast)
        convened(cast)
        batch = batched(cast)
        answered(cast, batch, answer(batch, refused={names(batch)[0]: ["x"]}))
        pages = [url("home"), url("batch", batch.pk), url("ahead"), url("batches")]
        before = [queries(browser, one) for one in pages]
        awarded(cast, 4)
        noticed()
        again = batched(cast)
        pages[1] = url("batch", again.pk)
        after = [queries(browser, one) for one in pages]
        assert all(now <= then for then, now in zip(before, after, strict=True)), (before, after)
        assert max(before) <= MOST

    def test_a_spreadsheet_names_nobody(self, cast: Cast, browser: Client, url: Callable[..., str]) -> None:
        (line,) = ready(cast)
        text = browser.get(url("export", "csv")).getvalue().decode()
        assert str(line.certificate) in text and "Fictive" not in text
        assert Entry.objects.latest("number").kind == "list.exported"


class TestFiles:
    def test_made_downloaded_answered_and_sent_again_alone(
        self, cast: Cast, browser: Client, url: Callable[..., str]
    ) -> None:
        ready(cast, 2)
        made = browser.post(url("make"), follow=True)
        batch = Batch.objects.get()
        assert "Le fichier est prêt" in words(made) and made.redirect_chain[-1][0] == url("batch", batch.pk)
        file: Any = browser.get(url("download", batch.pk))
        content = b"".join(file.streaming_content)
        assert wrong(content) == [] and len(content) == batch.size
        assert file["Content-Disposition"] == f'attachment; filename="{batch.pk}.xml"'
        assert Entry.objects.latest("number").details["list"] == "transmission"
        first, second = names(batch)
        answer_ = dropped(browser, url("batch", batch.pk), answer(batch, [first], {second: [IDENTITY]}))
        assert answer_.status_code == 302
        text = words(browser.get(url("batch", batch.pk)))
        assert IDENTITY in text and "Comparez-les à la pièce d’identité" in text
        line = Line.objects.get(sendings__technical_id=second)
        assert IDENTITY in words(browser.get(url("line", line.pk)))
        assert "Rien ne peut partir" in words(browser.post(url("make"), follow=True))
        corrected(cast, line, birth_name="Véritable")
        browser.post(url("make"))
        (again,) = Batch.objects.exclude(pk=batch.pk)
        assert [one.line for one in again.sendings.all()] == [line]

    def test_nothing_to_send_is_said(self, cast: Cast, browser: Client, url: Callable[..., str]) -> None:
        assert "remplissez d’abord ses réglages" in words(browser.post(url("make"), follow=True))
        channelled(cast)
        assert "Rien ne peut partir" in words(browser.post(url("make"), follow=True))
        assert "ne sait pas retirer" in words(browser.post(url("make"), {"action": "withdraw"}, follow=True))

    def test_a_file_that_would_differ_is_not_downloaded(
        self, cast: Cast, browser: Client, url: Callable[..., str]
    ) -> None:
        ready(cast)
        batch = batched(cast)
        CivilIdentity.objects.update(birth_name="Autre")
        found = browser.get(url("download", batch.pk), follow=True)
        assert "ne peut plus être écrit à l’identique" in words(found)
        assert "abandonné" in words(browser.post(url("drop", batch.pk), follow=True))
        assert Line.objects.get().state == State.READY
        assert browser.get(url("download", batch.pk)).status_code == 302

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (b"", "Choisissez l’accusé|n’est pas un accusé|vide"),
            (b"%PDF-1.7 \x00\xff\xfe", "n’est pas un accusé de traitement"),
            (b"<rapport><PassagesKO>", "n’est pas du XML lisible"),
            (b'<!DOCTYPE r [<!ENTITY a "b">]><r>&a;</r>', "déclaration interdite"),
            (b"<a>" * 50 + b"</a>" * 50, "s’emboîtent"),
        ],
    )
    def test_a_hostile_receipt_is_refused_with_what_to_do(
        self, cast: Cast, browser: Client, url: Callable[..., str], content: bytes, said: str
    ) -> None:
        ready(cast)
        batch = batched(cast)
        before = Entry.objects.count()
        found = dropped(browser, url("batch", batch.pk), content)
        assert found.status_code == 422 and any(one in words(found) for one in said.split("|"))
        assert Entry.objects.count() == before and Line.objects.get().state == State.SENT

    def test_a_receipt_too_heavy_or_missing_is_refused(
        self, cast: Cast, browser: Client, url: Callable[..., str], settings: Any
    ) -> None:
        ready(cast)
        batch = batched(cast)
        assert browser.post(url("batch", batch.pk)).status_code == 422
        settings.UPLOAD_LIMIT = 100
        found = dropped(browser, url("batch", batch.pk), answer(batch, names(batch)))
        assert found.status_code == 422 and "dépasse" in words(found)

    def test_a_script_in_a_reason_is_told_and_not_run(
        self, cast: Cast, browser: Client, url: Callable[..., str]
    ) -> None:
        ready(cast)
        batch = batched(cast)
        dropped(
            browser,
            url("batch", batch.pk),
            answer(batch, refused={names(batch)[0]: ["&lt;script&gt;x&lt;/script&gt;"]}),
        )
        page = browser.get(url("batch", batch.pk)).content.decode()
        assert "&lt;script&gt;" in page and "<script>x" not in page

    def test_a_file_refused_whole_says_what_to_correct(
        self, cast: Cast, browser: Client, url: Callable[..., str]
    ) -> None:
        ready(cast)
        batch = batched(cast)
        dropped(browser, url("batch", batch.pk), b"cvc-enumeration-valid: Value 'X' is not facet-valid.", "erreurs.txt")
        text = words(browser.get(url("batch", batch.pk)))
        assert "Refusé en entier" in text and "n’est pas dans la liste admise" in text
        assert Line.objects.get().state == State.READY


class TestRefused:
    @pytest.mark.parametrize(
        ("reason", "said"),
        [
            (IDENTITY, "Elle attend que l’état civil soit corrigé"),
            (CODE_KO, "corrigez le certificat, et c’est le nouveau qui partira"),
            ("Motif jamais vu", "ou que vous disiez qu’elle peut repartir"),
        ],
    )
    def test_it_waits_in_the_list_with_what_to_do_and_until_when(
        self, cast: Cast, browser: Client, url: Callable[..., str], reason: str, said: str
    ) -> None:
        line = rejected(cast, reason)
        for page in (url("home"), url("line", line.pk)):
            text = words(browser.get(page))
            assert "Refusée, à corriger" in text and said in text and reason.partition("'")[0] in text
            assert "27 juin 2026" in text and "92 jours" in text

    def test_put_right_it_says_that_it_goes(self, cast: Cast, browser: Client, url: Callable[..., str]) -> None:
        line = rejected(cast, IDENTITY)
        corrected(cast, line, birth_name="Véritable")
        text = words(browser.get(url("line", line.pk)))
        assert "Corrigée, à transmettre" in text and "repartira dans le prochain fichier" in text
        assert "Renvoyer telle quelle" not in text

    def test_corrected_and_not_compared_it_says_that_it_waits(
        self, cast: Cast, browser: Client, url: Callable[..., str]
    ) -> None:
        line = rejected(cast, IDENTITY)
        corrected(cast, line, birth_name="Véritable")
        CivilIdentity.objects.update(checked_at=None)
        for page in (url("home"), url("line", line.pk)):
            text = words(browser.get(page))
            assert "Corrigée, à comparer" in text and "elle repartira une fois réglé ce qui suit" in text
            assert "n’a pas été comparé" in text and "prochain fichier" not in text
        assert "Rien ne peut partir" in words(browser.post(url("make"), follow=True))

    def test_corrected_and_suspended_it_says_that_it_waits(
        self, cast: Cast, browser: Client, url: Callable[..., str]
    ) -> None:
        line = rejected(cast, IDENTITY)
        corrected(cast, line, birth_name="Véritable")
        suspend(certificate=line.certificate, reason="Doute.", by=cast.manager, at=ISSUED_AT)
        text = words(browser.get(url("line", line.pk)))
        assert "Corrigée, en attente" in text and "Le certificat est suspendu" in text
        assert "prochain fichier" not in text

    def test_each_reason_in_a_file_has_the_link_of_its_own_fix(
        self, cast: Cast, browser: Client, url: Callable[..., str], signed_in: SignedIn
    ) -> None:
        line = rejected(cast, CODE_KO, IDENTITY)
        batch = Batch.objects.get()
        found = browser.get(url("batch", batch.pk))
        (one,) = found.context["rows"]
        certificate = reverse("award:certificate", args=[line.pk])
        file = reverse("secretariat:file", args=[line.certificate.candidacy_id])
        assert [why.way[1] for why in one.whys] == [certificate, file]
        main = found.content.decode()
        assert certificate in main and file in main

    def test_deposited_twice_it_waits_for_the_first_receipt(
        self, cast: Cast, browser: Client, url: Callable[..., str]
    ) -> None:
        (line,) = ready(cast)
        batch = batched(cast)
        place = url("batch", batch.pk)
        there = answer(batch, refused={names(batch)[0]: [DUPLICATE]})
        assert dropped(browser, place, there).status_code == 302
        for text in (words(browser.get(place)), words(browser.get(place))):
            assert "Déjà en base : ce fichier a été déposé deux fois ; apportez l’accusé du premier dépôt." in text
            assert "Déjà en base : 1" in text and "En attente de l’accusé" in text and "Abandonner" not in text
        assert url("release", line.pk) not in browser.get(url("line", line.pk)).content.decode()
        assert dropped(browser, place, answer(batch, names(batch))).status_code == 302
        text = words(browser.get(place))
        assert "Répondu" in text and "ce fichier a été déposé deux fois" not in text

    def test_it_is_let_go_with_a_reason_that_stays(self, cast: Cast, browser: Client, url: Callable[..., str]) -> None:
        line = rejected(cast, CODE_KO)
        place = url("release", line.pk)
        assert place in browser.get(url("line", line.pk)).content.decode()
        page = browser.get(place).content.decode()
        assert browser.post(place, typed(page, place, {"reason": " "})).status_code == 422
        told = typed(page, place, {"reason": "Retirée par la Caisse le 3 mars."})
        text = words(browser.post(place, told, follow=True))
        assert "repartira telle quelle" in text and "Retirée par la Caisse le 3 mars." in text
        assert "À transmettre" in text and place not in text
        again = browser.post(place, told)
        assert again.status_code == 422 and "n’en est plus là" in words(again)
        browser.post(url("make"))
        assert Line.objects.get().state == State.SENT


class TestActs:
    def test_set_aside_with_a_reason_then_taken_back(
        self, cast: Cast, browser: Client, url: Callable[..., str]
    ) -> None:
        (line,) = ready(cast)
        page = browser.get(url("exclude", line.pk)).content.decode()
        assert (
            browser.post(url("exclude", line.pk), typed(page, url("exclude", line.pk), {"reason": " "})).status_code
            == 422
        )
        told = typed(page, url("exclude", line.pk), {"reason": "Transmise par un tiers."})
        assert "Transmise par un tiers." in words(browser.post(url("exclude", line.pk), told, follow=True))
        assert "Rien ne peut partir" in words(browser.post(url("make"), follow=True))
        browser.post(url("take_back", line.pk))
        assert Line.objects.get().state == State.READY
        assert "n’en est plus là" in words(browser.post(url("take_back", line.pk), follow=True))

    def test_revoked_once_accepted_it_is_to_withdraw(
        self, cast: Cast, browser: Client, url: Callable[..., str]
    ) -> None:
        (line,) = ready(cast)
        accepted(cast, batched(cast))
        revoke(certificate=line.certificate, reason="Fraude.", by=cast.manager, at=ISSUED_AT)
        noticed()
        text = words(browser.get(url("home")))
        assert "1 certification transmise a été retirée" in text and "ne sait pas retirer par fichier" in text
        channelled(cast, "1.1.5")
        assert "Faire le fichier de retrait" in words(browser.get(url("home")))
        browser.post(url("make"), {"action": "withdraw"})
        assert Line.objects.get().state == State.WITHDRAWING
        batch = Batch.objects.get(action="withdraw")
        dropped(browser, url("batch", batch.pk), answer(batch, names(batch)))
        assert Line.objects.get().state == State.WITHDRAWN

    def test_a_withdrawal_by_hand_is_noted(self, cast: Cast, browser: Client, url: Callable[..., str]) -> None:
        (line,) = ready(cast)
        accepted(cast, batched(cast))
        revoke(certificate=line.certificate, reason="Fraude.", by=cast.manager, at=ISSUED_AT)
        noticed()
        assert "Le retrait est noté" in words(browser.post(url("note_withdrawn", line.pk), follow=True))
        assert Line.objects.get().state == State.WITHDRAWN

    def test_numbers_are_said_before_anything_goes(self, cast: Cast, browser: Client, url: Callable[..., str]) -> None:
        page = browser.get(url("settings")).content.decode()
        wrong_ = typed(page, url("settings"), {**NUMBERS, "emitter": "court", "version": "1.1.2"})
        found = browser.post(url("settings"), wrong_)
        assert found.status_code == 422 and "huit lettres ou chiffres" in words(found)
        assert not Channel.objects.exists()
        right = typed(page, url("settings"), {**NUMBERS, "version": "1.1.5"})
        assert "enregistrés" in words(browser.post(url("settings"), right, follow=True))
        assert Channel.objects.get().version == "1.1.5"


class TestBeforeTheJury:
    def test_identities_to_complete_are_listed(self, cast: Cast, browser: Client, url: Callable[..., str]) -> None:
        assert "Aucun candidat devant un prochain jury" in words(browser.get(url("ahead")))
        convened(cast)
        text = words(browser.get(url("ahead")))
        assert "Jamais Attente" in text and "Aucune Attente" in text and "Complete Attente" not in text
        assert "n’a pas été comparé" in text and "L’état civil manque" in text


class TestDoors:
    def test_nobody_else_enters(self, cast: Cast, signed_in: SignedIn, url: Callable[..., str]) -> None:
        (line,) = ready(cast)
        batch = batched(cast)
        pages = [url("home"), url("line", line.pk), url("batch", batch.pk), url("download", batch.pk), url("settings")]
        people = [*(getattr(cast, one) for one in STRANGERS), other_manager(cast)]
        for who in people:
            client = signed_in(who)
            assert {client.get(one).status_code for one in pages} == {404}, who
            assert client.post(url("make")).status_code == 404
        assert Client().get(url("home")).status_code == 302
        assert Batch.objects.count() == 1

    def test_a_line_or_a_file_of_another_body_is_not_found(
        self, cast: Cast, browser: Client, signed_in: SignedIn, url: Callable[..., str]
    ) -> None:
        (line,) = ready(cast)
        batch = batched(cast)
        client = signed_in(other_manager(cast))
        there = cast.other_organisation.pk
        for name, id in (
            ("line", line.pk),
            ("batch", batch.pk),
            ("download", batch.pk),
            ("exclude", line.pk),
            ("release", line.pk),
        ):
            assert client.get(reverse(f"transmission:{name}", args=[there, id])).status_code == 404
            assert browser.get(url(name, uuid4())).status_code == 404

    def test_who_answers_for_one_certification_sends_nothing(
        self, cast: Cast, signed_in: SignedIn, url: Callable[..., str]
    ) -> None:
        cast.certification(MASTER)
        who = person("narrow", "Nadia", "Étroite")
        grant_role(
            person=who, role=Role.AWARDING_BODY, at=AT, from_on=ON, organisation=cast.organisation, scheme=MASTER
        )
        client = signed_in(who)
        assert client.get(url("home")).status_code == 404
        assert "Aucun organisme à transmettre" in words(client.get(reverse("transmission:bodies")))

    def test_who_has_one_body_goes_straight_there(self, browser: Client, url: Callable[..., str]) -> None:
        assert browser.get(reverse("transmission:bodies")).headers["Location"] == url("home")
