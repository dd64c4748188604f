"""A rule that holds a file back is lifted from the page that tells it, by the office alone."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from parchemin.records.candidacies.models import Candidacy, OverrideRecord
from parchemin.records.people.models import Person
from tests.records.assessments import sending
from tests.records.assessments.sending import ATTESTED
from tests.records.assessments.sheets import LATER
from tests.records.candidacies import files
from tests.web import cast as casting
from tests.web.assessment.test_ledger import page, shared, words
from tests.web.cast import Cast
from tests.web.posted import typed
from tests.web.secretariat.desk import NOW

SignedIn = Callable[[Person], Client]
RULE = "assessment.accreditation"


@pytest.fixture(autouse=True)
def that_day() -> Iterator[None]:
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def row(cast: Cast) -> Candidacy:
    """A file assessed before somebody whose accreditation had ended."""
    made = files.decided(cast, files.completed(cast, casting.opened(cast.candidate, cast.certification())))
    made = sending.ready(cast, shared(cast, made))
    cast.evaluator.accreditations.update(until_on=date(2026, 2, 23))
    return Candidacy.objects.get(pk=made.pk)


def test_the_office_lifts_it_and_the_file_goes(cast: Cast, row: Candidacy, signed_in: SignedIn) -> None:
    office, url = signed_in(cast.secretary), reverse("secretariat:override", args=[row.pk, RULE])
    attested = {"attested": list(ATTESTED)}
    held = office.post(page("transmit", row), {"revision": row.revision, **attested})
    assert held.status_code == 422 and f'href="{url}"' in words(held)
    answer = office.post(url, typed(office.get(url).content.decode(), url, {"reason": "Vu.", "source": "PV du 2 mars"}))
    assert answer.status_code == 302 and answer["Location"] == page("transmit", row)
    told = words(office.get(page("transmit", row)))
    assert f'href="{url}"' not in told and "PV du 2 mars" in told
    row.refresh_from_db()
    sent = office.post(page("transmit", row), {"revision": row.revision, **attested})
    assert sent.status_code == 302 and row.transmissions.count() == 1


def test_whoever_assesses_reads_it_and_does_not_lift_it(cast: Cast, row: Candidacy, signed_in: SignedIn) -> None:
    url = reverse("secretariat:override", args=[row.pk, RULE])
    for who in (cast.evaluator, cast.professional, cast.companion, cast.candidate, cast.other_secretary):
        client = signed_in(who)
        assert client.get(url).status_code in (403, 404)
        assert client.post(url, {"reason": "x", "source": "x", "revision": row.revision}).status_code in (403, 404)
    told = words(signed_in(cast.evaluator).get(page("transmit", row)))
    assert "habilitation finie" in told and url not in told
    assert not OverrideRecord.objects.exists()


def test_a_firm_rule_has_no_such_way(cast: Cast, row: Candidacy, signed_in: SignedIn) -> None:
    cast.evaluator.accreditations.update(until_on=None)
    row.documents.get(kind="decision_form").versions.update(removed_at=LATER)
    office, url = signed_in(cast.secretary), reverse("secretariat:override", args=[row.pk, "completeness.documents"])
    held = words(office.post(page("transmit", row), {"revision": row.revision, "attested": list(ATTESTED)}))
    assert "Fiche de décision : manque" in held and url not in held
    assert "n’appelle pas de dérogation" in words(office.get(url, follow=True))
    forged = office.post(url, {"reason": "x", "source": "x", "revision": row.revision})
    assert "n’admet pas de dérogation" in words(forged) and not OverrideRecord.objects.exists()
