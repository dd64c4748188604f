"""A file that holds something of everything, under a certification whose rules look at all of it."""

from datetime import timedelta
from decimal import Decimal

from parchemin.core.facts import ExperienceKind
from parchemin.records.candidacies.actions import deciding, filling, talking
from parchemin.records.candidacies.actions.filling import Activity
from parchemin.records.candidacies.actions.sharing import grant_access
from parchemin.records.candidacies.models import Candidacy, OverrideRecord
from parchemin.records.pathways.actions.planning import Planned, save_training
from parchemin.records.pathways.actions.positioning import Positioned, close_positioning, conclude, open_positioning
from parchemin.records.pathways.models import Moment, Training
from parchemin.records.people.models import Role
from tests.records.assessments import sending, sheets
from tests.records.candidacies import files
from tests.records.pathways import kept
from tests.web import cast as casting
from tests.web.cast import AT, ON, Cast

ADDED = """adds:
  completeness:
    - {id: completeness.hours, says: "x", source: "decision, art. 9", check: training_hours, min: 1, max: 9999}
    - {id: completeness.work, says: "x", source: "decision, art. 9", check: work_training_proofs}
    - {id: completeness.evidence, says: "x", source: "decision, art. 9", check: evidence_per_result, at_least: 1}
"""
"""Rules that look at what the others of the CQP do not: with them, all that the platform keeps of a file is read."""
GUESTS = (("companion", Role.COMPANION), ("professional", Role.PROFESSIONAL), ("evaluator", Role.EVALUATOR))
DAY = timedelta(days=1)


def laden(cast: Cast, added: str = ADDED) -> Candidacy:
    """An admissible file with one of everything, assessed, and opened to those who follow and assess it."""
    files.changed(cast, "adds:\n", added)
    row = files.decided(cast, files.completed(cast, casting.opened(cast.candidate, cast.certification())))
    for name, role in GUESTS:
        grant_access(candidacy=row, person=getattr(cast, name), role=role, by=cast.secretary, at=AT, on=ON)
    sending.ready(cast, row)
    needed = talking.ask_accommodation(candidacy=row, need="x", by=cast.candidate, at=AT)
    talking.decide_accommodation(
        accommodation=needed, is_granted=True, by=cast.secretary, at=AT, on=ON, measures="x", methods=["assessment"]
    )
    add(cast, row)
    return Candidacy.objects.get(pk=row.pk)


def add(cast: Cast, row: Candidacy) -> None:
    """One more of everything that a file may hold several of."""
    n = row.confirmations.count()
    filling.save_experience(
        candidacy=row, activity=Activity(f"x{n}", ExperienceKind.EMPLOYMENT, ON - 900 * DAY), by=cast.candidate, at=AT
    )
    files.dropped(row, kind="", title=f"Pièce {n}")
    for author in (cast.candidate, cast.secretary):
        casting.written_to(row, author, f"Message {n}")
    deciding.confirm_going_on(candidacy=row, by=cast.candidate, at=AT, on=ON - n * DAY)
    OverrideRecord.objects.create(
        candidacy=row, rule=f"x{n}", author=cast.manager, reason="x", source="x", decided_on=ON
    )
    _positioned(cast, row)
    planned = Planned(kind=Training.Kind.COURSE, title=f"x{n}", codes=("C1",), hours_planned=Decimal(7))
    save_training(candidacy=row, planned=planned, by=cast.companion, at=AT)
    for zone in kept.ZONE:
        kept.evidence(row, zone, "C1", "C2")
    kept.lived(row, Moment.Kind.SITUATION, AT + n * DAY)
    row.refresh_from_db()


def _positioned(cast: Cast, row: Candidacy) -> None:
    interview = open_positioning(candidacy=row, leader=cast.companion, held_on=ON, by=cast.companion, at=AT)
    lines = [Positioned(code=code, answer=True, example="x") for code in sheets.SIX]
    conclude(positioning=interview, lines=lines, by=cast.companion, at=AT)
    close_positioning(positioning=interview, by=cast.companion, at=AT)
