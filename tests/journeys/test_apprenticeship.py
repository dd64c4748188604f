"""Formateur de l'alternance by apprenticeship: a project of twenty-one pages is one too long, twenty will do."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from parchemin.records.candidacies.models import Candidacy, Deposit
from tests.journeys.visitor import Visitor
from tests.web.cast import ALTERNANCE, Cast

Visit = Callable[..., Visitor]
BEGAN = date(2020, 9, 1)


def test_one_page_too_many(cast: Cast, visit: Visit, tmp_path: Path) -> None:
    cast.certification(ALTERNANCE)
    candidate = visit(cast.candidate)
    candidate.applies("Formateur de l", "Contrat d’apprentissage", BEGAN)
    candidate.gives_identity().accepts_the_regulation().deposits()
    row = Candidacy.objects.get()
    assert row.version == "2016-02-02"
    visit(cast.secretary).opens(row.number).click("Déclarer complet").decides("favourable").click("Envoyer la décision")
    file = f"/dossiers/{row.pk}/"
    candidate.go(file).sees("Recevable", "Document du projet")
    for kind, pages in (("self_assessment", 7), ("organisation_document", 8), ("activity_report", 2)):
        candidate.page.goto(file)
        candidate.drops(kind, tmp_path, pages=pages)
    candidate.drops("project_document", tmp_path, pages=21).sees("21 pages", "une de trop")
    candidate.go(f"{file}deposer-pour-le-jury/").fill(is_read=True).click("Déposer mon dossier")
    candidate.sees("21 pages (15 à 20)")
    assert not row.deposits.filter(stage="completeness").exists()
    candidate.page.goto(file)
    candidate.drops("project_document", tmp_path, pages=20)
    candidate.go(f"{file}deposer-pour-le-jury/").fill(is_read=True).click("Déposer mon dossier")
    assert row.deposits.get(stage="completeness").answer == Deposit.Answer.PENDING
    candidate.go(f"{file}pieces/project_document/").sees("Cette pièce est déposée")


def test_a_closed_route_says_why(cast: Cast, visit: Visit) -> None:
    cast.certification(ALTERNANCE)
    visitor = visit(cast.candidate)
    visitor.go("/certifications/").click("Formateur de l").sees("fermée")
    visitor.go("/certifications/formateur-alternance/student/").sees("voie fermée")
    assert not Candidacy.objects.exists()
