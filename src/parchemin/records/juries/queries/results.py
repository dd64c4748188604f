"""The results of a session: what stands for each file, by when it is to be notified, how its candidate was told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Q
from django.utils import timezone

from parchemin.core.asking import asked, leaves
from parchemin.core.checks.results import BlockAcquired
from parchemin.core.checks.validity import DoneWithin
from parchemin.core.decision import Stage
from parchemin.core.facts import Facts, Milestone
from parchemin.core.proposing import Ground
from parchemin.core.scheme import Rule, Scheme
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Candidacy, Letter
from parchemin.records.juries.models import Conclusion, Hearing, JurySession
from parchemin.records.juries.queries.told import result_values


@dataclass
class Result:
    """What stands of one hearing; ``conclusion`` None until its minutes are closed, ``letter`` until it is told."""

    hearing: Hearing
    conclusion: Conclusion | None
    letter: Letter | None
    on: date

    @property
    def verdict(self) -> str:
        """What was decided, as it stands."""
        return self.conclusion.verdict if self.conclusion else self.hearing.verdict

    @property
    def is_told(self) -> bool:
        """Whether the candidate was told what stands."""
        return self.conclusion is not None and self.hearing.told_id == self.conclusion.pk

    @property
    def is_put_right(self) -> bool:
        """Whether the candidate was told something that other minutes put right since."""
        return self.hearing.told_id is not None and not self.is_told

    @cached_property
    def line(self) -> Mapping[str, Any] | None:
        """What closed minutes say of the candidate."""
        return line_in(self.conclusion) if self.conclusion else None

    @cached_property
    def scheme(self) -> Scheme:
        """The certification as it applies to the file, under the version it was decided under."""
        return Judged(self.hearing.candidacy, self.on, self.hearing.version).scheme

    @property
    def values(self) -> dict[str, Any]:
        """What its letter says, if it were notified today."""
        assert self.line is not None
        day = timezone.localdate(self.hearing.session.starts_at)
        return {"session_on": day.isoformat(), **result_values(self.line, self.scheme, self.on)}

    @property
    def notify_until(self) -> date | None:
        """The last day that a rule gives to notify it; None where none does, or nothing was decided."""
        return self.conclusion.notify_until if self.conclusion else None


def line_in(conclusion: Conclusion) -> Mapping[str, Any]:
    """What its minutes say of that candidate alone."""
    lines: Sequence[Mapping[str, Any]] = conclusion.minutes.told["candidates"]
    return next(one for one in lines if one["hearing"] == str(conclusion.hearing_id))


def results_of(session: JurySession, on: date) -> list[Result]:
    """The result of each file of the agenda, in its order; a number of queries that does not grow."""
    return _results(session, Q(), on)


def result_of(hearing: Hearing, on: date) -> Result:
    """The result of one file, without reading the others."""
    (found,) = _results(hearing.session, Q(pk=hearing.pk), on)
    return found


def _results(session: JurySession, which: Q, on: date) -> list[Result]:
    rows = session.hearings.filter(which, removed_at__isnull=True)
    hearings = list(rows.select_related("candidacy__certification", "candidacy__candidate").order_by("position", "pk"))
    # one object for each minutes: their text, which holds every candidate, is read once, and only where it is asked
    minutes = {one.pk: one for one in session.all_minutes.filter(closed_at__isnull=False).defer("text")}
    stands = {}
    for one in Conclusion.objects.filter(minutes__in=minutes, hearing__in=hearings).order_by("pk"):
        one.minutes = minutes[one.minutes_id]
        stands[one.hearing_id] = one
    found = Letter.objects.filter(kind__startswith="jury_", values__session=session.pk.hex).order_by("asked_at")
    letters = {one.values.get("hearing"): one for one in found if one.kind not in ("jury_summoned", "jury_cancelled")}
    for row in hearings:
        row.session = session
    return [Result(one, stands.get(one.pk), letters.get(one.pk.hex), on) for one in hearings]


def told_results(candidacy: Candidacy) -> list[Hearing]:
    """The hearings of a file whose result its candidate was told, the last first; each with what it was told."""
    rows = candidacy.hearings.filter(told__isnull=False).select_related("session", "told")
    return list(rows.order_by("-notified_on", "-decided_at"))


def notify_until(scheme: Scheme, hearing: Hearing, decided_on: date) -> date | None:
    """The first of the last days that the rules of award give to notify what was decided that day."""
    facts = Facts(route=hearing.candidacy.route, blocks=tuple(hearing.blocks))
    rules = asked(scheme, facts, decided_on, Stage.AWARD).rules
    checks = [one for rule in rules for one in leaves(rule.check) if isinstance(one, DoneWithin)]
    wanted = (Milestone.DELIBERATED, Milestone.NOTIFIED)
    return min((one.within.after(decided_on) for one in checks if (one.since, one.until) == wanted), default=None)


def rule_of(scheme: Scheme, code: str, ground: str) -> Rule | None:
    """The rule that says when that block is acquired, where what was proposed rests on one."""
    if ground != Ground.RULE:
        return None
    for rule in scheme.rules.get(Stage.ASSESSMENT, ()):
        if any(isinstance(one, BlockAcquired) and one.block == code for one in leaves(rule.check)):
            return rule
    return None
