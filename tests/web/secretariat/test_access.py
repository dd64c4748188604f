"""The secretariat opens a file to those who evaluate: accredited people first, for a time, journaled."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from parchemin.records.candidacies.actions import sharing
from parchemin.records.candidacies.models import FileAccess
from parchemin.records.people.actions.accrediting import accredit
from parchemin.records.people.models import Person, Role
from tests.web import cast as casting
from tests.web.cast import AT, CQP, FEST, ON, Cast
from tests.web.secretariat import desk
from tests.web.secretariat.desk import TODAY, page, words

SignedIn = Callable[[Person], Client]
pytestmark = pytest.mark.django_db
END = TODAY + timedelta(days=60)


def accredited(cast: Cast, until_on: date | None = None, scheme: str = CQP) -> None:
    accredit(
        person=cast.evaluator, organisation=cast.organisation, scheme=scheme, actor="external_evaluator",
        from_on=ON, until_on=until_on, at=AT,
    )  # fmt: skip


def sent(**changes: str) -> dict[str, str]:
    return {"role": "evaluator", "person": "", "email": "", "until_on": END.isoformat(), **changes}


def test_accredited_people_are_offered_first(cast: Cast, browser: Client, signed_in: SignedIn) -> None:
    row = desk.received(cast)
    assert "Personne n’est habilité pour cette certification" in words(browser.get(page("access", row.pk)))
    accredited(cast, END)
    accredited(cast, scheme=FEST)
    text = words(browser.get(page("access", row.pk)))
    assert text.count("Esther Spécimen — Évaluateur externe, jusqu’au 15 mai 2026") == 1
    answer = browser.post(page("access", row.pk), sent(person=str(cast.evaluator.pk)), follow=True)
    assert "Le dossier est ouvert" in words(answer)
    assert mail.outbox[0].to == [cast.evaluator.email]
    assert row.number in mail.outbox[0].body and "Odile" not in mail.outbox[0].body
    assert signed_in(cast.evaluator).get(reverse("followed:file", args=[row.pk])).status_code == 200
    history = words(browser.get(page("history", row.pk)))
    assert "Accès ouvert à une personne" in history and "Dossier lu pour la première fois" in history


def test_an_access_does_not_outlast_the_accreditation(cast: Cast, browser: Client) -> None:
    row = desk.received(cast)
    accredited(cast, END - timedelta(days=1))
    answer = browser.post(page("access", row.pk), sent(person=str(cast.evaluator.pk)))
    assert answer.status_code == 422
    assert "Son habilitation finit le 14 mai 2026" in words(answer)
    assert not FileAccess.objects.exists()


def test_somebody_unknown_is_invited(cast: Cast, browser: Client, signed_in: SignedIn) -> None:
    row = desk.received(cast)
    browser.post(page("access", row.pk), sent(email="rose@example.org", role="professional"))
    text = words(browser.get(page("access", row.pk)))
    assert "rose@example.org" in text and "Invitation à accepter avant le 30 mars 2026" in text
    (address,) = re.findall(r"https?://[^/]+(/compte/invitation/\S+)", str(mail.outbox[0].body))
    rose = casting.person("rose", "Rose", "Invitée")
    assert signed_in(rose).post(address, follow=True).status_code == 200
    assert row.accesses.get().role == Role.PROFESSIONAL


@pytest.mark.parametrize("both", [True, False])
def test_one_person_is_chosen_and_not_two(cast: Cast, browser: Client, both: bool) -> None:
    row = desk.received(cast)
    accredited(cast)
    told = {"person": str(cast.evaluator.pk), "email": "rose@example.org"} if both else {}
    answer = browser.post(page("access", row.pk), sent(**told))
    assert answer.status_code == 422
    assert "l’un des deux" in words(answer)
    assert not mail.outbox


def test_a_companion_is_not_the_secretariats_to_choose(cast: Cast, browser: Client) -> None:
    row = desk.received(cast)
    answer = browser.post(page("access", row.pk), sent(email="rose@example.org", role="companion"))
    assert answer.status_code == 422
    assert not FileAccess.objects.exists()


def test_the_candidate_is_not_a_guest_on_their_own_file(cast: Cast, browser: Client) -> None:
    row = desk.received(cast)
    answer = browser.post(page("access", row.pk), sent(email=cast.candidate.email))
    assert answer.status_code == 422
    assert "la personne dont c’est le dossier" in words(answer)


def test_it_is_closed_at_once_and_the_candidates_are_the_candidates(
    cast: Cast, browser: Client, signed_in: SignedIn
) -> None:
    row = desk.received(cast)
    told: dict[str, Any] = {"candidacy": row, "at": AT, "on": ON, "until_on": END}
    own = sharing.grant_access(person=cast.evaluator, role=Role.EVALUATOR, by=cast.secretary, **told)
    theirs = sharing.grant_access(person=cast.outsider, role=Role.COMPANION, by=cast.candidate, **told)
    text = words(browser.get(page("access", row.pk)))
    assert "Ouvert par Hélène Canevas" in text and "Ouvert par le candidat" in text
    assert browser.post(page("close_access", row.pk, theirs.pk)).status_code == 404
    assert "L’accès est fermé" in words(browser.post(page("close_access", row.pk, own.pk), follow=True))
    assert signed_in(cast.evaluator).get(reverse("followed:file", args=[row.pk])).status_code == 404
    assert signed_in(cast.outsider).get(reverse("followed:file", args=[row.pk])).status_code == 200


def test_a_file_that_is_closed_is_opened_to_nobody(cast: Cast, browser: Client) -> None:
    row = desk.decided(cast, is_favourable=False)
    assert "tant qu’il est en cours" in words(browser.get(page("access", row.pk)))
    answer = browser.post(page("access", row.pk), sent(email="rose@example.org"), follow=True)
    assert "il n’y a plus lieu de le faire" in words(answer)
    assert not FileAccess.objects.exists()


def test_the_file_page_leads_to_it(cast: Cast, browser: Client) -> None:
    row = desk.received(cast)
    assert page("access", row.pk) in words(browser.get(page("file", row.pk)))
