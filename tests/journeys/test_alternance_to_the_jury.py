"""Formateur de l'alternance from an admissible file to its jury, by apprenticeship and by experience."""

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from parchemin.core.facts import Attendance, Milestone
from parchemin.core.grid import Kind
from parchemin.records.assessments.actions.holding import tell_attendance
from parchemin.records.assessments.actions.planning import declare_links, name_evaluator, plan_sitting
from parchemin.records.assessments.actions.rating import Rated, rate, sign_ratings
from parchemin.records.assessments.models import Sitting
from parchemin.records.candidacies.actions import deciding, depositing, sharing
from parchemin.records.candidacies.models import Candidacy, DecisionRecord, DocumentVersion
from parchemin.records.people.actions.accrediting import accredit
from parchemin.records.people.actions.granting import grant_role
from parchemin.records.people.models import Person, Role
from tests.journeys.visitor import Visitor
from tests.web.cast import ALTERNANCE, Cast, deposited, opened, person
from tests.web.pdf import pdf_of

Visit = Callable[..., Visitor]
DAY = timedelta(days=1)
EXPERT, TRADE = "pedagogy_expert", "profession_representative"
SINGLE = {"self_assessment_b1": EXPERT, "interview_b2": TRADE, "project_b3": EXPERT, "organisation_b4": TRADE}
PAIRED = ("interview_b1", "defence_b3")
LENGTHS = {"self_assessment": 8, "project_document": 15, "organisation_document": 10, "activity_report": 2}
PARAGRAPH = "Ce qui a été prévu, ce qui s’est passé dans la séance, ce que j’en garde.\n\n"


def test_by_apprenticeship_a_session_before_one_of_two(cast: Cast, visit: Visit, tmp_path: Path) -> None:
    row, (esther, rose) = admissible(cast, "apprenticeship"), assessors(cast)
    candidate, secretary = visit(cast.candidate), visit(cast.secretary)
    followed(row, candidate, visit(cast.companion), visit(cast.professional))
    writes_nine_pages_then_eight(row, candidate)
    expert, trade = visit(esther), visit(rose)
    first = sat(row, secretary, (esther, rose), away=rose)
    told = "Séance de formation animée : Représentant du monde professionnel 0 sur 1"
    secretary.look().sees("Quelqu'un manquait pour évaluer", "invalidez-la", "Représentant du monde professionnel")
    secretary.sees("Représentant du monde professionnel 0 sur 1", "L'évaluation ne s'est pas faite", told)
    rates(expert, first)
    trade.page.goto("/evaluations/")
    trade.sees("Aucune épreuve pour l'instant")
    missing = f"/evaluations/dossiers/{row.pk}/manque/"
    candidate.go(missing).sees("ses évaluateurs", told)

    secretary.page.goto(f"/evaluations/seances/{first}/")
    secretary.click("Invalider l’épreuve").fill(reason="Le professionnel n’est pas venu.")
    press(press(secretary, "Invalider l’épreuve"), "Prévoir un autre passage")
    second = sat(row, secretary, (esther, rose), is_chosen=True)
    rates(expert, second)
    rates(trade, second).sees("Terminées")
    for method in (*SINGLE, *PAIRED):
        sign(held(cast, row, method, esther, rose))
    candidate.page.goto(missing)
    assert told not in candidate.sees("réelle", "Rapport d'activité : manque").words

    transmit = f"/evaluations/dossiers/{row.pk}/transmettre/"
    secretary.page.goto(transmit)
    press(secretary, "Transmettre au jury").sees(
        "Le dossier n'est pas parti", "en situation réelle", "Rapport d'activité"
    )
    assert not row.dates.filter(milestone=Milestone.TRANSMITTED).exists()
    for kind in ("project_document", "organisation_document", "activity_report"):
        drops(row, candidate, kind, tmp_path)
    hands_in(row, candidate, secretary)
    secretary.page.goto(transmit)
    secretary.sees("1 point à établir", "en situation réelle")
    sends(row, secretary)
    candidate.page.goto(f"/evaluations/dossiers/{row.pk}/")
    candidate.sees("transmis au jury", "Séance de formation animée")


def test_by_experience_two_who_differ(cast: Cast, visit: Visit, tmp_path: Path) -> None:
    row, (esther, rose) = admissible(cast, "vae"), assessors(cast)
    accredited_until(cast, esther, timezone.localdate() - 7 * DAY)
    candidate, secretary, expert, trade = (visit(one) for one in (cast.candidate, cast.secretary, esther, rose))
    candidate.go(f"/dossiers/{row.pk}/").sees("Document auto-évaluatif", "de 5 à 8 pages", "Rapport d'activité")
    for kind in ("self_assessment", "project_document", "organisation_document"):
        drops(row, candidate, kind, tmp_path)
    session = sat(row, secretary, (esther, rose), minutes=50)
    rates(expert, session, is_looking=True).sees("Aucune règle ne porte sur votre habilitation")
    rates(trade, session, value="no").look().sees("1 ligne à régler", "L'épreuve dans son ensemble", "Esther Spécimen")
    trade.page.locator("label:has([name=value][value=yes])").click()
    trade.fill(reason="Revu ensemble : la séance tient.").click("Prendre position").sees("Tout est arrêté")
    for who, method in ((expert, "project_b3"), (trade, "interview_b2")):
        rates(who, str(held(cast, row, method, esther, rose).pk)).sees("Terminées")
    for method in ("interview_b1", "self_assessment_b1", "defence_b3"):
        sign(held(cast, row, method, esther, rose))
    sign(held(cast, row, "organisation_b4", esther, rose), is_passed=False)

    expert.go(f"/evaluations/dossiers/{row.pk}/transmettre/")
    press(expert, "Transmettre au jury").sees("Le dossier n'est pas parti", "situation réelle", "Rapport d'activité")
    expert.sees("50 minutes pour 60")
    assert "habilit" not in expert.words.lower()
    drops(row, candidate, "activity_report", tmp_path)
    expert.go(f"/evaluations/dossiers/{row.pk}/transmettre/").sees("Ce que le jury appréciera", "B4 : ", "échec")
    sends(row, expert)
    candidate.go(f"/evaluations/dossiers/{row.pk}/").sees("transmis au jury", "Séance de formation animée", "Réussie")


def admissible(cast: Cast, route: str) -> Candidacy:
    """A file found admissible last month, which the candidate lets the centre and the company read."""
    began = timezone.localdate() - 30 * DAY
    told: dict[str, Any] = {"at": at(began), "on": began}
    row = deposited(opened(cast.candidate, cast.certification(ALTERNANCE), route, **told), **told)
    depositing.accept_application(candidacy=row, by=cast.secretary, **told)
    found = deciding.decide_admissibility(candidacy=row, is_favourable=True, reason="", by=cast.secretary, **told)
    assert isinstance(found, DecisionRecord), found
    for guest, role in ((cast.companion, Role.COMPANION), (cast.professional, Role.PROFESSIONAL)):
        sharing.grant_access(candidacy=row, person=guest, role=role, by=row.candidate, **told)
    return Candidacy.objects.get(pk=row.pk)


def assessors(cast: Cast) -> tuple[Person, Person]:
    """An expert in pedagogy, and somebody of the trade who assesses for the same body."""
    rose, today = person("rose", "Rose", "Métier"), timezone.localdate()
    grant_role(person=rose, role=Role.EVALUATOR, at=timezone.now(), from_on=today, organisation=cast.organisation)
    return cast.evaluator, rose


def accredited_until(cast: Cast, expert: Person, on: date) -> None:
    """An accreditation that has ended: this certification says nothing of any, and asks only who was there."""
    began = on - 365 * DAY
    accredit(
        person=expert,
        organisation=cast.organisation,
        scheme=ALTERNANCE,
        actor=EXPERT,
        from_on=began,
        until_on=on,
        granted_on=began,
        at=at(began),
    )


def at(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(9)))


def press(who: Visitor, name: str) -> Visitor:
    """Press the button or follow the link of that name, on a page that was looked at before."""
    main = who.page.get_by_role("main")
    pattern = re.compile(re.escape(name))
    target = main.get_by_role("button", name=pattern).or_(main.get_by_role("link", name=pattern)).first
    with who.page.expect_navigation():
        target.click()
    return who


def followed(row: Candidacy, candidate: Visitor, centre: Visitor, tutor: Visitor) -> None:
    """The contract is noted with its tutor, the three sides write in the book, a visit is made and reported."""
    page, today = f"/parcours/{row.pk}/alternance/", timezone.localdate()
    centre.go(page).click("Noter le contrat")
    centre.fill(employer="Atelier fictif", signed_on=today - 20 * DAY, from_on=today - 15 * DAY)
    centre.fill(tutor="Denis Échantillon", tutor_person=row.accesses.get(role=Role.PROFESSIONAL).person_id)
    press(centre, "Noter le contrat").sees("Atelier fictif", "Maître d'apprentissage Denis Échantillon")
    candidate.page.goto(page)
    candidate.click("Écrire dans le carnet").fill(words="J’ai animé ma première séance, seule.", about="B1")
    press(candidate, "Signer et envoyer").sees("Alternant", "J'ai animé ma première séance, seule.")
    tutor.page.goto(page)
    tutor.click("Répondre").fill(words="Les apprentis l’ont suivie jusqu’au bout.")
    press(tutor, "Signer et envoyer").sees("Denis Échantillon · Entreprise")
    centre.page.goto(f"{page}carnet/")
    press(centre.fill(words="Nous préparons les entretiens avec les maîtres.", about="B2"), "Signer et envoyer")
    centre.click("Prévoir une visite").fill(on=today - DAY, at="14:30", place="Atelier de Nantes")
    press(centre, "Prévoir la visite").click("Faire le compte rendu")
    centre.fill(present="Odile, Denis, Carine", report="La séance se tiendra devant la section de deuxième année.")
    press(centre, "Signer et envoyer")
    candidate.go(page).sees("Visites faites 1/1", "Centre de formation", "B2", "Alternant", "B1", "Entreprise")
    candidate.sees("Atelier de Nantes", "La séance se tiendra")


def writes_nine_pages_then_eight(row: Candidacy, candidate: Visitor) -> None:
    """The self-assessment written on line is refused for a page too many, then kept within its limits."""
    work = f"/parcours/{row.pk}/ecrits/self_assessment/"
    candidate.go(work).sees("de 5 à 8 pages")
    candidate.fill(**{"text-": PARAGRAPH * 300}).click("Relire et déposer")
    candidate.click("Déposer cette version").sees(
        "Rien n'a été déposé", "9 pages (5 à 8)", "Fiche RNCP 11926 (Cnam), l. 106"
    )
    assert not DocumentVersion.objects.exists()
    candidate.page.goto(work)
    press(candidate.fill(**{"text-": PARAGRAPH * 260}), "Relire et déposer")
    press(candidate, "Déposer cette version").sees("est déposé : version 1", "8 pages : dans les limites (de 5 à 8)")


def drops(row: Candidacy, who: Visitor, kind: str, folder: Path) -> None:
    """Drop a document, as long or as short as it may be."""
    paper = folder / f"{kind}.pdf"
    paper.write_bytes(pdf_of(LENGTHS[kind]))
    who.page.goto(f"/dossiers/{row.pk}/pieces/{kind}/")
    who.page.locator("input[type=file]").set_input_files(paper)
    press(who, "Envoyer")


def hands_in(row: Candidacy, candidate: Visitor, secretary: Visitor) -> None:
    """The candidate hands the file in, and is answered that it is complete."""
    candidate.page.goto(f"/dossiers/{row.pk}/deposer-pour-le-jury/")
    press(candidate.fill(is_read=True), "Déposer mon dossier").sees("Votre dossier pour le jury est déposé")
    secretary.page.goto(f"/secretariat/dossiers/{row.pk}/depot/")
    press(secretary.fill(answer="complete"), "Envoyer la réponse").sees("La réponse est donnée")


def sat(
    row: Candidacy,
    secretary: Visitor,
    people: tuple[Person, Person],
    *,
    away: Person | None = None,
    is_chosen: bool = False,
    minutes: int = 60,
) -> str:
    """The session of the first block is planned for yesterday, before both; it was held, whoever was away."""
    if not is_chosen:
        secretary.page.goto(f"/evaluations/dossiers/{row.pk}/planifier/")
        press(secretary, "Prévoir : Séance de formation animée")
    secretary.fill(on=timezone.localdate() - DAY, hour="09:00", room="Salle 3")
    press(secretary, "Prévoir l’épreuve")
    for one in people:
        press(secretary, "Nommer :").sees("Esther" if one is people[0] else "Rose", "non demandée")
        press(secretary, f"Nommer : {one.name}")
    assert "Convoquer" not in secretary.words
    press(secretary, "Noter le déroulement")
    secretary.fill(minutes=minutes).page.locator("label:has([name=attendance][value=held])").click()
    if away:
        secretary.page.get_by_label(away.name).uncheck()
    press(secretary, "Noter le déroulement").sees("Le déroulement est noté")
    return secretary.page.url.rstrip("/").rpartition("/")[2]


def rates(who: Visitor, sitting: str, *, value: str = "yes", is_looking: bool = False) -> Visitor:
    """They say that nothing ties them to the candidate, rate the method, read again and sign."""
    act: Callable[[Visitor, str], Visitor] = Visitor.click if is_looking else press
    who.page.goto(f"/evaluations/{sitting}/")
    act(who.fill(has="no"), "Déclarer")
    act(who, "Noter")
    who.page.locator(f"[data-line] label:has([value={value}])").first.click()
    act(who, "Relire et signer")
    return act(who, "Signer ma grille")


def held(cast: Cast, row: Candidacy, method: str, expert: Person, trade: Person) -> Sitting:
    """That method, held yesterday before those that the regulation asks."""
    begins, by = at(timezone.localdate() - DAY), cast.secretary
    sitting = plan_sitting(candidacy=row, method=method, by=by, at=begins, starts_at=begins, minutes=45)
    actors = {EXPERT: expert, TRADE: trade}
    for actor in (SINGLE[method],) if method in SINGLE else actors:
        name_evaluator(sitting=sitting, person=actors[actor], actor=actor, by=by, at=begins)
    tell_attendance(sitting=sitting, attendance=Attendance.HELD, by=by, at=begins + timedelta(hours=2))
    return sitting


def sign(sitting: Sitting, *, is_passed: bool = True) -> None:
    """Those who assess it, whom nothing ties to the candidate, find it passed or failed, and sign."""
    told = [Rated(code=sitting.method, kind=Kind.WHOLE, is_acquired=is_passed)]
    for one in sitting.evaluators.select_related("person", "sitting__candidacy"):
        signed: dict[str, Any] = {"by": one.person, "at": timezone.now()}
        declare_links(evaluator=one, links=[], **signed)
        rate(evaluator=one, lines=told, **signed)
        sign_ratings(evaluator=one, **signed)


def sends(row: Candidacy, secretary: Visitor) -> None:
    """What is asked is attested, and the file goes."""
    for box in secretary.page.locator("[name=attested]").all():
        box.check()
    secretary.click("Transmettre au jury").sees("Le dossier est transmis au jury")
    assert row.dates.filter(milestone=Milestone.TRANSMITTED).exists()
