"""What ties somebody to a candidate, as the platform knows it, and what the rules say of naming them to assess."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db.models import Q, prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from parchemin.core import facts as core
from parchemin.core.asking import leaves
from parchemin.core.checks.assessment import AccreditedOn, NoLink
from parchemin.core.deciding import decide
from parchemin.core.decision import MET, NOT_MET, Decision, Effect, Finding, Outcome, Stage, verdict
from parchemin.core.facts import Link
from parchemin.core.scheme import Scheme
from parchemin.records.assessments.models import Evaluator, Sitting
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Attestation, Candidacy, Endorsement, FileAccess
from parchemin.records.pathways.models import Contract, Liaison, Moment, Positioning
from parchemin.records.people.models import Grant, Person, Role
from parchemin.records.people.names import folded
from parchemin.records.people.queries.accreditations import core_accreditation

WHY = {
    "companion": _("accompagne le candidat : son dossier lui a été ouvert à ce titre"),
    "centre": _("a écrit pour le centre de formation dans le livret de liaison"),
    "tutor": _("suit le candidat dans l’entreprise"),
    "positioning": _("a mené un entretien de positionnement du candidat"),
    "work": _("a noté des situations de travail du candidat"),
    "trainer": _("est désigné formateur en situation de travail"),
    "attested": _("a attesté une activité du candidat"),
    "endorsed": _("a écrit un mot de soutien pour le candidat"),
    "employer": _("travaille dans un organisme où le candidat a travaillé"),
}


@dataclass(frozen=True, slots=True)
class Known:
    """A link that the platform knows, and from what."""

    link: Link
    why: str

    @property
    def words(self) -> object:
        """From what it is known, as a sentence goes on after the name."""
        return WHY[self.why]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """How somebody would fit to assess: known links, what the rules say of these and of their accreditation."""

    known: tuple[Known, ...]
    links: tuple[Finding, ...]
    accreditation: tuple[Finding, ...]
    decision: Decision

    @property
    def is_refused(self) -> bool:
        """Whether a rule forbids it."""
        return any(one.effect is Effect.BLOCKING for one in self._against)

    @property
    def must_justify(self) -> bool:
        """Whether a rule asks why."""
        return any(one.effect is Effect.WARNING for one in self._against)

    @property
    def is_accredited(self) -> bool:
        """Whether they surely are on that day, or need not be."""
        return all(one.counts_as is MET for one in self.accreditation)

    @property
    def accredited(self) -> list[tuple[Outcome, str]]:
        """What the rules see of their accreditation, without their name."""
        return [(one.counts_as, one.seen.partition(" : ")[2] or one.seen) for one in self.accreditation]

    @property
    def _against(self) -> list[Finding]:
        return [one for one in self.links if one.counts_as is NOT_MET]


def links_known(candidacy: Candidacy, people: Iterable[Person]) -> Mapping[UUID, tuple[Known, ...]]:
    """What ties each of them to the candidate, from what they did on the file; as many queries for one as for many."""
    found: dict[UUID, dict[Known, None]] = {one.pk: {} for one in people}
    known = {one.pk: one for one in people}
    for id, link in (*_by_person(candidacy, known), *_by_address(candidacy, known), *_by_name(candidacy, known)):
        found[id][link] = None
    return {id: tuple(links) for id, links in found.items()}


def fits(judged: Judged, method: str, day: date | None, people: Iterable[tuple[Person, str]]) -> Mapping[UUID, Fit]:
    """How each of them would fit to assess that method that day, as the actor given with them."""
    asked = {one.pk: (one, actor) for one, actor in people}
    prefetch_related_objects([one for one, _actor in asked.values()], "accreditations")
    known = links_known(judged.candidacy, [one for one, _actor in asked.values()])
    found = {}
    for id, (one, actor) in asked.items():
        links = tuple(dict.fromkeys(tie.link for tie in known[id]))
        found[id] = _fit(judged, method, day, _evaluator(judged, one, actor, links), known[id])
    return found


def fit_of(judged: Judged, sitting: Sitting, evaluator: Evaluator) -> Fit:
    """How somebody named fits, by what they declared and what was known when they were named; no query.

    Their accreditations are read already.
    """
    links = tuple(Link(link) for link in dict.fromkeys((*(evaluator.links or ()), *evaluator.known)))
    day = timezone.localdate(sitting.starts_at) if sitting.starts_at else None
    return _fit(judged, sitting.method, day, _evaluator(judged, evaluator.person, evaluator.actor, links), ())


def actors_accredited(scheme: Scheme) -> frozenset[str]:
    """The actors whose accreditation the rules look at."""
    rules = scheme.rules.get(Stage.ASSESSMENT, ())
    found = (leaf for rule in rules for leaf in leaves(rule.check) if isinstance(leaf, AccreditedOn))
    return frozenset(role for leaf in found for role in leaf.roles)


def _evaluator(judged: Judged, person: Person, actor: str, links: tuple[Link, ...]) -> core.Evaluator:
    scheme = judged.scheme.ref.id
    held = [one for one in person.accreditations.all() if one.scheme == scheme and one.actor == actor]
    accreditations = tuple(core_accreditation(one) for one in held)
    return core.Evaluator(name=person.name, role=actor, accreditations=accreditations, links=links)


def _fit(judged: Judged, method: str, day: date | None, evaluator: core.Evaluator, known: tuple[Known, ...]) -> Fit:
    sitting = core.Assessment(method=method, day=day, evaluators=(evaluator,))
    facts = replace(judged.facts, assessments=(sitting,))
    whole = decide(Stage.ASSESSMENT, facts, judged.scheme, max(judged.on, day or judged.on))
    on_links, on_accreditation = _rules(judged.scheme, evaluator.role)
    tied = tuple(one for one in whole.findings if one.rule in on_links)
    able = tuple(one for one in whole.findings if one.rule in on_accreditation)
    findings = tied + able
    decision = Decision(whole.stage, whole.scheme, whole.decided_on, verdict(findings), findings)
    return Fit(known=known, links=tied, accreditation=able, decision=decision)


def _rules(scheme: Scheme, actor: str) -> tuple[frozenset[str], frozenset[str]]:
    """The rules on the links of that actor, and on their accreditation."""
    links: set[str] = set()
    accreditation: set[str] = set()
    for rule in scheme.rules.get(Stage.ASSESSMENT, ()):
        for leaf in leaves(rule.check):
            if isinstance(leaf, NoLink) and (not leaf.roles or actor in leaf.roles):
                links.add(rule.id)
            if isinstance(leaf, AccreditedOn) and actor in leaf.roles:
                accreditation.add(rule.id)
    return frozenset(links), frozenset(accreditation)


Found = Iterator[tuple[UUID, Known]]


def _by_person(candidacy: Candidacy, known: Mapping[UUID, Person]) -> Found:
    ids = list(known)
    own = {"candidacy": candidacy}
    for id in FileAccess.objects.filter(person__in=ids, role=Role.COMPANION, **own).values_list("person", flat=True):
        yield id, Known(Link.ADVISER, "companion")
    liaisons = Liaison.objects.filter(author__in=ids, **own).order_by().values_list("author", "side").distinct()
    for id, side in liaisons:
        if side == Liaison.Side.CENTRE:
            yield id, Known(Link.TRAINER, "centre")
        elif side == Liaison.Side.TUTOR:
            yield id, Known(Link.COLLEAGUE, "tutor")
    for id in Positioning.objects.filter(leader__in=ids, **own).values_list("leader", flat=True):
        yield id, Known(Link.EVALUATOR, "positioning")


def _by_address(candidacy: Candidacy, known: Mapping[UUID, Person]) -> Found:
    by_address = {one.email.lower(): id for id, one in known.items()}
    said = Attestation.objects.filter(experience__candidacy=candidacy).values_list("link__email", flat=True)
    for address in said:
        if id := by_address.get(address.lower()):
            yield id, Known(Link.MANAGER, "attested")
    backed = Endorsement.objects.filter(candidacy=candidacy, said_at__isnull=False)
    for address in backed.values_list("link__email", flat=True):
        if id := by_address.get(address.lower()):
            yield id, Known(Link.PERSONAL, "endorsed")


def _by_name(candidacy: Candidacy, known: Mapping[UUID, Person]) -> Found:
    by_name = {folded(one.name): id for id, one in known.items()}
    moments = Moment.objects.filter(candidacy=candidacy, removed_at__isnull=True)
    for logged_by, trainer in moments.order_by().values_list("logged_by", "trainer").distinct():
        if logged_by in known:
            yield logged_by, Known(Link.TRAINER, "work")
        if trainer and (id := by_name.get(folded(trainer))):
            yield id, Known(Link.TRAINER, "trainer")
    employers = {folded(one.employer) for one in candidacy.experiences.all()}
    for employer, tutor in Contract.objects.filter(candidacy=candidacy).values_list("employer", "tutor_person"):
        employers.add(folded(employer))
        if tutor in known:
            yield tutor, Known(Link.COLLEAGUE, "tutor")
    places = Grant.objects.filter(person__in=list(known), revoked_at__isnull=True).filter(
        Q(organisation__isnull=False) | Q(centre__isnull=False)
    )
    for id, organisation, centre in places.values_list("person", "organisation__name", "centre__name"):
        if employers & {folded(name) for name in (organisation, centre) if name}:
            yield id, Known(Link.COLLEAGUE, "employer")
