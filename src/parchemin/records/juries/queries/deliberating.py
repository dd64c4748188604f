"""One file before its jury: who decides, what is proposed, what would be decided, and what the rules say of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from parchemin.core import facts as core
from parchemin.core.asking import asked
from parchemin.core.deciding import decide
from parchemin.core.decision import MET, NOT_MET, Decision, Effect, Finding, Stage
from parchemin.core.facts import Facts, Milestone, Sought
from parchemin.core.proposing import Proposal, awarded, granting, propose
from parchemin.records.candidacies.judging import Judged
from parchemin.records.juries.facts import holdings_of, member_facts, opinions_of, ties_of, votes_of
from parchemin.records.juries.models import Hearing, Member, Verdict, Vote
from parchemin.records.juries.queries.sessions import (
    composition_faults,
    dates_of,
    members_of,
    previous_chair_college,
    resting_on,
    voted_by,
)

PARTS = frozenset({"all_held", "all_acquired", "differences_reasoned"})
"""The checks on the parts themselves, and on what the jury says of them."""


@dataclass(frozen=True)
class Deliberation:
    """A hearing looked at on one day; everything is worked out once.

    ``told`` is what is decided on each part when it is not what was saved, as in minutes that correct others.
    """

    hearing: Hearing
    on: date
    told: tuple[core.Opinion, ...] | None = None

    @cached_property
    def judged(self) -> Judged:
        """The file under its own scheme, or the one it was decided under."""
        return Judged(self.hearing.candidacy, self.on, self.hearing.version)

    @cached_property
    def members(self) -> Sequence[Member]:
        """Those named to the session, each with their person."""
        return members_of(self.hearing.session)

    @cached_property
    def known(self) -> Mapping[object, core.Member]:
        """The members as the core sees them for this candidate, by key; once it was decided, as they were then.

        Whoever only stands in for another member who sits is not there.
        """
        return member_facts(self.members, ties_of(self.hearing), self.hearing.sat)

    @cached_property
    def sitting(self) -> tuple[Member, ...]:
        """The members who deliberate on this candidate, or did: present and not recused."""
        sits = {key for key, one in self.known.items() if one.is_present and not one.is_recused}
        return tuple(row for row in self.members if row.pk in sits)

    @cached_property
    def votes(self) -> Sequence[Vote]:
        """The voices cast."""
        return list(self.hearing.votes.all())

    @cached_property
    def opinions(self) -> tuple[core.Opinion, ...]:
        """What was decided so far on each part."""
        return opinions_of(self.hearing.opinions.all()) if self.told is None else self.told

    @cached_property
    def facts(self) -> Facts:
        """What is known of the file before the jury, and of the jury before it."""
        session, whole = self.hearing.session, self.judged.whole
        return replace(
            whole,
            blocks=tuple(self.hearing.blocks),
            dates={**whole.dates, **dates_of(session)},
            statements={**whole.statements, **dict.fromkeys(self.hearing.attested, True)},
            holdings=holdings_of(self.hearing.candidacy, but=self.hearing),
            members=tuple(self.known.values()),
            votes=votes_of(self.votes, self.known) or None,
            previous_chair_college=previous_chair_college(session),
        )

    @cached_property
    def proposal(self) -> Proposal:
        """What the results propose, part by part."""
        return propose(self.facts, self.judged.scheme, self.on)

    @cached_property
    def jury(self) -> Decision:
        """What the rules say of the jury that decides, votes included."""
        return decide(Stage.JURY, self._deliberated, self.judged.scheme, self.on)

    @property
    def _deliberated(self) -> Facts:
        return replace(self.facts, dates={**self.facts.dates, Milestone.DELIBERATED: self.on})

    @property
    def lacks_votes(self) -> bool:
        """Whether a rule that wants a vote is not met."""
        wanted = voted_by(self.judged.scheme)
        return any(one.rule in wanted and one.counts_as is not MET for one in self.jury.findings)

    @property
    def faults(self) -> tuple[Finding, ...]:
        """What keeps this jury from deliberating on this candidate."""
        return composition_faults(self.jury, self.judged.scheme)

    @property
    def is_valid(self) -> bool:
        """Whether it may deliberate on this candidate."""
        return not self.faults

    @property
    def is_sound(self) -> bool:
        """Whether what it decides may be signed: valid, voted where the rules want it, attested."""
        return self.jury.outcome is MET

    @cached_property
    def to_attest(self) -> dict[str, str]:
        """What the rules want to hear from the jury and nobody told yet, by code."""
        scheme = self.judged.scheme
        wanted = asked(scheme, self.facts, self.on, Stage.JURY).statements
        return {code: scheme.statements.get(code, code) for code in wanted if not self.facts.statements.get(code)}

    @cached_property
    def is_voted(self) -> bool:
        """Whether the rules want a vote."""
        applied = {one.rule for one in self.jury.findings}
        return bool(applied & voted_by(self.judged.scheme))

    def award(self, sought: Sought) -> Decision:
        """What the rules say of awarding what was decided so far, everything or parts of it."""
        told = granting(self.facts, self.opinions, sought, self.on)
        return decide(Stage.AWARD, told, self.judged.scheme, self.on)

    @property
    def lacking(self) -> tuple[Finding, ...]:
        """What keeps this file from everything beside the parts, such as an interview that was not passed."""
        scheme = self.judged.scheme
        aside = resting_on(scheme, PARTS, Stage.AWARD)
        return tuple(
            one
            for one in self.award(Sought.FULL).findings
            if one.effect is Effect.BLOCKING and one.counts_as is NOT_MET and one.rule not in aside
        )

    @property
    def amount(self) -> Verdict:
        """What the parts granted so far amount to."""
        granted = [one.code for one in self.opinions if one.is_granted]
        return Verdict(awarded(granted, self.proposal).value)

    @property
    def undecided(self) -> tuple[str, ...]:
        """The parts on which nothing was decided yet."""
        told = {one.code for one in self.opinions}
        return tuple(part.code for part in self.proposal.to_decide if part.code not in told)

    @property
    def differing(self) -> tuple[str, ...]:
        """The parts decided otherwise than proposed, or without a proposal, that have no reason."""
        proposed = {part.code: part.outcome for part in self.proposal.parts}
        return tuple(
            one.code for one in self.opinions if not one.reason and (proposed.get(one.code) is MET) != one.is_granted
        )
