"""A file about to go to the jury: what its transmission would tell the rules, and what still holds it back."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils import timezone

from parchemin.core.asking import asked, leaves
from parchemin.core.checks.results import BlockAcquired
from parchemin.core.decision import MET, UNKNOWN, Decision, Effect, Finding, Stage
from parchemin.core.facts import Attendance, Milestone
from parchemin.core.grid import RESULTS
from parchemin.core.terms import listed
from parchemin.records.candidacies.judging import Judged, dues, is_with_candidate

ASSESSED_STEP, SENT_STEP = "assessment", "transmission"
STAGES = (Stage.ASSESSMENT, Stage.COMPLETENESS)
"""What is judged before the jury has the file, in the order of a candidate's life."""


@dataclass(frozen=True)
class Sending:
    """The file as it would be if it were transmitted on that day, with what whoever sends it attests."""

    judged: Judged
    attested: Collection[str] = ()

    @cached_property
    def assessed_on(self) -> date | None:
        """The day of the last sitting settled, or the last entry in a ledger where there was no sitting."""
        row = self.judged.candidacy
        held = [one for one in row.sittings.all() if one.attendance == Attendance.HELD and one.settled_at]
        days = [timezone.localdate(one.starts_at) for one in held if one.starts_at]
        entered = [one.settled_at for one in row.results.all() if one.kind in RESULTS]
        return max(days, default=None) or max((timezone.localdate(at) for at in entered), default=None)

    @property
    def steps(self) -> dict[str, date]:
        """The steps that it does: its own, and assessment once the rules of assessment hold nothing back."""
        found = dict(self._first_steps)
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
            self._decided[stage] = self.judged.sent(stage, dates=self.dates, steps=steps, statements=self.attested)
        return self._decided[stage]

    @cached_property
    def _decided(self) -> dict[Stage, Decision]:
        return {}

    def lacking(self, stage: Stage) -> tuple[Finding, ...]:
        """What holds it back: each blocking rule that is not met, but those that wait for the jury's own opinion."""
        found = self.decided(stage).findings
        return tuple(
            one
            for one in found
            if one.effect is Effect.BLOCKING and one.counts_as is not MET and not self._is_for_jury(one)
        )

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
        """What the rules want to hear about the file and nobody verified yet, by code."""
        judged = self.judged
        wanted = asked(judged.scheme, judged.whole, judged.on, *STAGES).statements
        known = {row.code for row in judged.candidacy.statements.all() if row.verified is not None}
        return {code: judged.scheme.statements.get(code, code) for code in wanted if code not in known}

    @cached_property
    def to_join(self) -> dict[str, str]:
        """The documents that the rules want for the jury, that the candidate does not hold and that are not there."""
        judged = self.judged
        held = {one.id for one in judged.facts.documents or ()}
        wanted = asked(judged.scheme, judged.whole, judged.on, *STAGES).documents
        kinds = judged.scheme.documents
        return {
            kind: kinds[kind].title
            for kind in wanted
            if kind in kinds and kind not in held and not is_with_candidate(judged.scheme, kind)
        }

    @cached_property
    def _first_steps(self) -> dict[str, date]:
        return self._step(SENT_STEP, self.judged.on)

    def _step(self, id: str, on: date) -> dict[str, date]:
        """That step, unless the route has none or it was told done."""
        route = self.judged.scheme.route_of(self.judged.candidacy.route)
        known = {step.id for step in listed(route.steps)} if route else set()
        return {id: on} if id in known and id not in (self.judged.facts.steps or {}) else {}

    def _is_for_jury(self, finding: Finding) -> bool:
        """Whether that rule only waits for what the jury will say."""
        rule = next(
            (one for stage in STAGES for one in self.judged.scheme.rules[stage] if one.id == finding.rule), None
        )
        checks = list(leaves(rule.check)) if rule else []
        is_opinion = bool(checks) and all(isinstance(one, BlockAcquired) and one.by == "jury" for one in checks)
        return finding.outcome is UNKNOWN and is_opinion
