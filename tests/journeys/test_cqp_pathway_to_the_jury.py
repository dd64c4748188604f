"""The sector certification by its pathway, from positioning to the jury, each person in a browser of their own."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from django.core import mail
from django.utils import timezone

from parchemin.core.facts import Attendance, Milestone
from parchemin.core.words import day
from parchemin.project.demo.learning import plan, position, ten
from parchemin.records.assessments.actions.holding import tell_attendance
from parchemin.records.assessments.actions.planning import declare_links, name_evaluator, plan_sitting
from parchemin.records.assessments.models import Sitting
from parchemin.records.candidacies.actions import depositing, filling, sharing
from parchemin.records.candidacies.models import Candidacy
from parchemin.records.pathways.actions.planning import finish_step
from parchemin.records.people.actions.accrediting import accredit
from parchemin.records.people.models import Accreditation, Assurance, Person, Role
from tests.journeys.visitor import Visitor
from tests.records.assessments import sheets
from tests.records.assessments.sheets import SIX
from tests.records.candidacies import files
from tests.web.cast import AT, CQP, ON, Cast, deposited, opened
from tests.web.pdf import pdf_of

Visit = Callable[..., Visitor]
DAY = timedelta(days=1)
ACTORS = ("sector_professional", "external_evaluator")
BOOKLET, FOLLOWED = "positioning_booklet", "assessment_booklet"


def test_no_assessment_before_practice_in_company(cast: Cast, visit: Visit, tmp_path: Path) -> None:
    row, today = admissible(cast), timezone.localdate()
    accredited(cast, cast.professional, ACTORS[0])
    professional, candidate, secretary = visit(cast.professional), visit(cast.candidate), visit(cast.secretary)
    positioned(row, professional, "C1")
    assert row.steps_done.get(step="positioning").done_on == today

    booklet = f"/parcours/{row.pk}/reperage/"
    candidate.go(booklet).sees("Livret de repérage", "Gardé par : Candidat")
    dropped(row, candidate, BOOKLET, tmp_path)
    candidate.click("Signer").sees("Signatures", "Candidat", "Professionnel du secteur", "Demander")
    asked_to_sign(candidate, cast.professional, ACTORS[0])
    signed_by_link(visit(), "Denis Échantillon")
    handed(row, candidate, ACTORS[0], "Denis Échantillon")
    candidate.look().sees("Livret de repérage", "Remis à : Professionnel du secteur (Denis Échantillon)")

    companion = visit(cast.companion)
    trained(row, companion, SIX[1:])
    candidate.page.goto(f"/parcours/{row.pk}/parcours/")
    presses(candidate, "Approuver le parcours").sees("Étapes", "Mise en pratique en entreprise", "À faire")

    secretary.go(f"/evaluations/dossiers/{row.pk}/planifier/").sees(
        "La mise en pratique en entreprise vient avant l'évaluation.",
        "étape non faite : Parcours de développement, étape non faite : Mise en pratique",
    )
    refused(row, secretary).sees("La mise en pratique en entreprise vient avant l'évaluation.", "étape non faite")
    for step in ("pathway", "practice"):
        companion.page.goto(f"/parcours/{row.pk}/parcours/etape/{step}/")
        companion.fill(done_on=today)
        presses(companion, "Noter l’étape")
    companion.sees("Mise en pratique en entreprise", "Fait le")
    secretary.page.goto(f"/evaluations/dossiers/{row.pk}/planifier/")
    secretary.sees("La mise en pratique en entreprise vient avant l'évaluation.", "3 étapes dans l'ordre")
    planned(secretary).look().sees("Professionnel du secteur", "0 sur 1", "Évaluateur externe", "0 sur 1")
    assert row.sittings.get().attendance == ""


def test_an_accreditation_that_ended_the_week_before(cast: Cast, visit: Visit) -> None:
    row, today = practised(cast), timezone.localdate()
    accredited(cast, cast.professional, ACTORS[0])
    ended = accredited(cast, cast.evaluator, ACTORS[1], until_on=today - 8 * DAY)
    first = held(cast, row, today - DAY)
    secretary, professional, evaluator = visit(cast.secretary), visit(cast.professional), visit(cast.evaluator)
    lapsed = f"non habilité le {day(today - DAY)}"
    over = f"{lapsed}, habilitation finie le {day(today - 8 * DAY)}"
    secretary.go(f"/evaluations/seances/{first.pk}/").sees("Esther Spécimen", over)
    refused(row, evaluator).look().sees("Le dossier n'est pas parti", over)

    secretary.go("/secretariat/habilitations/?text=esther").click("Renouveler")
    assert secretary.page.locator("[name=from_on]").input_value() == (today - 7 * DAY).isoformat()
    secretary.fill(until_on=today + 1000 * DAY, training="Outils du CQP", trained_on=today - 30 * DAY)
    presses(secretary, "Renouveler")
    assert Accreditation.objects.get(renews=ended).granted_on == today
    refused(row, evaluator).sees("Le dossier n'est pas parti", f"{lapsed}, habilitation décidée le {day(today)}")

    secretary.page.goto(f"/evaluations/seances/{first.pk}/invalider/")
    secretary.fill(reason="L’évaluatrice externe n’était plus habilitée.")
    presses(secretary, "Invalider l’épreuve").look().sees("Nulle", "Prévoir un autre passage")
    assert not row.results.filter(sitting__attendance=Attendance.HELD).exists()
    second = sat_again(row, secretary, (cast.professional, cast.evaluator))
    for one in (professional, evaluator):
        rates(one, second)
    evaluator.sees("Terminées", "Ce qui a été arrêté")
    assert row.results.filter(sitting=second, code__in=SIX, is_acquired=True).count() == 6
    told = refused(row, evaluator).words
    assert "non habilité" not in told and "Les deux évaluateurs sont formés" not in told.partition("Envoi")[0]


def test_one_competence_sat_again_then_the_file_goes(cast: Cast, visit: Visit, tmp_path: Path) -> None:
    row = practised(cast)
    for person, actor in zip((cast.professional, cast.evaluator), ACTORS, strict=True):
        accredited(cast, person, actor)
    held(cast, row, timezone.localdate() - 20 * DAY, "C4")
    booklet_signed(row)
    candidate, secretary = visit(cast.candidate), visit(cast.secretary)
    professional, evaluator = visit(cast.professional), visit(cast.evaluator)
    candidate.go(f"/evaluations/dossiers/{row.pk}/").sees("C3", "Acquis", "C4", "À acquérir", "C5", "Acquis")
    candidate.page.goto(f"/evaluations/dossiers/{row.pk}/manque/")
    candidate.sees("À repasser", "Seulement ce qui manque", "C4").look()
    again = sat_again(row, secretary, (cast.professional, cast.evaluator), only="C4")
    for one in (professional, evaluator):
        assert rates(one, again) == ["C4", ""]
    assert row.results.filter(code="C4").order_by("settled_at").last().is_acquired  # type: ignore[union-attr]
    assert row.results.filter(code="C3").count() == 1

    refused(row, evaluator).look().sees("Dossier de suivi et d'évaluation : manque", "Fiche de décision : manque")
    dropped(row, candidate, FOLLOWED, tmp_path)
    for person, actor in zip((cast.professional, cast.evaluator), ACTORS, strict=True):
        asked_to_sign(candidate, person, actor)
        signed_by_link(visit(), person.name)
    handed(row, candidate, ACTORS[1], "Esther Spécimen")
    goes_to_the_jury(row, evaluator, tmp_path)
    assert row.dates.get(milestone=Milestone.TRANSMITTED).on == timezone.localdate()
    handed(row, secretary, "joint_jury", "")
    candidate.page.goto(f"/parcours/{row.pk}/reperage/")
    candidate.sees("Livret de repérage", "Remis à : Jury paritaire", "Évaluateur externe (Esther", "Jury paritaire")
    candidate.go(f"/dossiers/{row.pk}/").sees("Transmis au jury")


# What stands already when a journey begins.


def admissible(cast: Cast) -> Candidacy:
    """A file found admissible by the pathway, opened to the professional and the trainer."""
    row = deposited(opened(cast.candidate, cast.certification(CQP), "pathway"))
    depositing.accept_application(candidacy=row, by=cast.secretary, at=AT, on=ON)
    files.decided(cast, row)
    now, today = timezone.now(), timezone.localdate()
    for person, role in ((cast.professional, Role.PROFESSIONAL), (cast.companion, Role.COMPANION)):
        sharing.grant_access(
            candidacy=row, person=person, role=role, by=cast.secretary, at=now, on=today, until_on=today + 60 * DAY
        )
    return row


def practised(cast: Cast) -> Candidacy:
    """The same positioned, its pathway followed to the end, then practised in company."""
    row, today = admissible(cast), timezone.localdate()
    position(row, {code: code == "C1" for code in SIX}, cast.professional, today - 90 * DAY)
    plan(row, SIX[1:], cast.companion, today - 85 * DAY)
    for step, ago in (("pathway", 60), ("practice", 30)):
        on = today - ago * DAY
        finish_step(candidacy=row, step=step, done_on=on, by=cast.companion, at=ten(on))
    return row


def accredited(cast: Cast, person: Person, actor: str, until_on: date | None = None) -> Accreditation:
    """That person is accredited and trained since long ago."""
    since = date(2024, 1, 1)
    return accredit(
        person=person,
        organisation=cast.organisation,
        scheme=CQP,
        actor=actor,
        from_on=since,
        until_on=until_on,
        training="Outils du CQP",
        trained_on=since,
        at=AT,
    )


def held(cast: Cast, row: Candidacy, on: date, *missing: str) -> Sitting:
    """The assessment held that day, rated by both and signed."""
    at = ten(on)
    sitting = plan_sitting(
        candidacy=row, method="assessment", by=cast.secretary, at=at, starts_at=at, minutes=180, place="company"
    )
    pair = [
        name_evaluator(sitting=sitting, person=person, actor=actor, by=cast.secretary, at=at)
        for person, actor in zip((cast.professional, cast.evaluator), ACTORS, strict=True)
    ]
    for one in pair:
        declare_links(evaluator=one, links=[], at=at, by=one.person)
    tell_attendance(sitting=sitting, attendance=Attendance.HELD, by=cast.secretary, at=at + timedelta(hours=3))
    for one in pair:
        sheets.signed(one, *missing)
    return sitting


def booklet_signed(row: Candidacy) -> None:
    """The booklet of the interview is in the file with its two signatures."""
    version = files.dropped(row, BOOKLET)
    filling.sign_document(
        candidacy=row, version=version, actor=ACTORS[0], signer="Denis", assurance=Assurance.PASSWORD, at=AT
    )


# What each of them does.


def presses(who: Visitor, name: str) -> Visitor:
    """They press that button; what comes is not looked at again."""
    with who.page.expect_navigation():
        who.page.get_by_role("main").get_by_role("button", name=name).first.click()
    return who


def positioned(row: Candidacy, professional: Visitor, *acquired: str) -> None:
    """The professional opens the interview, concludes on each competence with an example, and ends it."""
    page = professional.page
    professional.go(f"/parcours/{row.pk}/reperage/nouveau/").sees("Denis Échantillon a une habilitation")
    presses(professional, "Ouvrir l’entretien")
    for code in SIX:
        answer = "yes" if code in acquired else "no"
        professional.fill(**{f"answer-{code}": answer, f"example-{code}": "Raconté pendant l’entretien."})
    presses(professional, "Enregistrer et terminer")
    with page.expect_navigation():
        page.get_by_role("main").locator("form .btn.primary").click()


def trained(row: Candidacy, companion: Visitor, codes: tuple[str, ...]) -> None:
    """The trainer writes an action for these competences."""
    companion.page.goto(f"/parcours/{row.pk}/parcours/action/")
    companion.fill(title="Préparer et suivre une session", kind="work", hours_planned="70")
    for code in codes:
        companion.page.locator(f"[name=codes][value={code}]").check()
    presses(companion, "Enregistrer")


def dropped(row: Candidacy, who: Visitor, kind: str, folder: Path) -> None:
    """They drop a document of three pages; its page is shown."""
    path = folder / f"{kind}.pdf"
    path.write_bytes(pdf_of(3))
    who.page.goto(f"/dossiers/{row.pk}/pieces/{kind}/")
    who.page.locator("input[type=file]").set_input_files(path)
    presses(who, "Envoyer")


def asked_to_sign(candidate: Visitor, person: Person, actor: str) -> None:
    """From the page of a document, its candidate asks somebody to sign it."""
    page = candidate.page
    with page.expect_navigation():
        page.get_by_role("main").locator(f"a[href$='/signature/{actor}/']").click()
    candidate.fill(bearer=person.name, email=person.email)
    presses(candidate, "Envoyer le lien")


def signed_by_link(bearer: Visitor, name: str) -> None:
    """The last link sent is opened: the document is read and signed."""
    secret = str(mail.outbox[-1].body).split("/acte/")[1].split("/")[0]
    page = bearer.page
    page.goto(f"/acte/{secret}/")
    bearer.fill(is_read=True, bearer=name, quality="Professionnel", is_sincere=True)
    page.locator("main button.primary").click()
    page.wait_for_selector("text=c’est enregistré")


def handed(row: Candidacy, who: Visitor, actor: str, name: str) -> None:
    """The booklet is noted as handed to somebody in that role, today."""
    who.page.goto(f"/parcours/{row.pk}/reperage/remise/{BOOKLET}/")
    who.fill(actor=actor, name=name, handed_on=timezone.localdate())
    presses(who, "Noter la remise")


def planned(secretary: Visitor) -> Visitor:
    """From the page that plans, the assessment is planned in company, now; its page is shown."""
    now = timezone.localtime()
    secretary.fill(on=now.date(), hour=f"{now:%H:%M}", place="company")
    return presses(secretary, "Prévoir l’épreuve")


def sat_again(row: Candidacy, secretary: Visitor, people: tuple[Person, ...], only: str = "") -> Sitting:
    """The secretariat plans another sitting, names who assesses among those accredited, and tells that it was held."""
    secretary.page.goto(f"/evaluations/dossiers/{row.pk}/planifier/")
    if only:
        secretary.sees("Une seule ligne reste à acquérir : elle seule sera notée de nouveau.", only)
    planned(secretary)
    sitting = row.sittings.get(attendance="")
    page = secretary.page
    for person, actor in zip(people, ACTORS, strict=True):
        page.goto(f"/evaluations/seances/{sitting.pk}/evaluateurs/?role={actor}")
        line = page.get_by_role("row", name=re.compile(person.name))
        assert "valable" in line.inner_text()
        with page.expect_navigation():
            line.get_by_role("button", name="Nommer").click()
    page.goto(f"/evaluations/seances/{sitting.pk}/deroulement/")
    secretary.fill(attendance="held")
    presses(secretary, "Noter le déroulement")
    return sitting


def rates(who: Visitor, sitting: Sitting) -> list[str]:
    """They say that nothing ties them, rate every line as acquired and sign; the codes they were asked about."""
    page = who.page
    page.goto(f"/evaluations/{sitting.pk}/")
    who.fill(has="no")
    presses(who, "Déclarer")
    page.goto(f"/evaluations/{sitting.pk}/grille/")
    asked = []
    for line in page.locator("[data-line]").all():
        asked.append(next(iter(line.locator("legend .mono").all_inner_texts()), ""))
        line.locator("label:has([value=yes])").first.click()
    presses(presses(who, "Relire et signer"), "Signer ma grille")
    return asked


def refused(row: Candidacy, who: Visitor) -> Visitor:
    """They try to send the file as it is: what is missing is told, and nothing goes."""
    who.page.goto(f"/evaluations/dossiers/{row.pk}/transmettre/")
    presses(who, "Transmettre au jury").sees("Le dossier n'est pas parti : voici ce qui manque.")
    assert not row.dates.filter(milestone=Milestone.TRANSMITTED).exists()
    return who


def goes_to_the_jury(row: Candidacy, evaluator: Visitor, folder: Path) -> None:
    """The external evaluator joins the decision form, attests what the rules ask to hear, and sends the file."""
    transmit, page = f"/evaluations/dossiers/{row.pk}/transmettre/", evaluator.page
    paper = folder / "decision.pdf"
    paper.write_bytes(pdf_of(1))
    page.goto(f"{transmit}decision_form/")
    page.locator("input[type=file]").set_input_files(paper)
    presses(evaluator, "Joindre")
    for box in page.locator("[name=attested]").all():
        box.check()
    presses(evaluator, "Transmettre au jury").sees("Le dossier est transmis au jury")
