"""From application to admissibility: training at work by both routes, the title, the master, and a sixth one."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from parchemin.core.decision import Stage
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Candidacy
from tests.journeys.visitor import Visitor
from tests.samples import FIXTURES
from tests.web.cast import FEST, MASTER, SIXTH, TITLE, Cast

Visit = Callable[..., Visitor]
LONG_AGO = date(2019, 1, 1)
ROUTES = [
    (FEST, "Parcours de formation", None),
    (FEST, "Accès par l", None),
    (TITLE, "Formation continue", None),
    (MASTER, "Étudiant", None),
    (SIXTH, "", date(2026, 2, 2)),
]


@pytest.mark.parametrize(("scheme", "route", "began"), ROUTES, ids=[f"{scheme}-{route}" for scheme, route, _ in ROUTES])
def test_to_admissibility(
    cast: Cast,
    visit: Visit,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    scheme: str,
    route: str,
    began: date | None,
) -> None:
    if scheme == SIXTH:
        monkeypatch.setenv("PARCHEMIN_LIBRARY", str(FIXTURES))
    cast.certification(scheme)
    candidate = visit(cast.candidate)
    candidate.go("/certifications/").follow(f"/certifications/{scheme}/")
    if route:
        candidate.click(route)
    else:
        candidate.follow(f"/certifications/{scheme}/continuing/")
    candidate.click("Choisir cette voie")
    if began:
        candidate.fill(began_on=began)
    candidate.click("Ouvrir mon dossier").gives_identity().accepts_the_regulation()
    row = Candidacy.objects.get()
    asked = Judged(row, row.began_on).application
    if asked.experience:
        tags = list(Judged(row, row.began_on).scheme.experience_tags)
        candidate.worked(LONG_AGO, None, **({"tags": tags[0]} if tags else {}))
    for code in asked.statements:
        candidate.declares(code)
    for kind in asked.documents:
        candidate.drops(kind, tmp_path)
        if candidate.page.get_by_role("main").get_by_role("button", name="Signer").count():
            candidate.click("Signer")
        candidate.page.goto(f"/dossiers/{row.pk}/")
    candidate.deposits()
    secretary = visit(cast.secretary).opens(row.number)
    for _ in asked.statements:
        if secretary.page.get_by_role("button", name="Tout est exact").count():
            secretary.click("Tout est exact")
            secretary.opens(row.number)
            break
    secretary.click("Déclarer complet").decides("favourable")
    row.refresh_from_db()
    outcome = Judged(row, row.began_on).answerable.outcome
    if outcome != "met":
        secretary.fill(reason="Les pièces vues suffisent.")
    secretary.click("Envoyer la décision")
    row.refresh_from_db()
    assert row.status == "admissible"
    frozen = row.decisions.get(answer="favourable")
    assert frozen.stage == Stage.ELIGIBILITY
    candidate.go(f"/dossiers/{row.pk}/decisions/{frozen.pk}/").sees(f"{scheme}@{row.version}")
