"""An evaluator prepares, rates alone, signs; then only the differences are shown, until all stand alike."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from fractions import Fraction
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from parchemin.core.facts import Attendance, Link
from parchemin.records.assessments.actions.holding import tell_attendance
from parchemin.records.assessments.actions.planning import cancel_sitting, declare_links
from parchemin.records.assessments.models import Evaluator, Rating, Result, Sitting, Stand
from parchemin.records.candidacies.actions.talking import ask_accommodation, decide_accommodation
from parchemin.records.people.actions.accrediting import accredit
from parchemin.records.people.models import Person
from tests.records.assessments.sheets import LATER, SIX, Pair, signed
from tests.web.assessment import rated
from tests.web.assessment.rated import page
from tests.web.cast import AT, FEST, ON, Cast

SignedIn = Callable[[Person], Client]


@pytest.fixture(autouse=True)
def that_day() -> Iterator[None]:
    """Every page is asked for on the day of the sitting."""
    with time_machine.travel(rated.NOW, tick=True):
        yield


def text(client: Client, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status, url
    return plain(response)


def plain(response: Any) -> str:
    """What it says, its spaces plain."""
    told: str = response.content.decode()
    return told.replace("\u202f", " ").replace("\xa0", " ")


def test_an_evaluator_without_a_sitting_is_taught(cast: Cast, signed_in: SignedIn) -> None:
    told = text(signed_in(cast.evaluator), page("mine"))
    assert "Aucune épreuve pour l’instant" in told
    assert "Évaluations" in told


def test_the_list_tells_what_each_sitting_asks(cast: Cast, signed_in: SignedIn) -> None:
    pair = rated.planned(cast)
    client = signed_in(cast.evaluator)
    Sitting.objects.update(starts_at=rated.NOW + timedelta(hours=1))
    assert "Dites si un lien vous rattache au candidat." in text(client, page("mine"))
    declare_links(evaluator=pair.outside, links=[], at=AT, by=cast.evaluator)
    assert "Rien à faire avant le jour" in text(client, page("mine"))
    Sitting.objects.update(starts_at=AT)
    assert "Dites si l’épreuve s’est tenue, et comment." in text(client, page("mine"))
    tell_attendance(sitting=pair.sitting, attendance=Attendance.HELD, by=cast.secretary, at=LATER)
    assert "Notez chaque ligne de la grille, puis signez." in text(client, page("mine"))
    signed(pair.outside)
    assert "Rien ne vous attend" in text(client, page("mine"))
    assert "la suite s’ouvre quand chacun a signé" in text(client, page("mine") + "?etat=wait")
    declare_links(evaluator=pair.professional, links=[], at=AT, by=cast.professional)
    signed(pair.professional, "C2")
    assert "prenez position sur chaque écart" in text(client, page("mine"))


def test_a_cancelled_sitting_is_no_longer_theirs(cast: Cast, signed_in: SignedIn) -> None:
    pair = rated.planned(cast)
    cancel_sitting(sitting=pair.sitting, reason="Salle fermée", by=cast.secretary, at=AT)
    client = signed_in(cast.evaluator)
    assert "Aucune épreuve pour l’instant" in text(client, page("mine"))
    text(client, page("sitting", pair.sitting), 404)


@pytest.mark.parametrize("name", ["sitting", "grid", "sign", "differences"])
def test_only_those_who_are_named_find_it(cast: Cast, signed_in: SignedIn, name: str) -> None:
    pair = rated.held(cast)
    for who in (cast.candidate, cast.secretary, cast.manager, cast.companion, cast.jury_member, cast.outsider):
        for response in (signed_in(who).get(page(name, pair.sitting)), signed_in(who).post(page(name, pair.sitting))):
            assert response.status_code == 404, who


def test_links_are_declared_or_said_to_be_none(cast: Cast, signed_in: SignedIn) -> None:
    pair = rated.planned(cast)
    client, url = signed_in(cast.evaluator), page("sitting", pair.sitting)
    assert client.post(url, {}).status_code == 422
    told = client.post(url, {"has": "yes"})
    assert told.status_code == 422 and "Cochez le lien" in plain(told)
    assert client.post(url, {"has": "no", "links": ["family"]}).status_code == 422
    assert client.post(url, {"has": "no"}).status_code == 302
    pair.outside.refresh_from_db()
    assert pair.outside.links == []
    assert "aucun lien" in text(client, url)
    sent = {"has": "yes", "links": ["colleague"], "justification": "Nous étions collègues il y a dix ans."}
    assert client.post(url, sent).status_code == 302
    pair.outside.refresh_from_db()
    assert pair.outside.links == [Link.COLLEAGUE]
    assert "collègues il y a dix ans" in text(client, url)


def test_accreditation_of_the_day_is_told(cast: Cast, signed_in: SignedIn) -> None:
    pair = rated.planned(cast)
    client = signed_in(cast.evaluator)
    before = text(client, page("sitting", pair.sitting))
    accredit(
        person=cast.evaluator,
        organisation=cast.organisation,
        scheme=pair.sitting.candidacy.certification.scheme,
        actor="external_evaluator",
        from_on=ON,
        until_on=None,
        by=cast.secretary,
        at=AT,
    )
    assert text(client, page("sitting", pair.sitting)) != before


def test_what_was_granted_is_told_and_never_the_need(cast: Cast, signed_in: SignedIn) -> None:
    pair = rated.planned(cast)
    row = pair.sitting.candidacy
    asked = ask_accommodation(candidacy=row, need="Une dyslexie sévère", by=cast.candidate, at=AT)
    decide_accommodation(
        accommodation=asked,
        is_granted=True,
        measures="Documents agrandis",
        methods=["assessment"],
        time=Fraction(4, 3),
        by=cast.secretary,
        at=AT,
        on=ON,
    )
    told = text(signed_in(cast.evaluator), page("sitting", pair.sitting))
    assert "Documents agrandis" in told
    assert "dyslexie" not in told


def test_a_grid_is_rated_line_by_line(cast: Cast, signed_in: SignedIn) -> None:
    pair = rated.held(cast)
    client, url = signed_in(cast.evaluator), page("grid", pair.sitting)
    told = text(client, url)
    assert re.search(r'href="/evaluations/" aria-current="page"', told)
    assert all(f'value-competence-{code}"' in told for code in SIX)
    response = client.post(url, rated.values(C1="yes"), headers={"X-Requested-With": "fetch"})
    assert (response.status_code, response.headers["X-Revision"]) == (204, "1")
    sent = {"revision": 1, "comment-competence-C2": "À revoir", "value-competence-C2": "", "seen-competence-C2": "x"}
    assert client.post(url, sent, headers={"X-Requested-With": "fetch"}).status_code == 204
    one, two = Rating.objects.order_by("code")
    assert (one.is_acquired, two.is_acquired, two.comment, two.seen) == (True, None, "À revoir", "x")
    assert "1 sur 7" in text(client, url)


def test_a_line_that_is_not_assessed_is_shown_and_refused(cast: Cast, signed_in: SignedIn) -> None:
    one = rated.alone(cast, rated.elsewhere(cast, FEST), "tests", "evaluator")
    client, url = signed_in(cast.evaluator), page("grid", one.sitting)
    told = text(client, url)
    assert told.count("mais pas évaluée") == 4
    assert "value-competence-A2-C2" not in told
    for headers in ({}, {"X-Requested-With": "fetch"}):
        sent = {"revision": 0, "value-competence-A2-C2": "yes", "value-competence-A2-C1": "yes"}
        response = client.post(url, sent, headers=headers)
        assert response.status_code == 422
        assert "n’est pas évaluée" in plain(response)
    assert not Rating.objects.exists()


@pytest.mark.parametrize("headers", [{}, {"X-Requested-With": "fetch"}])
def test_two_windows_of_one_evaluator_overwrite_nothing(
    cast: Cast, signed_in: SignedIn, headers: dict[str, str]
) -> None:
    pair = rated.held(cast)
    client, url = signed_in(cast.evaluator), page("grid", pair.sitting)
    client.post(url, rated.values(C1="yes"), headers=headers)
    sent = {**rated.values(C1="no"), "comment-competence-C1": "Vu autrement"}
    response = client.post(url, sent, headers=headers)
    assert (response.status_code, response.headers["X-Revision"]) == (409, "1")
    told = plain(response)
    assert "Vu autrement" in told and "dans une autre fenêtre" in told
    assert Rating.objects.get().is_acquired is True
    assert client.post(url, {**sent, "revision": 1}, headers=headers).status_code in (204, 302)
    assert Rating.objects.get().comment == "Vu autrement"


def test_other_lines_are_kept_from_both_windows(cast: Cast, signed_in: SignedIn) -> None:
    pair = rated.held(cast)
    client, url = signed_in(cast.evaluator), page("grid", pair.sitting)
    for code in SIX:
        assert client.post(url, rated.values(0, **{code: "yes"})).status_code == 302
    assert Rating.objects.count() == 6


def test_what_was_sent_twice_because_the_answer_was_lost_is_no_conflict(cast: Cast, signed_in: SignedIn) -> None:
    pair = rated.held(cast)
    client, url = signed_in(cast.evaluator), page("grid", pair.sitting)
    for _again in range(2):
        assert client.post(url, rated.values(C1="yes")).status_code == 302
    assert client.post(url, rated.values(C1="yes", C2="no")).status_code == 302
    assert Evaluator.objects.get(pk=pair.outside.pk).revision == 2


def test_words_too_long_are_told_and_kept(cast: Cast, signed_in: SignedIn) -> None:
    pair = rated.held(cast)
    client, url = signed_in(cast.evaluator), page("grid", pair.sitting)
    sent = {**rated.values(C1="yes"), "comment-competence-C1": "é" * 2001}
    response = client.post(url, sent)
    assert response.status_code == 422
    assert "1 caractère de trop" in plain(response) and "é" * 2001 in plain(response)
    assert not Rating.objects.exists()


def test_signing_is_refused_with_the_lines_that_miss(cast: Cast, signed_in: SignedIn) -> None:
    pair = rated.held(cast)
    client, grid, sign = (signed_in(cast.evaluator), page("grid", pair.sitting), page("sign", pair.sitting))
    assert client.post(grid, {**rated.values(C1="yes"), "sign": "1"}).headers["Location"] == sign
    told = text(client, sign)
    assert "Il reste 6 lignes à noter" in told
    response = client.post(sign, {"revision": 1})
    assert response.status_code == 422 and "#l-competence-C2" in plain(response)
    client.post(grid, rated.whole(cast, revision=1))
    assert client.post(sign, {"revision": 1}).status_code == 409
    assert client.post(sign, {"revision": 2}).status_code == 302
    kept = Evaluator.objects.get(pk=pair.outside.pk)
    assert kept.signed_at is not None and kept.assurance == "email", "as sure as their way in"
    assert "Vous avez signé le" in text(client, page("sitting", pair.sitting))
    assert client.post(grid, rated.values(C1="no", revision=2)).status_code == 422
    assert client.get(page("differences", pair.sitting)).headers["Location"] == page("sitting", pair.sitting)


def test_nobody_signs_before_links_are_declared(cast: Cast, signed_in: SignedIn) -> None:
    pair = rated.planned(cast)
    tell_attendance(sitting=pair.sitting, attendance=Attendance.HELD, by=cast.secretary, at=LATER)
    client = signed_in(cast.evaluator)
    client.post(page("grid", pair.sitting), rated.whole(cast))
    response = client.post(page("sign", pair.sitting), {"revision": 1})
    assert response.status_code == 422
    assert "Dites d’abord si un lien vous rattache au candidat." in plain(response)


def differing(cast: Cast) -> Pair:
    """Both signed; they differ on C4."""
    pair = rated.held(cast)
    signed(pair.professional)
    signed(pair.outside, "C4")
    return pair


def test_only_the_lines_that_differ_are_shown_and_settled(cast: Cast, signed_in: SignedIn) -> None:
    pair = differing(cast)
    client, other, url = signed_in(cast.evaluator), signed_in(cast.professional), page("differences", pair.sitting)
    told = text(client, url)
    assert "1 ligne à régler" in told and "Vu : C4" in told
    assert "Vu : C1" not in told
    sent = {"line": "competence-C4", "value": "yes", "reason": ""}
    assert client.post(url, sent).status_code == 422
    assert client.post(url, {**sent, "value": "no", "reason": "Je maintiens."}).status_code == 302
    assert "Je maintiens." in text(other, url)
    assert other.post(url, {**sent, "value": "no", "reason": "D’accord, il manque la preuve."}).status_code == 302
    told = text(client, url)
    assert "Tout est arrêté" in told and "Réglée" in told and "il manque la preuve" in told
    assert Result.objects.get(code="C4").is_acquired is False
    assert "Épreuve réussie" in told
    assert client.post(url, {**sent, "reason": "Encore"}).status_code == 302
    assert Stand.objects.count() == 2


def test_a_void_sitting_shows_no_difference(cast: Cast, signed_in: SignedIn) -> None:
    pair = differing(cast)
    Sitting.objects.filter(pk=pair.sitting.pk).update(attendance="void", incidents="x")
    response = signed_in(cast.evaluator).get(page("differences", pair.sitting))
    assert response.headers["Location"] == page("sitting", pair.sitting)


def test_pages_ask_the_database_little(cast: Cast, signed_in: SignedIn) -> None:
    pair = differing(cast)
    client = signed_in(cast.evaluator)
    for name in ("mine", "sitting", "grid", "differences"):
        url = page(name, None if name == "mine" else pair.sitting)
        client.get(url)
        with CaptureQueriesContext(connection) as asked:
            client.get(url)
        assert len(asked) <= 25, (name, len(asked))
