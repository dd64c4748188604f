"""Contesting a decision, once, and what comes of it; a refused accommodation asked for again."""

from collections.abc import Callable
from typing import Any

import time_machine
from django.test import Client
from django.urls import reverse

from parchemin.records.candidacies.actions import closing, deciding, talking
from parchemin.records.candidacies.models import Appeal, Candidacy
from parchemin.records.people.models import Person
from tests.web import cast as casting
from tests.web.candidate import paths
from tests.web.candidate.paths import read

SignedIn = Callable[[Person], Client]
LATER = "2026-03-09 10:00 +0100"
CONTEST = "Vous pouvez contester cette décision"


def pages(row: Candidacy) -> tuple[str, str]:
    """Where the refusal is read, and where it is contested."""
    record = row.decisions.get(answer="unfavourable")
    return (
        reverse("candidate:decision", args=[row.pk, record.pk]),
        reverse("candidate:appeal", args=[row.pk, record.pk]),
    )


def answer(cast: casting.Cast, *, is_upheld: bool) -> None:
    closing.answer_appeal(
        appeal=Appeal.objects.get(),
        is_upheld=is_upheld,
        answer="Relu en entier.",
        by=cast.secretary,
        at=paths.later(8),
        on=paths.day(8),
    )


@time_machine.travel(LATER, tick=False)
def test_a_refusal_is_contested_and_waits_for_its_answer(cast: casting.Cast, signed_in: SignedIn) -> None:
    row = paths.answered(cast, is_favourable=False)
    client = signed_in(cast.candidate)
    page, url = pages(row)
    assert CONTEST in read(client.get(page))
    assert client.post(url, {"grounds": ""}).status_code == 422
    assert client.post(url, {"grounds": "J’ai bien trois ans."}).status_code == 302
    shown = read(client.get(page))
    assert "J’ai bien trois ans." in shown
    assert "doit vous répondre par écrit" in shown
    assert CONTEST not in shown
    assert "déjà contestée" in read(client.post(url, {"grounds": "Encore."}))
    complete = row.decisions.get(answer="complete")
    assert client.get(reverse("candidate:appeal", args=[row.pk, complete.pk])).status_code == 404


@time_machine.travel(LATER, tick=False)
def test_a_refusal_maintained_is_not_contested_again(cast: casting.Cast, signed_in: SignedIn) -> None:
    row = paths.answered(cast, is_favourable=False)
    client = signed_in(cast.candidate)
    page, url = pages(row)
    client.post(url, {"grounds": "J’ai bien trois ans."})
    answer(cast, is_upheld=False)
    shown = read(client.get(page))
    assert "L’organisme maintient sa décision" in shown
    assert "Relu en entier." in shown
    assert url not in shown
    assert client.get(url, follow=True).redirect_chain == [(page, 302)]
    again = client.post(url, {"grounds": "Encore."})
    assert again.status_code == 422
    assert "ne se conteste qu’une fois" in read(again)
    assert Appeal.objects.count() == 1


@time_machine.travel(LATER, tick=False)
def test_a_refusal_set_aside_is_not_contested_again(cast: casting.Cast, signed_in: SignedIn) -> None:
    row = paths.answered(cast, is_favourable=False)
    client = signed_in(cast.candidate)
    page, url = pages(row)
    client.post(url, {"grounds": "J’ai bien trois ans."})
    answer(cast, is_upheld=True)
    shown = read(client.get(page))
    assert "cette décision est écartée" in shown
    assert url not in shown
    assert client.post(url, {"grounds": "Encore."}).status_code == 422


@time_machine.travel(LATER, tick=False)
def test_a_contest_taken_back_may_be_made_again(cast: casting.Cast, signed_in: SignedIn) -> None:
    row = paths.answered(cast, is_favourable=False)
    client = signed_in(cast.candidate)
    page, url = pages(row)
    client.post(url, {"grounds": "J’ai bien trois ans."})
    taking_back = reverse("candidate:withdraw_appeal", args=[row.pk, Appeal.objects.get().pk])
    assert taking_back in read(client.get(page))
    assert "restera ce qu’elle est" in read(client.get(taking_back))
    assert Appeal.objects.get().state == "filed"
    client.post(taking_back)
    assert Appeal.objects.get().state == "withdrawn"
    assert CONTEST in read(client.get(page))
    assert "Une réponse a déjà été donnée" in read(client.post(taking_back, follow=True))
    client.post(url, {"grounds": "Mieux dit."})
    assert [one.state for one in Appeal.objects.all()] == ["withdrawn", "filed"]


@time_machine.travel(LATER, tick=False)
def test_a_lapse_that_was_lifted_is_not_contested(cast: casting.Cast, signed_in: SignedIn) -> None:
    row = paths.answered(cast, is_favourable=True)
    acts: dict[str, Any] = {"by": cast.secretary, "at": paths.later(3), "on": paths.day(3)}
    record = deciding.lapse_candidacy(candidacy=row, reason="Sans nouvelles.", **acts)
    url = reverse("candidate:appeal", args=[row.pk, record.pk])
    page = reverse("candidate:decision", args=[row.pk, record.pk])
    client = signed_in(cast.candidate)
    assert url in read(client.get(page))
    deciding.restore_candidacy(candidacy=row, reason="Revenue.", **acts)
    assert url not in read(client.get(page))
    assert client.post(url, {"grounds": "x"}).status_code == 422


def test_a_refused_accommodation_is_contested_by_asking_again(cast: casting.Cast, signed_in: SignedIn) -> None:
    row = casting.opened(cast.candidate, cast.certification())
    client = signed_in(cast.candidate)
    url = reverse("candidate:accommodation", args=[row.pk])
    assert "Contester ce refus" not in read(client.get(url))
    client.post(url, {"need": "Un tiers-temps"})
    talking.decide_accommodation(
        accommodation=row.accommodations.get(),
        is_granted=False,
        reason="Épreuve sans durée.",
        by=cast.secretary,
        at=casting.AT,
        on=casting.ON,
    )
    shown = read(client.get(url))
    assert "Épreuve sans durée." in shown
    assert "Contester ce refus, ou demander autre chose" in shown
    assert "Défenseur des droits" in shown
    assert client.post(url, {"need": "Elle dure deux heures."}).status_code == 302
    assert row.accommodations.filter(state="asked").count() == 1
    assert "Contester ce refus" not in read(client.get(url))
