"""Is the file whole: documents, steps, pathway, proofs of training in work situations?"""

from datetime import date
from itertools import pairwise

from parchemin.core import words
from parchemin.core.case import Case
from parchemin.core.checks.base import check
from parchemin.core.decision import MET, NOT_MET, UNKNOWN, Outcome, Seen, all_of, any_of, truth
from parchemin.core.durations import Duration
from parchemin.core.facts import Document, Period
from parchemin.core.scheme import Bounds
from parchemin.core.terms import ActorId, DocumentId, StepId, Unknown, title_of

NO_SITUATION = Seen(MET, "sans objet : aucune situation de travail")
NO_DOCUMENTS = Seen(UNKNOWN, "pièces du dossier non renseignées")


@check
class DocumentPresent:
    """The document is in the file, signed by those who must sign it."""

    document: DocumentId
    signed_by: tuple[ActorId, ...] = ()

    def look(self, case: Case) -> Seen:
        """NOT_MET when it is missing or a signature is."""
        if case.facts.documents is None:
            return NO_DOCUMENTS
        outcome, said = _state(case, self.document, self.signed_by)
        return Seen(outcome, said)


@check
class DocumentsWanted:
    """Every document a step wants is in the file and signed."""

    step: StepId

    def look(self, case: Case) -> Seen:
        """NOT_MET with the list of what is missing; UNKNOWN when the route or what it wants is not known."""
        route = case.route
        if case.facts.documents is None:
            return NO_DOCUMENTS
        if route is None or isinstance(route.steps, Unknown):
            return Seen(UNKNOWN, "étapes de la voie inconnues")
        wanted = [step.wants for step in route.steps if step.id == self.step]
        if not wanted or isinstance(wanted[0], Unknown):
            return Seen(UNKNOWN, "la source ne dit pas quelles pièces sont demandées")
        states = {document: _state(case, document, ()) for document in wanted[0]}
        lacking = {document: said for document, (outcome, said) in states.items() if outcome is not MET}
        outcome = all_of(outcome for outcome, _ in states.values())
        count = len(states) - len(lacking)
        told = f"{words.plural(count, 'pièce')} sur {len(states)}" + "".join(f" ; {said}" for said in lacking.values())
        return Seen(outcome, told, {"lacking": list(lacking)})


def _state(case: Case, id: str, signers: tuple[str, ...]) -> tuple[Outcome, str]:
    title, kind, held = title_of(case.scheme.documents, id), case.scheme.documents.get(id), _held(case, id)
    if held is None:
        return NOT_MET, f"{title} : manque"
    required = signers or (kind.signed_by if kind else ())
    if isinstance(required, Unknown):
        return UNKNOWN, f"{title} : la source ne dit pas qui signe"
    if required and held.signed_by is None:
        return UNKNOWN, f"{title} : signatures non renseignées"
    unsigned = [actor for actor in required if actor not in (held.signed_by or ())]
    if unsigned:
        names = words.several(title_of(case.scheme.actors, actor) for actor in unsigned)
        return NOT_MET, f"{title} : signature manquante ({names})"
    return MET, f"{title} : au dossier" + (", avec ses signatures" if required else "")


def _held(case: Case, id: str) -> Document | None:
    """The last one deposited under that id replaces those before."""
    return next((document for document in reversed(case.facts.documents or ()) if document.id == id), None)


@check
class DocumentWithin:
    """The document keeps the limits the scheme sets in pages, characters (spaces included) and minutes."""

    document: DocumentId

    def look(self, case: Case) -> Seen:
        """The exact count against each limit; beyond one is UNKNOWN when the way of counting is not known."""
        kind, held = case.scheme.documents.get(self.document), _held(case, self.document)
        if kind is None or held is None:
            return Seen(UNKNOWN, f"{title_of(case.scheme.documents, self.document)} : rien à mesurer")
        measured = (
            _measure("pages", held.pages, kind.pages),
            _measure("caractères espaces compris", held.characters, kind.characters),
            _measure("minutes", held.minutes, kind.minutes),
        )
        found = [seen for seen in measured if seen]
        return Seen(all_of(seen.outcome for seen in found), words.several(s.words for s in found) or "aucune limite")


def _measure(unit: str, count: int | None, bounds: Bounds | Unknown | None) -> Seen | None:
    if bounds is None:
        return None
    if isinstance(bounds, Unknown):
        return Seen(UNKNOWN, f"limite en {unit} inconnue")
    limit = _limit(bounds.min, bounds.max)
    if limit is None:
        return None
    if count is None:
        return Seen(UNKNOWN, f"{unit} : non mesuré ({limit})")
    if (bounds.min is None or count >= bounds.min) and (bounds.max is None or count <= bounds.max):
        return Seen(MET, f"{count} {unit} ({limit})")
    if isinstance(bounds.counting, Unknown):
        return Seen(UNKNOWN, f"{count} {unit} ({limit}), façon de compter à fixer")
    return Seen(NOT_MET, f"{count} {unit} ({limit})")


def _limit(low: int | None, high: int | None) -> str | None:
    if low == high:
        return None if low is None else str(low)
    if high is None:
        return f"{low} au moins"
    return f"{high} au plus" if low is None else f"{low} à {high}"


@check
class StepsInOrder:
    """The steps of the route that come before ``before`` are done, in order; optional ones may be left out."""

    before: StepId

    def look(self, case: Case) -> Seen:
        """NOT_MET when one is missing, is still to come or comes before an earlier one."""
        route, done = case.route, case.facts.steps
        if done is None or route is None or isinstance(route.steps, Unknown):
            return Seen(UNKNOWN, "étapes faites non renseignées" if done is None else "étapes de la voie inconnues")
        ids = [step.id for step in route.steps]
        earlier = route.steps[: ids.index(self.before)] if self.before in ids else route.steps
        done = {id: day for id, day in done.items() if day <= case.on}
        missing = [step.title for step in earlier if step.id not in done and not step.is_optional]
        dated = [(step.title, done[step.id]) for step in earlier if step.id in done]
        if self.before in done:
            title = route.steps[ids.index(self.before)].title if self.before in ids else self.before
            dated.append((title, done[self.before]))
        swapped = [f"{second} avant {first}" for (first, day), (second, then) in pairwise(dated) if then < day]
        faults = [f"étape non faite : {title}" for title in missing] + swapped
        return Seen(truth(not faults), words.several(faults) or f"{words.plural(len(dated), 'étape')} dans l'ordre")


@check
class PathwayCovers:
    """The pathway covers exactly the competences to acquire; with no positioning, every competence is to acquire."""

    def look(self, case: Case) -> Seen:
        """NOT_MET with what is missing and what is too much."""
        pathway, positioning = case.facts.pathway, case.facts.positioning
        if pathway is None or positioning is None:
            return Seen(UNKNOWN, "parcours ou repérage non renseigné")
        if not case.scheme.assessed:
            return Seen(UNKNOWN, "compétences évaluées inconnues")
        code_of = case.scheme.code_of
        acquired = {code_of(code) for code, is_acquired in positioning.items() if is_acquired}
        followed = tuple(dict.fromkeys(code_of(code) for code in pathway))
        expected = [code for code in case.scheme.assessed if code not in acquired]
        missing = [code for code in expected if code not in followed]
        extra = [code for code in followed if code not in expected]
        told = [f"manque {words.several(missing)}"] * bool(missing) + [f"en trop {words.several(extra)}"] * bool(extra)
        doubtful = set(missing + extra) <= case.scheme.doubtful
        outcome = UNKNOWN if told and doubtful else truth(not told)
        count = words.plural(len(expected), "compétence")
        fine = f"{count} à acquérir, toutes au parcours" if expected else "rien à acquérir"
        return Seen(outcome, " ; ".join(told) or fine)


@check
class TrainingHours:
    """The hours of training are within bounds, both included."""

    min: int
    max: int

    def look(self, case: Case) -> Seen:
        """NOT_MET outside the bounds, with the exact count."""
        hours = case.facts.training_hours
        if hours is None:
            return Seen(UNKNOWN, "heures de formation non renseignées")
        said = f"{words.number(hours)} heures ({self.min} à {self.max})"
        return Seen(truth(self.min <= hours <= self.max), said)


@check
class WorkTrainingProofs:
    """The four proofs of training in work situations: analysis, designation, reflective phases, assessments.

    Source of the list: code du travail, art. D6313-3-2.
    """

    def look(self, case: Case) -> Seen:
        """NOT_MET when a list is known to be empty, UNKNOWN when a proof is not known."""
        work = case.facts.work_training
        if work is None:
            return Seen(UNKNOWN, "formation en situation de travail non renseignée")
        if work.situations == ():
            return NO_SITUATION
        proofs = {
            "analyse de l'activité": truth(work.analysed_on is not None or None),
            "désignation du formateur": truth(work.trainer_designated_on is not None or None),
            "phases réflexives": _listed(work.reflections),
            "évaluations": any_of((_listed(work.assessed_hot_on), _listed(work.assessed_cold_on))),
        }
        lacking = {NOT_MET: "manque", UNKNOWN: "à établir"}
        missing = [f"{lacking[outcome]} : {name}" for name, outcome in proofs.items() if outcome is not MET]
        count = f"{words.plural(len(proofs) - len(missing), 'preuve')} sur {len(proofs)}"
        return Seen(all_of(proofs.values()), " ; ".join([count, *missing]))


def _listed(values: tuple[object, ...] | None) -> Outcome:
    return truth(None if values is None else bool(values))


@check
class WorkTrainingOrder:
    """The work was analysed and the trainer designated no later than the first work situation."""

    def look(self, case: Case) -> Seen:
        """NOT_MET with the dates out of order. Source: code du travail, art. D6313-3-2 (prior designation)."""
        work = case.facts.work_training
        if work is None or work.situations is None:
            return Seen(UNKNOWN, "situations de travail non renseignées")
        if not work.situations:
            return NO_SITUATION
        first = min(situation.from_ for situation in work.situations).date()
        marks = {"analyse de l'activité": work.analysed_on, "désignation du formateur": work.trainer_designated_on}
        found = [_before(name, mark, first) for name, mark in marks.items()]
        return Seen(all_of(seen.outcome for seen in found), " ; ".join(seen.words for seen in found))


def _before(name: str, mark: date | None, first: date) -> Seen:
    if mark is None:
        return Seen(UNKNOWN, f"{name} : date non renseignée")
    side = "après" if mark > first else "avant" if mark < first else "le jour de"
    told = f"{name} le {words.day(mark)}, {side} la première situation du {words.day(first)}"
    return Seen(truth(mark <= first), told)


@check
class ReflectionsApart:
    """No reflective phase overlaps a work situation in time."""

    def look(self, case: Case) -> Seen:
        """NOT_MET with the day and the hours of both. Source: code du travail, art. D6313-3-2 (distinct phases)."""
        work = case.facts.work_training
        if work is None or work.situations is None or work.reflections is None:
            return Seen(UNKNOWN, "situations ou phases réflexives non renseignées")
        within = ((r, s) for r in work.reflections for s in work.situations if r.from_ < s.until and s.from_ < r.until)
        overlaps = dict.fromkeys(
            f"phase réflexive du {words.day(r.from_.date())} de {_hours(r)} pendant la situation de {_hours(s)}"
            for r, s in within
        )
        told = f"{words.plural(len(work.reflections), 'phase')} hors des situations de travail"
        return Seen(truth(not overlaps), " ; ".join(overlaps) or told)


def _hours(period: Period) -> str:
    return f"{period.from_:%H:%M} à {period.until:%H:%M}"


@check
class HotAndCold:
    """Acquisitions are assessed right after training and again at least ``gap`` later."""

    gap: Duration

    def look(self, case: Case) -> Seen:
        """NOT_MET when no later assessment is far enough from the first."""
        work = case.facts.work_training
        if work is None or work.assessed_hot_on is None or work.assessed_cold_on is None:
            return Seen(UNKNOWN, "évaluations à chaud et à froid non renseignées")
        if not work.assessed_hot_on or not work.assessed_cold_on:
            return Seen(NOT_MET, "il manque l'évaluation " + ("à froid" if work.assessed_hot_on else "à chaud"))
        hot, cold = min(work.assessed_hot_on), max(work.assessed_cold_on)
        said = f"à chaud le {words.day(hot)}, à froid le {words.day(cold)} (délai {self.gap.words})"
        return Seen(truth(cold > hot and cold >= self.gap.after(hot)), said)
