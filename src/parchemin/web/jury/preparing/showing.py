"""How sessions and members are shown: where each stands, and what the composition lacks, in words."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from parchemin.core.terms import Unknown, title_of
from parchemin.records.juries.models import Expenses, JurySession, Member, Presence, State
from parchemin.records.juries.queries.sessions import Composed

LOOKS = {
    State.PREPARED: ("unknown", "pencil"),
    State.SUMMONED: ("now", "send"),
    State.OPEN: ("now", "users"),
    State.DRAWN: ("unknown", "stamp"),
    State.CLOSED: ("unknown", "bell"),
    State.PUBLISHED: ("met", "circle-check"),
    State.CANCELLED: ("", "x"),
}
PRESENCES = {
    Presence.PRESENT: ("met", "circle-check"),
    Presence.ABSENT: ("unknown", "circle-alert"),
    Presence.EXCUSED: ("", "minus"),
}
DUE = {Expenses.CLAIMED: ("unknown", "hourglass"), Expenses.PAID: ("met", "circle-check")}


@dataclass(frozen=True, slots=True)
class Place:
    """A named seat or a college, who fills it, and how many it wants; None where the source does not say."""

    title: str
    note: str
    wanted: int | None
    names: list[str] = field(default_factory=list)

    @property
    def is_filled(self) -> bool:
        """Whether enough people are named to it."""
        return len(self.names) >= (self.wanted or 1)


def state_of(session: JurySession) -> dict[str, str]:
    """The status of components: label, tone and icon."""
    state = session.state
    tone, icon = LOOKS[state]
    return {"label": str(state.label), "tone": tone, "icon": icon}


def presence_of(member: Member) -> dict[str, str] | None:
    """Whether they came, once it is told."""
    if not member.presence:
        return None
    tone, icon = PRESENCES[Presence(member.presence)]
    return {"label": str(member.get_presence_display()), "tone": tone, "icon": icon}


def expenses_of(member: Member) -> dict[str, str] | None:
    """Where their expenses stand, when there are any."""
    if member.expenses == Expenses.NONE:
        return None
    tone, icon = DUE[Expenses(member.expenses)]
    return {"label": str(member.get_expenses_display()), "tone": tone, "icon": icon}


def seats_of(composed: Composed, members: Sequence[Member]) -> list[Place]:
    """Each named seat and who fills it; whoever only stands in for another is not counted."""
    found = []
    for seat in composed.seats:
        names = [one.person.name for one in members if one.seat == seat.id and not one.substitutes_id]
        college = composed.colleges.get(seat.college) if seat.college else None
        found.append(Place(seat.title, college.title if college else "", seat.min, names))
    return found


def colleges_of(composed: Composed, members: Sequence[Member]) -> list[Place]:
    """Each college and who represents it."""
    found = []
    for id, college in composed.colleges.items():
        wanted = None if isinstance(college.min, Unknown) else college.min
        names = [one.person.name for one in members if one.college == id and not one.substitutes_id]
        found.append(Place(college.title, "", wanted, names))
    return found


def title_of_jury(composed: Composed) -> str:
    """What the certification calls this jury."""
    return composed.jury.title if composed.jury else composed.session.jury


def college_title(composed: Composed, id: str) -> str:
    """What the certification calls that college; nothing for none."""
    return title_of(composed.colleges, id) if id else ""


def files_told(count: int | None) -> str:
    """How many candidates, in words."""
    n = count or 0
    return ngettext("%(n)s candidat", "%(n)s candidats", n) % {"n": n} if n else _("aucun candidat")
