"""Certificates on screen: what waits is issued, what was is found, followed, withdrawn and corrected."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from importlib import import_module
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, reverse

from parchemin.records.awards.actions.changing import revoke, suspend
from parchemin.records.awards.actions.issuing import correct_certificate
from parchemin.records.awards.models import Certificate, Change, Duplicate, House, Standing
from parchemin.records.awards.numbers import grouped
from parchemin.records.candidacies.models import Candidacy
from parchemin.records.journal.models import Entry
from parchemin.records.juries.models import Hearing, JurySession
from parchemin.records.people.models import CivilIdentity, Organisation, Person
from tests.guards import lifted
from tests.records.awards.bench import ISSUED_AT, ISSUED_ON, given, housed
from tests.records.juries.bench import DAY
from tests.web.award import bench
from tests.web.cast import ALTERNANCE, CQP, Cast
from tests.web.posted import typed
from tests.web.secretariat.desk import words

SignedIn = Callable[[Person], Client]
pytestmark = pytest.mark.django_db
ACTS = ("revoke", "suspend", "reinstate", "duplicate", "correct")
LOOK = {"primary": "#1f4e79", "accent": "#8A5A00", "revision": 0}
PAGES = ("home", "houses")
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
def made(cast: Cast) -> Certificate:
    """One certificate of a block."""
    housed(cast, ALTERNANCE)
    (hearing,) = bench.judged(cast, held=("B1",))
    (row,) = given(hearing, cast.manager)
    return row


def url(name: str, *args: object) -> str:
    return reverse(f"award:{name}", args=args)


def sent(client: Client, address: str, **answers: object) -> Any:
    """The form of that page, with these answers in it."""
    return client.post(address, typed(client.get(address).content.decode(), address.partition("?")[0], answers))


def queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)


class TestTheList:
    def test_a_published_session_waits_until_everything_is_issued(self, cast: Cast, browser: Client) -> None:
        housed(cast, ALTERNANCE)
        first, second = bench.judged(cast, 2)
        text = words(browser.get(url("home")))
        assert "Décisions qui attendent leurs certificats" in text and "2 dossiers" in text
        assert "Aucun certificat délivré" in text
        given(first, cast.manager)
        assert "1 dossier" in words(browser.get(url("home")))
        given(second, cast.manager)
        assert "attendent leurs certificats" not in words(browser.get(url("home")))

    def test_what_was_withdrawn_does_not_wait_again(self, cast: Cast, made: Certificate, browser: Client) -> None:
        revoke(certificate=made, reason="Fraude.", by=cast.manager, at=ISSUED_AT)
        assert "attendent leurs certificats" not in words(browser.get(url("home")))

    def test_a_session_that_is_not_published_does_not_wait(self, cast: Cast, browser: Client) -> None:
        (hearing,) = bench.judged(cast)
        JurySession.objects.update(published_at=None)
        assert "attendent leurs certificats" not in words(browser.get(url("home")))
        assert browser.get(url("session", hearing.session_id)).status_code == 404

    def test_a_certificate_is_found_by_its_number_its_holder_or_its_file(
        self, made: Certificate, browser: Client
    ) -> None:
        number = grouped(made.number)
        CivilIdentity.objects.filter(person=made.candidacy.candidate).update(used_name="Usagère")
        named = ("exem", "Rose Exemple", "usag", made.candidacy.number)
        for text in (number, made.number.lower(), number.replace("-", " "), *named):
            assert number in words(browser.get(url("home"), {"text": text})), text
        for text in ("personne", "2222-2222-2223", "Rose Personne"):
            assert not browser.get(url("home"), {"text": text}).context["rows"], text

    def test_the_list_shows_what_stands_as_it_is_asked(self, cast: Cast, browser: Client) -> None:
        housed(cast, ALTERNANCE)
        revoked, suspended, replaced, plain = (
            given(one, cast.manager)[0] for one in bench.judged(cast, 4, held=("B1",))
        )
        revoke(certificate=revoked, reason="Fraude.", by=cast.manager, at=ISSUED_AT)
        suspend(certificate=suspended, reason="Doute.", by=cast.manager, at=ISSUED_AT)
        House.objects.update(place="Lyon")
        newer = correct_certificate(certificate=replaced, reason="Lieu.", by=cast.manager, at=ISSUED_AT, on=ISSUED_ON)
        shown = {"revoked": revoked, "suspended": suspended, "replaced": replaced}
        everything = {revoked, suspended, replaced, plain, newer}
        for state, row in shown.items():
            answer = browser.get(url("home"), {"state": state})
            assert [one["row"] for one in answer.context["rows"]] == [row]
        assert {one["row"] for one in browser.get(url("home")).context["rows"]} == everything
        assert not browser.get(url("home"), {"state": "ending"}).context["rows"]
        answer = browser.get(url("home"), {"scheme": ALTERNANCE})
        assert len(answer.context["rows"]) == 5 and not browser.get(url("home"), {"scheme": CQP}).context["rows"]

    @pytest.mark.parametrize(
        ("days", "state"), [(0, "ending"), (180, "ending"), (200, ""), (-1, "expired"), (None, "")]
    )
    def test_the_end_of_a_certificate_is_seen_six_months_before(
        self, made: Certificate, browser: Client, days: int | None, state: str
    ) -> None:
        day = None if days is None else ISSUED_ON + timedelta(days=days)
        with lifted(connection):
            Certificate.objects.update(valid_until=day, awarded_on=DAY)
        found = [one for one in ("ending", "expired") if browser.get(url("home"), {"state": one}).context["rows"]]
        assert found == ([state] if state else [])

    def test_what_leaves_is_told_to_the_journal(self, made: Certificate, browser: Client) -> None:
        text = b"".join(browser.get(url("export", "csv"), {"text": "exemple"}).streaming_content).decode()  # type: ignore[attr-defined]
        assert grouped(made.number) in text and "Rose Exemple" in text and len(text.splitlines()) == 2
        book = browser.get(url("export", "xlsx"))
        assert b"".join(book.streaming_content).startswith(b"PK")  # type: ignore[attr-defined]
        entry = Entry.objects.filter(kind="list.exported").order_by("number")[0]
        assert entry.details["list"] == "certificats" and entry.details["filters"] == ["text"]

    def test_pages_ask_no_more_the_more_there_is(self, cast: Cast, browser: Client) -> None:
        housed(cast, ALTERNANCE)
        hearings = bench.judged(cast, 4)
        page = url("session", hearings[0].session_id)
        whole = queries(browser, page)
        given(hearings[0], cast.manager)
        one, session = queries(browser, url("home")), queries(browser, page)
        for hearing in hearings[1:]:
            given(hearing, cast.manager)
        assert queries(browser, url("home")) <= one <= 25
        assert queries(browser, page) <= session and max(whole, session) <= 25


class TestTheSession:
    def test_it_says_what_would_be_issued_and_writes_nothing(self, cast: Cast, browser: Client) -> None:
        housed(cast, ALTERNANCE)
        first, second = bench.judged(cast, 2)
        bench.unchecked(second)
        before = Entry.objects.count()
        answer = browser.get(url("session", first.session_id))
        text = words(answer)
        assert "Délivrer 2 certificats" in text and "Bloc B1 :" in text and "Bloc B3 :" in text
        assert "état civil" in text and reverse("secretariat:file", args=[second.candidacy_id]) in text
        assert 'value="2026-03-27"' in answer.content.decode()
        assert not Certificate.objects.exists() and Entry.objects.count() == before

    def test_what_is_ready_is_issued_and_the_rest_waits(self, cast: Cast, browser: Client) -> None:
        housed(cast, ALTERNANCE)
        first, second = bench.judged(cast, 2)
        bench.unchecked(second)
        page = url("session", first.session_id)
        answer = browser.post(page, {"awarded_on": "2026-03-25"}, follow=True)
        text = words(answer)
        assert "2 certificats délivrés" in text and "1 dossier attend encore" in text
        rows = Certificate.objects.all()
        assert {(one.candidacy_id, one.code, one.awarded_on, one.issued_by) for one in rows} == {
            (first.candidacy_id, code, date(2026, 3, 25), cast.manager) for code in bench.BLOCKS
        }
        assert all(grouped(one.number) in text for one in rows)
        CivilIdentity.objects.update(checked_at=ISSUED_AT, checked_by=cast.manager)
        assert sent(browser, page, awarded_on="2026-03-25").status_code == 302
        assert Certificate.objects.count() == 4 and "Tout est délivré" in words(browser.get(page))
        assert "plus rien à délivrer" in words(browser.post(page, {"awarded_on": "2026-03-25"}, follow=True))

    @pytest.mark.parametrize(
        ("day", "said"),
        [("2026-03-28", "est à venir"), ("", "obligatoire"), ("demain", "Cette date")],
    )
    def test_a_day_that_cannot_be_is_refused_and_kept(self, cast: Cast, browser: Client, day: str, said: str) -> None:
        housed(cast, ALTERNANCE)
        (hearing,) = bench.judged(cast)
        answer = browser.post(url("session", hearing.session_id), {"awarded_on": day})
        assert answer.status_code == 422 and said in words(answer)
        assert f'value="{day}"' in answer.content.decode() or not day
        assert not Certificate.objects.exists()

    def test_before_the_decision_had_effect_nothing_is_issued(self, cast: Cast, browser: Client) -> None:
        housed(cast, ALTERNANCE)
        (hearing,) = bench.judged(cast)
        day = f"{DAY - timedelta(days=1)}"
        text = words(browser.post(url("session", hearing.session_id), {"awarded_on": day}, follow=True))
        assert "1 dossier attend encore" in text and not Certificate.objects.exists()

    def test_what_their_model_has_wrong_is_said_before_anything_is_issued(self, cast: Cast, browser: Client) -> None:
        housed(cast, ALTERNANCE)
        (hearing,) = bench.judged(cast)
        page = url("session", hearing.session_id)
        before = words(browser.get(page))
        assert "ne seraient pas en règle" in before and "Qualiopi" not in before
        House.objects.update(words="Centre certifié Qualiopi.")
        shown = browser.get(page)
        assert "ne seraient pas en règle" in words(shown) and "Qualiopi" in words(shown)
        assert url("house", hearing.candidacy.certification_id) in shown.content.decode()
        sent(browser, page, awarded_on="2026-03-27")
        assert Certificate.objects.exists() and "ne seraient pas en règle" not in words(browser.get(page))

    def test_nobody_named_to_sign_is_said_with_its_form(self, cast: Cast, browser: Client) -> None:
        (hearing,) = bench.judged(cast)
        page = url("session", hearing.session_id)
        shown = browser.get(page)
        assert "qui signe ses certificats" in words(shown)
        assert url("house", hearing.candidacy.certification_id) in shown.content.decode()
        answer = browser.post(page, {"awarded_on": "2026-03-27"})
        assert answer.status_code == 422 and not Certificate.objects.exists()


class TestOne:
    def test_it_says_what_was_awarded_and_what_became_of_it(
        self, cast: Cast, made: Certificate, browser: Client
    ) -> None:
        suspend(certificate=made, reason="Un doute sur l’identité.", by=cast.manager, at=ISSUED_AT)
        answer = browser.get(url("certificate", made.pk))
        text, page = words(answer), answer.content.decode()
        assert grouped(made.number) in text and "Suspendu" in text and "Un doute sur l’identité." in text
        assert "Rose Exemple" in text and "PV2026-9001" in text and "Camille Fictive, Présidente" in text
        hearing = Hearing.objects.get()
        assert reverse("jury:outcome", args=[hearing.session_id, hearing.pk]) in page
        assert f"/verifier/{grouped(made.number)}/" in page
        assert url("reinstate", made.pk) in page and url("suspend", made.pk) not in page

    def test_a_correction_is_followed_both_ways(self, cast: Cast, made: Certificate, browser: Client) -> None:
        House.objects.update(place="Lyon")
        newer = correct_certificate(
            certificate=made, reason="Le lieu était faux.", by=cast.manager, at=ISSUED_AT, on=ISSUED_ON
        )
        old, new = (browser.get(url("certificate", one.pk)) for one in (made, newer))
        assert grouped(newer.number) in words(old) and "Remplacé" in words(old)
        assert grouped(made.number) in words(new) and "Le lieu était faux." in words(new)
        assert url("revoke", made.pk) not in old.content.decode()
        assert url("revoke", newer.pk) in new.content.decode()

    def test_ones_own_certificate_is_not_ones_to_keep(self, cast: Cast, made: Certificate, browser: Client) -> None:
        Candidacy.objects.update(candidate=cast.manager)
        assert browser.get(url("certificate", made.pk)).status_code == 404


class TestTheActs:
    @pytest.mark.parametrize(("act", "standing"), [("revoke", Standing.REVOKED), ("suspend", Standing.SUSPENDED)])
    def test_it_is_no_longer_valid(
        self, cast: Cast, made: Certificate, browser: Client, act: str, standing: Standing
    ) -> None:
        answer = sent(browser, url(act, made.pk), reason="Une fraude découverte.", is_sure="on")
        assert answer.status_code == 302 and answer["Location"] == url("certificate", made.pk)
        change = Change.objects.get()
        assert (change.by, change.reason, change.at) == (cast.manager, "Une fraude découverte.", ISSUED_AT)
        assert Certificate.objects.get().standing(ISSUED_ON) is standing

    def test_it_is_valid_again(self, cast: Cast, made: Certificate, browser: Client) -> None:
        suspend(certificate=made, reason="Doute.", by=cast.manager, at=ISSUED_AT)
        sent(browser, url("reinstate", made.pk), reason="Doute levé.", is_sure="on")
        assert Certificate.objects.get().standing(ISSUED_ON) is Standing.VALID

    def test_it_is_printed_again_once_the_holder_proved_who_they_are(
        self, cast: Cast, made: Certificate, browser: Client
    ) -> None:
        page = url("duplicate", made.pk)
        refused = sent(browser, page, reason="Perdu.", is_sure="on")
        assert refused.status_code == 422 and "Perdu." in words(refused) and not Duplicate.objects.exists()
        sent(browser, page, reason="Perdu.", proof="Passeport vu au guichet.", is_sure="on")
        row = Duplicate.objects.get()
        assert (row.rank, row.reason, row.proof, row.by) == (1, "Perdu.", "Passeport vu au guichet.", cast.manager)
        assert "Passeport vu au guichet." in words(browser.get(url("certificate", made.pk)))

    def test_what_a_correction_changes_is_shown_before_it_is_made(
        self, cast: Cast, made: Certificate, browser: Client
    ) -> None:
        page = url("correct", made.pk)
        assert "dirait la même chose" in words(browser.get(page))
        CivilIdentity.objects.update(birth_name="Véritable")
        before = Entry.objects.count()
        text = words(browser.get(page))
        assert "Rose Exemple" in text and "Rose Véritable" in text and "Fait à" not in text
        assert Certificate.objects.count() == 1 and Entry.objects.count() == before
        answer = sent(browser, page, reason="Nom mal transcrit.", is_sure="on")
        newer = Certificate.objects.get(corrects=made)
        assert answer["Location"] == url("certificate", newer.pk)
        assert newer.told["holder"]["birth_name"] == "Véritable" and newer.correction == "Nom mal transcrit."

    @pytest.mark.parametrize("act", ACTS)
    def test_what_is_not_confirmed_is_not_done_and_what_was_typed_is_kept(
        self, cast: Cast, made: Certificate, browser: Client, act: str
    ) -> None:
        if act == "reinstate":
            suspend(certificate=made, reason="Doute.", by=cast.manager, at=ISSUED_AT)
        before = Entry.objects.count()
        answer = browser.post(url(act, made.pk), {"reason": "Un motif <gardé>", "proof": "Vu."})
        assert answer.status_code == 422 and "Cochez la case" in words(answer)
        assert "Un motif &lt;gardé&gt;" in answer.content.decode()
        assert Entry.objects.count() == before

    @pytest.mark.parametrize("act", ACTS)
    def test_nothing_more_is_done_of_what_was_withdrawn(
        self, cast: Cast, made: Certificate, browser: Client, act: str
    ) -> None:
        revoke(certificate=made, reason="Fraude.", by=cast.manager, at=ISSUED_AT)
        page = url(act, made.pk)
        assert "un retrait ne se reprend pas" in words(browser.get(page))
        before = Entry.objects.count()
        answer = browser.post(page, {"reason": "Encore.", "proof": "Vu.", "is_sure": "on"})
        assert answer.status_code == 422 and "un retrait ne se reprend pas" in words(answer)
        assert "Encore." in answer.content.decode() and Entry.objects.count() == before


class TestTheHouse:
    def test_who_signs_is_said_once_and_journaled(self, cast: Cast, browser: Client) -> None:
        certification = cast.certification(ALTERNANCE)
        assert "À remplir" in words(browser.get(url("houses")))
        page = url("house", certification.pk)
        told = {"place": "Nantes", "signatory": "Camille Fictive", "signatory_title": "Présidente"}
        assert sent(browser, page, **told)["Location"] == url("houses")
        row = House.objects.get()
        assert (row.organisation, row.issuer, row.place) == (cast.organisation, cast.organisation, "Nantes")
        entry = Entry.objects.get(kind="award.house_saved")
        assert (entry.actor, entry.subject) == (cast.manager.pk, cast.organisation.pk)
        assert entry.details["certification"] == certification.pk.hex and "Camille" not in str(entry.details)
        assert "Camille Fictive" in words(browser.get(url("houses")))
        sent(browser, page)
        assert Entry.objects.filter(kind="award.house_saved").count() == 1
        sent(browser, page, signatory="Dominique Fictif")
        assert House.objects.get().signatory == "Dominique Fictif"
        assert Entry.objects.filter(kind="award.house_saved").latest("number").details["fields"] == ["signatory"]

    def test_a_committee_of_the_body_may_issue_and_no_other(self, cast: Cast, browser: Client) -> None:
        own = Organisation.objects.create(kind="committee", name="Commission de branche", parent=cast.organisation)
        other = Organisation.objects.create(kind="committee", name="Commission d’ailleurs")
        page = url("house", cast.certification(ALTERNANCE).pk)
        told = {"place": "Nantes", "signatory": "Camille Fictive", "signatory_title": "Présidente", **LOOK}
        for issuer in (other, cast.other_organisation):
            answer = browser.post(page, {**told, "issuer": issuer.pk})
            assert answer.status_code == 422 and "Camille Fictive" in answer.content.decode()
        assert not House.objects.exists() and "ailleurs" not in words(browser.get(page))
        assert browser.post(page, {**told, "issuer": own.pk}).status_code == 302
        assert House.objects.get().issuer == own

    def test_what_is_not_said_is_asked(self, cast: Cast, browser: Client) -> None:
        page = url("house", cast.certification(ALTERNANCE).pk)
        answer = browser.post(page, {"issuer": cast.organisation.pk, "place": "Nantes", "signatory": " "})
        assert answer.status_code == 422 and 'value="Nantes"' in answer.content.decode() and not House.objects.exists()

    def test_another_body_in_the_address_is_not_found(self, cast: Cast, browser: Client) -> None:
        page = url("house", cast.certification(ALTERNANCE).pk)
        for other in (cast.other_organisation.pk, "x"):
            assert browser.get(f"{page}?organisation={other}").status_code == 404


class TestTheDoors:
    def addresses(self, made: Certificate) -> dict[str, str]:
        hearing = Hearing.objects.get()
        args: dict[str, tuple[object, ...]] = {
            "session": (hearing.session_id,),
            "statement": (hearing.session_id, hearing.pk),
            "house": (made.candidacy.certification_id,),
            "export": ("csv",),
            "supplement": (made.pk, "fr"),
        }
        found = {}
        for pattern in import_module("parchemin.web.award.urls").urlpatterns:  # whose converters the others register
            assert isinstance(pattern, URLPattern) and pattern.name and getattr(pattern.callback, "asks", None)
            needed = args.get(pattern.name, (made.pk,)) if "<" in str(pattern.pattern) else ()
            found[pattern.name] = url(pattern.name, *needed)
        assert len(found) >= 11
        return found

    @pytest.mark.parametrize("role", STRANGERS)
    def test_strangers_are_refused_everywhere(
        self, cast: Cast, made: Certificate, signed_in: SignedIn, role: str
    ) -> None:
        client = signed_in(getattr(cast, role))
        for name, address in self.addresses(made).items():
            for answer in (client.get(address), client.post(address, {"reason": "x", "is_sure": "on"})):
                assert answer.status_code in (403, 404, 405), (name, answer.status_code)
        assert not Change.objects.exists()

    def test_the_holder_is_not_let_in(self, made: Certificate, signed_in: SignedIn) -> None:
        client = signed_in(made.candidacy.candidate)
        for name, address in self.addresses(made).items():
            assert client.get(address).status_code in (403, 404), name

    def test_nobody_comes_in_without_signing_in(self, made: Certificate) -> None:
        for name, address in self.addresses(made).items():
            for answer in (Client().get(address), Client().post(address)):
                assert answer.status_code == 302 and "/compte/" in answer["Location"], name

    def test_what_another_body_issued_is_not_found(self, cast: Cast, made: Certificate, signed_in: SignedIn) -> None:
        client = signed_in(bench.other_manager(cast))
        told = {"reason": "x", "proof": "x", "is_sure": "on", "awarded_on": "2026-03-27"}
        for name, address in self.addresses(made).items():
            if name in ("home", "houses", "export"):
                continue
            for answer in (client.get(address), client.post(address, told)):
                assert answer.status_code in (404, 405), (name, answer.status_code)
        for name in PAGES:
            text = words(client.get(url(name)))
            assert grouped(made.number) not in text and "Rose" not in text and "FORMATEUR" not in text.upper()
        lines = b"".join(client.get(url("export", "csv")).streaming_content).decode()  # type: ignore[attr-defined]
        assert len(lines.splitlines()) == 1 and not Change.objects.exists()

    def test_the_menu_leads_there_for_whoever_awards_alone(self, cast: Cast, signed_in: SignedIn) -> None:
        home = reverse("award:home")
        assert f'href="{home}"' in signed_in(cast.manager).get(reverse("jury:home")).content.decode()
        assert f'href="{home}"' not in signed_in(cast.secretary).get(reverse("jury:home")).content.decode()
