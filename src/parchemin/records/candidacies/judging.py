"""A file under its scheme on a day: what is asked of it, what the rules say of it, and by when somebody must act."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

from parchemin.catalogue.loading import Loaded
from parchemin.core.asking import Asked, asked, wanted_by
from parchemin.core.deciding import decide
from parchemin.core.decision import MET, NOT_MET, Decision, Effect, Finding, Outcome, Stage
from parchemin.core.facts import Facts, Milestone
from parchemin.core.scheme import Rule, Scheme
from parchemin.records.candidacies.contributing import Contributor, looked_at
from parchemin.records.candidacies.facts import ADMISSIBILITY, Dated, bare_of, dated_of, dates_of, facts_of
from parchemin.records.candidacies.models import Candidacy
from parchemin.records.certifications.queries import Wanted, resolved, resolved_each


@dataclass(frozen=True)
class Judged:
    """One file looked at on one day; everything is worked out once."""

    candidacy: Candidacy
    on: date
    version: str | None = None
    """The version it is looked at under; its own unless told, as when it was decided on under another."""

    @classmethod
    def each(
        cls, candidacies: Sequence[Candidacy], on: date, versions: Mapping[UUID, str | None] | None = None
    ) -> list["Judged"]:
        """Each of these files on that day, read by ``with_facts``: as many queries for one as for many.

        ``versions`` are those they were decided under, by file; their own for the others.
        """
        found = [cls(row, on, (versions or {}).get(row.pk)) for row in candidacies]
        dates, loaded = dates_of(candidacies), resolved_each({one.wanted for one in found}, on=on)
        for one in found:
            vars(one).update(dated=dates[one.candidacy.pk], loaded=loaded[one.wanted])
        return found

    @property
    def wanted(self) -> Wanted:
        """Which scheme is in force for this file."""
        row = self.candidacy
        return Wanted(row.certification.scheme, self.version or row.version, row.began_on)

    def under(self, loaded: Loaded) -> "Judged":
        """The same file looked at under another scheme, were it published or not."""
        other = Judged(self.candidacy, self.on, loaded.scheme.ref.version)
        vars(other).update(loaded=loaded, dated=self.dated)
        return other

    @cached_property
    def loaded(self) -> Loaded:
        """The scheme in force for this file on that day, with its gaps."""
        scheme, version, began = self.wanted
        return resolved(scheme, version=version, on=self.on, began=began)

    @property
    def scheme(self) -> Scheme:
        """The scheme in force for this file on that day."""
        return self.loaded.scheme

    @cached_property
    def dated(self) -> Dated:
        """The dates of the file, and the requests that its candidate made elsewhere."""
        return dated_of(self.candidacy)

    @cached_property
    def facts(self) -> Facts:
        """What is verified of the application."""
        return facts_of(self.candidacy, self.scheme, dated=self.dated)

    @cached_property
    def bare(self) -> Facts:
        """Enough for the conditions of every rule, and for rules that look at nothing else of the application."""
        return bare_of(self.candidacy, self.dated)

    @cached_property
    def whole(self) -> Facts:
        """The same with what was lived since, the pathway and the assessments, as far as rules of some stage look."""
        return self._lived(rule for rules in self.scheme.rules.values() for rule in rules)

    def at(self, stage: Stage) -> Facts:
        """The same as far as the rules of that stage look."""
        if stage not in self._at:
            rules = self.scheme.rules.get(stage, ())
            self._at[stage] = self.facts if stage is Stage.ELIGIBILITY else self._lived(rules)
        return self._at[stage]

    def known(self, contributor: Contributor) -> Mapping[str, Any]:
        """What a later app tells of the file; read once."""
        if contributor not in self._known:
            self._known[contributor] = contributor(self.candidacy, self.scheme)
        return self._known[contributor]

    def _lived(self, rules: Iterable[Rule]) -> Facts:
        told = {name: value for one in looked_at(rules) for name, value in self.known(one).items()}
        return replace(self.facts, **told)

    @cached_property
    def _at(self) -> dict[Stage, Facts]:
        return {}

    @cached_property
    def _known(self) -> dict[Contributor, Mapping[str, Any]]:
        return {}

    @cached_property
    def hoped(self) -> Facts:
        """The same with what is declared, as if the request were made today and answered well."""
        dates = {
            Milestone.REQUESTED: self.on,
            Milestone.RECEIVED: self.on,
            Milestone.ANSWERED: self.on,
            **self.facts.dates,
        }
        declared = facts_of(self.candidacy, self.scheme, is_declared_enough=True, dated=self.dated)
        is_favourable = True if self.facts.is_favourable is None else self.facts.is_favourable
        return replace(declared, dates=dates, is_favourable=is_favourable)

    def decided(self, stage: Stage) -> Decision:
        """What the rules say of what is verified."""
        if stage not in self._decided:
            self._decided[stage] = decide(stage, self.at(stage), self.scheme, self.on)
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
        steps: Mapping[str, date | None],
        statements: Mapping[str, bool | None],
    ) -> Decision:
        """What the rules say once the file goes to the jury today, with these steps done and these words attested.

        A step that is None is to be done again, a statement to be attested again: what was before no longer counts.
        """
        known = self.at(stage)
        said, done = {**known.statements, **statements}, {**(known.steps or {}), **steps}
        facts = replace(
            known,
            dates={**known.dates, **dates},
            steps={step: day for step, day in done.items() if day is not None},
            statements={code: value for code, value in said.items() if value is not None},
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
