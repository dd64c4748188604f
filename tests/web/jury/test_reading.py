"""What whoever reads a session, its minutes or a result is told: who stands in for whom, who sat, what is left."""

from collections.abc import Callable

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from parchemin.records.juries.models import Hearing, Minutes, Verdict
from parchemin.records.juries.queries.sessions import members_of
from parchemin.records.people.models import Person
from tests.edges.letters.cast import read as read_pdf
from tests.edges.letters.cast import squeezed
from tests.journeys import jury
from tests.journeys.jury import Chosen, Panel
from tests.records.juries import bench as benches
from tests.records.juries.bench import AFTER, EMPLOYEES, EMPLOYERS, transmitted
from tests.web.cast import CQP, Cast
from tests.web.secretariat.desk import words

SignedIn = Callable[[Person], Client]
pytestmark = pytest.mark.django_db
FOUR = (
    Chosen(login="alix", given="Alix", college=EMPLOYERS),
    Chosen(login="berenger", given="Bérenger", college=EMPLOYERS, gender="m"),
    Chosen(login="cyriane", given="Cyriane", college=EMPLOYEES, is_chair=True),
    Chosen(login="doran", given="Doran", college=EMPLOYEES, gender="m"),
)
STANDS = Chosen(login="elsa", given="Elsa", college=EMPLOYERS, substitutes="alix")
TOLD = "supplée Alix Fictif"


@pytest.fixture
def panel(cast: Cast) -> Panel:
    """The joint jury of the sector certification, somebody standing in for the first of its employers."""
    transmitted(cast)
    return jury.planned(cast, CQP, "joint", *FOUR, STANDS, previous_college=EMPLOYERS)


@pytest.fixture
def hearing(panel: Panel, cast: Cast) -> Hearing:
    """The file before it, nobody tied to its candidate."""
    [found] = panel.heard(cast.candidate.candidacies.get())
    panel.declared(found)
    return found


def test_who_opens_the_session_reads_who_stands_in_for_whom(
    panel: Panel, hearing: Hearing, signed_in: SignedIn
) -> None:
    told = words(signed_in(panel.chair).get(reverse("jury:live", args=[panel.session.pk])))
    assert f"Elsa Fictif, {TOLD}" in told  # beside the presence to tell
    assert told.count(TOLD) == 2  # and among the members


def test_the_minutes_say_who_stood_in_for_whom(panel: Panel, hearing: Hearing, signed_in: SignedIn) -> None:
    panel.opened("alix").said(hearing).voted(hearing, but=("alix",)).decided(hearing)
    minutes, client = panel.drawn(), signed_in(panel.chair)
    assert TOLD in words(client.get(reverse("jury:minutes", args=[minutes.pk])))
    paper = read_pdf(client.get(reverse("jury:minutes_pdf", args=[minutes.pk])).content)
    assert squeezed(TOLD) in squeezed(paper.text)


def test_the_paper_reads_as_the_page_does(panel: Panel, hearing: Hearing, signed_in: SignedIn) -> None:
    panel.opened("elsa").said(hearing).voted(hearing, but=("elsa",)).decided(hearing)
    place = reverse("jury:minutes_pdf", args=[panel.drawn().pk])
    paper = squeezed(read_pdf(signed_in(panel.chair).get(place).content).text)
    named = ", ".join(one.person.name for one in members_of(panel.fresh) if one.person.given_name != "Elsa")
    assert squeezed(named) in paper  # in the order of the jury, whoever chairs first
    assert squeezed("Présent, préside") in paper
    assert "'" not in paper


def test_the_office_is_told_who_has_not_said_what_ties_them(panel: Panel, cast: Cast, signed_in: SignedIn) -> None:
    [hearing] = panel.nominated().heard(cast.candidate.candidacies.get())
    panel.called()
    place = reverse("jury:session", args=[panel.session.pk])
    told = "5 membres n’ont pas encore dit leurs liens avec les candidats."
    shown = words(signed_in(cast.secretary).get(place))
    assert told in shown and "Tout est prêt pour la session." not in shown
    panel.declared(hearing)
    assert "Tout est prêt pour la session." in words(signed_in(cast.secretary).get(place))


def test_a_jury_that_is_not_valid_is_told_once(panel: Panel, hearing: Hearing, signed_in: SignedIn) -> None:
    panel.opened("alix", "elsa", "berenger", reason="Les employeurs sont retenus.").said(hearing)
    place = reverse("jury:decide", args=[panel.session.pk, hearing.pk])
    revision = Hearing.objects.get().revision
    values = {f"value-{code}": "yes" for code in benches.SIX}
    answer = signed_in(panel.chair).post(
        place, {**values, "attested": ["conformity_verified"], "revision": revision, "act": "decide", "verdict": "full"}
    )
    shown = words(answer)
    assert answer.status_code == 422 and "Le jury ne peut pas délibérer sur ce dossier" in shown
    assert "Le jury n’est pas valide pour ce candidat." in shown
    assert "Le jury ne peut pas délibérer.<" not in shown


def test_minutes_say_of_a_part_awarded_what_was_decided(cast: Cast, signed_in: SignedIn) -> None:
    bench = benches.bench(cast)
    with time_machine.travel(AFTER, tick=False):
        [hearing] = bench.ready(transmitted(cast))
        bench.settle(hearing, Verdict.PARTIAL, "Rien ne le montre.", C6=False)
        bench.draw()
        shown = words(signed_in(cast.secretary).get(reverse("jury:minutes", args=[Minutes.objects.get().pk])))
        on_page = words(signed_in(cast.secretary).get(reverse("jury:hearing", args=[bench.session.pk, hearing.pk])))
    for told in (shown, on_page):
        assert "La certification peut être délivrée." not in told and "Délivrance partielle" in told
