"""The master by its two ledgers, from the first marks to the jury, each person in a browser of their own."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from django.utils import timezone

from parchemin.core.facts import Milestone
from parchemin.core.grid import Kind
from parchemin.records.assessments.actions.entering import Entered, codes_of, enter_results
from parchemin.records.assessments.models import Result
from parchemin.records.candidacies.actions import deciding, depositing, filling
from parchemin.records.candidacies.actions.taking import reach, taken
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Candidacy
from parchemin.records.certifications import queries
from parchemin.records.certifications.actions import publish_ruling, publish_version, set_open
from parchemin.records.certifications.folders import files_of
from parchemin.records.certifications.models import Certification
from tests.journeys.visitor import Visitor
from tests.records.candidacies import files
from tests.web import cast as casting
from tests.web.cast import AT, MASTER, ON, Cast, deposited, opened
from tests.web.pdf import pdf_of

Visit = Callable[..., Visitor]
BLOCKS = ("BC01", "BC02", "BC03", "BC04")
FIRST_YEAR = {"UE04": "12", "UE06": "11", "UE01": "13", "UE02": "12,5", "UE03": "14", "UE05": "11"}
SECOND = ("UE07", "UE08", "UE09", "UE10", "UE11", "UE12", "UE13", "UE14", "UE15", "UE16", "UE18", "UE22")
PARTS = ("ECUE111", "ECUE171")


def test_a_unit_of_four_blocks_missed_then_validated_once(cast: Cast, visit: Visit, tmp_path: Path) -> None:
    row = admissible(cast)
    first, second, candidate = visit(cast.secretary), visit(cast.second_secretary), visit(cast.candidate)
    ledger = f"/evaluations/dossiers/{row.pk}/registre/"
    first.page.goto(ledger)
    first.fill(**{f"mark-{code}": mark for code, mark in FIRST_YEAR.items()})
    presses(first, "Porter au registre").sees("6 résultats portés au registre.")

    wrong = "code;note\nUE07;15\nUE20;12\nBC03-AC9;acquis\nUE17;13\nUE19;douze\n"
    brought(row, second, tmp_path, wrong).look().sees(
        "Le fichier n'a pas été pris : rien n'a été porté au registre.",
        "Ligne 3 : « UE20 » n'est ni une unité d'enseignement ni un apprentissage critique du référentiel.",
        "Ligne 4 : « BC03-AC9 » n'est ni",
        "Ligne 6 : « douze » n'est ni une note",
    )
    assert Result.objects.count() == 6
    marks = "".join(f"{code};12\n" for code in (*SECOND, *PARTS))
    brought(row, second, tmp_path, f"code;note\n{marks}UE17;13\nUE19;9\n").sees("16 lignes lues dans le fichier")
    assert Result.objects.count() == 6
    presses(second, "Porter au registre").sees("16 résultats portés au registre.")

    candidate.go(f"/evaluations/dossiers/{row.pk}/").sees("UE19", "Compte une fois, pour BC01, BC02, BC03, BC04", "9")
    candidate.page.goto(f"/evaluations/dossiers/{row.pk}/manque/")
    candidate.look().sees(*(f"{block} : {count} ; manque UE19" for block, count in counted(row).items()))
    corrected(row, first, second, ledger)

    candidate.page.goto(f"/evaluations/dossiers/{row.pk}/")
    candidate.sees("UE19", "10", "Motif du changement : Seconde session.", "1 résultat qui ne compte plus", "9")
    candidate.page.goto(f"/evaluations/dossiers/{row.pk}/manque/")
    candidate.sees(*(f"{block} : {count}" for block, count in counted(row, 0).items()))
    assert "manque UE19" not in candidate.words
    written = row.results.filter(code="UE19").order_by("settled_at")
    assert [(int(one.mark or 0), one.corrects_id is not None) for one in written] == [(9, False), (10, True)]


def test_a_file_that_lacks_nothing_goes_to_the_jury(cast: Cast, visit: Visit, tmp_path: Path) -> None:
    row = admissible(cast)
    noted(cast, row)
    year(row, date(2026, 9, 1), changed_on=date(2026, 10, 2))
    secretary, manager = visit(cast.secretary), visit(cast.manager)
    candidate, evaluator = visit(cast.candidate), visit(cast.evaluator)
    for kind in ("thesis", "internship_reports"):
        dropped(row, candidate, kind, tmp_path)
    handed_in(row, candidate).look().sees("Rien n'a été envoyé", "Portfolio Karuta : manque")
    thesis_rated(row, secretary, evaluator)

    refused(row, manager).look().sees(
        "Les modalités de contrôle ne changent plus après le premier mois de l'année.",
        "Portfolio Karuta : manque",
    )
    year(row, date(2026, 9, 1), changed_on=date(2026, 9, 20))
    refused(row, manager).sees("Portfolio Karuta : manque")
    assert "Les modalités de contrôle" not in manager.words.partition("Toutes les règles")[0]
    dropped(row, candidate, "portfolio", tmp_path)
    handed_in(row, candidate).sees("Votre dossier pour le jury est déposé.")
    secretary.go(f"/secretariat/dossiers/{row.pk}/depot/").fill(answer="complete")
    presses(secretary, "Envoyer la réponse")
    assert row.deposits.get(stage="completeness").answer == "accepted"

    secretary.page.goto(f"/evaluations/dossiers/{row.pk}/registre/")
    secretary.fill(**{"value-BC01-AC1": "at:M1", "value-BC01-AC4": "at:M1", "value-BC03-AC1": "yes"})
    presses(secretary, "Porter au registre").sees("3 résultats portés au registre.")
    candidate.page.goto(f"/evaluations/dossiers/{row.pk}/")
    candidate.sees("BC01-AC1", "Acquis", "BC01-AC4", "À acquérir", "niveau atteint : M1", "BC03-AC1", "Acquis")

    manager.page.goto(f"/evaluations/dossiers/{row.pk}/transmettre/")
    manager.sees("Rien ne manque : le dossier peut partir.")
    presses(manager, "Transmettre au jury").sees("Le dossier est transmis au jury")
    assert row.dates.get(milestone=Milestone.TRANSMITTED).on == timezone.localdate()
    candidate.page.goto(f"/dossiers/{row.pk}/")
    candidate.sees("Transmis au jury")


def test_learnings_whose_level_is_lost_hold_a_block_back(cast: Cast, visit: Visit) -> None:
    by_learnings(cast)
    row = admissible(cast)
    noted(cast, row)
    secretary = visit(cast.secretary)
    refused(row, secretary).sees(
        "Le bloc BC03 est acquis.", "niveau à compléter pour 9 apprentissages critiques : BC03-AC1", "BC03-AC11"
    )


# What stands already when a journey begins.


def admissible(cast: Cast) -> Candidacy:
    """The file of a student who was admitted."""
    row = opened(cast.candidate, cast.certification(MASTER), "student")
    filling.declare(candidacy=row, answers={"admission": True}, by=row.candidate, at=AT)
    deposited(row)
    depositing.accept_application(candidacy=row, by=cast.secretary, at=AT, on=ON)
    deciding.verify_statement(candidacy=row, code="admission", is_true=True, by=cast.secretary, at=AT)
    return files.decided(cast, row)


def noted(cast: Cast, row: Candidacy) -> None:
    """Every unit has twelve."""
    codes = codes_of(Judged(row, ON).scheme, Kind.UNIT)
    lines = [Entered(code=code, kind=Kind.UNIT, mark=12) for code in codes]  # type: ignore[arg-type]
    enter_results(candidacy=row, lines=lines, by=cast.secretary, at=AT)


def year(row: Candidacy, started_on: date, changed_on: date) -> None:
    """What the university's calendar says: when the year began, and when its rules of control last changed."""
    with taken(row, None) as kept:
        reach(kept, Milestone.YEAR_STARTED, started_on)
        reach(kept, Milestone.REGULATION_CHANGED, changed_on)


def by_learnings(cast: Cast) -> Certification:
    """The master published with a ruling by which the third block is acquired by its critical learnings."""
    folder, ruling = casting.files_for(MASTER)
    text = ruling.read_text(encoding="utf-8")
    old = "rules/assessment.bc03/by, value: units"
    assert text.count(old) == 1
    version = publish_version(
        scheme=MASTER, name=folder.name, files=files_of(folder), awarding_body=cast.organisation, by=None, at=AT
    )
    text = text.replace(old, "rules/assessment.bc03/by, value: learnings")
    publish_ruling(version=version, name=ruling.stem, text=text, by=None, at=AT)
    set_open(certification=version.certification, is_open=True, by=None, at=AT)
    queries._held.clear()  # ids start again with each test
    return version.certification


def counted(row: Candidacy, missing: int = 1) -> dict[str, str]:
    """How many units of each block are there when so many are missing."""
    units = Judged(row, ON).scheme.framework.units
    fed = {block: sum(block in one.blocks for one in units) for block in BLOCKS}
    return {block: f"{n - missing} sur {n}" for block, n in fed.items()}


# What each of them does.


def presses(who: Visitor, name: str) -> Visitor:
    """They press that button; what comes is not looked at again."""
    with who.page.expect_navigation():
        who.page.get_by_role("main").get_by_role("button", name=name).first.click()
    return who


def brought(row: Candidacy, secretary: Visitor, folder: Path, text: str) -> Visitor:
    """A file of marks is brought to the ledger."""
    path = folder / "notes.csv"
    path.write_text(text, encoding="utf-8")
    page = secretary.page
    page.goto(f"/evaluations/dossiers/{row.pk}/registre/")
    page.get_by_text("Reprendre un fichier de notes").click()
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("button", name="Lire le fichier").click()
    page.wait_for_selector(".error-summary, .notice[role=status]")
    return secretary


def corrected(row: Candidacy, first: Visitor, second: Visitor, ledger: str) -> None:
    """UE19 is validated by the second secretary, with a reason; the first, who had the page open, is told."""
    first.page.goto(ledger)
    second.page.goto(ledger)
    second.fill(**{"mark-UE19": "10"})
    presses(second, "Porter au registre").sees("« UE19 » a déjà un résultat : écrivez pourquoi il change.")
    assert row.results.filter(code="UE19").count() == 1
    second.fill(reason="Seconde session.")
    presses(second, "Porter au registre").sees("1 résultat porté au registre.")
    first.fill(**{"mark-UE19": "11", "reason": "Seconde session."})
    presses(first, "Porter au registre").look().sees("Quelqu'un d'autre a modifié", "UE19", "11", "10")
    assert row.results.filter(code="UE19").count() == 2


def dropped(row: Candidacy, candidate: Visitor, kind: str, folder: Path) -> None:
    """The candidate drops a document of three pages."""
    path = folder / f"{kind}.pdf"
    path.write_bytes(pdf_of(3))
    candidate.page.goto(f"/dossiers/{row.pk}/pieces/{kind}/")
    candidate.page.locator("input[type=file]").set_input_files(path)
    presses(candidate, "Envoyer")


def handed_in(row: Candidacy, candidate: Visitor) -> Visitor:
    """The candidate reads the file for the jury again and hands it in."""
    candidate.page.goto(f"/dossiers/{row.pk}/deposer-pour-le-jury/")
    candidate.fill(is_read=True)
    return presses(candidate, "Déposer mon dossier")


def thesis_rated(row: Candidacy, secretary: Visitor, evaluator: Visitor) -> None:
    """The thesis is planned before a teacher, held, rated by them alone, and passed."""
    page, now = secretary.page, timezone.localtime()
    page.goto(f"/evaluations/dossiers/{row.pk}/planifier/?epreuve=bc04_thesis")
    secretary.fill(on=now.date(), hour=f"{now:%H:%M}")
    presses(secretary, "Prévoir l’épreuve")
    sitting = row.sittings.get()
    page.goto(f"/evaluations/seances/{sitting.pk}/evaluateurs/?role=teacher")
    presses(secretary, "Nommer : Esther Spécimen")
    page.goto(f"/evaluations/seances/{sitting.pk}/deroulement/")
    secretary.fill(attendance="held")
    presses(secretary, "Noter le déroulement")
    evaluator.page.goto(f"/evaluations/{sitting.pk}/")
    evaluator.fill(has="no")
    presses(evaluator, "Déclarer")
    evaluator.page.goto(f"/evaluations/{sitting.pk}/grille/")
    for line in evaluator.page.locator("[data-line]").all():
        line.locator("label:has([value=yes])").first.click()
    presses(evaluator, "Relire et signer")
    presses(evaluator, "Signer ma grille")
    sitting.refresh_from_db()
    assert sitting.is_passed


def refused(row: Candidacy, who: Visitor) -> Visitor:
    """They try to send the file as it is: what is missing is told, and nothing goes."""
    who.page.goto(f"/evaluations/dossiers/{row.pk}/transmettre/")
    presses(who, "Transmettre au jury").sees("Le dossier n'est pas parti : voici ce qui manque.")
    assert not row.dates.filter(milestone=Milestone.TRANSMITTED).exists()
    return who
