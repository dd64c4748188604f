"""A file under its scheme on a day: what is asked of it, what the rules say of it, and by when somebody must act."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from parchemin.catalogue.loading import Loaded
from parchemin.core.asking import Asked, asked, wanted_by
from parchemin.core.deciding import decide
from parchemin.core.decision import MET, NOT_MET, Decision, Effect, Finding, Outcome, Stage
from parchemin.core.facts import Facts, Milestone
from parchemin.core.scheme import Scheme
from parchemin.records.candidacies.contributing import contributed
from parchemin.records.candidacies.facts import ADMISSIBILITY, facts_of
from parchemin.records.candidacies.models import Candidacy
from parchemin.records.certifications.queries import resolved


@dataclass(frozen=True)
class Judged:
    """One file looked at on one day; everything is worked out once."""

    candidacy: Candidacy
    on: date

    @cached_property
    def loaded(self) -> Loaded:
        """The scheme in force for this file on that day, with its gaps."""
        row = self.candidacy
        return resolved(row.certification.scheme, version=row.version, on=self.on, began=row.began_on)

    @property
    def scheme(self) -> Scheme:
        """The scheme in force for this file on that day."""
        return self.loaded.scheme

    @cached_property
    def facts(self) -> Facts:
        """What is verified of the application."""
        return facts_of(self.candidacy, self.scheme)

    @cached_property
    def whole(self) -> Facts:
        """The same with what was lived since: the pathway and the assessments."""
        return contributed(self.facts, self.candidacy, self.scheme)

    @cached_property
    def hoped(self) -> Facts:
        """The same with what is declared, as if the request were made today and answered well."""
        dates = {
            Milestone.REQUESTED: self.on,
            Milestone.RECEIVED: self.on,
            Milestone.ANSWERED: self.on,
            **self.facts.dates,
        }
        declared = facts_of(self.candidacy, self.scheme, is_declared_enough=True, requests=self.facts.requests)
        is_favourable = True if self.facts.is_favourable is None else self.facts.is_favourable
        return replace(declared, dates=dates, is_favourable=is_favourable)

    def decided(self, stage: Stage) -> Decision:
        """What the rules say of what is verified."""
        if stage not in self._decided:
            facts = self.facts if stage is Stage.ELIGIBILITY else self.whole
            self._decided[stage] = decide(stage, facts, self.scheme, self.on)
        return self._decided[stage]

    def foreseen(self, stage: Stage) -> Decision:
        """What the rules would say if everything declared were verified and the answer were favourable today."""
        if stage not in self._foreseen:
            self._foreseen[stage] = decide(stage, self.hoped, self.scheme, self.on)
        return self._foreseen[stage]

    @cached_property
    def _decided(self) -> dict[Stage, Decision]:
        return {}

    @cached_property
    def _foreseen(self) -> dict[Stage, Decision]:
        return {}

    @cached_property
    def answerable(self) -> Decision:
        """What the rules say of what is verified if the answer is favourable today: the ground of the decision."""
        dates = {Milestone.REQUESTED: self.on, Milestone.RECEIVED: self.on, **self.facts.dates}
        facts = replace(self.facts, dates={**dates, Milestone.ANSWERED: self.on}, is_favourable=True)
        return decide(Stage.ELIGIBILITY, facts, self.scheme, self.on)

    def answered(self, *, is_favourable: bool) -> Decision:
        """What the rules say of what is verified once that answer is given today: what is frozen with it."""
        dates = {**self.facts.dates, Milestone.ANSWERED: self.on}
        facts = replace(self.facts, is_favourable=is_favourable, dates=dates)
        return decide(Stage.ELIGIBILITY, facts, self.scheme, self.on)

    def sent(
        self,
        stage: Stage,
        *,
        dates: Mapping[Milestone, date],
        steps: Mapping[str, date],
        statements: Iterable[str] = (),
    ) -> Decision:
        """What the rules say once the file goes to the jury today, with these steps done and these words attested."""
        facts = replace(
            self.whole,
            dates={**self.whole.dates, **dates},
            steps={**(self.whole.steps or {}), **steps},
            statements={**self.whole.statements, **dict.fromkeys(statements, True)},
        )
        return decide(stage, facts, self.scheme, self.on)

    def resumed(self) -> Decision:
        """What the rules say of what is verified once a lapse is lifted today: what is frozen with it."""
        return decide(Stage.ELIGIBILITY, replace(self.facts, resumed_on=self.on), self.scheme, self.on)

    @cached_property
    def application(self) -> Asked:
        """What the application is asked for: by the rules of eligibility, and by the steps up to admissibility."""
        found = asked(self.scheme, self.facts, self.on, Stage.ELIGIBILITY)
        route = self.scheme.route_of(self.candidacy.route)
        wanted = dict.fromkeys((*wanted_by(route, ADMISSIBILITY), *found.documents))
        return replace(found, documents=tuple(one for one in wanted if is_with_candidate(self.scheme, one)))

    @cached_property
    def later(self) -> Asked:
        """What the file is asked for before the jury, beyond the application: by the rules, and by the later steps."""
        found = asked(self.scheme, self.facts, self.on, Stage.COMPLETENESS)
        route = self.scheme.route_of(self.candidacy.route)
        wanted = dict.fromkeys((*found.documents, *wanted_by(route)))
        kept = [one for one in wanted if one not in self.application.documents and is_with_candidate(self.scheme, one)]
        return replace(found, documents=tuple(kept))

    @cached_property
    def experience(self) -> Asked:
        """The rules that count activities, from entry to award."""
        return asked(self.scheme, self.facts, self.on, Stage.ELIGIBILITY, Stage.AWARD)

    @cached_property
    def totals(self) -> tuple[Finding, ...]:
        """Each requirement of experience with the total so far, everything declared being counted."""
        wanted = {rule.id for rule in self.experience.experience}
        stages = (Stage.ELIGIBILITY, Stage.AWARD)
        return tuple(f for stage in stages for f in self.foreseen(stage).findings if f.rule in wanted)

    @cached_property
    def due_on(self) -> date | None:
        """The nearest date by which the organisation must answer, or the candidate confirm; None when none runs."""
        return min(dues(self.decided(Stage.ELIGIBILITY).findings), default=None)

    @cached_property
    def missed_on(self) -> date | None:
        """The day a confirmation was due that did not come, whether the rule blocks or only warns; None for none."""
        unmet = (finding for finding in self.decided(Stage.ELIGIBILITY).findings if finding.outcome is NOT_MET)
        return min((due for due in dues(unmet) if due < self.on), default=None)

    @cached_property
    def silence_on(self) -> date | None:
        """The day silence accepts or refuses, the day after the answer is due; None when no time to answer runs."""
        return self.due_on + timedelta(days=1) if self.due_on and self.facts.is_favourable is None else None

    @cached_property
    def silence(self) -> str | None:
        """What silence will mean on ``silence_on``: "accepts", "refuses", or None when nothing is said of it."""
        if self.silence_on is None:
            return None
        then = decide(Stage.ELIGIBILITY, self.facts, self.scheme, self.silence_on)
        told = [finding.values.get("silence") for finding in then.findings]
        return next((str(one) for one in told if one), None)

    @cached_property
    def silent(self) -> Outcome | None:
        """What silence has already answered on that day: MET, NOT_MET, or None while the time to answer runs."""
        told = {one.values["silence"] for one in self._silences}
        if "accepts" in told:
            return MET
        return NOT_MET if "refuses" in told else None

    @property
    def silent_since(self) -> date:
        """The day silence answered, once it has."""
        return min(date.fromisoformat(str(one.values["since"])) for one in self._silences)

    @cached_property
    def _silences(self) -> tuple[Finding, ...]:
        found = self.decided(Stage.ELIGIBILITY).findings
        return tuple(one for one in found if one.effect is Effect.BLOCKING and one.values.get("silence"))


def is_with_candidate(scheme: Scheme, document: str) -> bool:
    """Whether the candidate holds that document, or the source does not give it to another actor."""
    kind = scheme.documents.get(document)
    holder = kind.holder if kind else None
    return not (isinstance(holder, str) and holder in scheme.actors and holder != "candidate")


def dues(findings: Iterable[Finding]) -> Iterator[date]:
    """The due dates that findings carry."""
    for finding in findings:
        due = finding.values.get("due")
        if isinstance(due, str):
            yield date.fromisoformat(due)
        yield from dues(finding.parts)
