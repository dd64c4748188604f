"""Pages that prepare juries: the pool, sessions, who sits, the agenda, summons; by whom, and what each is told."""

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from parchemin.core.facts import Link
from parchemin.records.candidacies.models import Candidacy, Letter, Notice
from parchemin.records.juries.actions import calling, composing, pooling
from parchemin.records.juries.models import Expenses, JurySession, Member, PoolMember, State
from parchemin.records.people.models import Person
from parchemin.web.shared import letters, notices
from tests.records.juries.bench import EMPLOYERS, PREPARED, SESSION, Bench, seated, transmitted
from tests.records.juries.bench import bench as prepared
from tests.web import cast as casting
from tests.web.candidate import paths
from tests.web.cast import CQP, Cast
from tests.web.posted import typed
from tests.web.secretariat.desk import words

pytestmark = pytest.mark.django_db
SignedIn = Callable[[Person], Client]


@pytest.fixture(autouse=True)
def that_day() -> Iterator[None]:
    with time_machine.travel(PREPARED, tick=True):
        yield


@pytest.fixture
def bench(cast: Cast) -> Bench:
    return prepared(cast)


@pytest.fixture
def browser(cast: Cast, signed_in: SignedIn) -> Client:
    return signed_in(cast.secretary)


def page(name: str, *args: object) -> str:
    return reverse(f"jury:{name}", args=args)


def sent(client: Client, url: str, **answers: object) -> Any:
    """The form of that page, with these answers in it."""
    return client.post(url, typed(client.get(url).content.decode(), url, answers))


def plain(answer: Any) -> str:
    """The words of a page without its tags, on one line."""
    return " ".join(re.sub(r"<[^>]*>", " ", words(answer)).split())


def posted() -> dict[str, Any]:
    """What was sent since, by address; letters written too."""
    mail.outbox.clear()
    for one in Notice.objects.filter(sent_at__isnull=True):
        notices.post(one.pk, at=timezone.now())
    for letter in Letter.objects.filter(sent_at__isnull=True, kind__startswith="jury_"):
        letters.post(letter.pk, at=timezone.now())
    return {one.to[0]: one for one in mail.outbox}


def test_the_office_sees_what_waits(cast: Cast, bench: Bench, browser: Client) -> None:
    told = words(browser.get(page("home")))
    assert bench.session.number in told and "aucun candidat" in told and "À convoquer" in told
    assert "Dossiers transmis qui attendent" not in told
    transmitted(cast)
    told = words(browser.get(page("home")))
    assert "Dossiers transmis qui attendent" in told and "1 dossier" in told and "Jury paritaire" in told
    bench.hear(Candidacy.objects.get())
    assert "Dossiers transmis qui attendent" not in words(browser.get(page("home")))
    assert bench.session.number not in words(browser.get(page("home") + "?state=past"))
    assert bench.session.number in words(browser.get(page("home") + "?state=prepared&scheme=" + CQP))


def test_whoever_sits_reads_what_each_session_asks(cast: Cast, bench: Bench, signed_in: SignedIn) -> None:
    bench.hear(transmitted(cast))
    mine = signed_in(bench.chair)
    told = words(mine.get(page("home")))
    assert "Dire vos liens avec 1 candidat" in told and "vous présidez" in told and "Prévoir une session" not in told
    assert mine.get(page("session", bench.session.pk))["Location"] == page("live", bench.session.pk)
    told = words(signed_in(cast.jury_member).get(page("home")))
    assert "Vous n’êtes nommé à aucune session" in told and bench.session.number not in told


def test_a_session_is_planned_at_the_time_of_here(cast: Cast, browser: Client) -> None:
    cast.certification()
    url = page("plan") + f"?jury={CQP}/joint"
    assert "Jury paritaire" in words(browser.get(url))
    assert "À distance, dites ce qui sera tenu" in words(
        sent(browser, url, on="2026-04-02", hour="09:30", place="remote")
    )
    answer = sent(
        browser,
        url,
        on="2026-04-02",
        hour="09:30",
        place="remote",
        room="https://visio.example.org/1",
        minutes="120",
        capacity="8",
        safeguards=["identité vérifiée"],
        previous_college=EMPLOYERS,
    )
    session = JurySession.objects.get()
    assert answer["Location"] == page("session", session.pk)
    assert timezone.localtime(session.starts_at).isoformat() == "2026-04-02T09:30:00+02:00"
    assert (session.capacity, session.safeguards, session.previous_college) == (8, ["identité vérifiée"], EMPLOYERS)
    told = words(browser.get(answer["Location"]))
    assert "Nommer les membres du jury." in told and "2 avril 2026 à 09:30" in told and "Présidait" in told
    assert browser.get(page("plan") + "?jury=nulle/part").status_code == 404


def test_two_secretaries_change_the_same_session(
    cast: Cast, bench: Bench, browser: Client, signed_in: SignedIn
) -> None:
    url, other = page("change", bench.session.pk), signed_in(cast.second_secretary)
    mine = typed(browser.get(url).content.decode(), url, {"room": "Salle 4"})
    theirs = typed(other.get(url).content.decode(), url, {"room": "Salle 9"})
    assert browser.post(url, mine).status_code == 302
    answer = other.post(url, theirs)
    told = words(answer)
    assert answer.status_code == 409 and "Salle 9" in told and "Salle 4" in told
    again = typed(answer.content.decode(), url, {})
    assert other.post(url, again).status_code == 302
    assert JurySession.objects.get().room == "Salle 9"


def test_members_are_named_from_the_pool(cast: Cast, bench: Bench, browser: Client) -> None:
    newcomer = casting.person("elsa", "Elsa", "Fictive")
    pooled = pooling.add_to_pool(
        organisation=cast.organisation,
        scheme=CQP,
        person=newcomer,
        profile=pooling.Profile(college=EMPLOYERS),
        on=date(2026, 1, 5),
        at=PREPARED,
        by=cast.secretary,
    )
    day = SESSION.date()
    pooling.tell_absence(member=pooled, from_on=day, until_on=day, at=PREPARED, by=cast.secretary)
    url = page("seat", bench.session.pk)
    assert "Elsa Fictive — employeurs — indisponible ce jour-là" in words(browser.get(url))
    assert sent(browser, url, person=pooled.pk, substitutes=bench.members["a"].pk).status_code == 302
    member = Member.objects.get(person=newcomer)
    assert member.substitutes == bench.members["a"]
    told = words(browser.get(page("session", bench.session.pk)))
    assert "supplée Alix Fictif" in told and "Indisponibles ce jour-là : Elsa Fictive." in told
    assert browser.post(page("unseat", bench.session.pk, member.pk)).status_code == 302
    browser.post(page("chair", bench.session.pk, bench.members["d"].pk))
    assert Member.objects.get(is_chair=True).pk == bench.members["d"].pk
    stale = browser.post(page("unseat", bench.session.pk, bench.members["a"].pk), {"revision": "0"}, follow=True)
    assert "Quelqu’un vient de changer" in words(stale) and Member.objects.count() == 4


def test_the_opening_check_is_drawn_before_the_day(cast: Cast, bench: Bench, browser: Client) -> None:
    told = words(browser.get(page("session", bench.session.pk)))
    assert (
        "Si la séance s’ouvrait avec ceux qui peuvent venir" in told
        and "2 (au moins 1)" in told
        and "Le jury peut délibérer" in told
    )
    for letter in ("c", "d"):
        composing.unseat_member(session=bench.session, member=bench.members[letter], at=PREPARED, by=cast.secretary)
    answer = browser.get(page("session", bench.session.pk))
    told = words(answer)
    assert "Places à pourvoir : salariés." in told and "Dire qui préside." in told
    assert answer.context["decision"].outcome != "met"


def test_the_act_is_distrusted_and_kept(cast: Cast, bench: Bench, browser: Client, signed_in: SignedIn) -> None:
    url = page("nominate", bench.session.pk)
    told = {"nominated_on": "2026-03-03", "nominated_by": "La commission", "revision": bench.session.revision}
    bad = SimpleUploadedFile("acte.pdf", b"<html>", content_type="application/pdf")
    answer = browser.post(url, {**told, "act": bad})
    assert answer.status_code == 422 and "La commission" in words(answer)
    assert browser.get(page("nomination", bench.session.pk)).status_code == 404
    assert browser.post(url, {**told, "act": paths.pdf()}).status_code == 302
    session = JurySession.objects.get()
    assert session.nominated_by == "La commission" and len(session.nomination_digest) == 64
    for who in (cast.secretary, bench.chair):
        answer = signed_in(who).get(page("nomination", session.pk))
        assert answer.getvalue().startswith(b"%PDF") and "attachment" in answer["Content-Disposition"]
    for who in (cast.outsider, cast.candidate, cast.jury_member, cast.other_secretary):
        assert signed_in(who).get(page("nomination", session.pk)).status_code == 404


def test_files_are_put_on_the_agenda_and_refused_for_what_they_lack(cast: Cast, bench: Bench, browser: Client) -> None:
    whole, short = transmitted(cast), transmitted(cast, who=cast.other_candidate)
    short.documents.filter(kind="vae_file").delete()
    url = page("add_to_agenda", bench.session.pk)
    assert "Cochez de un à" in words(browser.post(url, {"file": ["x"]}))
    answer = browser.post(url, {"file": [whole.pk, short.pk]})
    assert answer.status_code == 422
    told = plain(answer)
    assert "1 dossier n’a pas été inscrit" in told and "1 dossier inscrit à l’ordre du jour." in told
    assert len(answer.context["refused"]) == 1 and answer.context["refused"][0].decision is not None
    hearing = bench.session.hearings.get()
    assert hearing.candidacy == whole
    off = page("take_off", bench.session.pk, hearing.pk)
    assert sent(browser, off, reason="").status_code == 422
    assert sent(browser, off, reason="Demandé par le candidat.").status_code == 302
    assert whole in browser.get(url).context["listing"].rows


def test_the_agenda_is_ordered_and_its_hours_spread(cast: Cast, bench: Bench, browser: Client) -> None:
    first, second = bench.hear(transmitted(cast)), bench.hear(transmitted(cast, who=cast.other_candidate))
    url = page("order", bench.session.pk)
    answers = {f"rank-{first.pk.hex}": "2", f"rank-{second.pk.hex}": "1"}
    assert sent(browser, url, **answers, first="10:00").status_code == 422
    assert sent(browser, url, **answers, first="10:00", each="30").status_code == 302
    rows = list(bench.session.hearings.order_by("position"))
    assert rows == [second, first]
    assert [f"{timezone.localtime(one.starts_at):%H:%M}" for one in rows if one.starts_at] == ["10:00", "10:30"]


def test_members_and_candidates_are_called_with_their_calendar(cast: Cast, bench: Bench, browser: Client) -> None:
    hearing = bench.hear(transmitted(cast))
    hour = SESSION + timedelta(hours=1)
    sent(browser, page("order", bench.session.pk), **{f"hour-{hearing.pk.hex}": f"{timezone.localtime(hour):%H:%M}"})
    url = page("summon", bench.session.pk)
    told = words(browser.get(url))
    assert "La session est dans 16 jours." in told and "Vous siégez au jury" in told and "passe devant le jury" in told
    assert sent(browser, url).status_code == 302
    to = posted()
    assert set(to) == {cast.candidate.email, *(one.person.email for one in bench.members.values())}
    member, candidate = to[bench.chair.email], to[cast.candidate.email]
    assert "DTSTART:20260320T090000Z" in str(member.attachments[0][1])
    assert "DTSTART:20260320T100000Z" in str(candidate.attachments[1][1])
    assert "Convoquée" in words(browser.get(page("session", bench.session.pk)))
    late = seated(bench, casting.person("elsa", "Elsa", "Fictive"), EMPLOYERS)
    assert "Convoquer ceux qui ne le sont pas encore" in words(browser.get(page("session", bench.session.pk)))
    sent(browser, url)
    assert set(posted()) == {late.person.email}
    assert sent(browser, page("change", bench.session.pk), hour="14:00").status_code == 302
    sent(browser, url)
    again = posted()
    assert len(again) == 6 and "modifiée" in again[bench.chair.email].subject


def test_whoever_was_called_is_told_that_they_need_not_come(cast: Cast, bench: Bench, browser: Client) -> None:
    bench.hear(transmitted(cast))
    calling.call(session=bench.session, at=PREPARED, on=PREPARED.date(), by=cast.secretary)
    posted()
    browser.post(page("unseat", bench.session.pk, bench.members["a"].pk))
    gone = posted()
    assert set(gone) == {bench.members["a"].person.email}
    assert "STATUS:CANCELLED" in str(next(iter(gone.values())).attachments[0][1])
    url = page("cancel", bench.session.pk)
    assert sent(browser, url, reason="").status_code == 422
    assert sent(browser, url, reason="Salle fermée.").status_code == 302
    to = posted()
    assert len(to) == 4 and all("Salle fermée." in str(one.body) for one in to.values())
    assert JurySession.objects.get().state is State.CANCELLED
    told = words(browser.get(page("session", bench.session.pk)))
    assert "Salle fermée." in told and "Nommer un membre" not in told
    assert browser.get(page("change", bench.session.pk)).status_code == 302


def test_ties_are_shown_by_candidate(cast: Cast, bench: Bench, browser: Client) -> None:
    hearing = bench.hear(transmitted(cast))
    bench.declare(hearing, a=(Link.TRAINER,))
    told = plain(browser.get(page("session", bench.session.pk)))
    assert "Alix Fictif : formateur (déclaré)" in told and "Alix Fictif devrait se retirer" in told
    assert "1 retrait à décider" in told


def test_nobody_reads_their_own_file_in_a_session_they_prepare(cast: Cast, bench: Bench, browser: Client) -> None:
    row = transmitted(cast, who=cast.secretary)
    assert row not in browser.get(page("add_to_agenda", bench.session.pk)).context["listing"].rows
    hearing = bench.hear(row)
    assert row.number not in words(browser.get(page("session", bench.session.pk)))
    assert browser.get(page("take_off", bench.session.pk, hearing.pk)).status_code == 404


def test_the_pool_is_kept(cast: Cast, browser: Client) -> None:
    cast.certification()
    assert "Le vivier est vide" in words(browser.get(page("pool")))
    url = page("add_to_pool") + f"?scheme={CQP}"
    assert "donnez le prénom et le nom" in words(sent(browser, url, email="rose@example.net"))
    known = {"email": "rose@example.net", "given_name": "Rose", "family_name": "Exemple", "college": EMPLOYERS}
    answer = sent(browser, url, **known, profiles="professionnel, formateur", is_external="yes")
    row = PoolMember.objects.get()
    assert answer["Location"] == page("pool_member", row.pk)
    assert (row.profiles, row.is_external, row.is_qualified) == (["professionnel", "formateur"], True, None)
    assert "mot de passe" in str(posted()["rose@example.net"].body)
    again = sent(browser, url, **known)
    assert again.status_code == 422 and "déjà dans le vivier" in words(again)
    url = page("pool_member", row.pk)
    assert sent(browser, url, briefed_on="2026-03-01", employer="Atelier du port").status_code == 302
    assert "à faire" not in words(browser.get(page("pool")))
    absence = page("tell_absence", row.pk)
    assert "avant le début" in words(sent(browser, absence, from_on="2026-03-10", until_on="2026-03-01"))
    assert sent(browser, absence, from_on="2026-03-01", until_on="2026-03-10").status_code == 302
    assert "Rose Exemple" in words(browser.get(page("pool") + "?state=away"))
    browser.post(page("forget_absence", row.pk, row.absences.get().pk))
    assert "Rose Exemple" not in words(browser.get(page("pool") + "?state=away"))
    assert sent(browser, page("leave_pool", row.pk), left_on="2026-03-04").status_code == 302
    assert PoolMember.objects.get().left_on == date(2026, 3, 4)


def test_expenses_are_followed(cast: Cast, bench: Bench, browser: Client) -> None:
    bench.hear(transmitted(cast))
    bench.open()
    url = page("expenses", bench.session.pk, bench.members["a"].pk)
    browser.post(url, {"expenses": "lost"})
    browser.post(url, {"expenses": "claimed"})
    assert Member.objects.get(pk=bench.members["a"].pk).expenses == Expenses.CLAIMED
    told = words(browser.get(page("pool") + "?state=claimed"))
    assert "Alix Fictif" in told and "Béranger" not in told


def test_what_goes_out_is_guarded(cast: Cast, bench: Bench, browser: Client) -> None:
    bench.hear(transmitted(cast))
    Person.objects.filter(pk=bench.chair.pk).update(family_name="=1+1")
    agenda = browser.get(page("export_agenda", bench.session.pk, "csv")).getvalue().decode()
    members = browser.get(page("export_members", bench.session.pk, "csv")).getvalue().decode()
    assert "Fictive" in agenda and "'=1+1" in members and ";=1+1" not in members
    for name, args in (("export", ()), ("export_pool", ()), ("export_members", (bench.session.pk,))):
        assert browser.get(page(name, *args, "xlsx")).getvalue().startswith(b"PK")


def test_others_are_told_nothing(cast: Cast, bench: Bench, signed_in: SignedIn) -> None:
    hearing = bench.hear(transmitted(cast))
    session, member = bench.session.pk, bench.members["a"].pk
    pooled = PoolMember.objects.get(person=bench.members["a"].person).pk
    addresses = [
        *(page(name, session) for name in ("change", "cancel", "summon", "seat", "nominate", "add_to_agenda", "order")),
        *(page(name, session) for name in ("session", "session_calendar", "nomination")),
        *(page(name, session, "csv") for name in ("export_agenda", "export_members")),
        page("take_off", session, hearing.pk),
        *(page(name, pooled) for name in ("pool_member", "tell_absence", "leave_pool")),
    ]
    posts = [page(name, session, member) for name in ("unseat", "chair", "expenses")]
    for who in (cast.outsider, cast.candidate, cast.jury_member, cast.other_secretary, cast.evaluator):
        client = signed_in(who)
        assert {client.get(url).status_code for url in addresses} == {404}, who
        assert {client.post(url).status_code for url in posts} == {404}, who
    named = signed_in(bench.chair)
    assert {named.get(url).status_code for url in addresses[:7]} == {404}
    assert {named.post(url).status_code for url in posts} == {404}
    elsewhere = signed_in(cast.other_secretary)
    assert bench.session.number not in words(elsewhere.get(page("home")))
    assert "Alix" not in words(elsewhere.get(page("pool")))


def test_lists_ask_no_more_the_more_they_hold(cast: Cast, bench: Bench, browser: Client) -> None:
    bench.hear(transmitted(cast))
    urls = [page("home"), page("pool"), page("session", bench.session.pk), page("summon", bench.session.pk)]

    def counted() -> list[int]:
        found = []
        for url in urls:
            browser.get(url)
            with CaptureQueriesContext(connection) as asked:
                browser.get(url)
            found.append(len(asked))
        return found

    before = counted()
    bench.hear(transmitted(cast, who=cast.other_candidate))
    seated(bench, casting.person("elsa", "Elsa", "Fictive"), EMPLOYERS)
    composing.plan_session(
        organisation=cast.organisation,
        certification=cast.certification(),
        jury="joint",
        planned=composing.Planned(starts_at=datetime(2026, 5, 1, 9, tzinfo=SESSION.tzinfo)),
        at=PREPARED,
        by=cast.secretary,
    )
    after = counted()
    assert after == before and max(after) <= 25, (before, after)
