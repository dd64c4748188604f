"""What the calendar of the body says of a file: the year that began, the regulation that changed."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from parchemin.core.asking import asked, milestones_of
from parchemin.core.deciding import decide
from parchemin.core.decision import NOT_MET, Decision, Effect, Stage
from parchemin.core.facts import Facts, Milestone
from parchemin.core.scheme import Rule, Scheme
from parchemin.records.candidacies.actions.taking import leave, note, reach, taken
from parchemin.records.candidacies.errors import UnfitError
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Candidacy, Status
from parchemin.records.people.models import Person

CALENDAR = (Milestone.YEAR_STARTED, Milestone.REGULATION_CHANGED)
"""What happens to everybody at once, and that nothing done on a file tells."""


def tell_year(
    *,
    candidacy: Candidacy,
    dates: Mapping[Milestone, date | None],
    by: Person,
    at: datetime,
    on: date,
    is_insisting: bool = False,
    revision: int | None = None,
) -> Decision | None:
    """The year of the file began that day, its regulation changed that day; None takes back what was told.

    The Decision and nothing done when a blocking rule on these dates would not be met, unless whoever tells them
    insists: it happened all the same. UnfitError ``no_milestone`` for a date that no rule on the file looks at.
    """
    with taken(candidacy, revision, Status.ADMISSIBLE) as row:
        judged = Judged(row, on)
        wanted = told_of(judged.scheme, judged.facts, on)
        if any(one not in wanted for one in dates):
            raise UnfitError("no_milestone")
        refusal = _refusal(judged, dates)
        if refusal and not is_insisting:
            return refusal
        for milestone, day in dates.items():
            if day:
                reach(row, milestone, day)
            else:
                leave(row, milestone)
        told = {one.value: day.isoformat() if day else None for one, day in dates.items()}
        note(row, "year_told", at, by, told, refusal)
    return None


def told_of(scheme: Scheme, facts: Facts, on: date) -> tuple[Milestone, ...]:
    """The dates of the calendar that the rules on that file look at; none where there is nothing to tell."""
    rules = asked(scheme, facts, on, *Stage).rules
    named = {one for rule in rules for one in milestones_of(rule.check)}
    return tuple(one for one in CALENDAR if one in named)


def _refusal(judged: Judged, dates: Mapping[Milestone, date | None]) -> Decision | None:
    """What the first stage would say of which a blocking rule on these dates is not met, those rules alone."""
    known = {**judged.whole.dates, **dates}
    facts = replace(judged.whole, dates={one: day for one, day in known.items() if day})
    for stage in Stage:
        rules = [one for one in asked(judged.scheme, facts, judged.on, stage).rules if _is_on(one, dates)]
        if not rules:
            continue
        found = decide(stage, facts, judged.scheme, judged.on)
        ids = {one.id for one in rules}
        own = tuple(one for one in found.findings if one.rule in ids)
        if any(one.effect is Effect.BLOCKING and one.counts_as is NOT_MET for one in own):
            return replace(found, outcome=NOT_MET, findings=own)
    return None


def _is_on(rule: Rule, dates: Mapping[Milestone, date | None]) -> bool:
    return bool(milestones_of(rule.check) & set(dates))
