"""Results on screen: nothing before the minutes are closed and published, then each candidate reads their own."""

import json
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from parchemin.project import tasks
from parchemin.records.candidacies.actions import closing
from parchemin.records.candidacies.errors import UnfitError
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Appeal, Candidacy, Letter, Notice
from parchemin.records.juries.actions import minuting
from parchemin.records.juries.actions.minuting import Corrected, correct_minutes
from parchemin.records.juries.actions.publishing import publish_results
from parchemin.records.juries.models import Hearing, State, Verdict
from parchemin.records.juries.queries.results import notify_until
from parchemin.records.people.models import Person
from parchemin.web.shared.letters import post
from tests.records.juries import bench as benches
from tests.records.juries.bench import AFTER, DAY, SIX, Bench
from tests.web import cast as casting
from tests.web.cast import MASTER, Cast
from tests.web.jury.test_minutes import recognised
from tests.web.posted import typed
from tests.web.secretariat.desk import words

SignedIn = Callable[[Person], Client]
pytestmark = pytest.mark.django_db
LACKING = "C6 : le bilan n’a pas été présenté."
BEFORE = ("Certification délivrée", "Délivrance partielle", "Non délivrée", LACKING, "Résultat du jury")


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


def partial(bench: Bench, row: Candidacy) -> Hearing:
    """Everything but C6, decided; the minutes closed."""
    [hearing] = bench.ready(row)
    bench.settle(hearing, Verdict.PARTIAL, LACKING, C6=False)
    minutes = bench.draw()
    bench.sign(minutes)
    bench.close(minutes)
    return Hearing.objects.get(pk=hearing.pk)


def published(bench: Bench, hearing: Hearing) -> Hearing:
    publish_results(session=bench.session, at=AFTER, on=DAY, by=bench.cast.secretary)
    for letter in Letter.objects.filter(kind__startswith="jury_"):
        post(letter.pk, at=AFTER)
    return Hearing.objects.get(pk=hearing.pk)


def own_pages(row: Candidacy) -> list[str]:
    names = ("file", "decisions", "messages", "experiences", "statements", "access", "identity", "proofs")
    others = [reverse("pathway:home", args=[row.pk]), reverse("assessment:file", args=[row.pk])]
    return [reverse("candidate:home"), *others, *(reverse(f"candidate:{name}", args=[row.pk]) for name in names)]


class TestTheOffice:
    def test_nothing_is_published_before_the_minutes_are_closed(
        self, bench: Bench, row: Candidacy, signed_in: SignedIn
    ) -> None:
        [hearing] = bench.ready(row)
        bench.settle(hearing)
        client, place = signed_in(bench.cast.secretary), url("results", bench.session.pk)
        shown = words(client.get(place))
        assert "Rien ne se publie avant la clôture" in shown
        assert "Publier les résultats ensemble" not in shown
        assert url("draw_minutes", bench.session.pk) in shown
        minutes = bench.draw()
        assert url("minutes", minutes.pk) in words(client.get(place))
        assert client.get(url("outcome", bench.session.pk, hearing.pk)).status_code == 404
        bench.session.refresh_from_db()
        answer = client.post(place, {"revision": bench.session.revision})
        assert answer.status_code == 422
        assert not Letter.objects.filter(kind__startswith="jury_").exists()

    def test_whoever_awards_goes_on_to_the_certificates_once_everybody_knows(
        self, bench: Bench, row: Candidacy, signed_in: SignedIn
    ) -> None:
        [hearing] = bench.closed(row)
        place, awarding = url("results", bench.session.pk), reverse("award:session", args=[bench.session.pk])
        manager, secretary = bench.cast.manager, bench.cast.secretary
        assert awarding not in words(signed_in(manager).get(place))
        published(bench, hearing)
        assert awarding in words(signed_in(manager).get(place))
        assert awarding not in words(signed_in(secretary).get(place))

    def test_everybody_is_told_together_and_each_letter_is_followed(
        self, bench: Bench, row: Candidacy, signed_in: SignedIn
    ) -> None:
        other = benches.transmitted(bench.cast, who=bench.cast.other_candidate)
        bench.closed(row, other)
        client, place = signed_in(bench.cast.secretary), url("results", bench.session.pk)
        shown = words(client.get(place))
        assert "2 candidats seront prévenus ensemble" in shown
        assert shown.count("Pas encore prévenu") == 2
        answer = client.post(place, typed(client.get(place).content.decode(), place, {}))
        assert answer.headers["Location"] == place
        bench.session.refresh_from_db()
        assert bench.session.state is State.PUBLISHED
        letters = Letter.objects.filter(kind="jury_full")
        assert letters.count() == 2
        shown = words(client.get(place))
        assert "2 candidats prévenus" in shown and shown.count("Attend son envoi") == 2
        for letter in letters:
            post(letter.pk, at=AFTER)
        shown = words(client.get(place))
        assert "Attend son envoi" not in shown and shown.count("notifié le 20 mars 2026") == 2
        assert "Publier les résultats ensemble" not in shown
        again = client.post(place, {"revision": bench.session.revision})
        assert again.status_code == 422
        assert "déjà publiés" in words(again)
        assert letters.count() == 2

    def test_a_session_that_changed_since_publishes_nothing_until_read_again(
        self, bench: Bench, row: Candidacy, signed_in: SignedIn
    ) -> None:
        bench.closed(row)
        client, place = signed_in(bench.cast.secretary), url("results", bench.session.pk)
        answer = client.post(place, {"revision": 0})
        assert answer.status_code == 409
        assert "Personne n’a été prévenu" in words(answer)
        assert client.post(place, typed(answer.content.decode(), place, {})).status_code == 302

    def test_the_letter_is_read_before_it_is_sent_and_is_the_one_that_is_sent(
        self, bench: Bench, row: Candidacy, signed_in: SignedIn
    ) -> None:
        hearing = partial(bench, row)
        client, place = signed_in(bench.cast.secretary), url("outcome", bench.session.pk, hearing.pk)
        shown = words(client.get(place))
        assert "Ce que dira la lettre" in shown
        assert "Le jury vous délivre une partie de la certification" in shown and "C6" in shown
        published(bench, hearing)
        shown = words(client.get(place))
        assert "La lettre envoyée" in shown and "Envoyé" in shown

    def test_the_day_a_rule_gives_to_notify_is_said(
        self, bench: Bench, row: Candidacy, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        master = Judged(casting.opened(bench.cast.outsider, bench.cast.certification(MASTER)), DAY).scheme
        monkeypatch.setattr(minuting, "notify_until", lambda _scheme, row, on: notify_until(master, row, on))
        hearing = partial(bench, row)
        place = url("results", bench.session.pk)
        assert notify_until(Judged(row, DAY).scheme, hearing, DAY) is None
        assert hearing.conclusions.get().notify_until == date(2026, 4, 4)
        shown = words(signed_in(bench.cast.secretary).get(place))
        assert 'À notifier au plus tard le <span class="due">4 avril 2026' in shown and "reste 15 jours" in shown
        queue = reverse("secretariat:queue")
        shown = words(signed_in(bench.cast.secretary).get(queue))
        assert place in shown and "reste 15 jours" in shown
        assert place not in words(signed_in(bench.cast.other_secretary).get(queue))
        assert tasks.remind_results.call("2026-03-29") == 0
        assert [tasks.remind_results.call("2026-03-30") for _ in range(2)] == [1, 0]
        with time_machine.travel(AFTER + timedelta(days=20), tick=False):
            shown = words(signed_in(bench.cast.secretary).get(place))
            assert "dépassé" in shown and "retard" in shown
            assert tasks.remind_results.call("2026-04-09") == 1
            soon, late = Notice.objects.filter(kind="reminder").order_by("pk")
            assert "au plus tard" in soon.values["words"] and "est passé depuis le 04/04/2026" in late.values["words"]
            published(bench, hearing)
            assert tasks.remind_results.call("2026-04-10") == 0
            assert place not in words(signed_in(bench.cast.secretary).get(queue))

    def test_a_correction_is_told_alone(self, bench: Bench, row: Candidacy, signed_in: SignedIn) -> None:
        other = benches.transmitted(bench.cast, who=bench.cast.other_candidate)
        hearings = bench.closed(row, other)
        published(bench, hearings[0])
        told = Corrected(hearing=hearings[0], verdict=Verdict.PARTIAL, reason="Erreur sur C6.", granted=SIX[:5])
        minutes = correct_minutes(
            session=bench.session, corrected=[told], reason="Erreur sur C6.", at=AFTER, by=bench.cast.secretary
        )
        bench.sign(minutes)
        bench.close(minutes)
        client, place = signed_in(bench.cast.secretary), url("results", bench.session.pk)
        shown = words(client.get(place))
        assert "À prévenir de la rectification" in shown and "1 candidat sera prévenu" in shown
        own = words(signed_in(row.candidate).get(url("result", hearings[0].pk)))
        assert "Certification délivrée" in own and "Erreur sur C6." not in own
        assert client.post(place, typed(client.get(place).content.decode(), place, {})).status_code == 302
        assert sorted(Letter.objects.filter(kind__startswith="jury_").values_list("kind", flat=True)) == [
            "jury_full", "jury_full", "jury_partial",
        ]  # fmt: skip
        own = words(signed_in(row.candidate).get(url("result", hearings[0].pk)))
        assert "Délivrance partielle" in own and "Erreur sur C6." in own

    def test_the_list_is_taken_away_as_a_spreadsheet(self, bench: Bench, row: Candidacy, signed_in: SignedIn) -> None:
        hearing = partial(bench, row)
        published(bench, hearing)
        client = signed_in(bench.cast.secretary)
        csv = b"".join(client.get(url("export_results", bench.session.pk, "csv"))).decode()
        assert row.number in csv and "Délivrance partielle" in csv and "20/03/2026" in csv
        xlsx = client.get(url("export_results", bench.session.pk, "xlsx"))
        assert zipfile.is_zipfile(BytesIO(b"".join(xlsx)))

    def test_the_file_is_presented_to_another_session_that_takes_it_up_again(
        self, bench: Bench, row: Candidacy, signed_in: SignedIn
    ) -> None:
        hearing = partial(bench, row)
        client, place = signed_in(bench.cast.secretary), url("present_again", bench.session.pk, hearing.pk)
        assert place in words(client.get(url("outcome", bench.session.pk, hearing.pk)))
        assert "Aucune session de ce jury n’est prévue" in words(client.get(place))
        other = benches.again(bench)
        assert client.post(place, {}).status_code == 422
        answer = client.post(place, {"session": str(other.session.pk)})
        assert answer.headers["Location"] == url("session", other.session.pk)
        assert other.session.hearings.get().prior == hearing
        again = client.post(place, {"session": str(other.session.pk)})
        assert again.status_code == 422
        assert "déjà à l’ordre du jour" in words(again)

    def test_the_trace_goes_from_the_decision_to_who_rated(
        self, bench: Bench, row: Candidacy, signed_in: SignedIn
    ) -> None:
        hearing = partial(bench, row)
        for who in (bench.cast.secretary, bench.members["a"].person):
            shown = words(signed_in(who).get(url("outcome", bench.session.pk, hearing.pk)))
            assert "D’où vient cette décision" in shown
            for told in ("D’après les résultats", LACKING, bench.cast.professional.name, bench.cast.evaluator.name):
                assert told in shown, told
        assert "Ce que dira la lettre" not in shown

    def test_nobody_else_finds_them(self, bench: Bench, row: Candidacy, signed_in: SignedIn) -> None:
        hearing = partial(bench, row)
        cast = bench.cast
        office = [url("results", bench.session.pk), url("export_results", bench.session.pk, "csv")]
        office.append(url("present_again", bench.session.pk, hearing.pk))
        outcome = url("outcome", bench.session.pk, hearing.pk)
        strangers = (cast.candidate, cast.other_candidate, cast.companion, cast.jury_member, cast.other_secretary)
        for who in (*strangers, cast.administrator, cast.outsider):
            for place in (*office, outcome):
                assert signed_in(who).get(place).status_code == 404, (who, place)
        for place in office:
            assert signed_in(bench.chair).get(place).status_code == 404, place
        assert signed_in(bench.chair).get(outcome).status_code == 200


class TestTheCandidate:
    @pytest.mark.parametrize("verdict", [Verdict.PARTIAL, Verdict.DEFERRED])
    def test_nothing_leaks_before_publication(
        self, bench: Bench, row: Candidacy, signed_in: SignedIn, verdict: Verdict
    ) -> None:
        if verdict is Verdict.PARTIAL:
            hearing = partial(bench, row)
        else:
            [hearing] = bench.closed(row, verdict=verdict, reason=LACKING)
        client = signed_in(row.candidate)
        for place in own_pages(row):
            shown = words(client.get(place))
            for told in BEFORE:
                assert told not in shown, (place, told)
        for record in row.decisions.filter(stage__in=("jury", "award")):
            for name in ("decision", "appeal"):
                assert client.get(reverse(f"candidate:{name}", args=[row.pk, record.pk])).status_code == 404
        assert client.get(url("result", hearing.pk)).status_code == 404
        kept = taken_away(client, row)
        assert {one["answer"] for one in kept["decisions"]}.isdisjoint({"partial", "none", "full"})
        assert {"deliberated", "signed"}.isdisjoint(kept["dates"])
        assert LACKING not in json.dumps(kept, ensure_ascii=False)

    def test_once_published_they_read_why_what_remains_and_how_to_go_on(
        self, bench: Bench, row: Candidacy, signed_in: SignedIn
    ) -> None:
        hearing = published(bench, partial(bench, row))
        client = signed_in(row.candidate)
        shown = words(client.get(url("result", hearing.pk)))
        for told in (
            "Délivrance partielle",
            LACKING,
            "Ce qui reste à acquérir",
            "Pour continuer",
            "Notifié le 20 mars",
        ):
            assert told in shown, told
        assert url("result", hearing.pk) in words(client.get(reverse("candidate:file", args=[row.pk])))
        letter = Letter.objects.get(kind="jury_partial")
        assert reverse("candidate:letter", args=[row.pk, letter.pk]) in shown
        paper = client.get(reverse("candidate:letter", args=[row.pk, letter.pk]))
        assert b"".join(paper).startswith(b"%PDF")

    def test_until_when_each_part_counts_is_said_then_that_it_counts_no_more(
        self, bench: Bench, row: Candidacy, signed_in: SignedIn
    ) -> None:
        place = url("result", published(bench, partial(bench, row)).pk)
        assert words(signed_in(row.candidate).get(place)).count("compte jusqu’au 20 mars 2031 inclus") == 5
        with time_machine.travel(datetime(2031, 3, 21, 9, tzinfo=UTC), tick=False):
            shown = words(signed_in(row.candidate).get(place))
        assert shown.count("ne compte plus depuis le 21 mars 2031") == 5 and "inclus" not in shown

    def test_what_is_found_acquired_without_being_awarded_is_said_to_be_no_certificate(
        self, bench: Bench, row: Candidacy, signed_in: SignedIn
    ) -> None:
        [hearing] = bench.ready(row)
        bench.say(hearing, LACKING, C6=False)
        bench.vote(hearing)
        bench.decide(hearing, Verdict.NONE, LACKING)
        minutes = bench.draw()
        bench.sign(minutes)
        bench.close(minutes)
        shown = words(signed_in(row.candidate).get(url("result", published(bench, hearing).pk)))
        assert "ne vaut pas certification" in shown and "compte jusqu’au" not in shown

    def test_neither_voices_nor_members_nor_raters_nor_others_are_shown(
        self, bench: Bench, row: Candidacy, signed_in: SignedIn
    ) -> None:
        other = benches.transmitted(bench.cast, who=bench.cast.other_candidate)
        hearings = bench.closed(row, other)
        published(bench, hearings[0])
        client = signed_in(row.candidate)
        records = [reverse("candidate:decision", args=[row.pk, one.pk]) for one in row.decisions.filter(stage="award")]
        assert records
        for place in (url("result", hearings[0].pk), *records):
            shown = words(client.get(place))
            hidden = [one.person.name for one in bench.members.values()]
            hidden += [bench.cast.other_candidate.name, other.number, "4 pour", bench.cast.evaluator.name]
            for told in hidden:
                assert told not in shown, (place, told)
        [jury] = row.decisions.filter(stage="jury")
        assert client.get(reverse("candidate:decision", args=[row.pk, jury.pk])).status_code == 404
        assert client.get(url("result", hearings[1].pk)).status_code == 404

    def test_nobody_else_reads_it(self, bench: Bench, row: Candidacy, signed_in: SignedIn) -> None:
        hearing = published(bench, partial(bench, row))
        cast, place = bench.cast, url("result", hearing.pk)
        for who in (
            cast.other_candidate,
            cast.secretary,
            cast.companion,
            cast.outsider,
            bench.chair,
            cast.administrator,
        ):
            assert signed_in(who).get(place).status_code == 404, who
        assert Client().get(place).headers["Location"].startswith(reverse("account_login"))

    def test_who_was_absent_reads_that_it_is_no_failure(
        self, bench: Bench, row: Candidacy, signed_in: SignedIn
    ) -> None:
        [hearing] = bench.closed(row, verdict=Verdict.ABSENT)
        published(bench, hearing)
        shown = words(signed_in(row.candidate).get(url("result", hearing.pk)))
        assert "Candidat absent" in shown and "D’où vient" not in shown and 'id="contester"' not in shown

    def test_what_was_voided_is_contested_by_a_message(self, bench: Bench, row: Candidacy, signed_in: SignedIn) -> None:
        [hearing] = bench.closed(row, verdict=Verdict.VOID, reason="Un document faux.")
        published(bench, hearing)
        shown = words(signed_in(row.candidate).get(url("result", hearing.pk)))
        assert "Un document faux." in shown
        assert "Demandez à être entendu" in shown and reverse("candidate:messages", args=[row.pk]) in shown


class TestContesting:
    def test_a_partial_award_is_contested_answered_and_taken_up_by_another_session(
        self, bench: Bench, row: Candidacy, signed_in: SignedIn
    ) -> None:
        hearing = published(bench, partial(bench, row))
        client, office = signed_in(row.candidate), signed_in(bench.cast.secretary)
        record = row.decisions.get(stage="award")
        contest = reverse("candidate:appeal", args=[row.pk, record.pk])
        assert contest in words(client.get(url("result", hearing.pk)))
        assert client.post(contest, {"grounds": "C6 a été présenté."}).status_code == 302
        appeal = Appeal.objects.get()
        assert appeal.decision == record
        assert "Contestation du 20 mars 2026" in words(client.get(url("result", hearing.pk)))
        answer = reverse("secretariat:appeal", args=[row.pk, appeal.pk])
        assert answer in words(office.get(reverse("secretariat:file", args=[row.pk])))
        form = typed(office.get(answer).content.decode(), answer, {"answer": "same_jury", "reason": "C’est exact."})
        went = office.post(answer, form)
        assert went.headers["Location"] == url("present_again", bench.session.pk, hearing.pk)
        appeal.refresh_from_db()
        assert appeal.state == Appeal.State.UPHELD
        other = benches.again(bench)
        again = url("present_again", bench.session.pk, hearing.pk)
        assert office.post(again, {"session": str(other.session.pk)}).status_code == 302
        assert other.session.hearings.get().prior == hearing
        assert other.session.hearings.get().appeal == appeal

    def test_the_last_day_is_the_one_the_letter_told_and_after_it_is_late(
        self, bench: Bench, row: Candidacy, signed_in: SignedIn
    ) -> None:
        hearing = published(bench, partial(bench, row))
        letter = Letter.objects.get(kind="jury_partial")
        letter.values["contest_until"] = "2026-05-20"
        letter.save(update_fields=["values"])
        client, record = signed_in(row.candidate), row.decisions.get(stage="award")
        contest = reverse("candidate:appeal", args=[row.pk, record.pk])
        until = 'contester jusqu’au <span class="due">20 mai 2026'
        assert until in words(client.get(url("result", hearing.pk)))
        assert until in words(client.get(contest))
        with time_machine.travel(AFTER + timedelta(days=62), tick=False):
            client = signed_in(row.candidate)
            shown = words(client.get(url("result", hearing.pk)))
            assert "Le délai pour contester est passé depuis le 20 mai 2026" in shown
            assert client.post(contest, {"grounds": "x"}).status_code == 422

    def test_a_whole_award_and_a_decision_put_right_are_not_contested(
        self, bench: Bench, row: Candidacy, signed_in: SignedIn
    ) -> None:
        hearing = published(bench, partial(bench, row))
        first = row.decisions.get(stage="award")
        told = Corrected(hearing=hearing, verdict=Verdict.FULL, reason="C6 a bien été vu.", granted=SIX)
        minutes = correct_minutes(
            session=bench.session, corrected=[told], reason="C6 a bien été vu.", at=AFTER, by=bench.cast.secretary
        )
        bench.sign(minutes)
        bench.close(minutes)
        later = AFTER + timedelta(hours=1)
        publish_results(session=bench.session, at=later, on=DAY, by=bench.cast.secretary)
        client = signed_in(row.candidate)
        assert 'id="contester"' not in words(client.get(url("result", hearing.pk)))
        place = reverse("candidate:appeal", args=[row.pk, first.pk])
        assert client.post(place, {"grounds": "x"}).status_code == 422
        assert not Appeal.objects.exists()

    def test_what_is_not_published_is_not_contested(self, bench: Bench, row: Candidacy) -> None:
        partial(bench, row)
        for record in row.decisions.filter(stage__in=("jury", "award")):
            with pytest.raises(UnfitError, match="not_appealable"):
                closing.file_appeal(record=record, grounds="x", by=row.candidate, at=AFTER, on=DAY)


def taken_away(client: Client, row: Candidacy) -> Any:
    place = reverse("candidate:take_away", args=[row.pk])
    answer = client.get(place)
    if answer.status_code == 302:
        cache.clear()
        answer = recognised(client, answer)
    if answer.headers["Content-Type"].startswith("text/html"):
        answer = client.post(place, typed(answer.content.decode(), place, {}))
    packed = b"".join(answer) if answer.streaming else answer.content
    return json.loads(zipfile.ZipFile(BytesIO(packed)).read("data.json"))
