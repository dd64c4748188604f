"""What holders of the demonstration said that they became, and the figures that its bodies published."""

from collections.abc import Sequence
from datetime import date, timedelta

from parchemin.core.durations import Duration
from parchemin.project.demo.cast import Cast
from parchemin.project.demo.learning import ten
from parchemin.records.awards.models import Certificate, Kind
from parchemin.records.followups.actions import answering
from parchemin.records.followups.actions.asking import note_asked, open_waves, to_ask
from parchemin.records.followups.actions.detaching import detach
from parchemin.records.followups.actions.publishing import publish_figures
from parchemin.records.followups.models import Answer, Followup, PublishedFigures, Wave
from parchemin.records.followups.queries.decided import years_of
from parchemin.records.followups.tokens import token_of
from parchemin.web.shared import insertion

SITUATION, CONTRACT = Answer.Situation, Answer.Contract
SAID = (
    answering.Said(situation=SITUATION.EMPLOYED, is_target_job=True, contract=CONTRACT.PERMANENT),
    answering.Said(situation=SITUATION.OWN_BUSINESS, is_target_job=True),
    answering.Said(situation=SITUATION.EMPLOYED, is_target_job=False, contract=CONTRACT.FIXED_TERM),
    None,
    answering.Said(situation=SITUATION.STUDYING),
)
"""What each holder answers in turn; one says nothing."""
RECENT = timedelta(days=60)
"""Whoever was to be asked since then still is: the letter is in the outbox, and its link opens."""
AFTER = timedelta(days=8)
PUBLISHED = timedelta(days=14)


def follow_all(on: date) -> int:
    """Every wave that came by that day is asked, and most answer, each on its day; how many were asked."""
    asked = 0
    for day in _days(on):
        open_waves(on=day)
        for row in to_ask(day):
            _asked(row, day, SAID[asked % len(SAID)], on)
            asked += 1
    detach(at=ten(on), on=on)
    return asked


def publish_all(cast: Cast, on: date) -> Sequence[PublishedFigures]:
    """The figures of each year that is over and in which a jury decided something."""
    day = on - PUBLISHED
    return [
        publish_figures(certification=row, year=year, by=cast.managers[scheme], at=ten(day), on=day)
        for scheme, row in cast.certifications.items()
        for year in years_of(row)
        if year < day.year
    ]


def _days(on: date) -> list[date]:
    """The days on which some wave begins, by that day."""
    decided = Certificate.objects.filter(kind=Kind.WHOLE).values_list("conclusion__concluded_on", flat=True)
    days = {Duration(months=wave.value).after(one) for one in decided for wave in Wave}
    return sorted(one for one in days if one <= on)


def _asked(row: Followup, day: date, said: answering.Said | None, on: date) -> None:
    if day > on - RECENT:
        insertion.send(row.pk, state=row.state, at=ten(day), on=day)
        return
    note_asked(followup=row, is_sent=True, at=ten(day))
    if said:
        answering.answer(token=token_of(row.pk), said=said, at=ten(day + AFTER), on=day + AFTER)
