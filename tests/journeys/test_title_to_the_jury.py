"""A title of six blocks up to the jury: a character too many, a connection lost while rating, a file held back."""

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from playwright.sync_api import expect

from parchemin.core.facts import Attendance, Milestone
from parchemin.records.assessments.actions.holding import tell_attendance
from parchemin.records.assessments.actions.planning import declare_links, name_evaluator, plan_sitting
from parchemin.records.assessments.actions.rating import Rated, rate, sign_ratings
from parchemin.records.assessments.models import Evaluator, Rating, Sitting
from parchemin.records.assessments.sheets import mandatory, sheet_of_sitting
from parchemin.records.candidacies.actions import deciding, depositing, filling
from parchemin.records.candidacies.actions.filling import Measured
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Candidacy
from parchemin.records.people.models import Person
from tests.journeys.visitor import Visitor
from tests.web.cast import TITLE, Cast, deposited, opened
from tests.web.pdf import pdf_of

Visit = Callable[..., Visitor]
TODAY = timezone.localdate()
PAPER, MOST = "professional_paper", 140_000
OTHERS = ("writing_b1", "writing_b2", "offer", "offer_summary", "writing_b5", "writing_b6")
ALONE = ("simulation_b1", "simulation_b2", "simulation_b5", "simulation_b6")
TOGETHER = ("offer_presentation", "offer_interview", PAPER)
RATED = ("simulation_b1", "simulation_b2", "offer_presentation", PAPER, "simulation_b5", "simulation_b6")
"""Sat once each, they rate every competence of the six blocks."""
MINUTES = {"offer_presentation": 20, "offer_interview": 40, PAPER: None, "paper_defence": 60}


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def at(day: date, hour: int = 10) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))


def admissible(cast: Cast, who: Person | None = None) -> Candidacy:
    """A file found admissible two months ago, all of whose documents are there but the professional paper."""
    began = ago(60)
    told: dict[str, Any] = {"at": at(began), "on": began}
    row = deposited(opened(who or cast.candidate, cast.certification(TITLE), "continuing", **told), **told)
    depositing.accept_application(candidacy=row, by=cast.secretary, **told)
    deciding.decide_admissibility(candidacy=row, is_favourable=True, reason="", by=cast.secretary, **told)
    for kind in OTHERS:
        drops(row, kind)
    return Candidacy.objects.get(pk=row.pk)


def drops(row: Candidacy, kind: str, pages: int = 4, characters: int | None = None) -> None:
    """A document is in the file."""
    measured = Measured(f"{kind}.pdf", "application/pdf", 4, "0" * 64, pages=pages, characters=characters)
    filling.drop_document(
        candidacy=row, kind=kind, content=ContentFile(pdf_of(1)), measured=measured, by=row.candidate, at=at(ago(30))
    )


def handed_in(cast: Cast, who: Person | None = None) -> Candidacy:
    """The same whole, handed in and found complete."""
    row = admissible(cast, who)
    drops(row, PAPER, pages=60, characters=MOST)
    told: dict[str, Any] = {"at": at(ago(20)), "on": ago(20)}
    depositing.deposit_file(candidacy=row, by=row.candidate, **told)
    depositing.answer_file(candidacy=row, is_complete=True, reasons="", by=cast.secretary, **told)
    return Candidacy.objects.get(pk=row.pk)


def sends(who: Visitor) -> Visitor:
    """Press the button of the form that is shown."""
    with who.page.expect_navigation():
        who.page.get_by_role("main").locator("form .btn.primary").last.click()
    return who


def hands_in(who: Visitor, row: Candidacy) -> Visitor:
    who.page.goto(f"/dossiers/{row.pk}/deposer-pour-le-jury/")
    return sends(who.fill(is_read=True))


def drops_text(who: Visitor, row: Candidacy, folder: Path, characters: int) -> Visitor:
    """Drop the paper as a plain text of that many characters."""
    path = folder / "ecrit.txt"
    path.write_text("é" * characters, encoding="utf-8")
    who.page.goto(f"/dossiers/{row.pk}/pieces/{PAPER}/")
    who.page.locator("input[type=file]").set_input_files(path)
    with who.page.expect_navigation():
        who.page.get_by_role("button", name="Envoyer").click()
    return who


def test_a_character_too_many_is_told_and_one_less_is_handed_in(cast: Cast, visit: Visit, tmp_path: Path) -> None:
    row = admissible(cast)
    candidate, secretary = visit(cast.candidate), visit(cast.secretary)
    drops_text(candidate, row, tmp_path, MOST + 1).look().sees("140 001 caractères")
    hands_in(candidate, row).look().sees("Rien n'a été envoyé", "140001 caractères espaces compris (140000 au plus)")
    assert not row.deposits.filter(stage="completeness").exists()

    write = f"/parcours/{row.pk}/ecrits/{PAPER}/"
    candidate.page.goto(write)
    first, whole = "Une étude des besoins.", "é" * MOST
    candidate.fill(**{"text-4.1": first, "text-4.2": whole[len(first) - 1 :]})
    expect(candidate.page.locator("[data-tally-over]")).to_contain_text("1 de trop")
    candidate.click("Relire et déposer").click("Déposer cette version")
    candidate.sees("Rien n'a été déposé", "140001 caractères")
    candidate.page.goto(write)
    candidate.fill(**{"text-4.1": first[:-1]})
    expect(candidate.page.locator("[data-tally-over]")).to_be_hidden()
    candidate.click("Relire et déposer").sees("140 000 caractères sur 140 000")
    candidate.click("Déposer cette version").sees("version 2")
    hands_in(candidate, row).sees("Votre dossier pour le jury est déposé")
    secretary.page.goto(f"/secretariat/dossiers/{row.pk}/depot/")
    sends(secretary.look().sees("140 000 caractères").fill(answer="complete"))
    assert row.deposits.get(stage="completeness").answer == "accepted"


def held(cast: Cast, row: Candidacy, method: str, *named: tuple[Person, str]) -> Sitting:
    """That method, held yesterday before those people, whom nothing ties to the candidate."""
    begins = at(ago(1))
    minutes = MINUTES.get(method, 180)
    own: dict[str, Any] = {"by": cast.secretary, "at": begins}
    sitting = plan_sitting(candidacy=row, method=method, starts_at=begins, minutes=minutes, **own)
    for person, actor in named:
        one = name_evaluator(sitting=sitting, person=person, actor=actor, **own)
        declare_links(evaluator=one, links=[], by=person, at=begins)
    tell_attendance(sitting=sitting, attendance=Attendance.HELD, by=cast.secretary, at=at(ago(1), 14))
    return sitting


def signed(evaluator: Evaluator) -> None:
    """They found everything acquired and signed."""
    scheme = Judged(evaluator.sitting.candidacy, TODAY).scheme
    lines = mandatory(sheet_of_sitting(scheme, evaluator.sitting))
    own: dict[str, Any] = {"evaluator": evaluator, "by": evaluator.person, "at": at(ago(1), 16)}
    rate(lines=[Rated(code=line.code, kind=line.kind, is_acquired=True) for line in lines], **own)
    sign_ratings(**own)


def assessed(cast: Cast, row: Candidacy) -> dict[str, Sitting]:
    """Every method held; only what somebody else than the first member rates alone is signed already."""
    first, second = (cast.evaluator, "pedagogic_member"), (cast.professional, "pedagogic_member")
    found = {method: held(cast, row, method, first) for method in ALONE}
    found |= {method: held(cast, row, method, first, second) for method in TOGETHER}
    defence = held(cast, row, "paper_defence", (cast.jury_member, "jury_member"))
    signed(defence.evaluators.get())
    for method in TOGETHER:
        signed(found[method].evaluators.get(person=cast.professional))
    signed(found["offer_interview"].evaluators.get(person=cast.evaluator))
    return found


def rates(who: Visitor, sitting: Sitting, *, is_lost: bool = False) -> None:
    """Rate every line by keyboard, through a lost connection if it is, then read again and sign."""
    page = who.page
    page.goto(f"/evaluations/{sitting.pk}/grille/")
    lines = page.locator("[data-line]").count()
    loses(who, sitting, lines) if is_lost else presses(who, lines)
    expect(page.locator("[data-sheet-progress]")).to_have_text(re.compile(rf"{lines} sur {lines}$"))
    page.keyboard.press("s")
    expect(page.get_by_role("heading", level=1)).to_have_text("Relire et signer")
    if is_lost:
        who.look()
    sends(who)


def presses(who: Visitor, times: int) -> None:
    for _line in range(times):
        who.page.keyboard.press("1")


def loses(who: Visitor, sitting: Sitting, lines: int) -> None:
    """The connection falls after two lines; what is ticked without it is kept by the page, then saved."""
    told = who.page.locator("[data-autosave-told]")
    presses(who, 2)
    expect(told).to_contain_text("enregistré")
    who.context.set_offline(True)
    for index in range(2, lines):
        who.page.locator("[data-line]").nth(index).locator("label:has([value=yes])").click()
    expect(told).to_contain_text("Le réseau ne répond pas")
    assert Rating.objects.filter(evaluator__sitting=sitting, is_acquired=True).count() == 2
    who.context.set_offline(False)
    expect(told).to_contain_text("enregistré", timeout=15_000)
    assert Rating.objects.filter(evaluator__sitting=sitting, is_acquired=True).count() == lines
    assert who.page.evaluate("Object.keys(localStorage).length") == 0
    who.faults = [one for one in who.faults if "ERR_INTERNET_DISCONNECTED" not in one]


def transmit(who: Visitor, row: Candidacy, *, is_attested: bool) -> Visitor:
    """Try to send the file to the jury, with what is to attest or without."""
    who.page.goto(f"/evaluations/dossiers/{row.pk}/transmettre/")
    for box in who.page.locator("[name=attested]").all() if is_attested else ():
        box.check()
    return who.click("Transmettre au jury")


def test_rated_through_a_lost_connection_held_back_then_sent(cast: Cast, visit: Visit) -> None:
    row = handed_in(cast)
    sittings = assessed(cast, row)
    evaluator, secretary, candidate = visit(cast.evaluator), visit(cast.secretary), visit(cast.candidate)
    for method in RATED[:3]:
        rates(evaluator, sittings[method], is_lost=method == "simulation_b2")
    transmit(secretary, row, is_attested=True).sees("Le dossier n'est pas parti", "Chaque bloc visé")
    secretary.sees("Écrit professionnel : résultat non établi", "Mise en situation écrite du bloc 5 : résultat")
    for method in RATED[3:]:
        rates(evaluator, sittings[method])
    assert row.results.filter(kind="competence", is_acquired=True).values("code").distinct().count() == 37
    transmit(evaluator, row, is_attested=False).sees("Le dossier n'est pas parti", "mission en milieu professionnel")
    assert not row.dates.filter(milestone=Milestone.TRANSMITTED).exists()
    transmit(evaluator, row, is_attested=True).sees("transmis")
    assert row.dates.filter(milestone=Milestone.TRANSMITTED).exists()
    candidate.go(f"/evaluations/dossiers/{row.pk}/").sees("transmis au jury depuis le")
