"""Letters asked for again."""

from datetime import date, datetime

from parchemin.records.candidacies.actions.taking import ask_letter, note, taken
from parchemin.records.candidacies.errors import UnfitError
from parchemin.records.candidacies.models import Letter
from parchemin.records.people.models import Person


def repeat_letter(*, letter: Letter, by: Person, at: datetime, on: date) -> Letter:
    """The same letter is due once more, under a reference of its own; UnfitError ``letter_waiting`` if not sent yet."""
    if letter.sent_at is None:
        raise UnfitError("letter_waiting")
    with taken(letter.candidacy, None) as row:
        again = ask_letter(
            row, letter.kind, at, on=on, by=letter.asked_by, decision=letter.decision, values=letter.values
        )
        note(row, "letter_repeated", at, by, {"letter": letter.pk.hex, "again": again.pk.hex}, is_change=False)
    return again
