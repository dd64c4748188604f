"""Rows of a file -> facts for the core. What is only declared counts when asked for, never in a decision."""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from django.db.models import prefetch_related_objects

from parchemin.core import facts as core
from parchemin.core.decision import Override, Stage
from parchemin.core.facts import ExperienceKind, Facts, Milestone
from parchemin.core.scheme import Scheme
from parchemin.core.terms import listed
from parchemin.records.candidacies.models import (
    Accommodation,
    Candidacy,
    CandidacyDate,
    DecisionRecord,
    Document,
    DocumentVersion,
    Experience,
    Status,
)

if TYPE_CHECKING:
    from django.db.models import QuerySet

WITH_FACTS = (
    "dates",
    "experiences",
    "documents__versions__signatures",
    "statements",
    "overrides__author",
    "confirmations",
    "accommodations",
    "decisions",
    "steps_done",
)
APPLICATION_STEPS = {"application": Milestone.REQUESTED, "request": Milestone.REQUESTED}
ADMISSIBILITY = "admissibility"
RESTORED = DecisionRecord.Answer.RESTORED
ANSWERED = (Status.ADMISSIBLE, Status.REFUSED, Status.LAPSED, Status.WITHDRAWN)
"""Where the answer given stands: sent back, on another route or contested with success, a file waits for another."""


def with_facts(candidacies: "QuerySet[Candidacy]") -> "QuerySet[Candidacy]":
    """The same files with every row that facts are built from, in a number of queries that does not grow."""
    return candidacies.select_related("certification", "candidate", "organisation").prefetch_related(*WITH_FACTS)


def facts_of(
    candidacy: Candidacy,
    scheme: Scheme,
    *,
    is_declared_enough: bool = False,
    requests: tuple[core.Request, ...] | None = None,
) -> Facts:
    """What is known of a file. With ``is_declared_enough``, what the candidate declares is taken as verified.

    ``requests`` are the person's other requests when they are known already.
    """
    prefetch_related_objects([candidacy], *WITH_FACTS)  # only what is not there yet
    dates = {Milestone(row.milestone): row.on for row in candidacy.dates.all()}
    is_answered = candidacy.status in ANSWERED
    if not is_answered:
        dates.pop(Milestone.ANSWERED, None)
    dates.setdefault(Milestone.BEGAN, candidacy.began_on)
    dates.setdefault(Milestone.ENTERED, candidacy.began_on)
    return Facts(
        route=candidacy.route,
        blocks=tuple(candidacy.blocks),
        dates=dates,
        statements=_statements(candidacy, is_declared_enough),
        steps=_steps(candidacy, scheme, dates),
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
        experiences=tuple(_experience(row, is_declared_enough) for row in candidacy.experiences.all()),
        requests=_requests(candidacy) if requests is None else requests,
        is_favourable=_is_favourable(candidacy.decisions.all()) if is_answered else None,
        confirmed_on=tuple(row.on for row in candidacy.confirmations.all()),
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


def _steps(candidacy: Candidacy, scheme: Scheme, dates: dict[Milestone, date]) -> dict[str, date]:
    route = scheme.route_of(candidacy.route)
    done = {row.step: row.done_on for row in candidacy.steps_done.all()}
    for step in listed(route.steps) if route else ():
        milestone = Milestone.ANSWERED if step.id == ADMISSIBILITY else APPLICATION_STEPS.get(step.id)
        if milestone in dates:
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


def _requests(candidacy: Candidacy) -> tuple[core.Request, ...]:
    others = CandidacyDate.objects.filter(
        milestone=Milestone.REQUESTED, candidacy__candidate_id=candidacy.candidate_id
    ).exclude(candidacy_id=candidacy.pk)
    rows = others.values_list("candidacy__certification__scheme", "on", "candidacy__blocks")
    return tuple(core.Request(scheme=scheme, requested_on=on, blocks_only=bool(blocks)) for scheme, on, blocks in rows)


def _document(row: Document, version: DocumentVersion) -> core.Document:
    return core.Document(
        id=row.kind,
        pages=version.pages,
        characters=version.characters,
        minutes=version.minutes,
        signed_by=tuple(signature.actor for signature in version.signatures.all()),
    )
