"""Whether a decision may be contested, and for how long when a rule of the certification says so."""

from datetime import date

from parchemin.core.asking import asked, leaves
from parchemin.core.checks.validity import DoneWithin
from parchemin.core.decision import Stage
from parchemin.core.durations import Duration
from parchemin.core.facts import Milestone
from parchemin.records.candidacies.errors import UnfitError
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Appeal, Candidacy, DecisionRecord, Status

APPEALABLE = (DecisionRecord.Answer.UNFAVOURABLE, DecisionRecord.Answer.LAPSED)


def appeal_within(judged: Judged) -> Duration | None:
    """The time that runs from the answer on admissibility; None when no rule gives one.

    A delay counted from the notification of a jury's results is not this one.
    """
    rules = asked(judged.scheme, judged.facts, judged.on, Stage.VALIDITY).rules
    checks = [leaf for rule in rules for leaf in leaves(rule.check) if isinstance(leaf, DoneWithin)]
    found = [one.within for one in checks if one.until is Milestone.APPEALED and one.since is Milestone.ANSWERED]
    return min(found, key=lambda lasts: lasts.most_days, default=None)


def obstacle(record: DecisionRecord, row: Candidacy, on: date, until: date | None) -> UnfitError | None:
    """Why that decision on ``row`` cannot be contested that day, ``until`` being the last one; None when it can.

    ``not_appealable``; ``appeal_late``; ``appeal_pending`` while one waits for its answer, ``appealed`` once it has it;
    ``status`` when the decision no longer holds.
    """
    if record.answer not in APPEALABLE:
        return UnfitError("not_appealable")
    if known := record.appeals.exclude(state=Appeal.State.WITHDRAWN).first():
        return UnfitError("appeal_pending") if known.state == Appeal.State.FILED else UnfitError("appealed")
    if row.status not in (Status.REFUSED, Status.LAPSED):
        return UnfitError("status", status=row.get_status_display())
    return UnfitError("appeal_late", until=until) if until and on > until else None
