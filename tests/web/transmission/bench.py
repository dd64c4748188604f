"""Candidates of the cast before a jury to come."""

from datetime import timedelta

from parchemin.records.candidacies.judging import Judged
from parchemin.records.juries.actions import composing
from parchemin.records.juries.actions.composing import Planned
from parchemin.records.juries.models import Hearing
from parchemin.records.people.models import CivilIdentity
from tests.records.awards.bench import ISSUED_AT
from tests.web.cast import AT, MASTER, ON, Cast, identified, opened, person

JURY_AT = ISSUED_AT + timedelta(days=100)


def convened(cast: Cast) -> list[Hearing]:
    """Three candidates of a certification of the register on one agenda: complete, never compared, without identity."""
    people = [person(name, name.title(), "Attente") for name in ("complete", "jamais", "aucune")]
    rows = [opened(one, cast.certification(MASTER), "student") for one in people]
    for one in people[:2]:
        identified(one)
    CivilIdentity.objects.filter(person=people[0]).update(checked_at=AT, checked_by=cast.secretary)
    session = composing.plan_session(
        organisation=cast.organisation,
        certification=rows[0].certification,
        jury=next(iter(Judged(rows[0], ON).scheme.juries)),
        planned=Planned(starts_at=JURY_AT),
        at=AT,
        by=cast.secretary,
    )
    return [Hearing.objects.create(session=session, candidacy=row, position=n) for n, row in enumerate(rows, 1)]
