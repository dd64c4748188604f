"""Two people on one file at once: one wins, the other is told and loses nothing typed."""

from collections.abc import Callable
from pathlib import Path

from django.utils import timezone

from parchemin.records.candidacies.models import Candidacy
from tests.journeys.visitor import Visitor
from tests.web.cast import CQP, Cast, deposited, opened, worked

Visit = Callable[..., Visitor]


def test_two_secretaries_decide_at_once(cast: Cast, visit: Visit) -> None:
    row = opened(cast.candidate, cast.certification(CQP))
    worked(row)
    deposited(row, at=timezone.now(), on=timezone.localdate())
    first, second = visit(cast.secretary), visit(cast.second_secretary)
    for one in (first, second):
        one.page.goto(f"/secretariat/dossiers/{row.pk}/renvoyer/")
    first.page.get_by_role("main").locator("textarea").first.fill("Il manque la page 2.")
    second.page.get_by_role("main").locator("textarea").first.fill("Le contrat est illisible.")
    first.click("Renvoyer au candidat")
    second.click("Renvoyer au candidat")
    assert "Le contrat est illisible." in second.page.get_by_role("main").locator("textarea").first.input_value()
    second.sees("Rien n'a été enregistré")
    row.refresh_from_db()
    assert row.status == "returned"
    assert row.decisions.filter(answer="incomplete").count() == 1


def test_a_closed_tab_loses_nothing(cast: Cast, visit: Visit, tmp_path: Path) -> None:
    row = opened(cast.candidate, cast.certification(CQP))
    candidate = visit(cast.candidate)
    candidate.page.goto(f"/dossiers/{row.pk}/experience/ajouter/")
    with candidate.page.expect_response(lambda answer: "/brouillons/" in answer.url):
        candidate.page.locator("[name=position]").press_sequentially("Assistante de formation")
    candidate.page.close()
    candidate.page = candidate.context.new_page()
    candidate.go(f"/dossiers/{row.pk}/experience/ajouter/")
    assert candidate.page.locator("[name=position]").input_value() == "Assistante de formation"
    assert not Candidacy.objects.get().experiences.exists()
