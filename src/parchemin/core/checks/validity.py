"""Until when does it hold, was it done in time, may it be contested? The three clocks never share a rule."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Literal

from parchemin.core import words
from parchemin.core.carrying import Carried
from parchemin.core.case import Case, applies
from parchemin.core.checks.base import AllOf, AnyOf, Silent, check
from parchemin.core.decision import MET, NOT_MET, UNKNOWN, Effect, Seen, Stage, truth
from parchemin.core.durations import ONE_DAY, Duration, end_of_month
from parchemin.core.facts import Appeal, Holding, Milestone
from parchemin.core.scheme import Check, Rule

Subject = Literal["block", "competence", "certificate"]


@check
class Lasts:
    """A part, or the certificate itself, holds for ``lasts`` from ``counted_from``, the last day included.

    ``ends_with`` stops the clock for good once that has happened in time: a part does not lapse once all is awarded.
    """

    subject: Subject
    lasts: Duration | Literal["unlimited"]
    counted_from: Milestone
    ends_with: Milestone | None = None

    def look(self, case: Case) -> Seen:
        """NOT_MET with what has expired and since when; a part held twice holds as long as either."""
        held = _held(case, self.subject)
        if held is None:
            return _nothing(self.subject)
        ends = {code: latest((self.until(one, case) for one in all), case.on) for code, all in held.items()}
        known = {code: end for code, end in ends.items() if end}
        lapsed = "périmé" if self.subject == "certificate" else "expiré"
        expired = [
            f"{code} : {lapsed} depuis le {words.day(end + ONE_DAY)}" for code, end in known.items() if end < case.on
        ]
        unsaid = [f"{code} : {words.MILESTONES[self.counted_from]} non datée" for code in ends if code not in known]
        valid = [f"{code} : {_until(end)}" for code, end in known.items() if end >= case.on]
        outcome = NOT_MET if expired else UNKNOWN if unsaid else MET
        values = {"until": {code: end.isoformat() for code, end in known.items() if end != date.max}}
        return Seen(outcome, " ; ".join(expired + unsaid + valid) or "aucun acquis", values)

    def until(self, holding: Holding, case: Case) -> date | None:
        """The last day it holds; ``date.max`` without limit, None when the day it is counted from is not known."""
        if not isinstance(self.lasts, Duration):
            return date.max
        if isinstance(holding, Carried):
            return _least(self.until(one, case) for one in holding.parts)
        start = holding.dates.get(self.counted_from)
        if start is None:
            return None
        end = self.lasts.after(start)
        stopped = case.day(self.ends_with) if self.ends_with else None
        return date.max if stopped and stopped <= min(end, case.on) else end


def latest(ends: Iterable[date | None], on: date) -> date | None:
    """The end that counts for a part held more than once: the last one, unless it has passed and one is not known."""
    all = list(ends)
    last = max((end for end in all if end), default=None)
    return None if None in all and (last is None or last < on) else last


def _until(end: date) -> str:
    return "sans limite" if end == date.max else f"valide jusqu'au {words.day(end)} inclus"


def _nothing(subject: Subject) -> Seen:
    return Seen(UNKNOWN, "certificat non délivré" if subject == "certificate" else "acquis non renseignés")


def _held(case: Case, subject: Subject) -> dict[str, list[Holding]] | None:
    if subject == "certificate":
        issued = case.day(Milestone.ISSUED)
        return {"certificat": [Holding(code="certificat", dates=case.facts.dates)]} if issued else None
    if case.holdings is None:
        return None
    known = case.scheme.blocks if subject == "block" else case.scheme.competences
    return {code: all for code, all in case.holdings.items() if code in known}


def is_limited(rules: Iterable[Rule], *subjects: str) -> bool:
    """Whether some rule says how long one of these holds, and it is not without limit; its first day may be unsaid."""
    return any(_limits(rule.check, subjects) for rule in rules)


def _limits(check: Check, subjects: Sequence[str]) -> bool:
    if isinstance(check, AnyOf | AllOf):
        return any(_limits(part.check, subjects) for part in check.parts)
    if isinstance(check, Silent):
        is_told = check.of == "lasts" and isinstance(check.known.get("lasts"), Duration)
        return is_told and check.known.get("subject") in subjects
    return isinstance(check, Lasts) and check.subject in subjects and check.lasts != "unlimited"


class Validity:
    """The blocking validity rules on one subject that apply to a file, to tell until when each part counts.

    With no rule on the subject a part counts without limit. Rules joined by any_of give the more favourable end.
    """

    def __init__(self, case: Case, subject: str) -> None:
        rules = case.scheme.rules.get(Stage.VALIDITY, ())
        bearing = [rule for rule in rules if rule.effect is Effect.BLOCKING and _bears_on(rule.check, subject)]
        found = [(rule.check, applies(rule.when, case)) for rule in bearing]
        self._checks = [(check, outcome is MET) for check, outcome in found if outcome is not NOT_MET]
        self._case = case

    def last_day(self, holdings: Iterable[Holding]) -> date | None:
        """The last day a part counts, held by any of ``holdings``; None when the rules do not settle it."""
        ends = [self._last(one) for one in holdings]
        return ends[0] if len(ends) == 1 else latest(ends, self._case.on)

    def _last(self, holding: Holding) -> date | None:
        return _least([_end(check, holding, self._case) if sure else None for check, sure in self._checks])


def _bears_on(check: Check, subject: str) -> bool:
    if isinstance(check, AnyOf | AllOf):
        return any(_bears_on(part.check, subject) for part in check.parts)
    if isinstance(check, Silent):
        return check.of == "lasts" and check.known.get("subject") == subject
    return isinstance(check, Lasts) and check.subject == subject


def _end(check: Check, holding: Holding, case: Case) -> date | None:
    if isinstance(check, Lasts):
        return check.until(holding, case)
    if isinstance(check, AllOf):
        return _least([_end(part.check, holding, case) for part in check.parts])
    ends = [_end(part.check, holding, case) for part in check.parts] if isinstance(check, AnyOf) else [None]
    if date.max in ends:
        return date.max
    return None if None in ends else max(end for end in ends if end)


def _least(ends: Iterable[date | None]) -> date | None:
    least = date.max
    for end in ends:
        if end is None:
            return None
        if end < least:
            least = end
    return least


@check
class ExpiresWithin:
    """Nothing held expires within ``within``: an alert before it is too late."""

    subject: Subject
    within: Duration

    def look(self, case: Case) -> Seen:
        """NOT_MET with what is about to expire and the days left; what has expired already is not told here."""
        held = _held(case, self.subject)
        if held is None:
            return _nothing(self.subject)
        validity = Validity(case, self.subject)
        ends = {code: validity.last_day(all) for code, all in held.items()}
        until = self.within.after(case.on)
        soon = [
            f"{code} : expire le {words.day(end)}, {_left(end, case.on)}"
            for code, end in ends.items()
            if end and end != date.max and case.on <= end <= until
        ]
        unsure = [f"{code} : validité à établir" for code, end in ends.items() if end is None]
        outcome = NOT_MET if soon else UNKNOWN if unsure else MET
        return Seen(outcome, " ; ".join(soon + unsure) or f"rien n'expire dans les {self.within.words}")


def _left(end: date, on: date) -> str:
    return f"dans {words.days((end - on).days)}" if end > on else "aujourd'hui"


@check
class DoneWithin:
    """``until`` happens within ``within`` of ``since``, the last day included, or by the end of that month.

    With ``optional`` what never happens is not late; where ``since`` happened before ``since_from`` nothing is due.
    """

    since: Milestone
    until: Milestone
    within: Duration
    to_end_of_month: bool = False
    optional: bool = False
    since_from: date | None = None

    def look(self, case: Case) -> Seen:
        """NOT_MET once it is late, UNKNOWN while it can still be done, with the days left."""
        start, done = case.day(self.since), case.day(self.until)
        what = words.MILESTONES[self.until]
        if self.optional and done is None:
            return Seen(MET, f"{what} : sans objet")
        if start is None:
            return Seen(UNKNOWN, f"{words.MILESTONES[self.since]} : date non renseignée")
        if self.since_from and start < self.since_from:
            return Seen(MET, f"{what} : sans objet avant le {words.day(self.since_from)}")
        limit = self.within.after(start)
        limit = end_of_month(limit) if self.to_end_of_month else limit
        due, values = words.day(limit), {"limit": limit.isoformat()}
        if done is not None:
            return Seen(truth(done <= limit), f"{what} le {words.day(done)}, au plus tard le {due}", values)
        if case.on > limit:
            return Seen(NOT_MET, f"{what} : en retard depuis le {words.day(limit + ONE_DAY)}", values)
        left = words.days((limit - case.on).days)
        return Seen(UNKNOWN, f"{what} : à faire au plus tard le {due} (reste {left})", values)


@check
class DoneBefore:
    """``done`` happens at least ``by`` before ``event``, which may be to come; that day is included."""

    done: Milestone
    event: Milestone
    by: Duration = Duration()

    def look(self, case: Case) -> Seen:
        """NOT_MET once it is too late, UNKNOWN while either date is not known."""
        done, event, what = case.day(self.done), case.facts.dates.get(self.event), words.MILESTONES[self.done]
        if event is None:
            return Seen(UNKNOWN, f"{words.MILESTONES[self.event]} : date non renseignée")
        limit = self.by.before(event)
        due, values = words.day(limit), {"limit": limit.isoformat()}
        if done is not None:
            return Seen(truth(done <= limit), f"{what} le {words.day(done)}, au plus tard le {due}", values)
        if case.on > limit:
            return Seen(NOT_MET, f"{what} : en retard depuis le {words.day(limit + ONE_DAY)}", values)
        return Seen(UNKNOWN, f"{what} : à faire au plus tard le {due}", values)


@check
class AppealLevel:
    """A decision may be contested before ``to`` within ``within`` of ``since``, the last day included.

    Levels stand in the order of their rules. One that ``follows`` another waits for its rejection, unless it is
    ``direct``; once the other was asked for in time, the time runs anew from its rejection. An appeal that nobody
    answers for ``silence_after`` is rejected; one that is lodged ``elsewhere`` is only written down here.
    """

    level: str
    title: str
    to: str
    since: Milestone
    within: Duration
    filed: Literal["here", "elsewhere"] = "here"
    follows: str | None = None
    direct: bool = False
    silence_after: Duration | None = None

    def look(self, case: Case) -> Seen:
        """NOT_MET when it was asked for too late, or before it was open; nobody is late for not contesting."""
        told, start = case.facts.appeals, case.day(self.since)
        if told is None and case.day(Milestone.APPEALED):
            return Seen(UNKNOWN, f"{self.title} : recours non renseignés")
        appeals = {one.level: one for one in told or () if one.filed_on <= case.on}
        mine = appeals.get(self.level)
        if start is None:
            unsaid = f"{words.MILESTONES[self.since]} : date non renseignée"
            return Seen(UNKNOWN, unsaid) if mine else Seen(MET, f"{self.title} : sans objet")
        limit = self.last_day(levels_of(case.scheme.rules.get(Stage.VALIDITY, ())), start, appeals, case.on)
        if limit is None:
            return Seen(truth(mine is None), f"{self.title} : pas encore ouvert")
        due, values = words.day(limit), {"limit": limit.isoformat()}
        if mine:
            told_on = f"{self.title} le {words.day(mine.filed_on)}, au plus tard le {due}"
            return Seen(truth(mine.filed_on <= limit), told_on, values)
        if case.on > limit:
            return Seen(MET, f"{self.title} : délai passé depuis le {words.day(limit + ONE_DAY)}", values)
        return Seen(MET, f"{self.title} : ouvert jusqu'au {due} (reste {words.days((limit - case.on).days)})", values)

    def last_day(
        self, levels: "Sequence[AppealLevel]", start: date, appeals: Mapping[str, Appeal], on: date
    ) -> date | None:
        """The last day to contest there a decision told on ``start``; None while another level must answer first."""
        first = self.within.after(start)
        former = next((one for one in levels if one.level == self.follows and one is not self), None)
        if former is None:
            return first
        asked = appeals.get(former.level)
        until = former.last_day([one for one in levels if one is not self], start, appeals, on)
        if asked is None or until is None or asked.filed_on > until:
            return first if self.direct else None
        return self._anew(asked, former.silent_on(asked), on)

    def silent_on(self, asked: Appeal) -> date | None:
        """The last day to answer that appeal, after which it is rejected; None where silence rejects nothing."""
        return self.silence_after.after(asked.filed_on) if self.silence_after else None

    def _anew(self, asked: Appeal, silent_on: date | None, on: date) -> date | None:
        """The last day once another level was asked for in time: counted from its rejection, said or by silence.

        A rejection that is said while the time of a silence runs makes it run again.
        """
        answered = asked.answered_on if asked.answered_on and asked.answered_on <= on else None
        if answered and asked.is_upheld:
            return None
        if silent_on is None or (answered and answered <= silent_on):
            return self.within.after(answered) if answered else None
        if on <= silent_on:
            return None
        until = self.within.after(silent_on)
        return self.within.after(answered) if answered and answered <= until else until


def levels_of(rules: Iterable[Rule], since: Milestone | None = None) -> tuple[AppealLevel, ...]:
    """The levels that these rules give, in order; only those counted from ``since`` when it is given."""
    checks = (rule.check for rule in rules)
    return tuple(one for one in checks if isinstance(one, AppealLevel) and since in (None, one.since))
