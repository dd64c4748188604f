"""From positioning to the jury, each person in a browser of their own: the sector certification."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from parchemin.core.facts import Milestone
from parchemin.records.assessments.actions.planning import name_evaluator, plan_sitting
from parchemin.records.assessments.models import Sitting
from parchemin.records.candidacies.actions import sharing
from parchemin.records.candidacies.models import Candidacy
from parchemin.records.people.models import Person, Role
from tests.journeys.visitor import Visitor
from tests.records.assessments import sending
from tests.records.assessments.sheets import SIX
from tests.records.candidacies import files
from tests.web.cast import CQP, Cast, opened
from tests.web.pdf import pdf_of

Visit = Callable[..., Visitor]
ACTORS = ("sector_professional", "external_evaluator")


def admissible(cast: Cast, route: str = "vae") -> Candidacy:
    """A file found admissible, open to the professional and the trainer."""
    row = files.decided(cast, files.completed(cast, opened(cast.candidate, cast.certification(CQP), route)))
    now, today = timezone.now(), timezone.localdate()
    for person, role in ((cast.professional, Role.PROFESSIONAL), (cast.companion, Role.COMPANION)):
        sharing.grant_access(
            candidacy=row,
            person=person,
            role=role,
            by=cast.secretary,
            at=now,
            on=today,
            until_on=today + timedelta(days=60),
        )
    return row


def test_positioned_then_on_a_pathway_that_everybody_approves(cast: Cast, visit: Visit) -> None:
    row = admissible(cast, "pathway")
    professional, candidate = visit(cast.professional), visit(cast.candidate)
    professional.page.goto(f"/parcours/{row.pk}/reperage/nouveau/")
    professional.fill(held_on=timezone.localdate()).click("Ouvrir l’entretien")
    sheet = professional.page.url.removeprefix(professional.address)
    candidate.page.goto(sheet)
    candidate.fill(**{"answer-C1": "yes", "example-C1": "J’accueille les stagiaires."}).click("Enregistrer")
    professional.page.goto(sheet)
    professional.sees("J'accueille les stagiaires.")
    for code in SIX:
        answer = "yes" if code == "C1" else "no"
        professional.fill(**{f"answer-{code}": answer, f"example-{code}": "Raconté pendant l’entretien."})
    professional.click("Enregistrer et terminer")
    with professional.page.expect_navigation():
        professional.page.get_by_role("main").locator("form .btn.primary").click()
    assert row.positionings.get().closed_at

    companion = visit(cast.companion)
    companion.page.goto(f"/parcours/{row.pk}/parcours/action/")
    companion.fill(title="Préparer une session", kind="course", hours_planned="35")
    for code in SIX[1:]:
        companion.page.locator(f"[name=codes][value={code}]").check()
    companion.click("Enregistrer")
    candidate.go(f"/parcours/{row.pk}/parcours/").sees("Préparer une session").click("Approuver le parcours")
    companion.page.goto(f"/parcours/{row.pk}/parcours/action/")
    companion.fill(title="Accueillir un groupe", kind="work", hours_planned="14")
    companion.page.locator("[name=codes][value=C2]").check()
    companion.click("Enregistrer")
    candidate.go(f"/parcours/{row.pk}/parcours/").sees("À approuver de nouveau").click("Approuver le parcours")
    assert set(row.pathway.approvals.values_list("revision", flat=True)) == {1, 2}


def test_rated_by_two_settled_refused_then_sent(cast: Cast, visit: Visit, tmp_path: Path) -> None:
    row = admissible(cast)
    sending.signed(cast, row, "activity_table")
    sending.signed(cast, row, "vae_file", *ACTORS)
    sending.accredited(cast)
    sitting = to_be_held(cast, row)
    secretary = visit(cast.secretary)
    secretary.go(f"/evaluations/seances/{sitting.pk}/deroulement/").fill(attendance="held")
    with secretary.page.expect_navigation():
        secretary.page.get_by_role("main").locator("form .btn.primary").last.click()
    first, second = visit(cast.professional), visit(cast.evaluator)
    rates(first, sitting)
    rates(second, sitting, "C4")
    second.sees("1 ligne à régler", "C4")
    second.page.locator("label:has([name=value][value=yes])").click()
    second.fill(reason="Revu ensemble : c’est acquis.").click("Prendre position").sees("Tout est arrêté")
    assert row.results.get(code="C4").is_acquired

    transmit = f"/evaluations/dossiers/{row.pk}/transmettre/"
    second.go(transmit).click("Transmettre au jury").sees("Le dossier n'est pas parti")
    second.page.goto(f"{transmit}decision_form/")
    paper = tmp_path / "decision.pdf"
    paper.write_bytes(pdf_of(1))
    second.page.locator("input[type=file]").set_input_files(paper)
    second.click("Joindre")
    second.page.goto(transmit)
    for box in second.page.locator("[name=attested]").all():
        box.check()
    second.click("Transmettre au jury").sees("transmis")
    assert row.dates.filter(milestone=Milestone.TRANSMITTED).exists()


def to_be_held(cast: Cast, row: Candidacy) -> Sitting:
    """The assessment, this very morning."""
    begins = timezone.now() - timedelta(hours=4)
    sitting = plan_sitting(
        candidacy=row,
        method="assessment",
        by=cast.secretary,
        at=begins,
        starts_at=begins,
        minutes=180,
        place="company",
    )
    people: tuple[Person, ...] = (cast.professional, cast.evaluator)
    for person, actor in zip(people, ACTORS, strict=True):
        name_evaluator(sitting=sitting, person=person, actor=actor, by=cast.secretary, at=begins)
    return sitting


def rates(who: Visitor, sitting: Sitting, *missing: str) -> None:
    """They say that nothing ties them to the candidate, rate every line, read again and sign."""
    page = who.page
    page.goto(f"/evaluations/{sitting.pk}/")
    who.fill(has="no").click("Déclarer")
    page.goto(f"/evaluations/{sitting.pk}/grille/")
    for index in range(page.locator("[data-line]").count()):
        line = page.locator("[data-line]").nth(index)
        is_missing = any(code in line.inner_text() for code in missing)
        line.locator(f"label:has([value={'no' if is_missing else 'yes'}])").first.click()
    who.click("Relire et signer").click("Signer ma grille")
