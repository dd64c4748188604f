"""Minutes on screen: drawn, read, signed again by who one is, closed by the chair alone, put aside, put right."""

import json
from collections.abc import Callable, Iterator
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from parchemin.core.facts import Link
from parchemin.records.candidacies.models import Candidacy
from parchemin.records.juries.actions.listing import recuse
from parchemin.records.juries.actions.minuting import draw_minutes
from parchemin.records.juries.actions.signing import sign_minutes
from parchemin.records.juries.actions.sitting import tell_incident
from parchemin.records.juries.models import Hearing, Minutes, Signature, State, Verdict
from parchemin.records.people.actions.granting import grant_role
from parchemin.records.people.models import Assurance, Person, Role
from tests.edges.letters.cast import read as read_pdf
from tests.edges.letters.cast import squeezed
from tests.records.juries import bench as benches
from tests.records.juries.bench import AFTER, PREPARED, SESSION, SIX, Bench
from tests.web import cast as casting
from tests.web.cast import Cast
from tests.web.posted import typed
from tests.web.secretariat.desk import words

SignedIn = Callable[[Person], Client]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def that_day() -> Iterator[None]:
    with time_machine.travel(AFTER, tick=False):
        yield


@pytest.fixture
def bench(cast: Cast) -> Bench:
    return benches.bench(cast)


@pytest.fixture
def row(cast: Cast) -> Candidacy:
    return benches.transmitted(cast)


def url(name: str, *args: object) -> str:
    return reverse(f"jury:{name}", args=args)


def decided(bench: Bench, *rows: Candidacy) -> list[Hearing]:
    hearings = bench.ready(*rows)
    for hearing in hearings:
        bench.settle(hearing)
    return hearings


def drawn(bench: Bench, *rows: Candidacy) -> Minutes:
    decided(bench, *rows)
    return bench.draw()


def recognised(client: Client, asked: Any) -> Any:
    """The page that was asked for, once its reader said again who they are."""
    cache.clear()
    door = urlsplit(asked.headers["Location"])
    assert door.path == reverse("account_reauthenticate")
    told = {"password": casting.PASSWORD, "next": parse_qs(door.query)["next"][0]}
    return client.post(door.path, told, follow=True)


def sent(client: Client, place: str, **answers: object) -> Any:
    """The form of that page, filled in and sent to where it goes."""
    shown = client.get(place)
    if shown.status_code == 302:
        shown = recognised(client, shown)
    return client.post(place, typed(shown.content.decode(), place, answers))


class TestDrawing:
    def test_the_office_draws_them_and_lands_on_them(self, bench: Bench, row: Candidacy, signed_in: SignedIn) -> None:
        decided(bench, row)
        client, place = signed_in(bench.cast.secretary), url("draw_minutes", bench.session.pk)
        shown = words(client.get(place))
        assert row.candidate.name in shown and "Certification délivrée" in shown
        answer = sent(client, place)
        minutes = Minutes.objects.get()
        assert answer.headers["Location"] == url("minutes", minutes.pk)
        assert minutes.drawn_by == bench.cast.secretary
        assert client.get(place).headers["Location"] == url("minutes", minutes.pk)

    def test_the_chair_draws_them_and_other_members_do_not(
        self, bench: Bench, row: Candidacy, signed_in: SignedIn
    ) -> None:
        decided(bench, row)
        place = url("draw_minutes", bench.session.pk)
        assert signed_in(bench.members["a"].person).get(place).status_code == 404
        assert signed_in(bench.members["a"].person).post(place, {"revision": 0}).status_code == 404
        assert sent(signed_in(bench.chair), place).status_code == 302
        assert Minutes.objects.get().drawn_by == bench.chair

    def test_files_without_a_decision_are_named_and_nothing_is_drawn(
        self, bench: Bench, row: Candidacy, signed_in: SignedIn
    ) -> None:
        [hearing] = bench.ready(row)
        client, place = signed_in(bench.cast.secretary), url("draw_minutes", bench.session.pk)
        shown = words(client.get(place))
        assert "Il reste des dossiers sans décision" in shown
        assert url("hearing", bench.session.pk, hearing.pk) in shown
        answer = sent(client, place)
        assert answer.status_code == 422
        assert row.number in words(answer)
        assert not Minutes.objects.exists()

    def test_a_session_that_changed_since_is_said_and_drawn_once_read_again(
        self, bench: Bench, row: Candidacy, signed_in: SignedIn
    ) -> None:
        decided(bench, row)
        client, place = signed_in(bench.cast.secretary), url("draw_minutes", bench.session.pk)
        body = typed(client.get(place).content.decode(), place, {})
        tell_incident(session=bench.session, words="Une coupure.", at=AFTER, by=bench.cast.secretary)
        answer = client.post(place, body)
        assert answer.status_code == 409
        assert "Quelqu’un d’autre a modifié" in words(answer)
        assert not Minutes.objects.exists()
        again = typed(answer.content.decode(), place, {})
        assert client.post(place, again).status_code == 302

    def test_before_the_session_is_open_there_is_nothing_to_write(self, bench: Bench, signed_in: SignedIn) -> None:
        client, place = signed_in(bench.cast.secretary), url("draw_minutes", bench.session.pk)
        assert "il n’y a rien à écrire" in words(client.get(place))
        assert sent(client, place).status_code == 422


class TestReading:
    def test_the_office_and_members_read_what_was_decided_and_who_signs(
        self, bench: Bench, row: Candidacy, signed_in: SignedIn
    ) -> None:
        minutes = drawn(bench, row)
        for who in (bench.cast.secretary, *(one.person for one in bench.members.values())):
            shown = words(signed_in(who).get(url("minutes", minutes.pk)))
            for told in (minutes.number, row.candidate.name, row.number, "Certification délivrée", "4 pour"):
                assert told in shown
            assert "Rien n’a d’effet avant la clôture" in shown
            assert minutes.digest in shown
            assert shown.count("n’a pas encore signé") == 4

    def test_recusals_incidents_and_what_the_jury_attests_are_written(
        self, bench: Bench, row: Candidacy, signed_in: SignedIn
    ) -> None:
        hearing = bench.hear(row)
        bench.declare(hearing, b=(Link.COLLEAGUE,))
        recuse(hearing=hearing, member=bench.members["b"], reason="Collègue du candidat.", at=PREPARED, by=bench.chair)
        bench.open(reason="Un membre s’est retiré.")
        tell_incident(session=bench.session, words="Salle changée.", at=SESSION, by=bench.chair)
        tell_incident(session=bench.session, hearing=hearing, words="Retard du train.", at=SESSION, by=bench.chair)
        bench.decide(hearing, Verdict.EXCUSED)
        shown = words(signed_in(bench.chair).get(url("minutes", bench.draw().pk)))
        assert "Béranger Fictif s’est retiré : Collègue du candidat." in shown
        assert "Salle changée." in shown and "Incident : Retard du train." in shown
        assert "Candidat excusé" in shown

    def test_nobody_else_finds_them(self, bench: Bench, row: Candidacy, signed_in: SignedIn) -> None:
        minutes = drawn(bench, row)
        cast = bench.cast
        strangers = (
            cast.candidate, cast.other_candidate, cast.companion, cast.professional, cast.evaluator, cast.jury_member,
            cast.administrator, cast.outsider, cast.other_secretary,
        )  # fmt: skip
        pages = ("minutes", "minutes_pdf", "minutes_data", "sign_minutes", "close_minutes", "drop_minutes")
        for who in strangers:
            client = signed_in(who)
            for name in pages:
                assert client.get(url(name, minutes.pk)).status_code == 404, (who, name)
            for name in ("draw_minutes", "correct_minutes"):
                assert client.get(url(name, bench.session.pk)).status_code == 404, (who, name)
        for name in pages:
            assert Client().get(url(name, minutes.pk)).headers["Location"].startswith(reverse("account_login"))

    def test_a_member_of_the_pool_who_was_not_named_does_not_find_them(
        self, bench: Bench, row: Candidacy, signed_in: SignedIn
    ) -> None:
        minutes = drawn(bench, row)
        benches.pooled(bench.cast, bench.cast.jury_member, benches.EMPLOYERS)
        assert signed_in(bench.cast.jury_member).get(url("minutes", minutes.pk)).status_code == 404

    def test_minutes_that_are_nowhere_are_not_found(self, bench: Bench, signed_in: SignedIn) -> None:
        place = url("minutes", bench.session.pk)
        assert signed_in(bench.cast.secretary).get(place).status_code == 404


class TestSigning:
    def test_a_member_says_again_who_they_are_reads_and_signs(
        self, bench: Bench, row: Candidacy, signed_in: SignedIn
    ) -> None:
        minutes = drawn(bench, row)
        client, place = signed_in(bench.members["a"].person), url("sign_minutes", minutes.pk)
        assert place in words(client.get(url("minutes", minutes.pk)))
        door = client.get(place)
        assert door.headers["Location"].startswith(reverse("account_reauthenticate"))
        answer = sent(client, place, is_read="on")
        assert answer.headers["Location"] == url("minutes", minutes.pk)
        [signature] = Signature.objects.all()
        assert (signature.member, signature.assurance) == (bench.members["a"], Assurance.PASSWORD)
        shown = words(client.get(url("minutes", minutes.pk)))
        assert shown.count("n’a pas encore signé") == 3
        assert place not in shown
        assert client.get(place).headers["Location"] == url("minutes", minutes.pk)

    def test_a_form_sent_without_saying_again_who_one_is_signs_nothing(
        self, bench: Bench, row: Candidacy, signed_in: SignedIn
    ) -> None:
        minutes = drawn(bench, row)
        client = signed_in(bench.members["a"].person)
        answer = client.post(url("sign_minutes", minutes.pk), {"digest": minutes.digest, "is_read": "on"})
        assert answer.headers["Location"].startswith(reverse("account_reauthenticate"))
        assert not Signature.objects.exists()

    def test_the_box_must_be_checked_and_the_text_be_the_one_read(
        self, bench: Bench, row: Candidacy, signed_in: SignedIn
    ) -> None:
        minutes = drawn(bench, row)
        client, place = signed_in(bench.members["a"].person), url("sign_minutes", minutes.pk)
        answer = sent(client, place)
        assert answer.status_code == 422
        assert "Cochez la case" in words(answer)
        other = client.post(place, {"digest": "0" * 64, "is_read": "on"})
        assert other.status_code == 409
        assert "relisez-le" in words(other)
        again = typed(other.content.decode(), place, {"is_read": "on"})
        assert not Signature.objects.exists()
        assert client.post(place, again).status_code == 302
        assert Signature.objects.count() == 1

    def test_who_did_not_come_does_not_sign(self, bench: Bench, row: Candidacy, signed_in: SignedIn) -> None:
        hearing = bench.hear(row)
        bench.declare(hearing)
        bench.open("b", reason="Un membre est malade.")
        bench.decide(hearing, Verdict.ABSENT)
        minutes = bench.draw()
        client = signed_in(bench.members["b"].person)
        assert url("sign_minutes", minutes.pk) not in words(client.get(url("minutes", minutes.pk)))
        assert client.get(url("sign_minutes", minutes.pk)).headers["Location"] == url("minutes", minutes.pk)

    def test_the_office_does_not_sign(self, bench: Bench, row: Candidacy, signed_in: SignedIn) -> None:
        minutes = drawn(bench, row)
        grant_role(
            person=bench.cast.secretary,
            role=Role.JURY_MEMBER,
            organisation=bench.cast.organisation,
            at=AFTER,
            from_on=timezone.localdate(PREPARED),
        )
        client = signed_in(bench.cast.secretary)
        assert client.get(url("sign_minutes", minutes.pk)).status_code == 404


class TestClosing:
    def test_the_chair_closes_once_everybody_signed(self, bench: Bench, row: Candidacy, signed_in: SignedIn) -> None:
        minutes = drawn(bench, row)
        bench.sign(minutes)
        client, place = signed_in(bench.chair), url("close_minutes", minutes.pk)
        assert place in words(client.get(url("minutes", minutes.pk)))
        shown = words(client.get(place))
        assert "Tous les membres présents ont signé." in shown
        assert "Pourquoi une signature manque" not in shown
        answer = sent(client, place)
        assert answer.headers["Location"] == url("minutes", minutes.pk)
        minutes.refresh_from_db()
        assert minutes.closed_by == bench.chair
        assert "les décisions ont effet" in words(client.get(url("minutes", minutes.pk)))
        assert client.get(place).headers["Location"] == url("minutes", minutes.pk)

    def test_a_missing_signature_asks_why(self, bench: Bench, row: Candidacy, signed_in: SignedIn) -> None:
        minutes = drawn(bench, row)
        bench.sign(minutes, without="b")
        client, place = signed_in(bench.chair), url("close_minutes", minutes.pk)
        shown = words(client.get(place))
        assert "Ces membres n’ont pas signé" in shown and "Béranger Fictif" in shown
        assert sent(client, place).status_code == 422
        assert sent(client, place, reason="Parti avant la fin.").status_code == 302
        assert "Parti avant la fin." in words(client.get(url("minutes", minutes.pk)))

    def test_the_chair_signs_before_closing(self, bench: Bench, row: Candidacy, signed_in: SignedIn) -> None:
        minutes = drawn(bench, row)
        bench.sign(minutes, without="c")
        client = signed_in(bench.chair)
        assert client.get(url("close_minutes", minutes.pk)).headers["Location"] == url("minutes", minutes.pk)
        assert client.post(url("close_minutes", minutes.pk), {"reason": "x"}).status_code == 302
        minutes.refresh_from_db()
        assert minutes.closed_at is None

    def test_neither_the_office_nor_another_member_closes(
        self, bench: Bench, row: Candidacy, signed_in: SignedIn
    ) -> None:
        minutes = drawn(bench, row)
        bench.sign(minutes)
        for who, status in ((bench.cast.secretary, 404), (bench.members["a"].person, 404)):
            client = signed_in(who)
            assert client.get(url("close_minutes", minutes.pk)).status_code == status
            assert client.post(url("close_minutes", minutes.pk), {}).status_code == status


class TestPuttingAside:
    @pytest.mark.parametrize("who", ["secretary", "chair"])
    def test_they_are_put_aside_with_a_reason_and_keep_their_number(
        self, bench: Bench, row: Candidacy, signed_in: SignedIn, who: str
    ) -> None:
        minutes = drawn(bench, row)
        client = signed_in(bench.chair if who == "chair" else bench.cast.secretary)
        place = url("drop_minutes", minutes.pk)
        assert place in words(client.get(url("minutes", minutes.pk)))
        assert sent(client, place).status_code == 422
        assert sent(client, place, reason="Une décision est à revoir.").status_code == 302
        bench.session.refresh_from_db()
        assert bench.session.state is State.OPEN
        shown = words(client.get(url("minutes", minutes.pk)))
        assert "Abandonné" in shown and "Une décision est à revoir." in shown
        assert place not in shown
        again = bench.draw()
        assert minutes.number in words(client.get(url("minutes", again.pk)))

    def test_a_member_does_not(self, bench: Bench, row: Candidacy, signed_in: SignedIn) -> None:
        minutes = drawn(bench, row)
        client = signed_in(bench.members["a"].person)
        assert client.get(url("drop_minutes", minutes.pk)).status_code == 404

    def test_closed_minutes_are_not(self, bench: Bench, row: Candidacy, signed_in: SignedIn) -> None:
        bench.closed(row)
        minutes = Minutes.objects.get()
        client = signed_in(bench.cast.secretary)
        assert client.get(url("drop_minutes", minutes.pk)).headers["Location"] == url("minutes", minutes.pk)
        assert client.post(url("drop_minutes", minutes.pk), {"reason": "x"}).status_code == 302
        minutes.refresh_from_db()
        assert minutes.dropped_at is None


class TestPuttingRight:
    def test_other_minutes_cite_the_closed_ones_and_wait_to_be_signed(
        self, bench: Bench, row: Candidacy, signed_in: SignedIn
    ) -> None:
        [hearing] = bench.closed(row)
        first = Minutes.objects.get()
        client, place = signed_in(bench.cast.secretary), url("correct_minutes", bench.session.pk)
        assert place in words(client.get(url("minutes", first.pk)))
        chosen = f"{place}?candidat={hearing.pk}"
        assert f"?candidat={hearing.pk}" in words(client.get(place))
        form = typed(client.get(chosen).content.decode(), chosen, {})
        assert (form["verdict"], form["granted"]) == (["full"], list(SIX))
        told = {"verdict": "partial", "granted": list(SIX[:5]), "reason": "C6 a été noté acquis par erreur."}
        answer = client.post(chosen, told)
        second = Minutes.objects.exclude(pk=first.pk).get()
        assert answer.headers["Location"] == url("minutes", second.pk)
        shown = words(client.get(url("minutes", second.pk)))
        assert f"Procès-verbal rectificatif {second.number}" in shown
        assert first.number in shown and "C6 a été noté acquis par erreur." in shown
        assert "Délivrance partielle" in shown
        bench.sign(second)
        assert sent(signed_in(bench.chair), url("close_minutes", second.pk)).status_code == 302
        first.refresh_from_db()
        assert first.told["candidates"][0]["verdict"] == "full"

    def test_what_stands_after_a_correction_is_what_the_form_shows(
        self, bench: Bench, row: Candidacy, signed_in: SignedIn
    ) -> None:
        [hearing] = bench.closed(row)
        client = signed_in(bench.cast.secretary)
        chosen = url("correct_minutes", bench.session.pk) + f"?candidat={hearing.pk}"
        client.post(chosen, {"verdict": "partial", "granted": list(SIX[:5]), "reason": "Erreur sur C6."})
        second = Minutes.objects.get(corrects__isnull=False)
        bench.sign(second)
        bench.close(second)
        form = typed(client.get(chosen).content.decode(), chosen, {})
        assert (form["verdict"], form["granted"]) == (["partial"], list(SIX[:5]))

    def test_a_correction_that_changes_nothing_is_refused_and_what_was_typed_stays(
        self, bench: Bench, row: Candidacy, signed_in: SignedIn
    ) -> None:
        [hearing] = bench.closed(row)
        client = signed_in(bench.cast.secretary)
        chosen = url("correct_minutes", bench.session.pk) + f"?candidat={hearing.pk}"
        answer = client.post(chosen, {"verdict": "full", "granted": list(SIX[:4]), "reason": "Relu en entier."})
        assert answer.status_code == 422
        assert "Relu en entier." in words(answer)
        assert client.post(chosen, {"verdict": "partial", "granted": [], "reason": ""}).status_code == 422
        assert Minutes.objects.count() == 1

    def test_before_closing_and_for_members_it_is_not_offered(
        self, bench: Bench, row: Candidacy, signed_in: SignedIn
    ) -> None:
        drawn(bench, row)
        place = url("correct_minutes", bench.session.pk)
        assert signed_in(bench.cast.secretary).get(place).headers["Location"] == url("session", bench.session.pk)
        assert signed_in(bench.chair).get(place).status_code == 404


class TestTakingAway:
    def test_the_data_is_the_text_signed_and_its_fingerprint_is_theirs(
        self, bench: Bench, row: Candidacy, signed_in: SignedIn
    ) -> None:
        minutes = drawn(bench, row)
        answer = signed_in(bench.members["b"].person).get(url("minutes_data", minutes.pk))
        assert answer.headers["Content-Type"] == "application/json"
        assert f"{minutes.number}.json" in answer.headers["Content-Disposition"]
        assert sha256(answer.content).hexdigest() == minutes.digest
        assert json.loads(answer.content)["candidates"][0]["number"] == row.number

    def test_the_paper_says_what_the_page_says_and_is_archived(
        self, bench: Bench, row: Candidacy, signed_in: SignedIn
    ) -> None:
        other = benches.transmitted(bench.cast, who=bench.cast.other_candidate)
        minutes = drawn(bench, row, other)
        client, place = signed_in(bench.cast.secretary), url("minutes_pdf", minutes.pk)
        draft = client.get(place)
        assert draft.headers["Content-Type"] == "application/pdf"
        seen = read_pdf(draft.content)
        assert seen.is_tagged and {"H1", "H2", "H3", "Table"} <= seen.tags
        assert all(is_embedded for _, is_embedded in seen.fonts)
        assert draft.content.count(b"/Type/OutputIntent/") == 1
        text = squeezed(seen.text)
        assert squeezed("PROJET — sans effet avant la signature et la clôture") in text
        told = [minutes.number, row.number, row.candidate.name, other.number, other.candidate.name, "Alix Fictif"]
        told += ["Certification délivrée", "4 pour", "n’a pas signé", "Le jury atteste"]
        for one in told:
            assert squeezed(one) in text, one
        assert minutes.digest in squeezed(text)
        assert client.get(place).content == draft.content

    def test_once_closed_it_is_no_draft_and_says_who_signed_and_closed(
        self, bench: Bench, row: Candidacy, signed_in: SignedIn
    ) -> None:
        minutes = drawn(bench, row)
        bench.sign(minutes, without="d")
        bench.close(minutes, "Parti avant la fin.")
        text = squeezed(read_pdf(signed_in(bench.chair).get(url("minutes_pdf", minutes.pk)).content).text)
        assert "PROJET" not in text
        assert squeezed("Clos par Cyriane Fictif") in text
        assert squeezed("Parti avant la fin.") in text
        assert text.count(squeezed("n’a pas signé")) == 1

    def test_the_number_of_queries_does_not_grow_with_candidates(
        self, bench: Bench, row: Candidacy, signed_in: SignedIn, django_assert_max_num_queries: Any
    ) -> None:
        other = benches.transmitted(bench.cast, who=bench.cast.other_candidate)
        minutes = drawn(bench, row, other)
        client = signed_in(bench.cast.secretary)
        for name in ("minutes", "minutes_pdf"):
            client.get(url(name, minutes.pk))
            with django_assert_max_num_queries(30):
                client.get(url(name, minutes.pk))


def test_what_others_wrote_is_never_markup(bench: Bench, row: Candidacy, signed_in: SignedIn) -> None:
    decided(bench, row)
    tell_incident(session=bench.session, words="<script>alert(1)</script>", at=SESSION, by=bench.chair)
    minutes = draw_minutes(session=bench.session, at=AFTER, by=bench.cast.secretary)
    sign_minutes(minutes=minutes, member=bench.members["a"], assurance=Assurance.PASSWORD, at=AFTER)
    client = signed_in(bench.cast.secretary)
    assert "<script>alert(1)" not in client.get(url("minutes", minutes.pk)).content.decode()
    assert client.get(url("minutes_pdf", minutes.pk)).status_code == 200
    assert casting.PASSWORD not in minutes.text
