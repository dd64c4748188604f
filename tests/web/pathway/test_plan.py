"""The pages of the pathway, for each of those who open them: its actions, hours, coverage, approvals, history."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from parchemin.records.candidacies.actions.closing import withdraw_candidacy
from parchemin.records.candidacies.models import Candidacy
from parchemin.records.pathways.actions.planning import Planned, approve_pathway, remove_training, save_training
from parchemin.records.pathways.models import Pathway, Training
from parchemin.records.people.models import Assurance, Person, Role
from tests.web import cast as casting
from tests.web.cast import ALTERNANCE, AT, FEST, ON, TITLE, Cast
from tests.web.pathway.test_positioning import SIX, closed, interview, shared, url
from tests.web.secretariat.desk import words

SignedIn = Callable[[Person], Client]


@pytest.fixture
def row(cast: Cast) -> Candidacy:
    """A file that follows a pathway, opened to a companion and a professional."""
    row = shared(cast, casting.deposited(casting.opened(cast.candidate, cast.certification(), "pathway")))
    return shared(cast, row, cast.companion, Role.COMPANION)


def trained(row: Candidacy, by: Person, title: str = "Accueil", hours: int = 14, codes: Any = ("C1",)) -> Training:
    """An action of the pathway."""
    planned = Planned(kind=Training.Kind.COURSE, title=title, codes=codes, hours_planned=Decimal(hours))
    return save_training(candidacy=row, planned=planned, by=by, at=AT)


def typed(revision: int, **changes: Any) -> dict[str, Any]:
    """An action as it is sent."""
    told = {
        "revision": str(revision),
        "title": "Tenir un dossier",
        "kind": "work",
        "codes": ["C2", "C3"],
        "host": "Avec Rose",
        "from_on": ON.isoformat(),
        "until_on": "30/04/2026",
        "hours_planned": "10,5",
    }
    return told | changes


def test_an_action_is_added_changed_and_removed(cast: Cast, row: Candidacy, signed_in: SignedIn) -> None:
    client = signed_in(cast.companion)
    assert "Aucune action" in words(client.get(url("plan", row)))
    assert client.post(url("add_training", row), typed(0)).headers["Location"] == url("plan", row)
    one = Training.objects.get()
    assert (one.hours_planned, one.codes) == (Decimal("10.5"), ["C2", "C3"])
    page = words(client.get(url("plan", row)))
    assert "Action en situation de travail · Avec Rose" in page and "du 2 mars 2026 au 30 avril 2026" in page
    page = words(client.get(url("plan_history", row)))
    assert "Action du parcours prévue" in page and "Tenir un dossier, C2, C3, 10,5 h" in page
    assert "Carine Modèle" in page
    client.post(url("training", row, one.pk), typed(1, hours_planned="12"))
    one.refresh_from_db()
    assert one.hours_planned == 12
    assert "Elle ne compte plus" in words(client.get(url("remove_training", row, one.pk)))
    client.post(url("remove_training", row, one.pk), {"revision": "2"})
    assert "Aucune action" in words(client.get(url("plan", row)))
    assert "Action du parcours retirée" in words(client.get(url("plan_history", row)))
    assert client.get(url("training", row, one.pk)).status_code == 404


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title": ""}, "Intitulé"),
        ({"codes": []}, "Dites quelles compétences"),
        ({"hours_planned": "beaucoup"}, "Un nombre d’heures"),
        ({"hours_planned": "-1"}, "Heures prévues"),
        ({"until_on": "2026-01-01"}, "La fin est avant le début"),
    ],
)
def test_an_action_that_cannot_be_is_told_and_stays_typed(
    cast: Cast, row: Candidacy, signed_in: SignedIn, changes: dict[str, Any], sentence: str
) -> None:
    answer = signed_in(cast.companion).post(url("add_training", row), typed(0, **changes))
    assert answer.status_code == 422
    assert sentence in words(answer) and "Avec Rose" in words(answer)
    assert not Training.objects.exists()


def test_two_save_at_once_one_is_told_and_loses_nothing(cast: Cast, row: Candidacy, signed_in: SignedIn) -> None:
    trained(row, cast.secretary)
    late = signed_in(cast.companion).post(url("add_training", row), typed(0))
    assert late.status_code == 409
    page = words(late)
    assert "Action du parcours prévue : Accueil, C1, 14 h — Hélène Canevas" in page and "Tenir un dossier" in page
    assert 'name="revision" value="1"' in page
    signed_in(cast.companion).post(url("add_training", row), typed(1))
    assert Training.objects.count() == 2


def test_it_covers_what_the_interview_did_not_find_acquired(cast: Cast, row: Candidacy, signed_in: SignedIn) -> None:
    client = signed_in(cast.companion)
    assert "tout est à acquérir" in words(client.get(url("plan", row)))
    closed(cast, row, "C1", "C4", "C5", "C6")
    page = words(client.get(url("add_training", row)))
    assert "Déjà acquises au repérage" in page
    answer = client.post(url("add_training", row), typed(0, codes=["C1", "C2"]), follow=True)
    page = words(answer)
    assert "C1 est déjà acquise au repérage" in page
    assert "manque C3 ; en trop C1" in page, "what the core says"
    assert "1 sans action" in page and "1 couverte par une action" in page


def test_hours_are_followed_and_judged_by_the_core(cast: Cast, signed_in: SignedIn) -> None:
    row = casting.opened(cast.candidate, cast.certification(FEST), "continuing")
    row = shared(cast, row, cast.companion, Role.COMPANION)
    client = signed_in(cast.companion)
    one = trained(row, cast.companion, hours=30, codes=("A1-C1",))
    page = words(client.get(url("plan", row)))
    assert "30 heures (40 à 70)" in page and "0 heures (40 à 70)" in page
    assert "Les heures sortent des bornes" in page
    wrong = client.post(url("training_hours", row, one.pk), {"hours": "dix"})
    assert wrong.status_code == 422
    assert 'value="dix"' in words(wrong) and "Un nombre d’heures" in words(wrong)
    client.post(url("training_hours", row, one.pk), {"hours": "29,5"})
    assert "29,5 heures (40 à 70)" in words(client.get(url("plan", row)))
    assert "Justifier les heures" in words(client.get(url("justify_hours", row)))
    assert client.post(url("justify_hours", row), {"revision": "0", "words": "x"}).status_code == 409
    client.post(url("justify_hours", row), {"revision": "1", "words": "Déjà formée ailleurs."})
    page = words(signed_in(cast.candidate).get(url("plan", row)))
    assert "Déjà formée ailleurs." in page and "Les heures sortent des bornes" not in page
    more = trained(row, cast.companion, "Suite", hours=20, codes=("A1-C2",))
    assert "50 heures (40 à 70)" in words(client.get(url("plan", row)))
    remove_training(training=more, by=cast.companion, at=AT)


def test_those_concerned_approve_it_as_it_was_shown(cast: Cast, row: Candidacy, signed_in: SignedIn) -> None:
    trained(row, cast.companion)
    own, professional = signed_in(cast.candidate), signed_in(cast.professional)
    assert "Approuver le parcours" in words(own.get(url("plan", row)))
    own.post(url("approve_plan", row), {"revision": "1", "actor": "candidate"})
    page = words(own.get(url("plan", row)))
    assert "Odile Fictive, le" in page and "Approuver le parcours" not in page
    assert own.post(url("approve_plan", row), {"revision": "1", "actor": "company"}).status_code == 422
    professional.post(url("approve_plan", row), {"revision": "1", "actor": "sector_professional"})
    assert Pathway.objects.get().approvals.count() == 2
    trained(row, cast.companion, "Suite")
    late = signed_in(cast.secretary).post(url("approve_plan", row), {"revision": "1", "actor": "company"})
    assert late.status_code == 409
    assert "Le parcours a changé depuis que vous l’avez ouvert" in words(late) and "Suite, C1, 14 h" in words(late)
    page = words(professional.get(url("plan", row)))
    assert page.count("À approuver de nouveau") == 2 and "Approuver le parcours" in page


def test_the_pathway_and_its_practice_are_noted_done(cast: Cast, row: Candidacy, signed_in: SignedIn) -> None:
    client = signed_in(cast.companion)
    assert "Mise en pratique en entreprise" in words(client.get(url("plan", row)))
    assert client.post(url("finish_step", row, "practice"), {"done_on": "2999-01-01"}).status_code == 422
    client.post(url("finish_step", row, "practice"), {"done_on": ON.isoformat()})
    assert row.steps_done.get().done_on == ON
    assert client.get(url("finish_step", row, "deliberation")).status_code == 404


def test_everybody_reads_it_and_only_those_who_accompany_write_it(
    cast: Cast, row: Candidacy, signed_in: SignedIn
) -> None:
    one = trained(row, cast.companion)
    shared(cast, row, cast.evaluator, Role.EVALUATOR)
    for reader in (cast.candidate, cast.evaluator):
        client = signed_in(reader)
        page = words(client.get(url("plan", row)))
        assert "Accueil" in page and "Ajouter une action" not in page and "Noter" not in page
        assert client.get(url("plan_history", row)).status_code == 200
        for name, args in (("add_training", ()), ("training", (one.pk,)), ("justify_hours", ())):
            assert client.get(url(name, row, *args)).status_code == 404, name
    assert "Approuver le parcours" not in words(signed_in(cast.evaluator).get(url("plan", row)))
    for writer in (cast.professional, cast.secretary, cast.manager):
        assert "Ajouter une action" in words(signed_in(writer).get(url("plan", row)))
    for stranger in (cast.outsider, cast.other_candidate, cast.other_secretary, cast.jury_member):
        for name in ("home", "plan", "plan_history", "add_training"):
            assert signed_in(stranger).get(url(name, row)).status_code == 404, name


def test_an_action_of_another_file_is_not_found(cast: Cast, row: Candidacy, signed_in: SignedIn) -> None:
    other = casting.opened(cast.other_candidate, cast.certification(), "pathway")
    strange = trained(other, cast.secretary)
    client = signed_in(cast.companion)
    for name in ("training", "remove_training", "training_hours"):
        assert client.post(url(name, row, strange.pk), {"hours": "3"}).status_code == 404, name


def test_a_closed_file_is_read_and_no_longer_written(cast: Cast, row: Candidacy, signed_in: SignedIn) -> None:
    trained(row, cast.companion)
    withdraw_candidacy(candidacy=row, reason="", by=cast.candidate, at=AT, on=ON)
    client = signed_in(cast.secretary)
    page = words(client.get(url("plan", row)))
    assert "Accueil" in page and "Ajouter une action" not in page
    assert client.post(url("add_training", row), typed(1)).status_code == 422


def test_the_middle_of_a_file_is_what_its_scheme_asks_for(cast: Cast, row: Candidacy, signed_in: SignedIn) -> None:
    def parts(one: Candidacy, by: Person) -> list[str]:
        page = words(signed_in(by).get(url("home", one)))
        names = ("Repérage", "Parcours", "Alternance", "Situations de travail", "Preuves", "Écrits", "Évaluations")
        return [name for name in names if f"</svg> {name}</h2>" in page]

    assert parts(row, cast.companion) == ["Repérage", "Parcours", "Preuves", "Évaluations"]
    vae = casting.opened(cast.other_candidate, cast.certification())
    assert "Repérage" not in parts(vae, cast.other_candidate) and "Parcours" not in parts(vae, cast.other_candidate)
    apprentice = casting.opened(cast.candidate, cast.certification(ALTERNANCE), "apprenticeship")
    assert parts(apprentice, cast.candidate) == ["Alternance", "Écrits", "Évaluations"]
    fest = casting.opened(cast.candidate, cast.certification(FEST), "continuing")
    assert parts(fest, cast.candidate)[:3] == ["Repérage", "Parcours", "Situations de travail"]
    title = casting.opened(cast.candidate, cast.certification(TITLE))
    assert parts(title, cast.candidate) == ["Preuves", "Écrits", "Évaluations"]


def test_each_part_says_where_it_stands(cast: Cast, row: Candidacy, signed_in: SignedIn) -> None:
    def page() -> str:
        return words(signed_in(cast.candidate).get(url("home", row)))

    assert "À faire" in page() and "Aucune action encore" in page()
    closed(cast, row, "C1")
    trained(row, cast.companion)
    assert "Fait le 2 mars 2026 : 1 acquise, 5 à acquérir" in page()
    assert "1 action, 14 h prévues, 0 h faites" in page()
    interview(cast, row)
    assert "Un entretien est ouvert" in page()


def test_the_page_asks_the_database_as_much_however_long_the_pathway(
    cast: Cast, row: Candidacy, signed_in: SignedIn, django_assert_max_num_queries: Any
) -> None:
    closed(cast, row, "C1")
    for number in range(30):
        trained(row, cast.companion, f"Action {number}", codes=SIX)
    revision = Pathway.objects.get().revision
    for person, actor in ((cast.candidate, "candidate"), (cast.companion, "company"), (cast.secretary, "provider")):
        approve_pathway(candidacy=row, actor=actor, by=person, at=AT, revision=revision, assurance=Assurance.PASSWORD)
    client = signed_in(cast.companion)
    client.get(url("home", row))
    for name in ("plan", "plan_history", "home", "add_training"):
        with django_assert_max_num_queries(25):
            assert client.get(url(name, row)).status_code == 200
