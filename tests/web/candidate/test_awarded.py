"""What a candidate reads of their file from the jury to the certificate: never that they still have to prepare it."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from parchemin.records.awards.actions.changing import revoke
from parchemin.records.juries.actions.publishing import publish_results
from parchemin.records.juries.models import Hearing
from parchemin.records.people.models import Person
from tests.records.awards.bench import ISSUED_AT, checked, given, housed
from tests.records.juries.bench import AFTER, DAY, transmitted
from tests.records.juries.bench import bench as prepared
from tests.web.cast import CQP, Cast
from tests.web.secretariat.desk import words

pytestmark = pytest.mark.django_db
SignedIn = Callable[[Person], Client]


def test_from_the_jury_to_the_certificate_the_home_says_what_is_waited_for(cast: Cast, signed_in: SignedIn) -> None:
    housed(cast, CQP)
    bench = prepared(cast)
    row = transmitted(cast)
    client = signed_in(row.candidate)

    def home() -> str:
        return words(client.get(reverse("candidate:home")))

    def file() -> str:
        return words(client.get(reverse("candidate:file", args=[row.pk])))

    assert "votre dossier est complet, il attend une date de jury" in home()
    (hearing,) = bench.closed(row)
    assert "votre dossier est devant le jury" in home() and "À vous de jouer" not in home()
    assert "À vous de jouer" not in file()
    publish_results(session=bench.session, at=AFTER, on=DAY, by=cast.secretary)
    checked(cast, row.candidate)
    assert "votre certificat va vous être délivré" in home() and "À vous de jouer" not in file()
    (made,) = given(Hearing.objects.get(pk=hearing.pk), cast.manager)
    for page in (home(), file()):
        assert "Certification obtenue" in page and "À vous de jouer" not in page
        assert "Préparez votre dossier" not in page
    assert reverse("held:mine") in client.get(reverse("candidate:file", args=[row.pk])).content.decode()
    assert "Mon parcours" in file() and "Retirer ma candidature" not in file()
    revoke(certificate=made, reason="Fraude constatée.", by=cast.manager, at=ISSUED_AT)
    assert "Votre certificat a été retiré" in home()
