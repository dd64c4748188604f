"""Rows of a file -> facts for the core. What is only declared counts when asked for, never in a decision."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from django.db.models import Prefetch, Q, Value, prefetch_related_objects

from parchemin.core import facts as core
from parchemin.core.decision import Override, Stage
from parchemin.core.facts import ExperienceKind, Facts, Milestone
from parchemin.core.scheme import Scheme
from parchemin.core.terms import listed
from parchemin.records.candidacies.models import (
    Accommodation,
    Candidacy,
    CandidacyDate,
    Confirmation,
    DecisionRecord,
    Document,
    DocumentVersion,
    Experience,
    OverrideRecord,
    Status,
)

if TYPE_CHECKING:
    from django.db.models import QuerySet

APPLICATION_STEPS = {"application": Milestone.REQUESTED, "request": Milestone.REQUESTED}
ADMISSIBILITY = "admissibility"
RESTORED = DecisionRecord.Answer.RESTORED
ANSWERED = (Status.ADMISSIBLE, Status.AWARDED, Status.REFUSED, Status.LAPSED, Status.WITHDRAWN)
"""Where the answer given stands: sent back, on another route or contested with success, a file waits for another."""


@dataclass(frozen=True, slots=True)
class Dated:
    """When each milestone of a file was reached, when it was confirmed, and what its candidate requested elsewhere."""

    reached: Mapping[Milestone, date]
    confirmed: tuple[date, ...]
    requests: tuple[core.Request, ...]


class Day(NamedTuple):
    """One date of a file of somebody; without a milestone, it confirmed that they go on."""

    milestone: str
    on: date
    file: UUID
    person: UUID
    scheme: str
    blocks: list[str]


def dates_of(candidacies: Sequence[Candidacy]) -> dict[UUID, Dated]:
    """The dates that facts are built from, by file; one query, however many there are."""
    ids = [row.pk for row in candidacies]
    milestones = CandidacyDate.objects.filter(
        Q(candidacy__in=ids) | Q(milestone=Milestone.REQUESTED),
        candidacy__candidate__in={row.candidate_id for row in candidacies},
    )
    confirmations = Confirmation.objects.filter(candidacy__in=ids).order_by()
    named = ("on", "candidacy_id", "candidacy__candidate_id", "candidacy__certification__scheme", "candidacy__blocks")
    rows = milestones.values_list("milestone", *named).union(confirmations.values_list(Value(""), *named), all=True)
    days: dict[UUID, list[Day]] = {}
    for one in map(Day._make, rows):
        days.setdefault(one.person, []).append(one)
    return {row.pk: _dated(row.pk, days.get(row.candidate_id, ())) for row in candidacies}


def dated_of(candidacy: Candidacy) -> Dated:
    """The same of one file."""
    return dates_of([candidacy])[candidacy.pk]


def _dated(id: UUID, days: Iterable[Day]) -> Dated:
    own, others = [one for one in days if one.file == id], [one for one in days if one.file != id]
    return Dated(
        reached={Milestone(one.milestone): one.on for one in own if one.milestone},
        confirmed=tuple(sorted(one.on for one in own if not one.milestone)),
        requests=tuple(
            core.Request(scheme=one.scheme, requested_on=one.on, blocks_only=bool(one.blocks))
            for one in others
            if one.milestone == Milestone.REQUESTED
        ),
    )


def with_facts(candidacies: "QuerySet[Candidacy]") -> "QuerySet[Candidacy]":
    """The same files with every row that facts are built from but their dates; as many queries for one as for many."""
    return candidacies.select_related("certification", "candidate", "organisation").prefetch_related(*_rows())


def bare_of(candidacy: Candidacy, dated: Dated) -> Facts:
    """What the conditions of rules look at: its route, its blocks and its dates; and what was lifted for it."""
    prefetch_related_objects([candidacy], _overrides())
    dates = dict(dated.reached)
    if candidacy.status not in ANSWERED:
        dates.pop(Milestone.ANSWERED, None)
    dates.setdefault(Milestone.BEGAN, candidacy.began_on)
    dates.setdefault(Milestone.ENTERED, candidacy.began_on)
    return Facts(
        route=candidacy.route,
        blocks=tuple(candidacy.blocks),
        dates=dates,
        overrides=tuple(
            Override(
                rule=row.rule,
                author=row.author.name,
                reason=row.reason,
                source=row.source,
                decided_on=row.decided_on,
            )
            for row in candidacy.overrides.all()
        ),
    )


def facts_of(
    candidacy: Candidacy,
    scheme: Scheme,
    *,
    is_declared_enough: bool = False,
    dated: Dated | None = None,
) -> Facts:
    """What is known of a file. With ``is_declared_enough``, what the candidate declares is taken as verified.

    ``dated`` are its dates when they are known already.
    """
    prefetch_related_objects([candidacy], *_rows())  # only what is not there yet
    known = dated or dated_of(candidacy)
    bare = bare_of(candidacy, known)
    return replace(
        bare,
        statements=_statements(candidacy, is_declared_enough),
        steps=_steps(candidacy, scheme, bare.dates),
        experiences=tuple(_experience(row, is_declared_enough) for row in candidacy.experiences.all()),
        requests=known.requests,
        is_favourable=_is_favourable(candidacy.decisions.all()) if candidacy.status in ANSWERED else None,
        confirmed_on=known.confirmed,
        resumed_on=max((row.decided_on for row in candidacy.decisions.all() if row.answer == RESTORED), default=None),
        documents=tuple(
            _document(row, version) for row in candidacy.documents.all() if row.kind and (version := current(row))
        ),
        accommodations=tuple(
            core.Accommodation(
                methods=tuple(row.methods),
                time=Fraction(row.numerator, row.denominator),
                granted_on=row.decided_on,
            )
            for row in candidacy.accommodations.all()
            if row.state == Accommodation.State.GRANTED
        ),
    )


def _overrides() -> "Prefetch[str, QuerySet[OverrideRecord], str]":
    return Prefetch("overrides", OverrideRecord.objects.select_related("author"))


def _rows() -> "tuple[str | Prefetch[Any, Any, Any], ...]":
    """The rows that facts are built from."""
    return (
        "experiences",
        "documents__versions__signatures",
        "statements",
        _overrides(),
        "accommodations",
        "decisions",
        "steps_done",
    )


def current(document: Document) -> DocumentVersion | None:
    """The version that stands: the last one, unless it was removed."""
    versions = [version for version in document.versions.all() if version.removed_at is None]
    return max(versions, key=lambda version: version.number, default=None)


def _is_favourable(decisions: Iterable[DecisionRecord]) -> bool | None:
    answers = [
        row.answer == DecisionRecord.Answer.FAVOURABLE
        for row in sorted(decisions, key=lambda row: row.decided_at)
        if row.stage == Stage.ELIGIBILITY
        and row.decided_by_id
        and row.answer in (DecisionRecord.Answer.FAVOURABLE, DecisionRecord.Answer.UNFAVOURABLE)
    ]
    return answers[-1] if answers else None


def _statements(candidacy: Candidacy, is_declared_enough: bool) -> dict[str, bool]:
    found: dict[str, bool] = {}
    for row in candidacy.statements.all():
        value = row.verified if row.verified is not None or not is_declared_enough else row.declared
        if value is not None:
            found[row.code] = value
    return found


def _steps(candidacy: Candidacy, scheme: Scheme, dates: Mapping[Milestone, date]) -> dict[str, date]:
    route = scheme.route_of(candidacy.route)
    done = {row.step: row.done_on for row in candidacy.steps_done.all()}
    for step in listed(route.steps) if route else ():
        milestone = Milestone.ANSWERED if step.id == ADMISSIBILITY else APPLICATION_STEPS.get(step.id)
        if milestone and milestone in dates:
            done[step.id] = dates[milestone]
    return done


def _experience(row: Experience, is_declared_enough: bool) -> core.Experience:
    return core.Experience(
        from_=row.from_on,
        until=row.until_on,
        kind=ExperienceKind(row.kind),
        fraction=row.fraction,
        about=tuple(row.tags),
        is_proved=True if is_declared_enough and row.is_proved is None else row.is_proved,
    )


def _document(row: Document, version: DocumentVersion) -> core.Document:
    return core.Document(
        id=row.kind,
        pages=version.pages,
        characters=version.characters,
        minutes=version.minutes,
        signed_by=tuple(signature.actor for signature in version.signatures.all()),
    )
