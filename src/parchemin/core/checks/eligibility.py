"""May this person apply, by this route, on this date?"""

from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import Literal

from parchemin.core import words
from parchemin.core.case import Case
from parchemin.core.checks.base import check
from parchemin.core.decision import MET, NOT_MET, UNKNOWN, Outcome, Seen, all_of, truth
from parchemin.core.durations import ONE_DAY, Duration, Share, Stretch, joined, summed
from parchemin.core.facts import Experience, ExperienceKind, Milestone
from parchemin.core.scheme import Register, Scheme
from parchemin.core.terms import StatementId, TagId, Unknown, listed


@check
class RouteOpen:
    """The route is one of the certification's, and open."""

    def look(self, case: Case) -> Seen:
        """UNKNOWN when the route, or whether it is open, is not known."""
        id = case.facts.route
        if id is None:
            return Seen(UNKNOWN, "voie non renseignée")
        route = case.route
        if route is None:
            return Seen(NOT_MET, f"« {id} » n'est pas une voie de cette certification")
        if isinstance(route.is_open, Unknown):
            return Seen(UNKNOWN, f"{route.title} : la source ne dit pas si la voie est ouverte")
        return Seen(truth(route.is_open), f"{route.title} : voie {'ouverte' if route.is_open else 'fermée'}")


@check
class RegisteredOn:
    """The certification was registered on a day: periods may overlap, be retroactive or prolonged."""

    at: Milestone = Milestone.DECISION

    def look(self, case: Case) -> Seen:
        """Only texts already published on the date of the decision count; a text with unknown bounds never decides."""
        day = case.day(self.at)
        if day is None:
            return Seen(UNKNOWN, f"{words.MILESTONES[self.at]} : date non renseignée")
        outcome, texts = coverage(case.scheme, day, case.on)
        said = f"enregistrée au {words.day(day)}" if outcome is MET else f"non enregistrée au {words.day(day)}"
        if outcome is UNKNOWN:
            said = f"enregistrement au {words.day(day)} : les textes connus ne le disent pas"
        return Seen(outcome, said + (f" ({words.several(texts)})" if texts else ""), {"texts": texts})


def coverage(scheme: Scheme, day: date, known_on: date) -> tuple[Outcome, list[str]]:
    """Whether a registration text known on ``known_on`` covers ``day``, and the ids of those that do or may."""
    sure: list[str] = []
    maybe: list[str] = []
    for text in listed(scheme.registrations):
        if not isinstance(text.published_on, Unknown) and text.published_on > known_on:
            continue
        start = text.from_at_earliest if isinstance(text.from_, Unknown) else text.from_
        end = text.until_at_latest if isinstance(text.until, Unknown) else text.until
        if (start and day < start) or (end and day > end):
            continue
        doubtful = any(isinstance(value, Unknown) for value in (text.from_, text.until, text.published_on))
        (maybe if doubtful else sure).append(text.id)
    if sure:
        return MET, sure
    return (UNKNOWN, maybe) if maybe or isinstance(scheme.registrations, Unknown) else (NOT_MET, [])


@check
class RegisterAmong:
    """The certification stands in one of these registers."""

    registers: tuple[Register, ...]

    def look(self, case: Case) -> Seen:
        """UNKNOWN when the source does not give the register."""
        register = case.scheme.register
        if isinstance(register, Unknown):
            return Seen(UNKNOWN, "répertoire non précisé par la source")
        return Seen(truth(register in self.registers), f"répertoire : {register.value}", {"register": register.value})


@check
class ExperienceAtLeast:
    """Experience of at least ``lasts`` before the day of ``at``, and within ``within`` of it when given.

    ``fraction`` of full time is the least that counts on a day, simultaneous activities adding up to full time at most.
    Days in a row are counted date to date. Days apart add up, and must then reach the most days the duration can span.
    ``counted`` by volume instead lets a greater fraction shorten the duration, in proportion; full time by default.
    """

    lasts: Duration
    at: Milestone = Milestone.REQUESTED
    fraction: Fraction = Fraction(0)
    counted: Literal["threshold", "volume"] = "threshold"
    within: Duration | None = None
    kinds: tuple[ExperienceKind, ...] = ()
    about: TagId | None = None
    proved: bool = False

    def look(self, case: Case) -> Seen:
        """MET on what is sure, NOT_MET when even the doubtful would not do, UNKNOWN between; the total is told."""
        at = case.day(self.at)
        if at is None:
            return Seen(UNKNOWN, f"{words.MILESTONES[self.at]} : date non renseignée")
        if case.facts.experiences is None:
            return Seen(UNKNOWN, "expérience non renseignée")
        sure = self._total(self._shares(case.facts.experiences, at, doubtful=False))
        values = {"days": int(self._volume(sure)), "needed": str(self.lasts)}
        if self._suffices(sure):
            return Seen(MET, self._told(sure), values)
        most = self._total(self._shares(case.facts.experiences, at, doubtful=True))
        if self._suffices(most):
            return Seen(UNKNOWN, f"{self._told(sure)} ; à établir, peut-être {self._told(most)}", values)
        return Seen(NOT_MET, self._told(sure), values)

    def _shares(self, experiences: Iterable[Experience], at: date, *, doubtful: bool) -> Iterator[Share]:
        start = self.within.before(at) if self.within else date.min
        for experience in experiences:
            first = max(experience.from_, start)
            last = min(experience.until or at, Duration(days=1).before(at))
            fraction = experience.fraction
            if fraction is None:
                fraction = Fraction(1) if doubtful or not self._least else Fraction(0)
            kept = self._kept(experience)
            if first <= last and (kept is MET or (doubtful and kept is UNKNOWN)):
                yield Share(Stretch(first, last), fraction)

    def _kept(self, experience: Experience) -> Outcome:
        kind = truth(None if experience.kind is None else experience.kind in self.kinds) if self.kinds else MET
        about = truth(None if experience.about is None else self.about in experience.about) if self.about else MET
        proof = truth(experience.is_proved) if self.proved else MET
        return all_of((kind, about, proof))

    def _total(self, shares: Iterable[Share]) -> list[Share]:
        least = Fraction(0) if self.counted == "volume" else self._least
        return [share for share in summed(shares) if share.fraction >= least]

    @property
    def _least(self) -> Fraction:
        return self.fraction or Fraction(self.counted == "volume")

    def _volume(self, total: list[Share]) -> Fraction:
        if self.counted == "threshold":
            return Fraction(sum(share.stretch.days for share in total))
        return sum((share.stretch.days * share.fraction / self._least for share in total), Fraction(0))

    def _suffices(self, total: list[Share]) -> bool:
        enough = [share.stretch for share in total if share.fraction >= self._least]
        in_a_row = any(stretch.reaches(self.lasts) for stretch in joined(enough))
        return in_a_row or self._volume(total) >= self.lasts.most_days

    def _told(self, total: list[Share]) -> str:
        stretches = joined(share.stretch for share in total)
        if not stretches:
            return f"aucune expérience qui compte sur {self.lasts.words}"
        if len(stretches) == 1 and self.counted == "threshold":
            return f"{stretches[0].words} sur {self.lasts.words}"
        return f"{words.days(int(self._volume(total)))} au total sur {self.lasts.words} ({self.lasts.most_days} jours)"


@check
class Admissible:
    """The request was found admissible: by an answer, or by silence once the time to answer is over."""

    within: Duration | Unknown | None = None
    silence: Literal["accepts", "refuses"] | Unknown | None = None

    def look(self, case: Case) -> Seen:
        """An answer that comes after silence has accepted changes nothing; UNKNOWN while an answer may still come.

        A refusal is UNKNOWN as long as its dates do not show that silence had not accepted first.
        """
        answer, answered = case.facts.is_favourable, case.day(Milestone.ANSWERED)
        received = case.day(Milestone.RECEIVED)
        limit = self.within.after(received) if received and isinstance(self.within, Duration) else None
        given = f" du {words.day(answered)}" if answered else ""
        if answer is True:
            return Seen(MET, f"avis favorable{given}")
        silent_until = answered if answer is False else case.on
        if limit and silent_until and silent_until > limit and self.silence == "accepts":
            since = limit + ONE_DAY
            values = {"since": since.isoformat(), "silence": "accepts"}
            return Seen(MET, f"recevable par silence depuis le {words.day(since)}", values)
        if answer is False:
            is_timely = limit is not None and (answered or case.on) <= limit
            if self.silence == "accepts" and self.within is not None and not is_timely:
                return Seen(UNKNOWN, f"avis défavorable{given}, peut-être après un silence qui valait accord")
            return Seen(NOT_MET, f"avis défavorable{given}")
        if limit and case.on > limit and self.silence == "refuses":
            values = {"since": (limit + ONE_DAY).isoformat(), "silence": "refuses"}
            return Seen(NOT_MET, f"refus par silence depuis le {words.day(limit + ONE_DAY)}", values)
        if limit and case.on <= limit:
            left = words.days((limit - case.on).days)
            told = f"réponse attendue au plus tard le {words.day(limit)} (reste {left})"
            return Seen(UNKNOWN, told, {"due": limit.isoformat()})
        return Seen(UNKNOWN, "aucune réponse connue sur la recevabilité")


@check
class ConfirmedEvery:
    """The candidate confirmed going on at least every ``every`` since ``since``; otherwise admissibility lapses.

    Without an answer it is counted from the day silence accepted, once ``silence_after`` has passed since reception;
    once a lapse was lifted, from the day it was.
    """

    every: Duration
    since: Milestone = Milestone.ANSWERED
    silence_after: Duration | None = None

    def look(self, case: Case) -> Seen:
        """NOT_MET from the day after a confirmation was due."""
        start = case.day(self.since) or self._accepted(case)
        if start is None:
            return Seen(UNKNOWN, f"{words.MILESTONES[self.since]} : date non renseignée")
        resumed, confirmed = case.facts.resumed_on, case.facts.confirmed_on
        if resumed and resumed <= case.on:
            start = max(start, resumed)
        marks = [start, *sorted(day for day in confirmed or () if start <= day <= case.on), case.on]
        for before, after in pairwise(marks):
            due = self.every.after(before)
            if after > due:
                outcome = UNKNOWN if confirmed is None else NOT_MET
                lapsed = "confirmations non renseignées" if confirmed is None else "caducité"
                told = f"{lapsed} : confirmation due le {words.day(due)}"
                return Seen(outcome, told, {"due": due.isoformat()})
        due = self.every.after(marks[-2])
        return Seen(MET, f"prochaine confirmation due le {words.day(due)}", {"due": due.isoformat()})

    def _accepted(self, case: Case) -> date | None:
        received = case.day(Milestone.RECEIVED)
        limit = self.silence_after.after(received) if received and self.silence_after else None
        return limit + ONE_DAY if limit and case.on > limit else None


@check
class RequestsPerYear:
    """In the calendar year of the request, at most ``same`` files for this certification and ``total`` in all.

    This one is counted, listed or not, and those made before it. Files that aim at blocks only are neither counted nor
    limited. Source of the figures: code du travail, art. R6412-3.
    """

    same: int
    total: int

    def look(self, case: Case) -> Seen:
        """NOT_MET when either number is exceeded."""
        requested = case.day(Milestone.REQUESTED)
        if requested is None or case.facts.requests is None:
            return Seen(UNKNOWN, "demandes de l'année non renseignées")
        own = case.scheme.ref.id
        counted = [
            request.scheme
            for request in case.facts.requests
            if not request.blocks_only
            and request.requested_on.year == requested.year
            and request.requested_on <= requested
            and (request.scheme, request.requested_on) != (own, requested)
        ]
        counted += [] if case.facts.blocks else [own]
        same, total = counted.count(own), len(counted)
        within = bool(case.facts.blocks) or (same <= self.same and total <= self.total)
        said = f"{same} sur {self.same} pour cette certification, {total} sur {self.total} en tout"
        return Seen(truth(within), f"demandes de l'année {requested.year} : {said}")


@check
class Stated:
    """Something declared and verified by whoever holds the file."""

    statement: StatementId

    def look(self, case: Case) -> Seen:
        """UNKNOWN until it is declared one way or the other."""
        outcome = truth(case.facts.statements.get(self.statement))
        return Seen(outcome, {MET: "déclaré et vérifié", NOT_MET: "non", UNKNOWN: "non renseigné"}[outcome])
