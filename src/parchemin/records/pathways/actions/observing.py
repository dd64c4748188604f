"""Somebody watches the candidate at work and signs what they saw, with an account or by a one-use link."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import uuid4

from django.utils.timezone import localdate

from parchemin.records.candidacies.actions.taking import note, taken
from parchemin.records.candidacies.models import ACTIVE, Candidacy
from parchemin.records.pathways.actions.addressing import check_address
from parchemin.records.pathways.bearing import assessed_codes
from parchemin.records.pathways.errors import PathwayError
from parchemin.records.pathways.models import Moment, Observation, ObservationLine
from parchemin.records.pathways.queries.linked import OBSERVE
from parchemin.records.people.actions.linking import make_link
from parchemin.records.people.models import Assurance, Link, Person

Marks = Mapping[str, ObservationLine.Mark | None]
"""What was seen of each competence, by its code; None for what was left unanswered."""


def ask_observation(
    *,
    candidacy: Candidacy,
    codes: Sequence[str],
    email: str,
    bearer: str,
    by: Person,
    at: datetime,
    quality: str = "",
    moment: Moment | None = None,
) -> tuple[Link, str]:
    """The link by which its bearer says once what they saw of these competences, and its secret.

    PathwayError ``observed_codes`` without any, ``no_competence``, ``not_assessed``, ``removed`` for a situation taken
    back, ``candidate_address``; RefusalError as ``make_link``.
    """
    id = uuid4()
    with taken(candidacy, None, *ACTIVE) as row:
        known = assessed_codes(row, codes, at, none="observed_codes")
        _check_moment(row, moment)
        check_address(row, email, by)
        link, secret = make_link(act=OBSERVE, subject=id, email=email, bearer=bearer, quality=quality, by=by, at=at)
        made = Observation.objects.create(
            id=id, candidacy=row, moment=moment, link=link, bearer=link.bearer, quality=link.quality
        )
        ObservationLine.objects.bulk_create(ObservationLine(observation=made, code=code) for code in known)
    return link, secret


def sign_observation(
    *,
    observation: Observation,
    marks: Marks,
    words: str,
    observed_on: date,
    bearer: str,
    quality: str,
    link: Link,
    at: datetime,
) -> Observation:
    """What the bearer of the link saw is kept as they sign it; a competence left unanswered was not observed.

    PathwayError ``observed_nothing`` when none is answered, ``no_competence`` for one that was not asked,
    ``day_to_come``.
    """
    with taken(observation.candidacy, None, *ACTIVE) as row:
        kept = Observation.objects.select_for_update(of=("self",)).get(pk=observation.pk)
        lines = {line.code: line for line in kept.lines.all()}
        _check_marks(marks, observed_on, at)
        if strange := next((code for code in marks if code not in lines), None):
            raise PathwayError("no_competence", line=strange)
        for code, line in lines.items():
            line.mark = marks.get(code) or ObservationLine.Mark.NOT_SEEN
        ObservationLine.objects.bulk_update(lines.values(), ["mark"])
        kept.bearer, kept.quality = bearer.strip(), quality.strip()
        kept.words, kept.observed_on, kept.assurance, kept.signed_at = words.strip(), observed_on, link.assurance, at
        kept.save()
        told = {"observation": kept.pk.hex, "link": link.pk.hex, "assurance": link.assurance}
        note(row, "observation_signed", at, None, told, is_change=False)
    return kept


def observe(
    *,
    candidacy: Candidacy,
    marks: Marks,
    words: str,
    observed_on: date,
    by: Person,
    at: datetime,
    assurance: Assurance,
    quality: str = "",
    moment: Moment | None = None,
) -> Observation:
    """What somebody who follows the candidate saw is kept as they sign it; what they did not answer is left out.

    PathwayError ``own_observation`` by the candidate, and those of ``ask_observation`` and ``sign_observation``.
    """
    with taken(candidacy, None, *ACTIVE) as row:
        if by.pk == row.candidate_id:
            raise PathwayError("own_observation")
        _check_marks(marks, observed_on, at)
        told = {code: mark for code, mark in marks.items() if mark}
        codes = assessed_codes(row, list(told), at, none="observed_codes")
        _check_moment(row, moment)
        made = Observation.objects.create(
            candidacy=row,
            moment=moment,
            observer=by,
            bearer=by.name,
            quality=quality.strip(),
            assurance=assurance,
            observed_on=observed_on,
            words=words.strip(),
            signed_at=at,
        )
        ObservationLine.objects.bulk_create(
            ObservationLine(observation=made, code=code, mark=mark)
            for code, mark in zip(codes, told.values(), strict=True)
        )
        details = {"observation": made.pk.hex, "assurance": assurance.value}
        note(row, "observation_signed", at, by, details, is_change=False)
    return made


def _check_moment(row: Candidacy, moment: Moment | None) -> None:
    if moment and not row.moments.filter(pk=moment.pk, removed_at__isnull=True).exists():
        raise PathwayError("removed")


def _check_marks(marks: Marks, observed_on: date, at: datetime) -> None:
    if not any(marks.values()):
        raise PathwayError("observed_nothing")
    if observed_on > localdate(at):
        raise PathwayError("day_to_come")
