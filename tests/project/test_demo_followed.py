"""After the demonstration whoever answers for a body finds files sent and answered, and figures that were published."""

from datetime import date

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from parchemin.catalogue.lives import read_life
from parchemin.catalogue.lookup import Catalogue
from parchemin.places import library
from parchemin.project.demo import making
from parchemin.project.demo.cast import Cast
from parchemin.project.demo.learning import ten
from parchemin.records.followups.models import Answer, Followup, PublishedFigures
from parchemin.records.journal import queries as journal
from parchemin.records.people.models import Person
from parchemin.records.transmissions.models import Batch, Line, State
from tests.samples import DEMO
from tests.web.secretariat.desk import words

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 22)
MASTER, CQP = "master-meef-formation", "cqp-assistant-formation"
LIVES = (f"{MASTER}-student", f"{MASTER}-vae", f"{CQP}-pathway")


def lived() -> Cast:
    """Two masters and a CQP, walked in the records."""
    cast, catalogue = making.make(timezone.now(), ON), Catalogue(library("schemes"))
    for life in LIVES:
        list(making.walked(cast, read_life(DEMO / "lives" / f"{life}.yaml"), catalogue))
    return cast


def test_what_was_awarded_is_sent_and_what_became_of_holders_is_counted(client: Client) -> None:
    with time_machine.travel(ten(ON), tick=True):
        cast = lived()
        assert making.followed(cast, ON) == (1, 1, 1)
        assert journal.verify().is_whole
        _sent(cast, client)
        _counted(cast, client)


def _sent(cast: Cast, client: Client) -> None:
    batch = Batch.objects.get()
    assert timezone.localdate(batch.made_at) == date(2026, 10, 20) and batch.count == 2
    states = {one.certificate.candidacy.candidate.name: one.state for one in Line.objects.exclude(bar__gt="")}
    assert states == {"Salim Haddad": State.REJECTED, "Élise Tanguy": State.ACCEPTED}
    text = _read(client, cast.managers[MASTER], reverse("transmission:home", args=[cast.bodies[MASTER].pk]))
    assert "Refusée, à corriger" in text and "Salim" in text and "reste 33 jours" in text
    assert "Aucun titulaire ne correspond aux critères obligatoires" in text


def _counted(cast: Cast, client: Client) -> None:
    row = cast.certifications[CQP]
    assert Followup.objects.get().state == "answered" and Answer.objects.get().situation == "employed"
    assert not mail.outbox
    years = sorted(PublishedFigures.objects.filter(certification=row).values_list("year", flat=True))
    assert years == [2025]
    text = _read(client, cast.managers[CQP], reverse("figures:year", args=[row.pk, years[-1]]))
    assert "1 sur 1" in text and "6 mois après la décision" in text


def _read(client: Client, person: Person, address: str) -> str:
    client.force_login(person)
    return " ".join(words(client.get(address)).split())
