"""A session is held: ties, opening, one candidate after the other, votes, decisions; who may do what of it."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from parchemin.core.facts import Ballot, Link
from parchemin.records.juries.actions import listing, sitting
from parchemin.records.juries.actions.composing import Planned, plan_session
from parchemin.records.juries.models import Hearing, Incident, Presence, State, Tie, Verdict, Vote
from parchemin.records.people.models import Person
from tests.records.juries.bench import SESSION, SIX, Bench, transmitted
from tests.records.juries.bench import bench as prepared
from tests.records.juries.test_sitting import titled
from tests.web.cast import Cast

SignedIn = Callable[[Person], Client]
ATTESTED = "conformity_verified"


@pytest.fixture(autouse=True)
def that_day() -> Iterator[None]:
    """Every page is asked for on the morning of the session."""
    with time_machine.travel(SESSION + timedelta(minutes=5), tick=True):
        yield


@pytest.fixture
def bench(cast: Cast) -> Bench:
    return prepared(cast)


def page(name: str, *about: object) -> str:
    return reverse(f"jury:{name}", args=[getattr(one, "pk", one) for one in about])


def of(name: str, hearing: Hearing, *more: object) -> str:
    return page(name, hearing.session_id, hearing, *more)


def plain(response: Any) -> str:
    told: str = response.content.decode()
    return told.replace("\u202f", " ").replace("\xa0", " ").replace("&#x27;", "'")


def text(client: Client, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status, url
    return plain(response)


def opinions(hearing: Hearing, act: str = "tell", verdict: str = "", reason: str = "", **said: Any) -> dict[str, Any]:
    """What the form sends: everything granted and attested, unless told."""
    hearing.refresh_from_db()
    values = {f"value-{code}": said.get(code, "yes") for code in SIX}
    reasons = {f"reason-{code}": said.get(f"why_{code}", "") for code in SIX}
    more = {"attested": [ATTESTED], "revision": hearing.revision, "act": act, "verdict": verdict}
    return {**values, **reasons, **more, "decision_reason": reason}


def ballot_of(hearing: Hearing, ballot: str = "for") -> dict[str, Any]:
    hearing.refresh_from_db()
    return {"ballot": ballot, "revision": hearing.revision}


def opened(bench: Bench, cast: Cast, *, is_declared: bool = True) -> Hearing:
    hearing = bench.hear(transmitted(cast))
    if is_declared:
        bench.declare(hearing)
    bench.open()
    return hearing


# --- ties


def test_a_member_declares_ties_for_all_candidates_on_one_page(cast: Cast, bench: Bench, signed_in: SignedIn) -> None:
    first, second = bench.hear(transmitted(cast)), bench.hear(transmitted(cast, who=cast.other_candidate))
    client, url = signed_in(bench.members["a"].person), page("ties", bench.session)
    told = text(client, url)
    assert cast.candidate.name in told and cast.other_candidate.name in told
    both = {f"c-{first.pk.hex}": ["none", "family"]}
    refused = client.post(url, both)
    assert refused.status_code == 422 and "pas les deux" in plain(refused)
    assert not Tie.objects.filter(links__isnull=False).exists()
    assert client.post(url, {f"c-{first.pk.hex}": ["colleague", "trainer"]}).status_code == 302
    assert Tie.objects.get(hearing=first).links == ["colleague", "trainer"]
    assert not Tie.objects.filter(hearing=second, links__isnull=False).exists()
    assert "il reste 1 candidat" in text(client, url)
    emptied = client.post(url, {})
    assert emptied.status_code == 422 and "Vous aviez déclaré" in plain(emptied)
    assert client.post(url, {f"c-{first.pk.hex}": ["colleague"], "others": "1"}).status_code == 302
    assert Tie.objects.get(hearing=second).links == []


def test_what_the_platform_knows_is_shown_with_its_reason(cast: Cast, bench: Bench, signed_in: SignedIn) -> None:
    from tests.records.juries.bench import EMPLOYERS, seated

    seated(bench, cast.evaluator, EMPLOYERS)
    hearing = bench.hear(transmitted(cast))
    assert Tie.objects.get(hearing=hearing).known == ["evaluator"]
    assert "La plateforme sait déjà" in text(signed_in(cast.evaluator), page("ties", bench.session))


# --- the live session


def test_the_chair_opens_the_session_and_members_read_it(cast: Cast, bench: Bench, signed_in: SignedIn) -> None:
    hearing = bench.hear(transmitted(cast))
    bench.declare(hearing)
    url = page("live", bench.session)
    chair, member = signed_in(bench.chair), signed_in(bench.members["a"].person)
    assert "Ouvrir la session" in text(chair, url)
    assert "Ouvrir la session" not in text(member, url)
    here = {f"m-{one.pk.hex}": "present" for one in bench.members.values()}
    bench.session.refresh_from_db()
    sent = {**here, "revision": bench.session.revision, "reason": ""}
    assert member.post(page("open", bench.session), sent).status_code == 404
    few = {**sent, **{f"m-{bench.members[one].pk.hex}": "absent" for one in "ab"}}
    preview = chair.post(page("open", bench.session), {**few, "preview": "1"})
    assert preview.status_code == 200 and "pas composé comme" in plain(preview)
    refused = chair.post(page("open", bench.session), few)
    assert refused.status_code == 422 and "dites pourquoi il siège" in plain(refused)
    assert chair.post(page("open", bench.session), sent).status_code == 302
    bench.session.refresh_from_db()
    assert bench.session.state is State.OPEN
    assert hearing.candidacy.candidate.name in text(member, url)


def test_somebody_leaves_and_the_jury_is_no_longer_valid(cast: Cast, bench: Bench, signed_in: SignedIn) -> None:
    hearing = opened(bench, cast)
    client = signed_in(bench.chair)
    valid = client.get(of("line", hearing), headers={"HX-Request": "true"})
    assert "Jury valide" in plain(valid)
    bench.session.refresh_from_db()
    sent = {"presence": "absent", "revision": bench.session.revision}
    for letter in "ab":
        bench.session.refresh_from_db()
        sent = {"presence": "absent", "revision": bench.session.revision}
        assert client.post(page("presence", bench.session, bench.members[letter]), sent).status_code == 302
    assert "Jury non valide" in plain(client.get(of("line", hearing), headers={"HX-Request": "true"}))
    assert client.post(page("presence", bench.session, bench.members["a"]), sent).status_code == 409
    bench.members["a"].refresh_from_db()
    assert bench.members["a"].presence == Presence.ABSENT


def test_an_incident_is_kept_for_the_minutes(cast: Cast, bench: Bench, signed_in: SignedIn) -> None:
    hearing = opened(bench, cast)
    client = signed_in(bench.chair)
    assert client.post(page("incident", bench.session), {"words": ""}).status_code == 422
    sent = {"words": "Une pièce est fausse.", "hearing": str(hearing.pk), "is_fraud": "on"}
    assert client.post(page("incident", bench.session), sent).status_code == 302
    told = Incident.objects.get()
    assert told.is_fraud and told.hearing == hearing and told.told_by == bench.chair
    assert "Une pièce est fausse." in text(client, of("hearing", hearing))
    assert signed_in(bench.members["a"].person).post(page("incident", bench.session), sent).status_code == 404


def test_a_link_that_excludes_proposes_a_recusal_in_one_click(cast: Cast, bench: Bench, signed_in: SignedIn) -> None:
    hearing = bench.hear(transmitted(cast))
    bench.declare(hearing, a=(Link.TRAINER,))
    bench.open()
    client, member = signed_in(bench.chair), bench.members["a"]
    told = text(client, page("live", bench.session))
    assert "Lien avec le candidat : formateur." in told
    hearing.refresh_from_db()
    sent = {"reason": "Lien avec le candidat : formateur.", "revision": hearing.revision, "from": "live"}
    assert signed_in(bench.members["b"].person).post(of("recuse", hearing, member), sent).status_code == 404
    assert client.post(of("recuse", hearing, member), {**sent, "reason": ""}).status_code == 422
    assert client.post(of("recuse", hearing, member), sent).status_code == 302
    assert Tie.objects.get(hearing=hearing, member=member).is_recused
    recused = signed_in(member.person)
    told = text(recused, of("hearing", hearing))
    assert "Vous ne délibérez pas sur ce candidat" in told and "C1" not in told
    for name in ("pack", "voices"):
        text(recused, of(name, hearing), 404)
    assert recused.post(of("vote", hearing), {"ballot": "for"}).status_code == 404
    hearing.refresh_from_db()
    assert client.post(of("take_back", hearing, member), {"revision": hearing.revision}).status_code == 302
    assert not Tie.objects.get(hearing=hearing, member=member).is_recused


# --- one candidate


def test_opinions_votes_and_the_decision(cast: Cast, bench: Bench, signed_in: SignedIn) -> None:
    hearing = opened(bench, cast)
    client, url = signed_in(bench.chair), of("hearing", hearing)
    told = text(client, url)
    assert "Proposé : acquis" in told and 'value="yes" checked' in told
    assert client.post(of("decide", hearing), opinions(hearing)).status_code == 302
    assert hearing.opinions.count() == 6
    barred = client.post(of("decide", hearing), opinions(hearing, "decide", "full"))
    assert barred.status_code == 422 and "il faut d’abord la voter" in plain(barred)
    for letter, member in bench.members.items():
        voter = signed_in(member.person)
        assert "Abstention" in text(voter, url)
        ballot = "against" if letter == "a" else "for"
        assert voter.post(of("vote", hearing), ballot_of(hearing, ballot)).status_code == 302
        if letter == "a":
            waiting = text(client, url)
            assert "Voix données : 1 sur 4" in waiting and "a voté" in waiting and ">Contre</div>" not in waiting
    assert ">Contre</div>" in text(client, url)
    assert ">Contre</div>" not in text(signed_in(bench.members["b"].person), url)
    assert client.post(of("decide", hearing), opinions(hearing, "decide", "full")).status_code == 302
    hearing.refresh_from_db()
    assert hearing.verdict == Verdict.FULL and hearing.decided_by == bench.chair
    assert "Rouvrir" in text(client, url)
    assert "Rouvrir" not in text(signed_in(bench.members["b"].person), url)


def test_a_departure_asks_why_and_nothing_typed_is_lost(cast: Cast, bench: Bench, signed_in: SignedIn) -> None:
    hearing = opened(bench, cast)
    client, url = signed_in(bench.chair), of("hearing", hearing)
    sent = opinions(hearing, C3="no", reason="Gardé ici.")
    shown = plain(client.post(of("preview", hearing), sent))
    assert "motif demandé pour" in shown and "C3" in shown and not hearing.opinions.exists()
    assert client.post(of("decide", hearing), sent).status_code == 302
    bench.vote(hearing)
    refused = client.post(of("decide", hearing), opinions(hearing, "decide", "partial", reason="Gardé ici.", C3="no"))
    assert refused.status_code == 422
    assert "Le jury s’écarte des résultats sur C3" in plain(refused) and "Gardé ici." in plain(refused)
    whole = client.post(
        of("decide", hearing), opinions(hearing, "decide", "full", C3="no", why_C3="Entretien insuffisant.")
    )
    assert whole.status_code == 422 and "ne peut pas être délivrée en entier" in plain(whole)
    done = client.post(
        of("decide", hearing), opinions(hearing, "decide", "partial", C3="no", why_C3="Entretien insuffisant.")
    )
    assert done.status_code == 302
    hearing.refresh_from_db()
    assert hearing.verdict == Verdict.PARTIAL
    assert "Entretien insuffisant." in text(signed_in(bench.members["b"].person), url)


def test_a_jury_that_is_not_valid_decides_nothing(cast: Cast, bench: Bench, signed_in: SignedIn) -> None:
    hearing = opened(bench, cast, is_declared=False)
    client, url = signed_in(bench.chair), of("hearing", hearing)
    assert "Le jury n’est pas valide pour ce candidat" in text(client, url)
    refused = client.post(of("decide", hearing), opinions(hearing, "decide", "full"))
    assert refused.status_code == 422 and "Le jury ne peut pas délibérer sur ce dossier" in plain(refused)
    absent = client.post(of("decide", hearing), opinions(hearing, "decide", "absent"))
    assert absent.status_code == 302
    hearing.refresh_from_db()
    assert hearing.verdict == Verdict.ABSENT and not hearing.opinions.exists()


def test_deferred_asks_why(cast: Cast, bench: Bench, signed_in: SignedIn) -> None:
    hearing = opened(bench, cast)
    client = signed_in(cast.secretary)
    assert client.post(of("decide", hearing), opinions(hearing, "decide", "deferred")).status_code == 422
    assert client.post(of("decide", hearing), opinions(hearing, "decide", "")).status_code == 422
    assert (
        client.post(
            of("decide", hearing), opinions(hearing, "decide", "deferred", reason="Pièce attendue.")
        ).status_code
        == 302
    )


def test_two_people_at_once_one_wins_the_other_keeps_their_words(cast: Cast, bench: Bench, signed_in: SignedIn) -> None:
    hearing = opened(bench, cast)
    late = opinions(hearing, C2="no", why_C2="Mes mots à moi.")
    assert signed_in(bench.chair).post(of("decide", hearing), opinions(hearing)).status_code == 302
    overtaken = signed_in(cast.secretary).post(of("decide", hearing), late)
    assert overtaken.status_code == 409
    told = plain(overtaken)
    hearing.refresh_from_db()
    assert "Quelqu’un d’autre a modifié" in told and "Mes mots à moi." in told
    assert f'name="revision" value="{hearing.revision}"' in told
    assert hearing.opinions.get(code="C2").is_granted


def test_a_decision_is_reopened_with_a_reason(cast: Cast, bench: Bench, signed_in: SignedIn) -> None:
    hearing = opened(bench, cast)
    bench.settle(hearing)
    client = signed_in(bench.chair)
    hearing.refresh_from_db()
    sent = {"reason": "", "revision": hearing.revision}
    assert client.post(of("reopen", hearing), sent).status_code == 422
    assert client.post(of("reopen", hearing), {**sent, "reason": "Une erreur de lecture."}).status_code == 302
    hearing.refresh_from_db()
    assert hearing.verdict == "" and not Vote.objects.exists()
    assert "Une erreur de lecture." in text(client, of("hearing", hearing))


def test_members_only_vote_and_declare(cast: Cast, bench: Bench, signed_in: SignedIn) -> None:
    hearing = opened(bench, cast)
    client, url = signed_in(bench.members["a"].person), of("hearing", hearing)
    told = text(client, url)
    assert "Décider" not in told and 'name="verdict"' not in told
    assert client.post(of("decide", hearing), opinions(hearing)).status_code == 404
    assert client.post(of("preview", hearing), opinions(hearing)).status_code == 404
    assert client.post(of("vote", hearing), ballot_of(hearing)).status_code == 422
    bench.say(hearing)
    assert client.post(of("vote", hearing), ballot_of(hearing, "maybe")).status_code == 422
    assert client.post(of("vote", hearing), ballot_of(hearing)).status_code == 302
    assert Vote.objects.get().ballot == Ballot.FOR
    assert signed_in(cast.secretary).post(of("vote", hearing), ballot_of(hearing)).status_code == 404


def test_a_voice_on_opinions_that_changed_meanwhile_is_not_counted(
    cast: Cast, bench: Bench, signed_in: SignedIn
) -> None:
    hearing = opened(bench, cast)
    bench.say(hearing)
    late = ballot_of(hearing)
    assert (
        signed_in(bench.chair).post(of("decide", hearing), opinions(hearing, C2="no", why_C2="Rien.")).status_code
        == 302
    )
    client = signed_in(bench.members["a"].person)
    polled = client.get(of("voices", hearing), {"revision": late["revision"]}, headers={"HX-Request": "true"})
    assert "ont changé depuis" in plain(polled)
    overtaken = client.post(of("vote", hearing), late)
    assert overtaken.status_code == 409 and "Quelqu’un d’autre a modifié" in plain(overtaken)
    assert not Vote.objects.exists()


def test_the_jury_holds_its_interview_point_by_point(cast: Cast, signed_in: SignedIn) -> None:
    made, hearing = titled(cast)
    client, url = signed_in(made.chair), of("hearing", hearing)
    told = text(client, url)
    assert "Entretien final" in told and "situe sa place et son rôle" in told
    assert client.post(of("held", hearing, "simulation_b1"), {}).status_code == 404
    held = of("held", hearing, "final_interview")
    hearing.refresh_from_db()
    sent = {"revision": hearing.revision, "attendance": "held", "minutes": "30", "point-1": "yes"}
    refused = client.post(held, sent)
    assert refused.status_code == 422 and "Répondez par oui ou par non." in plain(refused)
    points = {f"point-{number}": "no" if number == 3 else "yes" for number in range(1, 6)}
    assert client.post(held, {**sent, **points}).status_code == 302
    sitting = hearing.candidacy.sittings.get()
    assert sitting.minutes == 30 and sitting.is_passed is False
    assert "Non réussi" in text(client, url)
    assert client.post(held, {**sent, **points}).status_code == 409
    assert signed_in(made.members["a"].person).post(held, sent).status_code == 404


def test_what_was_held_before_is_shown_with_how_long_it_counts(cast: Cast, bench: Bench, signed_in: SignedIn) -> None:
    first = opened(bench, cast)
    bench.settle(first, Verdict.PARTIAL, "Entretien.", C3=False)
    minutes = bench.draw()
    bench.sign(minutes)
    bench.close(minutes)
    told = text(signed_in(bench.chair), of("hearing", first))
    assert "Acquis avant cette session" not in told and "Délivrance partielle" in told
    later = plan_session(
        organisation=cast.organisation,
        certification=bench.session.certification,
        jury="joint",
        planned=Planned(starts_at=SESSION + timedelta(days=60)),
        at=SESSION,
        by=cast.secretary,
    )
    again = Hearing.objects.create(session=later, candidacy=first.candidacy, position=1, prior=first)
    told = text(signed_in(cast.secretary), of("hearing", again))
    assert "Acquis avant cette session" in told and "20 mars 2026" in told
    assert "Jusqu’à quand, d’après les règles" in told and told.count("Déjà acquis") == 5


# --- the pack


def test_the_pack_is_read_by_the_jury_alone_and_for_a_time(cast: Cast, bench: Bench, signed_in: SignedIn) -> None:
    hearing = opened(bench, cast)
    client = signed_in(bench.members["a"].person)
    told = text(client, of("pack", hearing))
    version = hearing.candidacy.documents.get(kind="vae_file").versions.get()
    assert of("pack_document", hearing, version) in told and "Recevable" in told
    sent = client.get(of("pack_document", hearing, version))
    assert sent.status_code == 200 and b"".join(sent)
    other = transmitted(cast, who=cast.other_candidate).documents.get(kind="vae_file").versions.get()
    assert client.get(of("pack_document", hearing, other)).status_code == 404
    for stranger in (cast.jury_member, cast.outsider, cast.candidate, cast.other_secretary, cast.evaluator):
        for url in (of("pack", hearing), of("pack_document", hearing, version), of("hearing", hearing)):
            assert signed_in(stranger).get(url).status_code == 404
    bench.settle(hearing)
    minutes = bench.draw()
    bench.sign(minutes)
    bench.close(minutes)
    bench.session.refresh_from_db()
    bench.session.published_at = datetime(2026, 3, 21, 9, 0, tzinfo=UTC)
    bench.session.save()
    b"".join(client.get(of("pack_document", hearing, version)))
    with time_machine.travel(datetime(2026, 5, 21, 9, 0, tzinfo=UTC)):
        later = signed_in(bench.members["a"].person)
        assert later.get(of("pack_document", hearing, version)).status_code == 404


def test_the_pack_opens_once_a_member_said_what_ties_them(cast: Cast, bench: Bench, signed_in: SignedIn) -> None:
    hearing = opened(bench, cast, is_declared=False)
    member = bench.members["a"]
    client = signed_in(member.person)
    version = hearing.candidacy.documents.get(kind="vae_file").versions.get()
    piece = of("pack_document", hearing, version)
    assert client.get(of("pack", hearing)).headers["Location"] == of("hearing", hearing)
    part = plain(client.get(of("pack", hearing), headers={"hx-request": "true"}))
    assert "Le dossier s’ouvre une fois que vous avez dit" in part and piece not in part
    assert client.get(piece).status_code == 404
    assert piece in text(signed_in(cast.secretary), of("pack", hearing)), "the office has the file already"
    listing.declare_ties(member=member, links={hearing: ()}, at=SESSION)
    assert piece in text(client, of("pack", hearing))


def test_an_incident_on_a_candidate_is_not_told_to_whoever_left(cast: Cast, bench: Bench, signed_in: SignedIn) -> None:
    hearing = opened(bench, cast)
    member, words = bench.members["a"], "Le candidat s’est senti mal."
    listing.recuse(hearing=hearing, member=member, reason="Collègue.", at=SESSION, by=bench.chair)
    for on, said in ((hearing, words), (None, "Coupure de courant.")):
        sitting.tell_incident(session=bench.session, hearing=on, words=said, at=SESSION, by=bench.chair)
    told = text(signed_in(member.person), page("live", bench.session))
    assert "Coupure de courant." in told and words not in told
    assert words in text(signed_in(bench.members["b"].person), page("live", bench.session))


@pytest.mark.parametrize("name", ["hearing", "pack", "live", "ties"])
def test_pages_ask_few_queries(cast: Cast, bench: Bench, signed_in: SignedIn, name: str) -> None:
    hearing = opened(bench, cast)
    bench.say(hearing)
    bench.vote(hearing)
    client = signed_in(bench.members["a"].person if name == "ties" else bench.chair)
    url = of(name, hearing) if name in ("hearing", "pack") else page(name, bench.session)
    client.get(url)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    assert len(asked) <= MOST.get(name, 25), [one["sql"][:150] for one in asked]


MOST = {"hearing": 33}


def test_the_office_recuses_before_the_session_too(cast: Cast, bench: Bench, signed_in: SignedIn) -> None:
    hearing = bench.hear(transmitted(cast))
    listing.declare_ties(member=bench.members["a"], links={hearing: (Link.FAMILY,)}, at=SESSION)
    hearing.refresh_from_db()
    sent = {"reason": "Famille.", "revision": hearing.revision}
    assert signed_in(cast.secretary).post(of("recuse", hearing, bench.members["a"]), sent).status_code == 302
