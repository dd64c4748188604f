"""What ties somebody to a candidate, as the platform knows it, and what the rules say of naming them to assess."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db.models import Q, prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from parchemin.core import facts as core
from parchemin.core.asking import leaves, uses_only
from parchemin.core.checks.assessment import AccreditedOn, NoLink
from parchemin.core.deciding import decide
from parchemin.core.decision import MET, NOT_MET, Decision, Effect, Finding, Outcome, Stage, verdict
from parchemin.core.facts import Link
from parchemin.core.scheme import Rule, Scheme
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
    return links_known_in([candidacy], people)[candidacy.pk]


def links_known_in(
    candidacies: Sequence[Candidacy], people: Iterable[Person]
) -> Mapping[UUID, Mapping[UUID, tuple[Known, ...]]]:
    """The same on each of these files; as many queries for one as for many."""
    known = {one.pk: one for one in people}
    found: dict[UUID, dict[UUID, dict[Known, None]]] = {row.pk: {id: {} for id in known} for row in candidacies}
    prefetch_related_objects(list(candidacies), "experiences")
    for by in (_by_person, _by_address, _by_name):
        for file, id, link in by(candidacies, known):
            found[file][id][link] = None
    return {file: {id: tuple(links) for id, links in told.items()} for file, told in found.items()}


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


def _fit(judged: Judged, method: str, day: date | None, evaluator: core.Evaluator, ties: tuple[Known, ...]) -> Fit:
    sitting = core.Assessment(method=method, day=day, evaluators=(evaluator,))
    on_links, on_accreditation = _rules(judged.scheme, evaluator.role)
    known = judged.bare if uses_only((*on_links, *on_accreditation), NoLink, AccreditedOn) else judged.facts
    facts = replace(known, assessments=(sitting,))
    whole = decide(Stage.ASSESSMENT, facts, judged.scheme, max(judged.on, day or judged.on))
    tied = _about(whole, on_links)
    able = _about(whole, on_accreditation)
    findings = tied + able
    decision = Decision(whole.stage, whole.scheme, whole.decided_on, verdict(findings), findings)
    return Fit(known=ties, links=tied, accreditation=able, decision=decision)


def _rules(scheme: Scheme, actor: str) -> tuple[list[Rule], list[Rule]]:
    """The rules on the links of that actor, and on their accreditation."""
    links: list[Rule] = []
    accreditation: list[Rule] = []
    for rule in scheme.rules.get(Stage.ASSESSMENT, ()):
        found = list(leaves(rule.check))
        if any(isinstance(leaf, NoLink) and (not leaf.roles or actor in leaf.roles) for leaf in found):
            links.append(rule)
        if any(isinstance(leaf, AccreditedOn) and actor in leaf.roles for leaf in found):
            accreditation.append(rule)
    return links, accreditation


def _about(decision: Decision, rules: Iterable[Rule]) -> tuple[Finding, ...]:
    wanted = {rule.id for rule in rules}
    return tuple(one for one in decision.findings if one.rule in wanted)


Found = Iterator[tuple[UUID, UUID, Known]]
"""The file, the person, and what ties them."""


def _by_person(files: Sequence[Candidacy], known: Mapping[UUID, Person]) -> Found:
    ids, own = list(known), {"candidacy__in": files}
    opened = FileAccess.objects.filter(person__in=ids, role=Role.COMPANION, **own)
    for file, id in opened.values_list("candidacy", "person"):
        yield file, id, Known(Link.ADVISER, "companion")
    liaisons = Liaison.objects.filter(author__in=ids, **own).order_by().values_list("candidacy", "author", "side")
    for file, id, side in liaisons.distinct():
        if side == Liaison.Side.CENTRE:
            yield file, id, Known(Link.TRAINER, "centre")
        elif side == Liaison.Side.TUTOR:
            yield file, id, Known(Link.COLLEAGUE, "tutor")
    for file, id in Positioning.objects.filter(leader__in=ids, **own).values_list("candidacy", "leader"):
        yield file, id, Known(Link.EVALUATOR, "positioning")


def _by_address(files: Sequence[Candidacy], known: Mapping[UUID, Person]) -> Found:
    by_address = {one.email.lower(): id for id, one in known.items()}
    attested = Attestation.objects.filter(experience__candidacy__in=files)
    backed = Endorsement.objects.filter(candidacy__in=files, said_at__isnull=False)
    written = Liaison.objects.filter(candidacy__in=files, link__isnull=False)
    told = (
        (attested.values_list("experience__candidacy", "link__email"), Known(Link.MANAGER, "attested")),
        (backed.values_list("candidacy", "link__email"), Known(Link.PERSONAL, "endorsed")),
        (written.values_list("candidacy", "link__email"), Known(Link.COLLEAGUE, "tutor")),
    )
    for rows, link in told:
        for file, address in rows:
            if id := by_address.get(address.lower()):
                yield file, id, link


def _by_name(files: Sequence[Candidacy], known: Mapping[UUID, Person]) -> Found:
    by_name = {folded(one.name): id for id, one in known.items()}
    moments = Moment.objects.filter(candidacy__in=files, removed_at__isnull=True).order_by()
    for file, logged_by, trainer in moments.values_list("candidacy", "logged_by", "trainer").distinct():
        if logged_by in known:
            yield file, logged_by, Known(Link.TRAINER, "work")
        if trainer and (id := by_name.get(folded(trainer))):
            yield file, id, Known(Link.TRAINER, "trainer")
    employers = {row.pk: {folded(one.employer) for one in row.experiences.all()} for row in files}
    contracts = Contract.objects.filter(candidacy__in=files)
    for file, employer, tutor in contracts.values_list("candidacy", "employer", "tutor_person"):
        employers[file].add(folded(employer))
        if tutor in known:
            yield file, tutor, Known(Link.COLLEAGUE, "tutor")
    places = Grant.objects.filter(person__in=list(known), revoked_at__isnull=True).filter(
        Q(organisation__isnull=False) | Q(centre__isnull=False)
    )
    for id, organisation, centre in places.values_list("person", "organisation__name", "centre__name"):
        names = {folded(name) for name in (organisation, centre) if name}
        for row in files:
            if employers[row.pk] & names:
                yield row.pk, id, Known(Link.COLLEAGUE, "employer")
