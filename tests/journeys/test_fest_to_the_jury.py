"""Training at work up to the jury: by its pathway a reflection lived again, by experience a file with its gaps."""

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone
from playwright.sync_api import expect

from parchemin.core.facts import Attendance, Milestone
from parchemin.project.demo.learning import plan, position
from parchemin.records.assessments.actions.holding import tell_attendance
from parchemin.records.assessments.actions.planning import name_evaluator, plan_sitting
from parchemin.records.assessments.models import Rating, Sitting
from parchemin.records.candidacies.actions import deciding, depositing, sharing
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Candidacy
from parchemin.records.pathways.actions.working import log_moment
from parchemin.records.pathways.models import Moment
from parchemin.records.people.models import Role
from tests.journeys.visitor import Visitor
from tests.web.cast import FEST, Cast, deposited, opened, worked

Visit = Callable[..., Visitor]
TODAY = timezone.localdate()
LAW = tuple(f"completeness.law.{one}" for one in ("work_training_proofs", "work_training_order", "reflections_apart"))


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def at(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(10)))


def admissible(cast: Cast, route: str) -> Candidacy:
    """A file found admissible four months ago, open to the trainer."""
    began = ago(120)
    row = opened(cast.candidate, cast.certification(FEST), route, at=at(began), on=began)
    if route == "vae":
        worked(row, ago(1200), at=at(began), tags=["work_guidance"])
    deposited(row, at=at(began), on=began)
    depositing.accept_application(candidacy=row, by=cast.secretary, at=at(began), on=began)
    found = deciding.decide_admissibility(
        candidacy=row, is_favourable=True, reason="", by=cast.secretary, at=at(began), on=began
    )
    assert getattr(found, "answer", "") == "favourable", found
    sharing.grant_access(
        candidacy=row, person=cast.companion, role=Role.COMPANION, by=row.candidate, at=at(began), on=began
    )
    return row


def assessed(row: Candidacy) -> tuple[str, ...]:
    """The competences that are assessed."""
    return Judged(row, TODAY).scheme.assessed


def planned(cast: Cast, row: Candidacy) -> None:
    """What is to acquire, and a pathway for it that the candidate approved."""
    codes = assessed(row)
    position(row, {code: code == "A3-C1" for code in codes}, cast.companion, ago(115))
    plan(row, [code for code in codes if code != "A3-C1"], cast.companion, ago(114))


def sends(who: Visitor) -> Visitor:
    """Press the button of the form that is shown."""
    with who.page.expect_navigation():
        who.page.get_by_role("main").locator("form .btn.primary").last.click()
    return who


def presses(who: Visitor, name: str) -> Visitor:
    """Press the button of that name, on a page whose like was looked at."""
    with who.page.expect_navigation():
        who.page.get_by_role("main").get_by_role("button", name=name, exact=True).click()
    return who


def logs(who: Visitor, row: Candidacy, kind: str, on: date, *, codes: bool = False, **told: str) -> Visitor:
    """Log a moment of that kind, bearing on every competence if asked."""
    who.page.goto(f"/parcours/{row.pk}/situations/noter/{kind}/")
    who.fill(on=on, **told)
    if codes:
        for label in who.page.locator("label:has([name=codes])").all():
            label.click()
    return sends(who)


def around(row: Candidacy) -> None:
    """What comes before and after the work situations is in the log already."""
    kind = Moment.Kind
    own: dict[str, Any] = {"candidacy": row, "by": row.candidate, "at": timezone.now()}
    log_moment(kind=kind.DESIGNATION, from_at=at(ago(99)), trainer="Odile Fictive", **own)
    for one, days in ((kind.ANALYSIS, 100), (kind.HOT, 85), (kind.COLD, 1)):
        log_moment(kind=one, from_at=at(ago(days)), **own)


def lasting(start: str, end: str, words: str = "") -> dict[str, str]:
    return {"from_time": start, "until_time": end, "words": words}


def outcome(who: Visitor, rule: str) -> str:
    """How that rule is drawn on the page."""
    found = who.page.locator(f"li.finding:has(p.rule:has-text('{rule}'))").first
    return str(found.get_attribute("class")).removeprefix("finding ")


def takes_back(who: Visitor, row: Candidacy, name: str) -> None:
    """Take back the moment of that name, that they logged."""
    who.page.goto(f"/parcours/{row.pk}/situations/")
    with who.page.expect_navigation():
        who.page.get_by_role("main").get_by_role("link", name=re.compile(f"retirer.*{name}")).click()
    sends(who)


def hands_in(who: Visitor, row: Candidacy, folder: Path | None = None) -> Visitor:
    """Drop the practice file if there is a folder to find it in, then hand in the file for the jury."""
    who.page.goto(f"/dossiers/{row.pk}/")
    if folder:
        who.drops("dspp", folder)
    who.page.goto(f"/dossiers/{row.pk}/deposer-pour-le-jury/")
    return sends(who.fill(is_read=True))


def answers(who: Visitor, row: Candidacy, answer: str, reason: str = "") -> None:
    """Answer what was handed in for the jury, the rules before their eyes."""
    who.page.goto(f"/secretariat/dossiers/{row.pk}/depot/")
    if reason:
        who.look().sees("après la première situation", "pendant la situation de 09:00 à 12:00")
    who.fill(answer=answer, reason=reason)
    sends(who)


def held(cast: Cast, row: Candidacy) -> Sitting:
    """The tests, this very morning, before the evaluator."""
    begins = timezone.now() - timedelta(hours=4)
    own: dict[str, Any] = {"by": cast.secretary, "at": begins}
    sitting = plan_sitting(candidacy=row, method="tests", starts_at=begins, minutes=90, place="centre", **own)
    name_evaluator(sitting=sitting, person=cast.evaluator, actor="evaluator", **own)
    tell_attendance(sitting=sitting, attendance=Attendance.HELD, by=cast.secretary, at=timezone.now())
    return sitting


def remote(who: Visitor, cast: Cast, row: Candidacy) -> Sitting:
    """The secretariat plans the tests at a distance, names the evaluator, then tells that every safeguard was kept."""
    person, begins = cast.evaluator, timezone.localtime() - timedelta(hours=2)
    who.page.goto(f"/evaluations/dossiers/{row.pk}/planifier/?epreuve=tests")
    sends(who.fill(on=begins.date(), hour=f"{begins:%H:%M}", minutes="90", place="remote"))
    sitting = row.sittings.get()
    who.page.goto(f"/evaluations/seances/{sitting.pk}/evaluateurs/?role=evaluator")
    presses(who, f"Nommer : {person.name}").look()
    who.page.goto(f"/evaluations/seances/{sitting.pk}/deroulement/")
    who.fill(attendance="held")
    for label in who.page.locator("label:has([name=safeguards])").all():
        label.click()
    sends(who).sees("Garanties tenues : en direct, identité vérifiée, journal des incidents, surveillance")
    return sitting


def rates(who: Visitor, sitting: Sitting, tries: str = "") -> None:
    """They say that nothing ties them to the candidate, rate the nineteen lines and sign."""
    page, grid = who.page, f"/evaluations/{sitting.pk}/grille/"
    page.goto(f"/evaluations/{sitting.pk}/")
    sends(who.fill(has="no"))
    page.goto(grid)
    if tries:
        is_refused(who, tries)
        page.goto(grid)
    for _line in range(20):
        page.keyboard.press("1")
    expect(page.locator("[data-sheet-progress]")).to_have_text(re.compile(r"20 sur 20$"))
    presses(who, "Relire et signer")
    sends(who)
    assert sitting.evaluators.get().signed_at


def is_refused(who: Visitor, code: str) -> None:
    """That competence is shown without anything to tick; a value sent all the same is refused with the reason."""
    line = who.page.locator(".sheet-line.refused", has_text=code)
    expect(line).to_contain_text("elle ne se note pas")
    expect(line.locator("input")).to_have_count(0)
    who.page.keyboard.press("1")
    who.page.locator("form[data-sheet]").evaluate(
        """(form, name) => form.append(Object.assign(document.createElement("input"), {name, value: "yes"}))""",
        f"value-competence-{code}",
    )
    presses(who, "Enregistrer").sees("Rien n'a été enregistré", f"« {code} »", "n'est pas évaluée")
    assert not Rating.objects.filter(code=code).exists()


def transmits(who: Visitor, row: Candidacy) -> None:
    """The file goes to the jury, whole; nobody attests a prognosis that was only advised."""
    who.page.goto(f"/evaluations/dossiers/{row.pk}/transmettre/")
    presses(who.sees("Rien ne manque"), "Transmettre au jury").look().sees("transmis")
    assert row.dates.filter(milestone=Milestone.TRANSMITTED).exists()


def shares(who: Visitor, row: Candidacy) -> None:
    """Keep an account that bears on every competence, and open it to whoever accompanies."""
    who.page.goto(f"/parcours/{row.pk}/preuves/nouvelle/account/")
    who.fill(title="Carnet d’atelier", words="Ce que Samir a fait seul, et quand.", made_on=ago(80))
    for label in who.page.locator("label:has([name=codes])").all():
        label.click()
    presses(sends(who), "La partager")


def observes(who: Visitor, row: Candidacy, codes: tuple[str, ...]) -> None:
    """Sign that every competence was seen."""
    who.page.goto(f"/parcours/{row.pk}/situations/observer/")
    who.fill(observed_on=ago(90))
    for code in codes:
        who.page.locator(f"label:has([name='seen-{code}'][value=seen])").click()
    sends(who)


def test_by_its_pathway_a_reflection_within_the_work_is_lived_again(cast: Cast, visit: Visit, tmp_path: Path) -> None:
    row = admissible(cast, "continuing")
    planned(cast, row)
    candidate, companion, secretary = visit(cast.candidate), visit(cast.companion), visit(cast.secretary)
    logs(companion, row, "analysis", ago(100), words="L’assemblage : trois gestes clés.")
    logs(candidate, row, "situation", ago(90), codes=True, **lasting("09:00", "12:00", "À l’établi, un assemblage."))
    logs(companion, row, "designation", ago(89), trainer="Carine Modèle")
    logs(companion, row, "reflection", ago(90), codes=True, **lasting("10:00", "10:30", "Encore à l’établi."))
    logs(companion, row, "hot", ago(85))
    logs(companion, row, "cold", ago(1)).look()
    companion.sees("après la première situation", "de 10:00 à 10:30 pendant la situation de 09:00 à 12:00")
    companion.sees("Évaluation à froid", "Elle est faite")
    assert [outcome(companion, rule) for rule in LAW] == ["met", "not_met", "not_met"]
    hands_in(candidate, row, tmp_path).sees("Votre dossier pour le jury est déposé")
    answers(secretary, row, "incomplete", "La séquence réflexive est prise sur le travail.")
    candidate.go(f"/dossiers/{row.pk}/").sees("La séquence réflexive est prise sur le travail")

    takes_back(companion, row, "Séquence réflexive")
    takes_back(companion, row, "Désignation")
    logs(companion, row, "designation", ago(95), trainer="Carine Modèle")
    logs(companion, row, "reflection", ago(90), codes=True, **lasting("14:00", "14:30", "À part, l’après-midi."))
    companion.sees("4 preuves sur 4", "1 phase hors des situations de travail")
    assert {outcome(companion, rule) for rule in LAW} == {"met"}
    hands_in(candidate, row)
    answers(secretary, row, "complete")
    assert row.deposits.get(number=2).answer == "accepted"
    companion.page.goto(f"/parcours/{row.pk}/parcours/")
    companion.page.locator("[name=hours]").fill("52")
    companion.click("Noter").sees("parcours de formation dure de 40 à 70 heures", "52 h")

    sitting = held(cast, row)
    evaluator = visit(cast.evaluator)
    rates(evaluator, sitting)
    transmits(evaluator, row)
    assert row.results.filter(kind="competence", is_acquired=True).count() == 19


def test_by_experience_the_file_shows_its_gaps_and_then_covers_them(cast: Cast, visit: Visit) -> None:
    row = admissible(cast, "vae")
    candidate, companion, secretary = visit(cast.candidate), visit(cast.companion), visit(cast.secretary)
    works, synthesis = f"/parcours/{row.pk}/ecrits/dspp/", f"/parcours/{row.pk}/situations/synthese/"
    candidate.go(works).fill(**{"text-A1-C1": "J’ai repéré trois tâches clés de l’assemblage."})
    candidate.click("Relire et déposer").sees("18 parties n'ont pas de texte")
    codes = assessed(row)
    candidate.page.goto(works)
    candidate.fill(**{f"text-{code}": f"Ce que j’ai fait pour {code}, avec Samir, à l’atelier." for code in codes})
    presses(candidate, "Relire et déposer")
    assert "n'ont pas de texte" not in candidate.words
    presses(candidate, "Déposer cette version").look().sees("19 parties écrites sur 19", "version 1")

    around(row)
    logs(candidate, row, "situation", ago(90), codes=True, **lasting("09:00", "12:00", "Un assemblage, à l’établi."))
    candidate.go(synthesis).sees("0 compétences sur 19", "Il manque : Séquences réflexives, Observations, Preuves")
    logs(candidate, row, "reflection", ago(90), codes=True, **lasting("14:00", "14:30", "Ce qui se referait."))
    shares(candidate, row)
    observes(companion, row, codes)
    candidate.page.goto(synthesis)
    candidate.sees("19 compétences sur 19")
    assert "manque" not in candidate.words.lower()
    hands_in(candidate, row)
    answers(secretary, row, "complete")

    sitting = remote(secretary, cast, row)
    evaluator = visit(cast.evaluator)
    rates(evaluator, sitting, tries="A4-C2")
    transmits(secretary, row)
    assert row.results.filter(kind="competence", is_acquired=True).count() == 19
