"""From a certificate to a figure that a stranger reads: a holder answers the letter's link on a phone."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.mail import EmailMessage

from parchemin.project.tasks import follow_holders
from parchemin.records.followups.models import Answer, Followup
from tests.journeys.visitor import Visitor
from tests.records.followups.bench import ASKED_AT, PUBLISHED_AT, SIX_LATER, answered, holders
from tests.records.juries.bench import DAY
from tests.web.cast import ALTERNANCE, Cast
from tests.web.looking import PHONE

Visit = Callable[..., Visitor]
YEAR = DAY.year


@pytest.fixture(autouse=True)
def six_months_later() -> Iterator[None]:
    with time_machine.travel(ASKED_AT, tick=True):
        yield


def link_in(letter: EmailMessage) -> str:
    """Where the letter leads."""
    found = re.search(r"/suivi-insertion/\S+/", str(letter.body))
    assert found
    return found[0]


def test_a_holder_answers_and_a_stranger_reads_the_figure(cast: Cast, visit: Visit) -> None:
    hearings = holders(cast, 6)
    assert follow_holders.call((SIX_LATER - timedelta(days=1)).isoformat()) == 0
    assert follow_holders.call(SIX_LATER.isoformat()) == 6
    first = hearings[0].candidacy
    link = link_in(next(one for one in mail.outbox if one.to == [first.candidate.email]))

    holder = visit()
    holder.page.set_viewport_size(PHONE)
    holder.go(link).sees("Que devenez-vous", "Votre situation aujourd'hui", "Je ne veux pas répondre")
    assert first.candidate.family_name not in holder.words
    holder.fill(situation="employed").click("Répondre", exact=True).sees("Dites si ce travail")
    holder.fill(is_target_job="yes", contract="permanent", started="2026-05").click("Répondre", exact=True)
    holder.sees("Merci de votre réponse")
    assert Answer.objects.get().followup.candidacy_id == first.pk
    for row in Followup.objects.filter(state="asked")[:4]:
        answered(row)

    page = f"/chiffres/{first.certification_id}/{YEAR}/"
    manager, stranger = visit(cast.manager), visit()
    manager.go("/chiffres/").follow(page).sees("Candidats jugés", "83 % (5 sur 6)", "100 % (5 sur 5)")
    stranger.go(f"/referentiels/{ALTERNANCE}/").sees("Blocs et compétences")
    assert "Chiffres publiés" not in stranger.words
    with time_machine.travel(PUBLISHED_AT, tick=True):
        manager = visit(cast.manager)
        manager.go(page).click("Publier ces chiffres").sees("Voici ce que tout le monde lira", "5 sur 5")
        manager.click("Publier ces chiffres").sees(f"Les chiffres de {YEAR} sont publiés")
        stranger.go(f"/referentiels/{ALTERNANCE}/").sees("Chiffres publiés", f"Année {YEAR}", "100 % (5 sur 5)")
