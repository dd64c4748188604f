"""What is handed over beside certificates, to the body and to the holder, and to nobody else."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from parchemin.core.deciding import decide
from parchemin.core.decision import Stage
from parchemin.core.facts import Facts
from parchemin.core.plain import decision_to_plain
from parchemin.records.awards.actions.changing import revoke
from parchemin.records.awards.models import Certificate
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import DecisionRecord
from parchemin.records.certifications.models import PublishedRuling
from parchemin.records.journal.canonical import plain
from parchemin.records.juries.models import Conclusion, Hearing, Minutes
from parchemin.records.juries.queries.written import line_of, ruled
from parchemin.records.people.models import Person
from tests.edges.letters.cast import read
from tests.guards import lifted
from tests.records.awards.bench import ISSUED_AT, ISSUED_ON, decided, given, housed, told
from tests.records.juries.bench import bench as prepared
from tests.web.award import bench
from tests.web.cast import ALTERNANCE, CQP, FEST, Cast, person
from tests.web.secretariat.desk import words

SignedIn = Callable[[Person], Client]
pytestmark = pytest.mark.django_db
PARTS = ("A1-C1", "A1-C2")


@pytest.fixture(autouse=True)
def that_day() -> Iterator[None]:
    with time_machine.travel(ISSUED_AT, tick=False):
        yield


@pytest.fixture
def browser(cast: Cast, signed_in: SignedIn) -> Client:
    return signed_in(cast.manager)


@pytest.fixture
def whole(cast: Cast) -> Certificate:
    """A CQP that a jury awarded, with its minutes."""
    housed(cast, CQP)
    (made,) = given(told(prepared(cast)), cast.manager)
    return made


def refused(cast: Cast, count: int = 1) -> list[Hearing]:
    """So many files of one published session that were refused the whole, where nothing is awarded by parts."""
    found: list[Hearing] = []
    for name, given_name, family in bench.NAMES[:count]:
        session = found[0].session if found else None
        who = person(name, given_name, family)
        found.append(decided(cast, FEST, "continuing", "none", PARTS[:1], PARTS[1], who=who, session=session))
    bench.published(found[0].session)
    return found


def strangers(cast: Cast) -> list[Person]:
    roles = ("secretary", "jury_member", "companion", "administrator", "outsider", "other_secretary", "other_candidate")
    return [getattr(cast, name) for name in roles] + [bench.other_manager(cast)]


def url(name: str, *args: Any) -> str:
    return reverse(name, args=args)


class TestTheStatement:
    def test_it_is_shown_given_once_and_printed(self, cast: Cast, browser: Client) -> None:
        housed(cast, FEST)
        (hearing,) = refused(cast)
        session, page = url("award:session", hearing.session_id), url("award:statement", hearing.session_id, hearing.pk)
        assert page in browser.get(session).content.decode()
        shown = words(browser.get(page))
        assert PARTS[0] in shown and "Acquis" in shown and "Non acquis" in shown and not Certificate.objects.exists()
        answer = browser.post(page)
        row = Certificate.objects.get()
        assert answer["Location"] == url("award:certificate", row.pk) and row.kind == "statement"
        assert "Ce relevé ne vaut pas certification" in read(browser.get(url("award:paper", row.pk)).content).text
        again = browser.post(page)
        assert again.status_code == 422 and str(row) in words(again) and Certificate.objects.count() == 1
        assert str(row) in words(browser.get(session)) and page not in browser.get(session).content.decode()
        revoke(certificate=row, reason="Mal imprimé.", by=cast.manager, at=ISSUED_AT)
        assert page in browser.get(session).content.decode()

    def test_the_page_of_the_decision_leads_to_it(self, cast: Cast, browser: Client, signed_in: SignedIn) -> None:
        (hearing,) = refused(cast)
        line = plain(line_of(ruled([hearing])[0]))
        with lifted(connection):
            Minutes.objects.update(text=json.dumps({"candidates": [line]}))
            scheme = Judged(hearing.candidacy, ISSUED_ON).scheme
            DecisionRecord.objects.update(decision=decision_to_plain(decide(Stage.AWARD, Facts(), scheme, ISSUED_ON)))
        page = url("jury:outcome", hearing.session_id, hearing.pk)
        assert url("award:statement", hearing.session_id, hearing.pk) in browser.get(page).content.decode()
        secretary = signed_in(cast.secretary).get(page)
        assert secretary.status_code == 200 and "releves/" not in secretary.content.decode()

    def test_without_anybody_to_sign_or_where_parts_are_awarded_it_says_why(self, cast: Cast, browser: Client) -> None:
        (hearing,) = refused(cast)
        page = url("award:statement", hearing.session_id, hearing.pk)
        assert "qui signe ses certificats" in words(browser.get(page)) and browser.post(page).status_code == 422
        other = bench.published(decided(cast, ALTERNANCE, "apprenticeship", "none", (), "B1").session).hearings.get()
        page = url("award:statement", other.session_id, other.pk)
        assert "pas de relevé" in words(browser.get(page)) and browser.post(page).status_code == 422
        assert "relevé" not in words(browser.get(url("award:session", other.session_id))).lower()
        assert browser.get(url("award:statement", other.session_id, hearing.pk)).status_code == 404
        assert not Certificate.objects.exists()

    def test_the_session_asks_no_more_the_more_there_are(self, cast: Cast, browser: Client) -> None:
        housed(cast, FEST)
        hearings = refused(cast, 4)
        page = url("award:session", hearings[0].session_id)
        counts = []
        for one in (None, hearings[0], hearings[1]):
            if one:
                browser.post(url("award:statement", one.session_id, one.pk))
            browser.get(page)
            with CaptureQueriesContext(connection) as found:
                browser.get(page)
            counts.append(len(found))
        assert counts[1] >= counts[2] and max(counts) - min(counts) <= 2

    def test_strangers_are_refused(self, cast: Cast, signed_in: SignedIn) -> None:
        housed(cast, FEST)
        (hearing,) = refused(cast)
        page = url("award:statement", hearing.session_id, hearing.pk)
        for who in strangers(cast):
            client = signed_in(who)
            assert {client.get(page).status_code, client.post(page).status_code} <= {403, 404}, who
        assert not Certificate.objects.exists() and Client().get(page).status_code == 302


class TestTheExtract:
    def test_it_says_what_the_minutes_say_of_the_holder_alone(
        self, cast: Cast, whole: Certificate, browser: Client, signed_in: SignedIn
    ) -> None:
        minutes = Conclusion.objects.get(pk=whole.conclusion_id).minutes
        for client, name in ((browser, "award:extract"), (signed_in(cast.candidate), "held:extract")):
            answer = client.get(url(name, whole.pk))
            text = read(answer.content).text
            assert answer["Content-Type"] == "application/pdf" and "attachment" in answer["Content-Disposition"]
            for said in (minutes.number, whole.candidacy.number, "Certification délivrée", "Acquis"):
                assert said in text, said
            assert minutes.digest[:20] in "".join(text.split())
        assert (
            url("held:extract", whole.pk) in signed_in(cast.candidate).get(url("held:one", whole.pk)).content.decode()
        )

    def test_minutes_that_say_nothing_of_them_are_told_so(self, cast: Cast, browser: Client) -> None:
        housed(cast, ALTERNANCE)
        (hearing,) = bench.judged(cast, held=("B1",))
        (row,) = given(hearing, cast.manager)
        answer = browser.get(url("award:extract", row.pk), follow=True)
        assert answer.redirect_chain and "aucune ligne du dossier" in words(answer)


class TestTheSupplement:
    @pytest.mark.parametrize(
        ("language", "title"), [("fr", "Supplément au certificat"), ("en", "Certificate supplement")]
    )
    def test_in_each_language_for_the_body_and_the_holder(
        self, cast: Cast, whole: Certificate, browser: Client, signed_in: SignedIn, language: str, title: str
    ) -> None:
        for client, name in ((browser, "award:supplement"), (signed_in(cast.candidate), "held:supplement")):
            text = " ".join(read(client.get(url(name, whole.pk, language)).content).text.split())
            assert title in text and whole.told["certification"] in text
            assert "9 mars 1984" not in text and whole.told["holder"]["first_names"][0] not in text
            assert client.get(url(name, whole.pk, "de")).status_code == 404

    def test_a_block_has_none_nor_what_is_no_longer_good(self, cast: Cast, whole: Certificate, browser: Client) -> None:
        revoke(certificate=whole, reason="Fraude.", by=cast.manager, at=ISSUED_AT)
        assert browser.get(url("award:supplement", whole.pk, "fr")).status_code == 404
        assert browser.get(url("award:extract", whole.pk)).status_code == 200
        housed(cast, ALTERNANCE)
        (hearing,) = bench.judged(cast, held=("B1",))
        (row,) = given(hearing, cast.manager)
        assert browser.get(url("award:supplement", row.pk, "fr")).status_code == 404


def test_what_may_follow_a_temporary_certificate_is_told_or_said_unknown(cast: Cast, signed_in: SignedIn) -> None:
    housed(cast, FEST)
    (made,) = given(decided(cast, FEST, "continuing", "full", PARTS[:1]), cast.manager)
    pages = (
        (signed_in(cast.manager), url("award:certificate", made.pk)),
        (signed_in(cast.candidate), url("held:one", made.pk)),
    )
    for client, page in pages:
        text = words(client.get(page))
        assert "Renouvellement" in text and "repasser toutes les épreuves" in text
    with lifted(connection):
        PublishedRuling.objects.all()._raw_delete("default")
    for client, page in pages:
        assert "comment ce certificat se renouvelle" in words(client.get(page))


def test_what_has_no_end_says_nothing_of_it(cast: Cast, whole: Certificate, browser: Client) -> None:
    assert "Renouvellement" not in words(browser.get(url("award:certificate", whole.pk)))


def test_nobody_else_is_handed_anything(cast: Cast, whole: Certificate, signed_in: SignedIn) -> None:
    names = [f"{room}:{what}" for room in ("award", "held") for what in ("extract", "supplement")]
    places = [url(name, whole.pk, *(["fr"] if "supplement" in name else [])) for name in names]
    for who in strangers(cast):
        client = signed_in(who)
        assert {client.get(place).status_code for place in places} <= {403, 404}, who
    holder = signed_in(cast.candidate)
    assert {holder.get(place).status_code for place in places[:2]} <= {403, 404}
    assert {Client().get(place).status_code for place in places} == {302}
