"""Before whom a decision may be contested, level after level, until when, and where each stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import Q

from parchemin.core import facts as core
from parchemin.core.asking import asked, leaves
from parchemin.core.checks import Silent
from parchemin.core.checks.validity import AppealLevel, DoneWithin, levels_of
from parchemin.core.decision import Stage
from parchemin.core.durations import Duration
from parchemin.core.facts import Facts, Milestone
from parchemin.core.scheme import Check, Rule, Scheme
from parchemin.records.candidacies.errors import UnfitError
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Appeal, Candidacy, DecisionRecord, Status
from parchemin.records.candidacies.queries.told import is_replaced, letter_of

Answer = DecisionRecord.Answer
APPEALABLE = (Answer.UNFAVOURABLE, Answer.LAPSED, Answer.PARTIAL, Answer.NONE)
"""What goes against the candidate, wholly or in part."""
NAME = "appeal_level"
UNSETTLED = Q(state=Appeal.State.FILED) | Q(state=Appeal.State.UPHELD, carried_out_at__isnull=True)
"""The appeals that somebody has something to do for: not answered, or upheld and what follows not done."""


class Standing(StrEnum):
    """Where a level stands: open until a day or without one, too late, or shut until the level before has answered.

    ``SILENT`` is asked for and rejected by silence, ``OVER`` has nothing left to contest.
    """

    OPEN = "open"
    LATE = "late"
    SHUT = "shut"
    FILED = "filed"
    SILENT = "silent"
    REJECTED = "rejected"
    UPHELD = "upheld"
    OVER = "over"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """One level of the ladder of a decision; alone and without a name where the certification gives no levels."""

    level: str = ""
    title: str = ""
    to: str = ""
    source: str = ""
    is_here: bool = True
    standing: Standing = Standing.OPEN
    until: date | None = None
    silence_after: Duration | None = None
    appeal: Appeal | None = None

    @property
    def silent_on(self) -> date | None:
        """The last day to answer what was asked there, after which silence rejects it; None where it does not."""
        return self.silence_after.after(self.appeal.filed_on) if self.appeal and self.silence_after else None


def ladder(record: DecisionRecord, judged: Judged, supposing: Appeal | None = None) -> list[Rung]:
    """The levels at which that decision may be contested, in order, each as it stands that day; never empty.

    ``supposing`` an appeal were as it is told, saved or not.
    """
    rows = {one.level: one for one in record.appeals.exclude(state=Appeal.State.WITHDRAWN)}
    if supposing is not None:
        rows[supposing.level] = supposing
    start = told_on(record)
    rules = _levels(record, judged)
    if not rules:
        return [_alone(rows.get(""), _last_day(record, judged), judged.on)]
    levels = [rule.check for rule in rules if isinstance(rule.check, AppealLevel)]
    told = {level: _told(one) for level, one in rows.items()}
    is_over = any(one.state == Appeal.State.UPHELD for one in rows.values())
    return [_rung(rule, levels, start, told, rows, judged.on, is_over=is_over) for rule in rules]


def rung_at(record: DecisionRecord, judged: Judged, level: str) -> Rung | None:
    """That level of the ladder; None when there is no such level."""
    return next((one for one in ladder(record, judged) if one.level == level), None)


def next_rung(rungs: Sequence[Rung]) -> Rung | None:
    """The first level that is open, one that is lodged elsewhere included; None when nothing may be contested now."""
    return next((one for one in rungs if one.standing is Standing.OPEN), None)


def asked_here(rungs: Sequence[Rung]) -> Rung | None:
    """The level that the candidate may ask for here: the first that is open, or the first; None without any."""
    here = [one for one in rungs if one.is_here]
    return next((one for one in here if one.standing is Standing.OPEN), here[0] if here else None)


def appeals_of(candidacy: Candidacy, scheme: Scheme) -> Mapping[str, Any]:
    """The field of Facts that appeals fill: those made against what a jury decided last; one query."""
    made = Appeal.objects.filter(decision__candidacy=candidacy, decision__stage=Stage.AWARD.value)
    rows = made.exclude(state=Appeal.State.WITHDRAWN).select_related("decision").order_by("-decision__decided_at")
    found = list(rows)
    return {"appeals": tuple(_told(one) for one in found if one.decision_id == found[0].decision_id)}


def told_on(record: DecisionRecord) -> date:
    """The day the decision was told, from which the time to contest it runs."""
    letter = letter_of(record)
    return letter.dated_on if letter else record.decided_on


def further(row: Candidacy, told: date, on: date) -> list[tuple[AppealLevel, date | None]]:
    """The levels beyond the first against what a jury decided and told that day, each with its last day if it is open.

    Read from the certification alone: nothing was contested yet.
    """
    rules = asked(Judged(row, on).scheme, Facts(route=row.route, blocks=tuple(row.blocks)), on, Stage.VALIDITY).rules
    levels = levels_of(rules, Milestone.NOTIFIED)
    return [(one, one.last_day(levels, told, {}, on)) for one in levels[1:]]


def receipt_values(rung: Rung) -> dict[str, str]:
    """What the letter that acknowledges an appeal says: of what, at which level, and when silence would reject it."""
    assert rung.appeal is not None
    told = {
        "filed_on": rung.appeal.filed_on.isoformat(),
        "decided_on": rung.appeal.decision.decided_on.isoformat(),
        "level": rung.title,
        "silent_on": rung.silent_on.isoformat() if rung.silent_on else "",
    }
    return {name: value for name, value in told.items() if value}


def answer_values(appeal: Appeal, judged: Judged) -> dict[str, str]:
    """What the letter that answers says: the answer, at which level, and before whom and until when to go on."""
    rungs = ladder(appeal.decision, judged, appeal)
    here = next((one for one in rungs if one.level == appeal.level), Rung())
    on = next_rung(rungs) if appeal.state == Appeal.State.REJECTED else None
    told = {
        "answer": appeal.answer,
        "decided_on": appeal.decision.decided_on.isoformat(),
        "level": here.title,
        "next_to": on.to if on else "",
        "next_on": on.until.isoformat() if on and on.until else "",
    }
    return {name: value for name, value in told.items() if value}


def appeal_within(judged: Judged) -> Duration | None:
    """The time that runs from the answer on admissibility; None when no rule gives one.

    A delay counted from the notification of a jury's results is not this one.
    """
    rules = asked(judged.scheme, judged.facts, judged.on, Stage.VALIDITY).rules
    checks = [leaf for rule in rules for leaf in leaves(rule.check) if isinstance(leaf, DoneWithin)]
    found = [one.within for one in checks if one.until is Milestone.APPEALED and one.since is Milestone.ANSWERED]
    return min(found, key=lambda lasts: lasts.most_days, default=None)


def obstacle(record: DecisionRecord, row: Candidacy, on: date, rung: Rung) -> UnfitError | None:
    """Why that decision on ``row`` cannot be contested that day at that level; None when it can.

    ``not_appealable``, as what a jury decided and did not publish, or put right since; ``appeal_late``;
    ``appeal_pending`` while one waits for its answer, ``appealed`` once it has it; ``level_shut`` while another level
    must answer first; ``status`` when the decision no longer holds.
    """
    if record.answer not in APPEALABLE or record.stage == Stage.JURY:
        return UnfitError("not_appealable")
    if record.stage == Stage.AWARD and ((letter := letter_of(record)) is None or is_replaced(letter)):
        return UnfitError("not_appealable")
    made = record.appeals.exclude(state=Appeal.State.WITHDRAWN)
    if known := made.filter(level=rung.level).first():
        return UnfitError("appeal_pending") if known.state == Appeal.State.FILED else UnfitError("appealed")
    if rung.standing in (Standing.SHUT, Standing.OVER) or made.filter(state=Appeal.State.UPHELD).exists():
        return UnfitError("level_shut")
    if record.stage != Stage.AWARD and row.status not in (Status.REFUSED, Status.LAPSED):
        return UnfitError("status", status=row.get_status_display())
    return UnfitError("appeal_late", until=rung.until) if rung.until and on > rung.until else None


def _last_day(record: DecisionRecord, judged: Judged) -> date | None:
    """The last day to contest that decision where the certification gives no levels; None when no rule sets one.

    Of what a jury decided it is the one its letter told, counted from the notification.
    """
    if record.stage == Stage.AWARD:
        letter = letter_of(record)
        until = letter.values.get("contest_until") if letter else None
        return date.fromisoformat(until) if until else None
    within = appeal_within(judged)
    return within.after(record.decided_on) if within else None


def _levels(record: DecisionRecord, judged: Judged) -> list[Rule]:
    """The rules that give a level against that decision, those whose time the source does not say included."""
    since = Milestone.NOTIFIED if record.stage == Stage.AWARD else Milestone.ANSWERED
    rules = asked(judged.scheme, judged.bare, judged.on, Stage.VALIDITY).rules
    return [one for one in rules if _known(one.check).get("since") == since]


def _known(check: Check) -> Mapping[str, Any]:
    """What a check says of its level; nothing for one on something else."""
    if isinstance(check, Silent):
        return check.known if check.of == NAME else {}
    return vars(check) if isinstance(check, AppealLevel) else {}


def _id_of(rule: Rule) -> str:
    return str(_known(rule.check).get("level") or rule.id)[:40]


def _told(row: Appeal) -> core.Appeal:
    return core.Appeal(
        level=row.level,
        filed_on=row.filed_on,
        answered_on=row.answered_on,
        is_upheld=row.state == Appeal.State.UPHELD,
    )


def _alone(row: Appeal | None, until: date | None, on: date) -> Rung:
    is_late = until is not None and on > until
    standing = Standing(row.state) if row else Standing.LATE if is_late else Standing.OPEN
    return Rung(standing=standing, until=until, appeal=row)


def _rung(
    rule: Rule,
    levels: Sequence[AppealLevel],
    start: date,
    told: dict[str, core.Appeal],
    rows: dict[str, Appeal],
    on: date,
    *,
    is_over: bool,
) -> Rung:
    known, check = _known(rule.check), rule.check
    row = rows.get(_id_of(rule))
    until = check.last_day(levels, start, told, on) if isinstance(check, AppealLevel) else None
    if row is not None:
        silent_on = check.silent_on(_told(row)) if isinstance(check, AppealLevel) else None
        is_silent = row.state == Appeal.State.FILED and silent_on is not None and on > silent_on
        standing = Standing.SILENT if is_silent else Standing(row.state)
    elif is_over:
        standing = Standing.OVER
    elif until is None and isinstance(check, AppealLevel):
        standing = Standing.SHUT
    else:
        standing = Standing.LATE if until and on > until else Standing.OPEN
    return Rung(
        level=_id_of(rule),
        title=str(known.get("title") or rule.says),
        to=str(known.get("to") or ""),
        source=rule.source,
        is_here=known.get("filed", "here") == "here",
        standing=standing,
        until=until,
        silence_after=known.get("silence_after"),
        appeal=row,
    )
