"""The expenses of those who sat: claimed, then paid."""

from datetime import datetime

from parchemin.records.juries.actions.taking import note_jury, taken_session
from parchemin.records.juries.errors import JuryError
from parchemin.records.juries.models import Expenses, JurySession, Member
from parchemin.records.people.models import Person


def tell_expenses(*, session: JurySession, member: Member, expenses: Expenses, at: datetime, by: Person) -> None:
    """Where the expenses of that member stand; JuryError ``not_a_member``."""
    with taken_session(session, None) as row:
        kept = row.members.select_for_update().filter(pk=member.pk).first()
        if kept is None:
            raise JuryError("not_a_member")
        kept.expenses = expenses
        kept.save(update_fields=["expenses"])
        note_jury(row, "expenses_told", at, by, {"person": kept.person_id.hex, "expenses": expenses.value})
