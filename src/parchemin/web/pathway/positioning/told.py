"""What is told around interviews: whether they are asked for, and whether whoever leads one is accredited that day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from parchemin.core.scheme import Scheme, Step
from parchemin.core.terms import listed, title_of
from parchemin.records.candidacies.models import Candidacy
from parchemin.records.pathways.asked import positioning_steps
from parchemin.records.pathways.models import Handover
from parchemin.records.people.models import Accreditation, Person
from parchemin.records.people.queries.accreditations import in_force, rows_of
from parchemin.web.shared.typesetting import day


@dataclass(frozen=True, slots=True)
class Asked:
    """One step at which one positions oneself: asked for or advised, and done that day if it was."""

    step: Step
    done_on: date | None

    @property
    def label(self) -> str:
        """Whether it is asked for or advised."""
        return _("conseillé") if self.step.is_optional else _("demandé")


@dataclass(frozen=True, slots=True)
class Leading:
    """Whether somebody is accredited to lead an interview; it only tells, ``more`` being what follows from it."""

    is_fine: bool
    words: str
    more: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """A document that its holder keeps by them, and the times it was handed on."""

    id: str
    title: str
    where: str
    moves: tuple[tuple[Handover, str], ...]
    actors: tuple[tuple[str, str], ...]


def asked_of(scheme: Scheme, row: Candidacy) -> list[Asked]:
    """The steps of the route at which one positions oneself."""
    done = {one.step: one.done_on for one in row.steps_done.all()}
    return [Asked(step, done.get(step.id)) for step in positioning_steps(scheme, row.route)]


def accreditations_of(row: Candidacy, people: Iterable[Person]) -> list[Accreditation]:
    """Their accreditations for that certification, where that file is; one query."""
    return list(
        rows_of(one.pk for one in people).filter(scheme=row.certification.scheme, organisation_id=row.organisation_id)
    )


def leading(
    scheme: Scheme, row: Candidacy, person: Person, on: date, accreditations: Iterable[Accreditation]
) -> Leading | None:
    """What is to be known of that person leading an interview that day; None when the source asks for nothing."""
    steps = positioning_steps(scheme, row.route)
    owners = [owner for step in steps[:1] for owner in listed(step.owner) if owner in scheme.actors]
    wanted = [owner for owner in owners if scheme.actors[owner].accredited_by is not None]
    if not wanted:
        return None
    own = [one for one in accreditations if one.person_id == person.pk and one.actor in wanted]
    told = {"who": person.name, "actor": title_of(scheme.actors, wanted[0]), "day": day(on)}
    if found := next(iter(in_force(own, on)), None):
        told["actor"] = title_of(scheme.actors, found.actor)
        return Leading(True, _("%(who)s a une habilitation « %(actor)s » en cours au %(day)s.") % told)
    return Leading(
        False,
        _("%(who)s n’a pas d’habilitation « %(actor)s » en cours au %(day)s.") % told,
        _("L’entretien peut se tenir, mais la certification demande qu’une personne habilitée le mène."),
    )


def kept_documents(scheme: Scheme, row: Candidacy) -> list[Kept]:
    """The documents that positioning produces and that somebody keeps, and where each is."""
    ids = [id for step in positioning_steps(scheme, row.route) for id in step.produces]
    moves = list(row.handovers.all())
    return [_kept(scheme, id, [one for one in moves if one.document == id]) for id in ids if _holder(scheme, id)]


def _holder(scheme: Scheme, id: str) -> str:
    kind = scheme.documents.get(id)
    return kind.holder if kind and isinstance(kind.holder, str) else ""


def _kept(scheme: Scheme, id: str, moves: list[Handover]) -> Kept:
    holder = _holder(scheme, id)
    who = _named(scheme, moves[-1]) if moves else title_of(scheme.actors, holder)
    told = {"who": who, "day": day(moves[-1].handed_on) if moves else ""}
    where = _("Remis à : %(who)s, le %(day)s") if moves else _("Gardé par : %(who)s")
    actors = dict.fromkeys((*scheme.documents[id].handed_to, holder))
    return Kept(
        id,
        scheme.documents[id].title,
        where % told,
        tuple((one, _named(scheme, one)) for one in moves),
        tuple((actor, title_of(scheme.actors, actor)) for actor in actors),
    )


def _named(scheme: Scheme, move: Handover) -> str:
    title = title_of(scheme.actors, move.actor)
    return f"{title} ({move.name})" if move.name else title
