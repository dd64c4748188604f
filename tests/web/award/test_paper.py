"""The certificate that the body prints, then its duplicate, for nobody else."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from parchemin.edges.credentials import carried
from parchemin.project.proving import prove
from parchemin.records.awards.actions.changing import issue_duplicate, revoke
from parchemin.records.awards.models import Certificate
from parchemin.records.people.models import Person
from tests.edges.letters.cast import read
from tests.records.awards.bench import ISSUED_AT, decided, given, housed
from tests.web.award.bench import other_manager
from tests.web.cast import ALTERNANCE, Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def issued(cast: Cast) -> Certificate:
    housed(cast, ALTERNANCE)
    return given(decided(cast, ALTERNANCE, "apprenticeship", "partial", ("B1",), "B2"), cast.manager)[0]


def test_printed_then_printed_again(cast: Cast, issued: Certificate, signed_in: Callable[[Person], Client]) -> None:
    client, place = signed_in(cast.manager), reverse("award:paper", args=[issued.pk])
    prove(ISSUED_AT)
    first = client.get(place)
    assert first.headers["Content-Type"] == "application/pdf" and str(issued) in first.headers["Content-Disposition"]
    assert carried(first.content) == Certificate.objects.get(pk=issued.pk).credential.text
    assert client.get(f"{place}?duplicata=1").status_code == 404
    said = {"certificate": issued, "by": cast.manager, "at": ISSUED_AT}
    issue_duplicate(**said, reason="Perdu.", proof="Passeport")  # type: ignore[arg-type]
    again = client.get(f"{place}?duplicata=1")
    assert "DUPLICATA" in read(again.content).text.upper() and "DUPLICATA" not in read(first.content).text.upper()
    assert f"{place}?duplicata=1" in client.get(reverse("award:certificate", args=[issued.pk])).content.decode()
    revoke(**said, reason="Motif fictif.")  # type: ignore[arg-type]
    assert client.get(place).status_code == 404


def test_nobody_else_prints_it(cast: Cast, issued: Certificate, signed_in: Callable[[Person], Client]) -> None:
    place = reverse("award:paper", args=[issued.pk])
    for who in (other_manager(cast), cast.secretary, cast.candidate, cast.outsider):
        assert signed_in(who).get(place).status_code in (403, 404)
    assert Client().get(place).status_code == 302
