"""What the candidate, and whoever helps them, are told of the decisions on a file."""

from collections.abc import Mapping
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from parchemin.core.decision import Stage
from parchemin.core.facts import Milestone
from parchemin.records.candidacies.models import Candidacy, DecisionRecord, Letter

DELIBERATION = "deliberation"
"""The step that is done once minutes are closed, before anybody is told."""
HELD_BACK = (Milestone.DELIBERATED, Milestone.SIGNED)
"""The days that say that a jury decided."""


def is_held_back(dates: Mapping[Milestone, date]) -> bool:
    """Whether a jury decided on the file and has not told its candidate yet."""
    decided, notified = dates.get(Milestone.DELIBERATED), dates.get(Milestone.NOTIFIED)
    return decided is not None and (notified is None or notified < decided)


def told_decisions(candidacy: Candidacy) -> QuerySet[DecisionRecord]:
    """Those that may be read by the candidate: what a jury decided once it is published, which its letter shows.

    Never what the rules said of the jury itself: who sat and who voted is between the jury and the office.
    """
    letters = Letter.objects.filter(decision=OuterRef("pk"))
    records = candidacy.decisions.exclude(stage=Stage.JURY.value)
    return records.filter(~Q(stage=Stage.AWARD.value) | Exists(letters))


def letter_of(record: DecisionRecord) -> Letter | None:
    """The letter that told what a jury decided; None for other decisions, and until the results are published."""
    if record.stage != Stage.AWARD:
        return None
    return record.letters.filter(kind=f"jury_{record.answer}").order_by("asked_at").first()


def is_replaced(letter: Letter) -> bool:
    """Whether the candidate was told something else since of the same deliberation."""
    same = Letter.objects.filter(
        candidacy=letter.candidacy_id, kind__startswith="jury_", values__hearing=letter.values.get("hearing")
    )
    return same.filter(asked_at__gt=letter.asked_at).exclude(decision=letter.decision_id).exists()
