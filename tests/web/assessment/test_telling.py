"""Those who assess say how the sitting went off; the office corrects it, and everybody reads who said what."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from parchemin.records.assessments.actions.planning import declare_links
from parchemin.records.assessments.models import Evaluator, Sitting, Telling
from parchemin.records.candidacies.actions.sharing import grant_access
from parchemin.records.candidacies.models import Candidacy
from parchemin.records.people.models import Person, Role
from tests.web.assessment import planned as scene
from tests.web.assessment.planned import NOW, page
from tests.web.assessment.test_ledger import words
from tests.web.cast import AT, ON, Cast
from tests.web.posted import typed

SignedIn = Callable[[Person], Client]


@pytest.fixture(autouse=True)
def that_day() -> Iterator[None]:
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def row(cast: Cast) -> Candidacy:
    return scene.admissible(cast)


@pytest.fixture
def sitting(cast: Cast, row: Candidacy) -> Sitting:
    """One whose hour has passed, before two evaluators."""
    return scene.with_pair(cast, row, starts_at=NOW - timedelta(hours=3))


def sent(client: Client, url: str, **answers: object) -> Any:
    return client.post(url, typed(client.get(url).content.decode(), url, answers))


def test_an_evaluator_says_that_it_was_held(cast: Cast, sitting: Sitting, signed_in: SignedIn) -> None:
    client = signed_in(cast.evaluator)
    listed = words(client.get(page("mine")))
    assert "Dites si l’épreuve s’est tenue" in listed
    url = page("tell_sitting", sitting.pk)
    assert f'href="{url}"' in words(client.get(page("sitting", sitting.pk)))
    form = words(client.get(url))
    assert "Denis Échantillon" in form and 'value="void"' not in form and 'value="excused"' not in form
    answer = sent(client, url, attendance="held", minutes="170", incidents="Alarme de dix minutes.")
    assert answer.status_code == 302 and answer["Location"] == page("sitting", sitting.pk)
    kept = Sitting.objects.get()
    assert (kept.attendance, kept.minutes, kept.incidents) == ("held", 170, "Alarme de dix minutes.")
    assert Telling.objects.get().told_by == cast.evaluator and Evaluator.objects.count() == 2
    for who, name in ((cast.professional, "sitting"), (cast.evaluator, "sitting"), (cast.secretary, "planned")):
        told = words(signed_in(who).get(page(name, sitting.pk)))
        assert "Noté par Esther Spécimen" in told and "Alarme de dix minutes." in told and "2 h 50" in told
    assert "data-line" in words(signed_in(cast.professional).get(page("grid", sitting.pk)))


def test_an_evaluator_says_who_was_away_but_never_themselves(cast: Cast, sitting: Sitting, signed_in: SignedIn) -> None:
    client, url = signed_in(cast.evaluator), page("tell_sitting", sitting.pk)
    own = sitting.evaluators.get(person=cast.evaluator)
    assert str(own.pk) not in words(client.get(url))
    assert sent(client, url, attendance="held", present=[]).status_code == 302
    assert [one.person for one in Evaluator.objects.all()] == [cast.evaluator]
    assert "N’y étaient pas : Denis Échantillon" in words(client.get(page("sitting", sitting.pk)))
    assert signed_in(cast.professional).get(page("sitting", sitting.pk)).status_code == 404


def test_what_only_the_office_weighs_is_refused_to_evaluators(
    cast: Cast, sitting: Sitting, signed_in: SignedIn
) -> None:
    client, url = signed_in(cast.evaluator), page("tell_sitting", sitting.pk)
    for told in ("void", "excused"):
        assert sent(client, url, attendance=told, incidents="x").status_code == 422
    assert Sitting.objects.get().attendance == ""
    assert sent(client, url, attendance="absent").status_code == 302
    office, correct = signed_in(cast.secretary), page("correct_telling", sitting.pk)
    assert sent(office, correct, attendance="excused").status_code == 422
    assert sent(office, correct, attendance="excused", reason="Certificat reçu.").status_code == 302
    told = words(office.get(page("planned", sitting.pk)))
    assert "Candidat excusé" in told and "Candidat absent" in told and "Certificat reçu." in told
    assert "Noté par Esther Spécimen" in told and "Noté par Hélène Canevas" in told
    assert client.get(correct).status_code in (403, 404)


def test_it_is_told_once_its_hour_has_passed(cast: Cast, row: Candidacy, signed_in: SignedIn) -> None:
    coming = scene.with_pair(cast, row)
    client, url = signed_in(cast.evaluator), page("tell_sitting", coming.pk)
    assert url not in words(client.get(page("sitting", coming.pk)))
    assert "ne se note pas maintenant" in words(client.get(url, follow=True))
    assert client.post(url, {"attendance": "absent", "revision": 0}).status_code == 302
    assert Sitting.objects.get().attendance == ""


def test_whoever_is_not_named_does_not_tell_it(cast: Cast, sitting: Sitting, signed_in: SignedIn) -> None:
    grant_access(
        candidacy=sitting.candidacy, person=cast.companion, role=Role.COMPANION, by=cast.secretary, at=AT, on=ON
    )
    url = page("tell_sitting", sitting.pk)
    for who in (cast.companion, cast.candidate, cast.outsider, cast.other_secretary, cast.jury_member):
        client = signed_in(who)
        assert client.get(url).status_code in (403, 404)
        assert client.post(url, {"attendance": "held", "revision": 0}).status_code in (403, 404)
    assert not Telling.objects.exists()


def test_the_second_to_tell_reads_what_the_first_told(cast: Cast, sitting: Sitting, signed_in: SignedIn) -> None:
    url = page("tell_sitting", sitting.pk)
    first, second = signed_in(cast.evaluator), signed_in(cast.professional)
    typed_before = typed(second.get(url).content.decode(), url, {"attendance": "absent"})
    assert sent(first, url, attendance="held").status_code == 302
    answer = second.post(url, typed_before, follow=True)
    assert "ne se note pas maintenant" in words(answer) and "Noté par Esther Spécimen" in words(answer)
    assert Telling.objects.count() == 1


def test_whoever_was_left_out_by_mistake_is_brought_back(cast: Cast, sitting: Sitting, signed_in: SignedIn) -> None:
    sent(signed_in(cast.evaluator), page("tell_sitting", sitting.pk), attendance="held", present=[])
    office, url = signed_in(cast.secretary), page("correct_telling", sitting.pk)
    both = [str(cast.evaluator.pk), str(cast.professional.pk)]
    assert sent(office, url, present=both, reason="Il était arrivé en retard.").status_code == 302
    client = signed_in(cast.professional)
    assert "Il était arrivé en retard." in words(client.get(page("sitting", sitting.pk)))
    again = sitting.evaluators.get(person=cast.professional)
    declare_links(evaluator=again, links=[], by=cast.professional, at=NOW)
    assert "data-line" in words(client.get(page("grid", sitting.pk)))
