"""A certification and its routes in plain words, for somebody who has not chosen yet."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from parchemin.core.decision import Decision, Finding
from parchemin.core.scheme import Jury, JuryMode, Rule, Scheme, Step
from parchemin.core.terms import Unknown, listed, title_of
from parchemin.records.candidacies.queries.prospects import Prospect
from parchemin.records.certifications.queries import Offer
from parchemin.web.shared.describing import Part, level_of, made_of, parts_of, register_of, titled
from parchemin.web.shared.limits import limits_of, signed_words

ALONE = ("block", "competence")
"""What partial awards let a candidate aim at parts."""


@dataclass(frozen=True)
class Described:
    """A certification as its page tells it."""

    scheme: str
    title: str
    body: str
    register: str
    level: str
    made_of: str
    parts: tuple[Part, ...]
    award: str


@dataclass(frozen=True)
class Wanted:
    """A document, its limits and who signs it."""

    title: str
    limits: tuple[str, ...]
    signed: str


@dataclass(frozen=True)
class Stage:
    """A step of a route: who owns it and what it wants."""

    title: str
    owner: str
    wants: tuple[str, ...]
    is_optional: bool
    source: str


@dataclass(frozen=True)
class JuryTold:
    """Who judges, and on what."""

    title: str
    mode: str
    seats: tuple[str, ...]


@dataclass(frozen=True)
class RouteTold:
    """A route in plain words."""

    id: str
    title: str
    is_open: bool
    unsettled: str
    refusal: Decision | None
    accompaniment: str
    experience: tuple[Rule, ...] = ()
    statements: tuple[str, ...] = ()
    now: tuple[Wanted, ...] = ()
    later: tuple[Wanted, ...] = ()
    steps: tuple[Stage, ...] = ()
    jury: JuryTold | None = None
    answer: tuple[Rule, ...] = ()
    warnings: tuple[Finding, ...] = field(default=())


def described(offer: Offer) -> Described:
    """The certification in plain words."""
    scheme = offer.loaded.scheme
    return Described(
        scheme=offer.certification.scheme,
        title=offer.certification.title,
        body=offer.certification.awarding_body.name,
        register=register_of(scheme),
        level=level_of(scheme),
        made_of=made_of(scheme),
        parts=tuple(parts_of(scheme)),
        award=scheme.award.title,
    )


def may_aim_at_blocks(scheme: Scheme) -> bool:
    """Whether a candidate may aim at some blocks only."""
    return scheme.award.partial in ALONE and bool(scheme.blocks)


def block_choices(scheme: Scheme) -> list[tuple[str, str]]:
    """The blocks, by code, with their titles."""
    return [(block.id, titled(block.id, block.title)) for block in scheme.blocks.values()]


def told(prospect: Prospect) -> RouteTold:
    """The route in plain words."""
    route, scheme = prospect.route, prospect.scheme
    asked_for = (prospect.now.experience, prospect.later.experience)
    return RouteTold(
        id=prospect.id,
        title=route.title,
        is_open=route.is_open is True,
        unsettled=route.is_open.why if isinstance(route.is_open, Unknown) else "",
        refusal=prospect.refusal,
        accompaniment=route.accompaniment or "",
        experience=tuple({rule.id: rule for rules in asked_for for rule in rules}.values()),
        statements=tuple(scheme.statements.get(code, code) for code in prospect.now.statements),
        now=tuple(_wanted(scheme, prospect.documents)),
        later=tuple(_wanted(scheme, prospect.later_documents)),
        steps=tuple(_stage(scheme, step) for step in listed(route.steps)),
        jury=_jury(prospect.jury),
        answer=prospect.answering,
        warnings=prospect.warnings,
    )


def _wanted(scheme: Scheme, documents: Iterable[str]) -> Iterable[Wanted]:
    for id in documents:
        kind = scheme.documents.get(id)
        yield Wanted(kind.title if kind else id, tuple(limits_of(kind)), signed_words(scheme, id))


def _stage(scheme: Scheme, step: Step) -> Stage:
    owner = ", ".join(title_of(scheme.actors, one) for one in listed(step.owner))
    if isinstance(step.owner, Unknown):
        owner = _("non précisé par la source")
    wants = tuple(title_of(scheme.documents, one) for one in listed(step.wants))
    return Stage(step.title, owner, wants, step.is_optional, step.source or "")


def _jury(jury: Jury | None) -> JuryTold | None:
    if jury is None:
        return None
    modes = {
        JuryMode.ASSESSES: _("Il évalue lui-même."),
        JuryMode.INTERVIEWS: _("Il vous reçoit en entretien."),
        JuryMode.VERIFIES: _("Il vérifie l’évaluation déjà faite : vous n’avez pas d’épreuve devant lui."),
    }
    seats = [f"{seat.title}{f' (× {seat.min})' if seat.min > 1 else ''}" for seat in listed(jury.seats)]
    if not isinstance(jury.colleges, Unknown):
        colleges = [one.title for one in jury.colleges.values()]
        seats += [_("collège : %(name)s") % {"name": title} for title in colleges]
    mode = "" if isinstance(jury.mode, Unknown) else modes[jury.mode]
    return JuryTold(jury.title, mode, tuple(seats))
