"""The master before its jury: proposed from course units, or from critical learnings where the rules say so."""

from collections.abc import Callable, Sequence
from typing import Any

from django.utils import timezone

from parchemin.core.grid import Kind
from parchemin.records.assessments.actions.entering import Entered, codes_of, enter_results
from parchemin.records.assessments.actions.transmitting import transmit_file
from parchemin.records.candidacies.actions import deciding, depositing, filling
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Candidacy, DecisionRecord
from parchemin.records.certifications import queries
from parchemin.records.certifications.actions import publish_ruling, publish_version, set_open
from parchemin.records.certifications.folders import files_of
from parchemin.records.juries.models import Verdict
from parchemin.records.people.models import Person
from tests.journeys import jury
from tests.journeys.jury import Chosen, Panel
from tests.journeys.visitor import Visitor
from tests.records.candidacies import files
from tests.web import cast as casting
from tests.web.cast import AT, MASTER, ON, Cast, deposited, opened

Visit = Callable[..., Visitor]
THREE = (
    Chosen(login="alix", given="Alix", seat="chair", is_external=False, is_chair=True),
    Chosen(login="sacha", given="Sacha", seat="teacher", is_external=False, gender="m"),
    Chosen(login="noa", given="Noa", seat="professional"),
)
DOCUMENTS = ("portfolio", "thesis", "internship_reports")


def test_by_course_units_a_mark_put_right_before_the_session(cast: Cast, visit: Visit) -> None:
    first, second = student(cast, cast.candidate), student(cast, cast.other_candidate)
    for row in (first, second):
        marked(cast, row, codes(row, Kind.UNIT))
        sent(cast, row)
    panel = jury.planned(cast, MASTER, "master", *THREE).nominated()
    told, other = panel.heard(first, second)
    panel.called().declared(told, other)
    office, chair, candidate = visit(cast.secretary), visit(panel.chair), visit(cast.candidate)
    corrects(office, first, "UE07", 8)

    jury.opens(chair, panel.session).sees("La session est ouverte")
    jury.comes(chair, jury.address(told), is_looking=True).sees(
        "BC01", "Proposé : acquis", "D'après la règle de ce bloc"
    )
    chair.sees("BC02", "Proposé : non acquis", "manque UE07", "BC03", "Proposé : acquis")
    assert chair.page.locator("[name='value-BC02']:checked").get_attribute("value") == "no"
    read_through(chair)
    for hearing, verdict in ((told, Verdict.PARTIAL), (other, Verdict.FULL)):
        jury.tells(chair, hearing)
        for one in THREE:
            jury.votes(visit(panel.members[one.login].person), hearing)
        jury.concludes(chair, hearing, verdict).sees("la décision est prise")
    signed_and_told(panel, chair, office, visit)
    candidate.go(jury.result(told)).sees("Délivrance partielle", "non acquis — BC02 : 7 sur 8 ; manque UE07")
    candidate.sees("Ce qui reste à acquérir", "BC02", "Pour continuer", "suivre les UE")
    candidate.sees("UE07", "8")
    visit(cast.other_candidate).go(jury.result(other)).sees("Certification délivrée")


def test_by_critical_learnings_one_level_is_not_reached(cast: Cast, visit: Visit) -> None:
    by_learnings(cast)
    first, second = student(cast, cast.candidate), student(cast, cast.other_candidate)
    for row in (first, second):
        marked(cast, row, codes(row, Kind.UNIT))
        learnt(cast, row, but="BC01-AC8" if row == first else "")
    for row in (first, second):
        sent(cast, row)
    panel = jury.planned(cast, MASTER, "master", *THREE).nominated()
    told, other = panel.heard(first, second)
    panel.called().declared(told, other).opened()
    office, chair, candidate = visit(cast.secretary), visit(panel.chair), visit(cast.candidate)

    jury.comes(chair, jury.address(told)).sees("BC01", "Proposé : non acquis", "7 sur 8 ; manque BC01-AC8")
    jury.comes(chair, jury.address(other)).sees("BC01", "Proposé : acquis", "8 sur 8")
    for hearing, verdict in ((told, Verdict.PARTIAL), (other, Verdict.FULL)):
        jury.tells(chair, hearing)
        panel.voted(hearing)
        jury.concludes(chair, hearing, verdict).sees("la décision est prise")
    signed_and_told(panel, chair, office, visit)
    candidate.go(jury.result(told)).sees("Délivrance partielle", "Ce qui reste à acquérir", "BC01")
    visit(cast.other_candidate).go(jury.result(other)).sees("Certification délivrée")


# What each of them does.


def corrects(office: Visitor, row: Candidacy, unit: str, mark: int) -> None:
    """The secretary writes another mark in the ledger, with a reason."""
    office.page.goto(f"/evaluations/dossiers/{row.pk}/registre/")
    office.fill(**{f"mark-{unit}": str(mark), "reason": "Erreur de report."})
    jury.press(office, "Porter au registre").sees("1 résultat porté au registre.")


def read_through(chair: Visitor) -> None:
    """The file is read in the page of the candidate, with the marks of both ledgers."""
    chair.page.get_by_text("Le dossier : pièces, preuves, résultats, décisions").click()
    chair.page.get_by_text("UE07").nth(1).wait_for()
    chair.look()


def signed_and_told(panel: Panel, chair: Visitor, office: Visitor, visit: Visit) -> None:
    """The minutes are drawn, signed by each in their browser, closed by the chair, and everybody is told."""
    minutes = jury.draws(office, panel.session)
    for one in THREE:
        jury.signs(chair if one.is_chair else visit(panel.members[one.login].person), minutes)
    jury.closes(chair, minutes)
    jury.publishes(office, panel.session)


# What stands already when a journey begins.


def student(cast: Cast, who: Person) -> Candidacy:
    """The file of a student who was admitted, with every document of the jury."""
    row = opened(who, cast.certification(MASTER), "student")
    filling.declare(candidacy=row, answers={"admission": True}, by=row.candidate, at=AT)
    deposited(row)
    depositing.accept_application(candidacy=row, by=cast.secretary, at=AT, on=ON)
    deciding.verify_statement(candidacy=row, code="admission", is_true=True, by=cast.secretary, at=AT)
    files.decided(cast, row)
    for kind in DOCUMENTS:
        files.dropped(row, kind)
    return Candidacy.objects.get(pk=row.pk)


def codes(row: Candidacy, kind: Kind) -> Sequence[str]:
    """What one of the two ledgers is about."""
    return codes_of(Judged(row, ON).scheme, kind)


def marked(cast: Cast, row: Candidacy, units: Sequence[str]) -> None:
    """These units have twelve."""
    lines = [Entered(code=code, kind=Kind.UNIT, mark=12) for code in units]  # type: ignore[arg-type]
    enter_results(candidacy=row, lines=lines, by=cast.secretary, at=timezone.now())


def learnt(cast: Cast, row: Candidacy, *, but: str = "") -> None:
    """Every critical learning of the first block is acquired, but one, at its first level only."""
    known = [code for code in codes(row, Kind.LEARNING) if code.startswith("BC01")]
    lines = [
        Entered(code=code, kind=Kind.LEARNING, level="M1")
        if code == but
        else Entered(code=code, kind=Kind.LEARNING, is_acquired=True)
        for code in known
    ]
    enter_results(candidacy=row, lines=lines, by=cast.secretary, at=timezone.now())


def sent(cast: Cast, row: Candidacy) -> None:
    """The jury has the file."""
    found = transmit_file(
        candidacy=Candidacy.objects.get(pk=row.pk), by=cast.secretary, at=timezone.now(), on=timezone.localdate()
    )
    assert isinstance(found, DecisionRecord), [one.seen for one in found.findings if one.outcome != "met"]


def by_learnings(cast: Cast) -> None:
    """The master published with a ruling by which the first block is acquired by its critical learnings."""
    folder, ruling = casting.files_for(MASTER)
    text = ruling.read_text(encoding="utf-8")
    old = "rules/assessment.bc01/by, value: units"
    assert text.count(old) == 1
    told: dict[str, Any] = {"by": None, "at": AT}
    version = publish_version(
        scheme=MASTER, name=folder.name, files=files_of(folder), awarding_body=cast.organisation, **told
    )
    publish_ruling(
        version=version,
        name=ruling.stem,
        text=text.replace(old, "rules/assessment.bc01/by, value: learnings"),
        **told,
    )
    set_open(certification=version.certification, is_open=True, **told)
    queries._held.clear()  # ids start again with each test
