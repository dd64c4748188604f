"""A file about to go to the jury: what its transmission would tell the rules, and what still holds it back."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils import timezone

from parchemin.core.asking import asked, leaves
from parchemin.core.checks.results import BlockAcquired, OnlyAssessed
from parchemin.core.decision import MET, NOT_MET, UNKNOWN, Decision, Effect, Finding, Stage, is_settled
from parchemin.core.facts import Attendance, Milestone
from parchemin.core.grid import RESULTS
from parchemin.core.terms import listed
from parchemin.records.assessments.queries.transmissions import Sent, sent_of
from parchemin.records.candidacies.judging import Judged, dues, is_with_candidate

ASSESSED_STEP, SENT_STEP, JURY_STEP = "assessment", "transmission", "deliberation"
STAGES = (Stage.ASSESSMENT, Stage.COMPLETENESS)
"""What is judged before the jury has the file, in the order of a candidate's life."""


@dataclass(frozen=True)
class Sending:
    """The file as it would be if it were transmitted on that day, with what whoever sends it attests."""

    judged: Judged
    attested: Collection[str] = ()

    @cached_property
    def sent(self) -> Sent:
        """The times it went already."""
        return sent_of(self.judged.candidacy)

    @cached_property
    def assessed_on(self) -> date | None:
        """The day of the last sitting settled, or the last entry in a ledger where there was no sitting."""
        row = self.judged.candidacy
        held = [one for one in row.sittings.all() if one.attendance == Attendance.HELD and one.settled_at]
        days = [timezone.localdate(one.starts_at) for one in held if one.starts_at]
        entered = [one.settled_at for one in row.results.all() if one.kind in RESULTS]
        return max(days, default=None) or max((timezone.localdate(at) for at in entered), default=None)

    @property
    def steps(self) -> dict[str, date | None]:
        """The steps that it does: its own, and assessment once the rules of assessment hold nothing back.

        None for the deliberation of a jury that had the file before: another one is to come.
        """
        found: dict[str, date | None] = dict(self._first_steps)
        if self.assessed_on and not self.lacking(Stage.ASSESSMENT):
            found |= self._step(ASSESSED_STEP, self.assessed_on)
        return found

    @cached_property
    def dates(self) -> dict[Milestone, date]:
        """The milestones that it reaches."""
        assessed = {Milestone.ASSESSED: self.assessed_on} if self.assessed_on else {}
        return {**assessed, Milestone.TRANSMITTED: self.judged.on}

    def decided(self, stage: Stage) -> Decision:
        """What the rules of that stage say of the file once transmitted: what is frozen with it."""
        if stage not in self._decided:
            steps = self._first_steps if stage is Stage.ASSESSMENT else self.steps
            said = {**dict.fromkeys(self.to_attest), **dict.fromkeys(self.attested, True)}
            self._decided[stage] = self.judged.sent(stage, dates=self.dates, steps=steps, statements=said)
        return self._decided[stage]

    @cached_property
    def _decided(self) -> dict[Stage, Decision]:
        return {}

    def lacking(self, stage: Stage) -> tuple[Finding, ...]:
        """What holds it back: each blocking rule that is not met, but what is the jury's own to judge."""
        return _in_the_way(self.judged, self.decided(stage))

    @property
    def failed(self) -> tuple[Finding, ...]:
        """What was assessed and is not met: it goes before the jury as it is."""
        found = (one for stage in STAGES for one in self.decided(stage).those(NOT_MET))
        return tuple(one for one in found if is_settled(one))

    @property
    def to_lift(self) -> tuple[Finding, ...]:
        """What is not met and that a derogation may lift, at the first stage that holds the file back.

        A firm rule is not lifted, nor what is still to be established; a later stage may wait for the first one only.
        """
        firm = {rule.id for stage in STAGES for rule in self.judged.scheme.rules[stage] if rule.is_firm}
        found = next((lacking for stage in STAGES if (lacking := self.lacking(stage))), ())
        return tuple(one for one in found if one.outcome is NOT_MET and one.rule not in firm)

    @property
    def is_ready(self) -> bool:
        """Whether nothing holds it back."""
        return not any(self.lacking(stage) for stage in STAGES)

    @property
    def due_on(self) -> date | None:
        """The last day to transmit it, where a rule sets one."""
        return min((due for stage in STAGES for due in dues(self.judged.decided(stage).findings)), default=None)

    @cached_property
    def to_attest(self) -> dict[str, str]:
        """What the rules want to hear about the file and nobody verified yet, by code.

        What was attested with the last transmission was said of the file as it was then: it is said again.
        """
        judged, last = self.judged, self.sent.last
        wanted = asked(judged.scheme, judged.facts, judged.on, *STAGES).statements
        known = {row.code for row in judged.candidacy.statements.all() if row.verified is not None}
        known -= set(last.attested) if last else set()
        return {code: judged.scheme.statements.get(code, code) for code in wanted if code not in known}

    @cached_property
    def to_join(self) -> dict[str, str]:
        """The documents that the rules want for the jury, that the candidate does not hold and that are not there."""
        judged = self.judged
        held = {one.id for one in judged.facts.documents or ()}
        wanted = asked(judged.scheme, judged.facts, judged.on, *STAGES).documents
        kinds = judged.scheme.documents
        return {
            kind: kinds[kind].title
            for kind in wanted
            if kind in kinds and kind not in held and not is_with_candidate(judged.scheme, kind)
        }

    @cached_property
    def _first_steps(self) -> dict[str, date | None]:
        is_again = self.sent.last is not None and JURY_STEP in (self.judged.facts.steps or {})
        again: dict[str, date | None] = {JURY_STEP: None} if is_again else {}
        return {**self._step(SENT_STEP, self.judged.on), **again}

    def _step(self, id: str, on: date) -> dict[str, date]:
        """That step, unless the route has none or it was told done since the file last went."""
        route = self.judged.scheme.route_of(self.judged.candidacy.route)
        if id not in {step.id for step in (listed(route.steps) if route else ())}:
            return {}
        done, last = (self.judged.facts.steps or {}).get(id), self.sent.last
        is_of_last = last is not None and done is not None and done <= last.sent_on < on
        return {id: on} if done is None or is_of_last else {}


def held_back(judged: Judged) -> Decision | None:
    """What keeps the file as it is from its jury: the Decision of the first stage that does, None when none does."""
    for stage in STAGES:
        decision = judged.decided(stage)
        if _in_the_way(judged, decision):
            return decision
    return None


def _in_the_way(judged: Judged, decision: Decision) -> tuple[Finding, ...]:
    """Each blocking rule that is not met, but what is the jury's own to judge.

    What was assessed and failed goes before the jury as it is, for it decides in part or not at all: only what was not
    assessed yet, or whose result is not known, holds a file back. A rule on what results may bear on holds nothing back
    where nobody gives any before the jury: rules that want some do.
    """
    return tuple(
        one
        for one in decision.findings
        if one.effect is Effect.BLOCKING and one.counts_as is not MET and not _is_for_jury(judged, one)
    )


def _is_for_jury(judged: Judged, finding: Finding) -> bool:
    """Whether that rule failed for good, waits for the jury alone, or looks at results that are not given before."""
    if is_settled(finding):
        return True
    rules = (one for stage in STAGES for one in judged.scheme.rules[stage] if one.id == finding.rule)
    rule = next(rules, None)
    checks = list(leaves(rule.check)) if rule else []
    if finding.outcome is not UNKNOWN or not checks:
        return False
    if all(isinstance(one, OnlyAssessed) for one in checks):
        return judged.at(Stage.ASSESSMENT).results is None
    return all(isinstance(one, BlockAcquired) and one.by == "jury" for one in checks)
