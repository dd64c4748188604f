"""Were the assessments held by the right people, in the right way?"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction

from parchemin.core import words
from parchemin.core.case import Case
from parchemin.core.checks.base import check
from parchemin.core.decision import MET, NOT_MET, UNKNOWN, Outcome, Seen, all_of, any_of, enough, truth
from parchemin.core.facts import Accreditation, Assessment, Attendance, Evaluator, Link
from parchemin.core.framework import Composition
from parchemin.core.terms import ActorId, MethodId, Unknown, title_of

NO_ASSESSMENTS = Seen(UNKNOWN, "évaluations non renseignées")
NOTHING_SAT = Seen(UNKNOWN, "aucune épreuve passée")


def _sat(case: Case, method: str | None) -> list[Assessment]:
    return [sitting for sitting in case.sat if method in (None, sitting.method)]


def _title(case: Case, sitting: Assessment) -> str:
    return title_of(case.scheme.methods, sitting.method)


def _strange(sitting: Assessment) -> Seen:
    return Seen(UNKNOWN, f"{sitting.method} : épreuve inconnue de cette certification")


def _told(found: Iterable[Seen]) -> str:
    return " ; ".join(dict.fromkeys(seen.words for seen in found if seen.outcome is not MET))


@check
class MethodsPassed:
    """Each block aimed at has passed its methods: all of them, any of them, or at least so many."""

    def look(self, case: Case) -> Seen:
        """Told block by block, with the methods whose result is awaited; UNKNOWN where it is not said how they join."""
        if case.facts.assessments is None:
            return NO_ASSESSMENTS
        if not case.targets:
            return Seen(UNKNOWN, "blocs inconnus")
        found = {id: _block(case, id) for id in case.targets}
        lacking = [f"{id} : {seen.words}" for id, seen in found.items() if seen.outcome is not MET]
        outcome = all_of(case.asked(id, seen.outcome) for id, seen in found.items())
        told = " ; ".join(lacking) or f"épreuves réussies pour {words.several(found)}"
        if outcome is not NOT_MET:
            return Seen(outcome, told)
        return Seen(outcome, told, {"waiting": sorted({method for id in found for method in _waiting(case, id)})})


def _block(case: Case, id: str) -> Seen:
    block = case.scheme.blocks.get(id)
    if block is None:
        return Seen(UNKNOWN, "bloc inconnu du référentiel")
    if isinstance(block.methods, Unknown):
        return Seen(UNKNOWN, "la source ne dit pas quelles épreuves sont requises")
    found = [_enough(case, wanted, least) for wanted, least in _groups(block.methods)]
    if not found:
        return Seen(UNKNOWN, "aucune épreuve indiquée")
    return Seen(all_of(seen.outcome for seen in found), _told(found))


def block_sat(case: Case, id: str) -> Outcome | None:
    """Whether that block has passed its methods, once one of them was sat; None before, or where none is known."""
    block = case.scheme.blocks.get(id)
    if block is None or isinstance(block.methods, Unknown):
        return None
    wanted = {method for methods, _ in _groups(block.methods) for method in methods}
    return None if wanted.isdisjoint(case.assessments or {}) else _block(case, id).outcome


def _waiting(case: Case, id: str) -> Iterator[str]:
    """The methods of that block whose result is awaited, where too few were assessed; itself where none is known."""
    block = case.scheme.blocks.get(id)
    methods = block.methods if block and isinstance(block.methods, Composition) else Composition()
    groups = list(_groups(methods))
    if not groups:
        yield id
    for wanted, least in groups:
        told = [method for method in wanted if _is_assessed(case, method)]
        if len(told) < least:
            yield from (method for method in wanted if method not in told)


def _is_assessed(case: Case, method: str) -> bool:
    sittings = (case.assessments or {}).get(method, ())
    return any(one.attendance is Attendance.HELD and one.is_passed is not None for one in sittings)


def _groups(methods: Composition) -> Iterator[tuple[tuple[str, ...], int]]:
    if methods.all_of:
        yield methods.all_of, len(methods.all_of)
    if methods.any_of:
        yield methods.any_of, 1
    if methods.of:
        yield methods.of, len(methods.of) if methods.at_least is None else methods.at_least


def _enough(case: Case, wanted: tuple[str, ...], least: int) -> Seen:
    states = [passed(case, id) for id in wanted]
    sure = sum(seen.outcome is MET for seen in states)
    maybe = sum(seen.outcome is UNKNOWN for seen in states)
    told = words.several(seen.words for seen in states if seen.outcome is not MET)
    return Seen(enough(sure, maybe, least), told)


def passed(case: Case, method: str) -> Seen:
    """Whether one sitting of the method was passed, and what is known; an absence is told apart from a failure."""
    title = title_of(case.scheme.methods, method)
    sittings = (case.assessments or {}).get(method)
    if not sittings:
        return Seen(NOT_MET, f"{title} : à passer")
    outcome = any_of(truth(sitting.is_passed) for sitting in sittings if sitting.attendance is Attendance.HELD)
    if outcome is MET:
        return Seen(MET, f"{title} : réussite")
    if outcome is UNKNOWN:
        return Seen(UNKNOWN, f"{title} : résultat non établi")
    last = sittings[-1].attendance
    return Seen(NOT_MET, f"{title} : {'échec' if last is Attendance.HELD else words.ATTENDANCES[last]}")


@check
class EvaluatorsPresent:
    """Each sitting (of ``method`` when given) had the evaluators its method asks, by profile and number."""

    method: MethodId | None = None

    def look(self, case: Case) -> Seen:
        """NOT_MET with who was missing; UNKNOWN where the source does not say who assesses, or nothing was sat."""
        if case.facts.assessments is None:
            return NO_ASSESSMENTS
        sat = _sat(case, self.method)
        if not sat:
            return NOTHING_SAT
        found = [seen for sitting in sat for seen in _pairs(case, sitting)]
        outcome = all_of(seen.outcome for seen in found)
        return Seen(outcome, _told(found) or f"{words.plural(len(sat), 'évaluation')} avec les évaluateurs prévus")


def _pairs(case: Case, sitting: Assessment) -> Iterator[Seen]:
    method = case.scheme.methods.get(sitting.method)
    if method is None:
        yield _strange(sitting)
    elif isinstance(method.evaluators, Unknown):
        yield Seen(UNKNOWN, f"{method.title} : la source ne dit pas qui évalue")
    elif method.evaluators and sitting.evaluators is None:
        yield Seen(UNKNOWN, f"{method.title} : évaluateurs non renseignés")
    else:
        for role, count in (method.evaluators or {}).items():
            present = len({evaluator.name for evaluator in sitting.evaluators or () if evaluator.role == role})
            title = title_of(case.scheme.actors, role)
            yield Seen(truth(present >= count), f"{method.title} : {title} {present} sur {count}")


def _unnamed(case: Case, roles: tuple[str, ...]) -> Iterator[str]:
    """The sittings whose evaluators are not known, where one of ``roles`` may have sat."""
    for sitting in case.sat:
        method = case.scheme.methods.get(sitting.method)
        asked = method.evaluators if method else None
        other = bool(roles) and isinstance(asked, Mapping) and not set(roles).intersection(asked)
        if sitting.evaluators is None and not other:
            yield f"{_title(case, sitting)} : évaluateurs non renseignés"


@check
class AccreditedOn:
    """Each evaluator with one of ``roles`` was accredited for it on the day of the assessment.

    One decided after that day does not count, unless ``retroactive``; with ``trained``, training is proved.
    """

    roles: tuple[ActorId, ...]
    trained: bool = False
    retroactive: bool = False

    def look(self, case: Case) -> Seen:
        """NOT_MET with who was not accredited and what they held."""
        if case.facts.assessments is None:
            return NO_ASSESSMENTS
        found = [
            self._accredited(case, evaluator, sitting.day)
            for sitting in case.sat
            for evaluator in sitting.evaluators or ()
            if evaluator.role in self.roles
        ]
        found += [Seen(UNKNOWN, told) for told in _unnamed(case, self.roles)]
        if not found:
            return Seen(UNKNOWN, "aucun évaluateur renseigné pour ce rôle")
        outcome = all_of(seen.outcome for seen in found)
        return Seen(outcome, _told(found) or "évaluateurs habilités le jour de l'évaluation")

    def _accredited(self, case: Case, evaluator: Evaluator, day: date | None) -> Seen:
        who = f"{evaluator.name} ({title_of(case.scheme.actors, evaluator.role)})"
        if day is None or evaluator.accreditations is None:
            missing = "date d'évaluation" if day is None else "habilitation"
            return Seen(UNKNOWN, f"{who} : {missing} non renseignée")
        held = [a for a in evaluator.accreditations if a.role == evaluator.role]
        outcome = any_of(self._covers(accreditation, day) for accreditation in held)
        told = "formation aux outils non renseignée" if outcome is UNKNOWN else self._lack(held, day)
        return Seen(outcome, f"{who} : {told}")

    def _covers(self, one: Accreditation, day: date) -> Outcome:
        is_held = _runs(one, day) and not self._is_late(one, day)
        return all_of((truth(is_held), truth(one.is_trained) if self.trained else MET))

    def _is_late(self, one: Accreditation, day: date) -> bool:
        return one.granted_on is not None and one.granted_on > day and not self.retroactive

    def _lack(self, held: list[Accreditation], day: date) -> str:
        running = [one for one in held if _runs(one, day)]
        granted = [one.granted_on for one in running if one.granted_on and self._is_late(one, day)]
        ended = [one.until for one in held if one.until and one.until < day]
        if len(granted) < len(running):
            return f"habilité le {words.day(day)}, non formé aux outils"
        if granted:
            return f"non habilité le {words.day(day)}, habilitation décidée le {words.day(min(granted))}"
        since = f", habilitation finie le {words.day(max(ended))}" if ended else ""
        return f"non habilité le {words.day(day)}{since}"


def _runs(one: Accreditation, day: date) -> bool:
    return one.from_ <= day and (one.until is None or day <= one.until)


@check
class NoLink:
    """No evaluator with one of ``roles`` (any role when empty) has one of ``links`` with the candidate."""

    links: tuple[Link, ...]
    roles: tuple[ActorId, ...] = ()

    def look(self, case: Case) -> Seen:
        """NOT_MET with each link; UNKNOWN when somebody has not declared, or evaluators are not known."""
        if case.facts.assessments is None:
            return NO_ASSESSMENTS
        if not case.sat:
            return NOTHING_SAT
        sat = [e for sitting in case.sat for e in sitting.evaluators or () if not self.roles or e.role in self.roles]
        return unlinked(((e.name, e.links) for e in sat), self.links, _unnamed(case, self.roles))


def unlinked(
    people: Iterable[tuple[str, tuple[Link, ...] | None]], refused: tuple[Link, ...], unsaid: Iterable[str] = ()
) -> Seen:
    """Whether nobody has a refused link with the candidate; UNKNOWN when somebody's are not declared."""
    found = list(people)
    tied = [f"{name} : {words.LINKS[link]}" for name, links in found for link in links or () if link in refused]
    silent = [f"{name} : liens non déclarés" for name, links in found if links is None] + list(unsaid)
    outcome = NOT_MET if tied else UNKNOWN if silent else MET
    return Seen(outcome, " ; ".join(dict.fromkeys(tied + silent)) or "aucun lien déclaré")


@check
class TimeAllowed:
    """Each sitting (of ``method`` when given) lasted the time its method sets, with the accommodation granted by then.

    Time multiplied may not fall on a whole minute: both neighbours are then right.
    """

    method: MethodId | None = None

    def look(self, case: Case) -> Seen:
        """NOT_MET with the time given and the time due."""
        if case.facts.assessments is None:
            return NO_ASSESSMENTS
        sat = _sat(case, self.method)
        if not sat:
            return NOTHING_SAT
        found = [seen for sitting in sat if (seen := _timed(case, sitting))]
        told = " ; ".join(seen.words for seen in found)
        return Seen(all_of(seen.outcome for seen in found), told or "aucune durée fixée")


def _timed(case: Case, sitting: Assessment) -> Seen | None:
    method = case.scheme.methods.get(sitting.method)
    if method is None:
        return _strange(sitting)
    if method.minutes is None:
        return None
    if isinstance(method.minutes, Unknown) or sitting.minutes is None:
        return Seen(UNKNOWN, f"{method.title} : durée inconnue")
    granted = [a for a in case.facts.accommodations if sitting.method in a.methods and a.granted_on is not None]
    if granted and sitting.day is None:
        return Seen(UNKNOWN, f"{method.title} : jour inconnu, aménagement accordé")
    times = [a.time for a in granted if a.granted_on and sitting.day and a.granted_on <= sitting.day]
    due = method.minutes * max(times, default=Fraction(1))
    said = f"{method.title} : {sitting.minutes} minutes pour {words.number(due)}"
    return Seen(truth(abs(sitting.minutes - due) < 1), said + (" (aménagement accordé)" if times else ""))


@check
class PlaceAmong:
    """Each sitting (of ``method`` when given) was held in one of ``places``, or of those its method allows."""

    places: tuple[str, ...] = ()
    method: MethodId | None = None

    def look(self, case: Case) -> Seen:
        """NOT_MET with the sittings held elsewhere."""
        if case.facts.assessments is None:
            return NO_ASSESSMENTS
        sat = _sat(case, self.method)
        if not sat:
            return NOTHING_SAT
        found = [self._placed(case, sitting) for sitting in sat]
        return Seen(all_of(seen.outcome for seen in found), _told(found) or "lieux conformes")

    def _placed(self, case: Case, sitting: Assessment) -> Seen:
        method = case.scheme.methods.get(sitting.method)
        if method is None:
            return _strange(sitting)
        allowed = self.places or method.places
        if allowed is None:
            return Seen(MET, f"{method.title} : lieu libre")
        if isinstance(allowed, Unknown) or sitting.place is None:
            return Seen(UNKNOWN, f"{method.title} : lieu inconnu")
        place = case.scheme.places.get(sitting.place) or words.PLACES.get(sitting.place, sitting.place)
        return Seen(truth(sitting.place in allowed), f"{method.title} : lieu « {place} » non prévu")


@check
class SafeguardsKept:
    """Each sitting held in ``place`` kept every safeguard asked: identity check, supervision, incident log."""

    place: str
    safeguards: tuple[str, ...]

    def look(self, case: Case) -> Seen:
        """NOT_MET with what was not kept; MET when nothing was held there; UNKNOWN when a place is not known."""
        if case.facts.assessments is None:
            return NO_ASSESSMENTS
        found = [seen for sitting in case.sat for seen in self._kept(case, sitting)]
        return Seen(all_of(seen.outcome for seen in found), _told(found) or "garanties tenues")

    def _kept(self, case: Case, sitting: Assessment) -> Iterator[Seen]:
        if sitting.place is None:
            method = case.scheme.methods.get(sitting.method)
            allowed = method.places if method else None
            if not isinstance(allowed, tuple) or self.place in allowed:
                yield Seen(UNKNOWN, f"{_title(case, sitting)} : lieu inconnu")
        elif sitting.place == self.place:
            if sitting.safeguards is None:
                yield Seen(UNKNOWN, f"{_title(case, sitting)} : garanties non renseignées")
            else:
                missing = [one for one in self.safeguards if one not in sitting.safeguards]
                yield Seen(truth(not missing), f"{_title(case, sitting)} : manque {words.several(missing)}")


@check
class AttemptsAtMost:
    """A method is sat at most ``max`` times; an excused absence, or a sitting found void, is not an attempt."""

    max: int
    method: MethodId | None = None

    def look(self, case: Case) -> Seen:
        """NOT_MET with the methods sat too often."""
        if case.assessments is None:
            return NO_ASSESSMENTS
        over = [
            f"{title_of(case.scheme.methods, id)} : {words.plural(count, 'passage')}"
            for id, sittings in case.assessments.items()
            if self.method in (None, id) and (count := _attempts(sittings)) > self.max
        ]
        return Seen(truth(not over), " ; ".join(over) or f"{words.plural(self.max, 'passage')} au plus")


def _attempts(sittings: list[Assessment]) -> int:
    return sum(sitting.attendance not in (Attendance.EXCUSED, Attendance.VOID) for sitting in sittings)
