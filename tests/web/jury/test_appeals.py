"""Appeals at several levels: asked for, answered, taken to a court, and what follows when a jury decided."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from parchemin.core.decision import NOT_MET, Decision, Stage
from parchemin.project import tasks
from parchemin.records.candidacies.actions import closing
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Appeal, Candidacy, DecisionRecord, Exhibit, Letter, Notice
from parchemin.records.candidacies.queries.appeals import rung_at
from parchemin.records.juries.actions import composing, deliberating, listing
from parchemin.records.juries.actions.deliberating import Granted
from parchemin.records.juries.actions.minuting import Corrected, correct_minutes
from parchemin.records.juries.models import Hearing, PoolMember, Verdict
from parchemin.records.juries.queries.again import OTHER
from parchemin.records.juries.sealing import rewritten
from parchemin.records.people.models import Person
from parchemin.web.shared.letters import post
from tests.records.juries import bench as benches
from tests.records.juries.bench import AFTER, DAY, EMPLOYEES, EMPLOYERS, PREPARED, SESSION, SIX, Bench, code_of
from tests.web import cast as casting
from tests.web.candidate import paths
from tests.web.cast import Cast
from tests.web.jury.test_results import partial, published, url
from tests.web.posted import typed
from tests.web.secretariat.desk import words

SignedIn = Callable[[Person], Client]
pytestmark = pytest.mark.django_db
SOON = timedelta(minutes=10)
OTHERS = (
    ("elsa", "Elsa", EMPLOYERS, "f"),
    ("fadi", "Fadi", EMPLOYERS, "m"),
    ("gwen", "Gwen", EMPLOYEES, "f"),
    ("hugo", "Hugo", EMPLOYEES, "m"),
)


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


def others(made: Bench) -> Bench:
    """Another session, four others named; an employer chairs: e."""
    other = Bench(made.cast, benches.planned(made.cast, SESSION + SOON))
    for login, first, college, gender in OTHERS:
        who = casting.person(login, first, "Autre")
        seat = benches.seated(other, who, college, gender, is_chair=login == "elsa")
        other.members["abcd"[len(other.members)]] = seat
    other.members = dict(zip("cbad", other.members.values(), strict=True))
    return other


def sitting_again(made: Bench) -> Bench:
    """Another session of the same four; an employer chairs."""
    other = Bench(made.cast, benches.planned(made.cast, SESSION + SOON))
    for letter in "cbad":
        known = PoolMember.objects.get(person=made.members["cbad"["abcd".index(letter)]].person)
        other.members[letter] = composing.seat_member(
            session=other.session, pool_member=known, at=PREPARED, by=made.cast.secretary, is_chair=letter == "c"
        )
    return other


def contested(client: Client, record: DecisionRecord, **given: Any) -> Appeal:
    place = reverse("candidate:appeal", args=[record.candidacy_id, record.pk])
    assert client.post(place, {"grounds": "C6 a été présenté.", **given}).status_code == 302
    return Appeal.objects.get(court="")


def answered(office: Client, appeal: Appeal, **told: str) -> str:
    place = reverse("secretariat:appeal", args=[appeal.decision.candidacy_id, appeal.pk])
    answer = office.post(place, typed(office.get(place).content.decode(), place, {"reason": "Relu.", **told}))
    assert answer.status_code == 302, words(answer)
    appeal.refresh_from_db()
    return str(answer.headers["Location"])


def decided_again(other: Bench) -> None:
    """The other session grants what was not, and its minutes are closed."""
    hearing = other.session.hearings.get()
    other.declare(hearing)
    other.open()
    granted = [Granted(code="C6", is_granted=True, reason="C6 a bien été présenté.")]
    told: dict[str, Any] = {"at": SESSION, "by": other.chair, "attested": ("conformity_verified",)}
    deliberating.tell_opinions(hearing=hearing, opinions=granted, **told)
    other.vote(hearing)
    other.decide(hearing)
    minutes = other.draw()
    other.sign(minutes)
    other.close(minutes)


@pytest.mark.usefixtures("public_body")
class TestLevels:
    def test_the_letter_and_the_pages_tell_the_ladder(self, bench: Bench, row: Candidacy, signed_in: SignedIn) -> None:
        hearing = published(bench, partial(bench, row))
        record = row.decisions.get(stage="award")
        letter = " ".join(Letter.objects.get(kind="jury_partial").text.split())
        assert "jusqu’au 20 mai 2026 inclus" in letter
        assert "saisir le tribunal administratif jusqu’au 20 mai 2026" in letter
        for place in (reverse("candidate:decision", args=[row.pk, record.pk]), url("result", hearing.pk)):
            shown = words(signed_in(row.candidate).get(place))
            assert "Recours gracieux" in shown and "Recours contentieux" in shown
            assert "hors de ce site" in shown and "20 mai 2026" in shown

    def test_rejected_then_before_the_court_then_upheld(
        self, bench: Bench, row: Candidacy, signed_in: SignedIn
    ) -> None:
        published(bench, partial(bench, row))
        record = row.decisions.get(stage="award")
        client, office = signed_in(row.candidate), signed_in(bench.cast.secretary)
        appeal = contested(client, record)
        assert (appeal.level, appeal.until_on, appeal.due_on) == ("gracious", date(2026, 5, 20), date(2026, 5, 20))
        seen = {one.rule: one.seen for one in Judged(row, DAY).decided(Stage.VALIDITY).findings}
        assert "Recours gracieux le 20 mars 2026, au plus tard le 20 mai 2026" in seen["validity.law.gracious"]
        assert "pas encore ouvert" in seen["validity.law.appeal"]
        received = Letter.objects.get(kind="appeal_received")
        post(received.pk, at=AFTER)
        received.refresh_from_db()
        said = " ".join(received.text.split())
        assert "Recours gracieux" in said and "20 mai 2026" in said
        file = reverse("secretariat:file", args=[row.pk])
        assert "À répondre avant le" in words(office.get(file))
        assert "À répondre avant le" in words(office.get(reverse("secretariat:queue")))
        page = reverse("candidate:decision", args=[row.pk, record.pk])
        assert "Sans réponse le 20 mai 2026" in words(client.get(page))
        with time_machine.travel(AFTER + timedelta(days=21), tick=False):
            client, office = signed_in(row.candidate), signed_in(bench.cast.secretary)
            assert answered(office, appeal, answer="rejected") == file
            rejected = Letter.objects.get(kind="appeal_rejected")
            assert (rejected.values["next_to"], rejected.values["next_on"]) == (
                "le tribunal administratif",
                "2026-06-10",
            )
            shown = words(client.get(page))
            assert "Rejeté le 10 avril 2026" in shown and "10 juin 2026" in shown
            place = reverse("candidate:appeal", args=[row.pk, record.pk])
            assert client.get(place, follow=True).redirect_chain == [(page, 302)]
            assert client.post(place, {"grounds": "Encore."}).status_code == 422
            recording = reverse("secretariat:record_appeal", args=[row.pk, record.pk])
            assert recording in words(office.get(file))
            told = {"court": "Tribunal administratif fictif", "number": "26-104", "filed_on": "2026-04-09"}
            form = typed(office.get(recording).content.decode(), recording, told)
            assert office.post(recording, form).status_code == 302
            lodged = Appeal.objects.get(level="court")
            assert (lodged.court, lodged.filed_on, lodged.grounds) == (told["court"], date(2026, 4, 9), "")
            assert office.post(recording, form).status_code == 404
            assert "26-104" in words(client.get(page))
            taking_back = reverse("candidate:withdraw_appeal", args=[row.pk, lodged.pk])
            assert client.post(taking_back).status_code == 404
            letters = Letter.objects.count()
            went = answered(office, lodged, answer="other_jury", answered_on="2026-04-10")
            assert went == url("present_again", bench.session.pk, row.hearings.get().pk)
            assert Letter.objects.count() == letters
            assert (lodged.remedy, lodged.carried_out_at) == ("other_jury", None)

    def test_silence_rejects_and_opens_the_next(self, bench: Bench, row: Candidacy, signed_in: SignedIn) -> None:
        published(bench, partial(bench, row))
        record = row.decisions.get(stage="award")
        appeal = contested(signed_in(row.candidate), record)
        page = reverse("candidate:decision", args=[row.pk, record.pk])
        days = ("2026-05-04", "2026-05-05", "2026-05-06")
        assert [tasks.remind_appeals.call(one) for one in days] == [0, 1, 0]
        warned = Notice.objects.get(kind="reminder")
        assert "Sans réponse le 20/05/2026" in warned.values["words"] and row.number in warned.values["subject"]
        with time_machine.travel(AFTER + timedelta(days=62), tick=False):
            shown = words(signed_in(row.candidate).get(page))
            assert "réputé rejeté depuis le 21 mai 2026" in shown and "20 juillet 2026" in shown
            file = reverse("secretariat:file", args=[row.pk])
            assert "Sans réponse : réputé rejeté" in words(signed_in(bench.cast.secretary).get(file))
            rung = rung_at(record, Judged(row, DAY + timedelta(days=62)), "court")
            assert rung is not None and rung.until == date(2026, 7, 20)
        assert appeal.state == "filed"


class TestExhibits:
    def test_documents_go_with_the_appeal_to_whoever_answers_and_nobody_else(
        self, bench: Bench, row: Candidacy, signed_in: SignedIn
    ) -> None:
        published(bench, partial(bench, row))
        record = row.decisions.get(stage="award")
        client, office = signed_in(row.candidate), signed_in(bench.cast.secretary)
        place = reverse("candidate:appeal", args=[row.pk, record.pk])
        bad = SimpleUploadedFile("bilan.pdf", b"MZ\x90\x00" * 40, "application/pdf")
        refused = client.post(place, {"grounds": "C6.", "file": bad})
        assert refused.status_code == 422 and "Rien n’est déposé" in words(refused)
        assert not Appeal.objects.exists()
        appeal = contested(client, record, file=[paths.pdf(name="un.pdf"), paths.pdf(3, name="deux.pdf")])
        more = reverse("candidate:exhibits", args=[row.pk, appeal.pk])
        assert client.post(more, {"file": paths.pdf(4, name="trois.pdf")}).status_code == 302
        assert client.post(more).status_code == 422
        exhibits = list(appeal.exhibits.all())
        assert sorted(one.name for one in exhibits) == ["deux.pdf", "trois.pdf", "un.pdf"]
        for name, reader in (("candidate", client), ("secretariat", office)):
            got: Any = reader.get(reverse(f"{name}:exhibit", args=[row.pk, appeal.pk, exhibits[0].pk]))
            assert got.status_code == 200 and got.headers["Content-Disposition"].startswith("attachment")
            assert b"".join(got.streaming_content).startswith(b"%PDF")
        answering = reverse("secretariat:appeal", args=[row.pk, appeal.pk])
        assert reverse("secretariat:exhibit", args=[row.pk, appeal.pk, exhibits[0].pk]) in words(office.get(answering))
        for who in (bench.cast.other_candidate, bench.cast.companion, bench.chair, bench.cast.other_secretary):
            for name in ("candidate", "secretariat"):
                door = reverse(f"{name}:exhibit", args=[row.pk, appeal.pk, exhibits[0].pk])
                assert signed_in(who).get(door).status_code in (403, 404), (who, name)
        answered(office, appeal, answer="rejected")
        assert client.post(more, {"file": paths.pdf(5, name="quatre.pdf")}).status_code == 422
        assert Exhibit.objects.count() == 3
        assert "recours/" in str(taken(client, row))


def taken(client: Client, row: Candidacy) -> list[str]:
    from tests.web.jury.test_results import taken_away

    told = taken_away(client, row)
    return [each["file"] for one in told["decisions"] for appeal in one["appeals"] for each in appeal["exhibits"]]


class TestAgain:
    def test_another_jury_has_nobody_of_the_first(self, bench: Bench, row: Candidacy, signed_in: SignedIn) -> None:
        hearing = published(bench, partial(bench, row))
        appeal = contested(signed_in(row.candidate), row.decisions.get(stage="award"))
        office = signed_in(bench.cast.secretary)
        place = answered(office, appeal, answer="other_jury")
        assert place == url("present_again", bench.session.pk, hearing.pk)
        assert "un autre jury délibère" in words(office.get(place))
        same, other = benches.again(bench), others(bench)
        barred = office.post(place, {"session": str(same.session.pk)})
        shown = words(barred)
        assert barred.status_code == 422 and "Alix Fictif" in shown and "recours accueilli le 20 mars 2026" in shown
        assert not same.session.hearings.exists()
        assert office.post(place, {"session": str(other.session.pk)}).status_code == 302
        again = other.session.hearings.get()
        assert (again.prior, again.appeal) == (hearing, appeal)
        known = PoolMember.objects.get(person=bench.members["a"].person)
        told = {"session": other.session, "pool_member": known, "at": PREPARED, "by": bench.cast.secretary}
        assert code_of(composing.seat_member, **told) == "judged_before"
        queue = reverse("secretariat:queue")
        assert "Un autre jury délibère" in words(office.get(queue))
        file = words(office.get(reverse("secretariat:file", args=[row.pk])))
        assert "reste à faire" in file and url("session", other.session.pk) in file
        decided_again(other)
        appeal.refresh_from_db()
        assert appeal.carried_out_at is not None
        assert "Un autre jury délibère" not in words(office.get(queue))
        assert list(rewritten()) == []

    def test_the_same_jury_may_sit_and_a_decision_put_off_leaves_it_waiting(
        self, bench: Bench, row: Candidacy, signed_in: SignedIn
    ) -> None:
        hearing = published(bench, partial(bench, row))
        appeal = contested(signed_in(row.candidate), row.decisions.get(stage="award"))
        answered(signed_in(bench.cast.secretary), appeal, answer="same_jury")
        other = sitting_again(bench)
        again = other.hear(Candidacy.objects.get(pk=row.pk))
        assert (again.prior, again.appeal) == (hearing, appeal)
        other.declare(again)
        other.open()
        other.decide(again, Verdict.DEFERRED, "Une pièce manque.")
        minutes = other.draw()
        other.sign(minutes)
        other.close(minutes)
        appeal.refresh_from_db()
        assert appeal.carried_out_at is None

    def test_minutes_put_right_carry_it_out(self, bench: Bench, row: Candidacy, signed_in: SignedIn) -> None:
        hearing = published(bench, partial(bench, row))
        appeal = contested(signed_in(row.candidate), row.decisions.get(stage="award"))
        place = answered(signed_in(bench.cast.secretary), appeal, answer="minutes")
        assert place == url("correct_minutes", bench.session.pk)
        told = Corrected(hearing=hearing, verdict=Verdict.FULL, reason="C6 a bien été vu.", granted=SIX)
        minutes = correct_minutes(
            session=bench.session, corrected=[told], reason="C6 a bien été vu.", at=AFTER, by=bench.cast.secretary
        )
        bench.sign(minutes)
        assert Appeal.objects.get().carried_out_at is None
        bench.close(minutes)
        assert Appeal.objects.get().carried_out_at == AFTER

    def test_a_file_heard_before_takes_up_its_deliberation_however_it_is_added(
        self, bench: Bench, row: Candidacy
    ) -> None:
        hearing = partial(bench, row)
        again = benches.again(bench).hear(Candidacy.objects.get(pk=row.pk))
        assert (again.prior, again.appeal) == (hearing, None)

    def test_the_refusal_is_a_decision_with_its_source(self, bench: Bench, row: Candidacy, signed_in: SignedIn) -> None:
        published(bench, partial(bench, row))
        appeal = contested(signed_in(row.candidate), row.decisions.get(stage="award"))
        told: dict[str, Any] = {"by": bench.cast.secretary, "at": AFTER, "on": DAY}
        closing.answer_appeal(appeal=appeal, is_upheld=True, answer="Oui.", remedy="other_jury", **told)
        session = benches.again(bench).session
        found = listing.put_on_agenda(session=session, candidacy=row, **told)
        assert isinstance(found, Decision)
        assert (found.outcome, [one.rule for one in found.findings]) == (NOT_MET, [OTHER])
        assert "qui demande un autre jury" in found.findings[0].source
        assert not Hearing.objects.filter(session=session).exists()
