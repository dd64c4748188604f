"""Until when does it hold, and was it done in time? The three clocks never share a rule."""

from datetime import date
from typing import Literal

from parchemin.core import words
from parchemin.core.case import Case, applies
from parchemin.core.checks.base import AllOf, AnyOf, Check, Silent, check
from parchemin.core.decision import MET, NOT_MET, UNKNOWN, Seen, Stage, truth
from parchemin.core.durations import ONE_DAY, Duration, end_of_month
from parchemin.core.facts import Holding, Milestone

Subject = Literal["block", "competence", "certificate"]


@check
class Lasts:
    """A part, or the certificate itself, holds for ``lasts`` from ``counted_from``, the last day included."""

    subject: Subject
    lasts: Duration | Literal["unlimited"]
    counted_from: Milestone

    def look(self, case: Case) -> Seen:
        """NOT_MET with what has expired and since when; holdings are those of the file."""
        held = _held(case, self.subject)
        if held is None:
            return Seen(UNKNOWN, "acquis non renseignés" if self.subject != "certificate" else "certificat non délivré")
        ends = {holding.code: self.until(holding) for holding in held}
        expired = [
            f"{code} : expiré depuis le {words.day(end + ONE_DAY)}"
            for code, end in ends.items()
            if end and end < case.on
        ]
        unsaid = [
            f"{code} : {words.MILESTONES[self.counted_from]} non datée" for code, end in ends.items() if end is None
        ]
        valid = [f"{code} : {_until(end)}" for code, end in ends.items() if end and end >= case.on]
        outcome = NOT_MET if expired else UNKNOWN if unsaid else MET
        values = {"until": {code: end.isoformat() for code, end in ends.items() if end and end != date.max}}
        return Seen(outcome, " ; ".join(expired + unsaid + valid) or "aucun acquis", values)

    def until(self, holding: Holding) -> date | None:
        """The last day it holds; ``date.max`` without limit, None when the day it is counted from is not known."""
        if not isinstance(self.lasts, Duration):
            return date.max
        start = holding.dates.get(self.counted_from)
        return start and self.lasts.after(start)


def _until(end: date) -> str:
    return "sans limite" if end == date.max else f"valide jusqu'au {words.day(end)} inclus"


def _held(case: Case, subject: str) -> tuple[Holding, ...] | None:
    if subject == "certificate":
        return (Holding(code="certificat", dates=case.facts.dates),) if case.day(Milestone.ISSUED) else None
    if case.facts.holdings is None:
        return None
    known = case.scheme.blocks if subject == "block" else case.scheme.competences
    return tuple(holding for holding in case.facts.holdings if holding.code in known)


def last_day(case: Case, holding: Holding, subject: str) -> date | None:
    """The last day a holding counts under every validity rule that applies; None when the rules do not settle it.

    With no rule on the subject it counts without limit. Rules joined by any_of give the more favourable end.
    """
    ends: list[date | None] = []
    for rule in case.scheme.rules.get(Stage.VALIDITY, ()):
        if _bears_on(rule.check, subject):
            applicable = applies(rule.when, case)
            if applicable is not NOT_MET:
                ends.append(_end(rule.check, holding) if applicable is MET else None)
    return _least(ends)


def _bears_on(check: Check, subject: str) -> bool:
    if isinstance(check, AnyOf | AllOf):
        return any(_bears_on(part.check, subject) for part in check.parts)
    if isinstance(check, Silent):
        return check.of == "lasts" and check.known.get("subject") == subject
    return isinstance(check, Lasts) and check.subject == subject


def _end(check: Check, holding: Holding) -> date | None:
    if isinstance(check, Lasts):
        return check.until(holding)
    if isinstance(check, AnyOf):
        ends = [_end(part.check, holding) for part in check.parts]
        return date.max if date.max in ends else None if None in ends else max(end for end in ends if end)
    return _least([_end(part.check, holding) for part in check.parts]) if isinstance(check, AllOf) else None


def _least(ends: list[date | None]) -> date | None:
    return None if None in ends else min((end for end in ends if end), default=date.max)


@check
class ExpiresWithin:
    """Nothing held expires within ``within``: an alert before it is too late."""

    subject: Subject
    within: Duration

    def look(self, case: Case) -> Seen:
        """NOT_MET with what is about to expire and the days left; what has expired already is not told here."""
        held = _held(case, self.subject)
        if held is None:
            return Seen(UNKNOWN, "acquis non renseignés")
        ends = {holding.code: last_day(case, holding, self.subject) for holding in held}
        soon = [
            f"{code} : expire le {words.day(end)}, dans {words.days((end - case.on).days)}"
            for code, end in ends.items()
            if end and case.on <= end <= self.within.after(case.on)
        ]
        outcome = NOT_MET if soon else UNKNOWN if None in ends.values() else MET
        return Seen(outcome, " ; ".join(soon) or f"rien n'expire dans les {self.within.words}")


@check
class DoneWithin:
    """``until`` happens within ``within`` of ``since``, the last day included, or by the end of that month.

    With ``optional`` what never happens is not late.
    """

    since: Milestone
    until: Milestone
    within: Duration
    to_end_of_month: bool = False
    optional: bool = False

    def look(self, case: Case) -> Seen:
        """NOT_MET once it is late, UNKNOWN while it can still be done, with the days left."""
        start, done = case.day(self.since), case.day(self.until)
        what = words.MILESTONES[self.until]
        if self.optional and done is None:
            return Seen(MET, f"{what} : sans objet")
        if start is None:
            return Seen(UNKNOWN, f"{words.MILESTONES[self.since]} : date non renseignée")
        limit = self.within.after(start)
        limit = end_of_month(limit) if self.to_end_of_month else limit
        values = {"limit": limit.isoformat()}
        if done is not None:
            return Seen(
                truth(done <= limit), f"{what} le {words.day(done)}, au plus tard le {words.day(limit)}", values
            )
        if case.on > limit:
            return Seen(NOT_MET, f"{what} : en retard depuis le {words.day(limit + ONE_DAY)}", values)
        left = words.days((limit - case.on).days)
        return Seen(UNKNOWN, f"{what} : à faire au plus tard le {words.day(limit)} (reste {left})", values)
