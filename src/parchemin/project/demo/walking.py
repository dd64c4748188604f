"""A life of ``demo/lives`` walked through the actions that the screens call, at its own dates.

What a life says of its facts becomes what its candidate, its secretariat, its evaluators, its jury and time do. What
the records cannot know is the transmission to the skills passport (submitted): a decision may be unknown where the
life's is known, never else.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.core.files.base import ContentFile

from parchemin.catalogue.lives import Lived
from parchemin.core.asking import asked
from parchemin.core.deciding import decide
from parchemin.core.decision import MET, NOT_MET, UNKNOWN, Decision, Stage
from parchemin.core.errors import Misuse
from parchemin.core.facts import Document, Experience, ExperienceKind, Facts, Milestone
from parchemin.core.scheme import Scheme
from parchemin.project.demo.assessing import assess, send
from parchemin.project.demo.awarding import compare, give
from parchemin.project.demo.deliberating import Bench
from parchemin.project.demo.learning import follow, ten
from parchemin.project.demo.papers import paper
from parchemin.records.candidacies.actions import closing, deciding, depositing, filling, opening
from parchemin.records.candidacies.actions.dating import CALENDAR, tell_year
from parchemin.records.candidacies.facts import ADMISSIBILITY, APPLICATION_STEPS, current, with_facts
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Candidacy, Status
from parchemin.records.certifications.models import Certification
from parchemin.records.juries.actions.minuting import STEP
from parchemin.records.people.models import Assurance, Person

DELIBERATED = (Stage.JURY, Stage.AWARD)
at = ten


@dataclass
class Walk:
    """One life under way: who applies, who answers, who awards, and the file as it stands."""

    candidate: Person
    secretary: Person
    manager: Person
    certification: Certification
    guide: Person
    bench: Bench
    candidacy: Candidacy | None = None
    before: Facts = field(default_factory=Facts)

    def first(self, lived: Lived) -> datetime:
        """When the person comes for the first time."""
        return at(lived.facts.dates.get(Milestone.BEGAN, lived.step.date))

    def day(self, index: int) -> Iterator[str]:
        """Do what happened since the day before; each departure of the file's decisions from the life's, in words."""
        lived = self.bench.days[index]
        facts, on = lived.facts, lived.step.date
        row = self._file(facts, on)
        self._told(row, facts, on)
        self._handed_in(row, facts, on)
        self._answered(row, facts, on)
        self._steps(row, facts)
        self._year(row, facts, on)
        follow(row, facts, self.before, self.guide, on)
        assess(row, facts, self.before, self.bench.calling.panel, self.secretary, on)
        self._jury_file(row, facts, on)
        yield from self._sent(row, lived)
        yield from self.bench.day(row, index, self.before)
        yield from give(row, facts, self.before, self.manager, on)
        deciding.apply_time(candidacy=row, at=at(on), on=on)
        self.before = facts
        told = rated_only(facts, lived.scheme)
        for stage in (one.stage for one in lived.decisions):
            found = (
                self.bench.decided(row, lived, stage) if stage in DELIBERATED else self._judged(row, on).decided(stage)
            )
            yield from departures(decide(stage, told, lived.scheme, on), found)

    def _sent(self, row: Candidacy, lived: Lived) -> Iterator[str]:
        """The file transmitted; held back where the life says that it is complete, in words."""
        held = send(row, lived.facts, self.before, self.secretary, lived.step.date)
        if held and lived.step.decides.get(held.stage) is MET:
            yield from (f"{one.rule} : {one.outcome.value} ({one.seen})" for one in held.those(NOT_MET))

    def _judged(self, row: Candidacy, on: date) -> Judged:
        return Judged(with_facts(Candidacy.objects.filter(pk=row.pk)).get(), on)

    def _file(self, facts: Facts, on: date) -> Candidacy:
        began = facts.dates.get(Milestone.BEGAN, on)
        if self.candidacy and self.candidacy.began_on != began:
            self._give_up(self.candidacy, on)
            self.candidacy, self.before = None, Facts()
        if self.candidacy is None:
            requested = facts.dates.get(Milestone.REQUESTED, began)
            opened = opening.open_candidacy(
                candidate=self.candidate,
                certification=self.certification,
                route=facts.route or "",
                at=at(requested),
                on=requested,
                began_on=began,
            )
            if isinstance(opened, Decision):
                raise Misuse("closed_route", scheme=self.certification.scheme, route=facts.route)
            self.candidacy = opened
            depositing.accept_regulation(candidacy=opened, by=self.candidate, at=at(requested))
        return self.candidacy

    def _give_up(self, row: Candidacy, on: date) -> None:
        if row.status == Status.RECEIVED:
            depositing.accept_application(candidacy=row, by=self.secretary, at=at(on), on=on)
        if row.status == Status.COMPLETE:
            deciding.decide_admissibility(
                candidacy=row, is_favourable=False, reason="", by=self.secretary, at=at(on), on=on
            )
        if row.is_active:
            closing.withdraw_candidacy(candidacy=row, reason="Nouvelle demande", by=self.candidate, at=at(on), on=on)

    def _told(self, row: Candidacy, facts: Facts, on: date) -> None:
        if tuple(row.blocks) != facts.blocks and row.status in (Status.DRAFT, Status.RETURNED, Status.ADMISSIBLE):
            opening.aim_at_blocks(candidacy=row, blocks=facts.blocks, by=self.candidate, at=at(on), on=on)
        known = self.before.experiences or ()
        for experience in facts.experiences or ():
            if experience not in known and row.status in (Status.DRAFT, Status.RETURNED, Status.ADMISSIBLE):
                self._experience(row, experience, on)
        answers = {code: value for code, value in facts.statements.items() if code not in self.before.statements}
        if answers:
            filling.declare(candidacy=row, answers=dict(answers), by=self.candidate, at=at(on))
        held = self.before.documents or ()
        for document in facts.documents or ():
            if document not in held:
                self._document(row, document, on)

    def _experience(self, row: Candidacy, experience: Experience, on: date) -> None:
        same = row.experiences.filter(from_on=experience.from_).first()
        activity = filling.Activity(
            position="Activité de la démonstration",
            kind=experience.kind or ExperienceKind.EMPLOYMENT,
            from_on=experience.from_,
            until_on=experience.until,
            fraction=experience.fraction,
            tags=experience.about or (),
        )
        saved = filling.save_experience(candidacy=row, activity=activity, by=self.candidate, at=at(on), experience=same)
        if experience.is_proved is not None:
            deciding.verify_experience(
                candidacy=row, experience=saved, is_proved=experience.is_proved, by=self.secretary, at=at(on)
            )

    def _document(self, row: Candidacy, document: Document, on: date) -> None:
        kept = row.documents.filter(kind=document.id).first()
        version = current(kept) if kept else None
        wanted = (document.pages, document.characters, document.minutes)
        if version is None or (version.pages, version.characters, version.minutes) != wanted:
            if kept and filling.is_locked(kept):
                return
            made = paper(document, row.number)
            version = filling.drop_document(
                candidacy=row,
                kind=document.id,
                content=ContentFile(made.content),
                measured=made.measured,
                by=self.candidate,
                at=at(on),
            )
        for actor in document.signed_by or ():
            filling.sign_document(
                candidacy=row,
                version=version,
                actor=actor,
                signer="Signataire de la démonstration",
                assurance=Assurance.PASSWORD,
                at=at(on),
            )

    def _handed_in(self, row: Candidacy, facts: Facts, on: date) -> None:
        if row.status != Status.DRAFT:
            return
        received = facts.dates.get(Milestone.RECEIVED, facts.dates.get(Milestone.REQUESTED, on))
        depositing.deposit_application(
            candidacy=row, by=self.candidate, at=at(received), on=received, is_insisting=True
        )
        compare(self.candidate, self.secretary, at(received))

    def _answered(self, row: Candidacy, facts: Facts, on: date) -> None:
        if row.status in (Status.RECEIVED, Status.COMPLETE, Status.ADMISSIBLE):
            of_jury = asked(self._judged(row, on).scheme, facts, on, Stage.JURY).statements
            for code, value in facts.statements.items():
                if self.before.statements.get(code) != value and code not in of_jury:
                    deciding.verify_statement(candidacy=row, code=code, is_true=value, by=self.secretary, at=at(on))
        answered = facts.dates.get(Milestone.ANSWERED, on)
        is_awaited = Milestone.RECEIVED in facts.dates and facts.is_favourable is None
        if row.status == Status.RECEIVED and not is_awaited and self._would_stand(row, facts, on):
            depositing.accept_application(candidacy=row, by=self.secretary, at=at(answered), on=answered)
            deciding.decide_admissibility(
                candidacy=row,
                is_favourable=facts.is_favourable is not False,
                reason="Décision de la démonstration",
                by=self.secretary,
                at=at(answered),
                on=answered,
            )
        for day in facts.confirmed_on or ():
            if day not in (self.before.confirmed_on or ()) and row.status == Status.ADMISSIBLE:
                deciding.confirm_going_on(candidacy=row, by=self.candidate, at=at(day), on=day)

    def _would_stand(self, row: Candidacy, facts: Facts, on: date) -> bool:
        ground = self._judged(row, on).answerable
        return facts.is_favourable is not None or not ground.those(ground.outcome.NOT_MET)

    def _steps(self, row: Candidacy, facts: Facts) -> None:
        if row.status != Status.ADMISSIBLE:
            return
        known = (self.before.steps or {}).items()
        for step, day in (facts.steps or {}).items():
            if (step, day) not in known and step not in (ADMISSIBILITY, STEP, *APPLICATION_STEPS):
                deciding.record_step(candidacy=row, step=step, done_on=day, by=self.secretary, at=at(day))

    def _year(self, row: Candidacy, facts: Facts, on: date) -> None:
        """What the calendar of the body says of the file; the rules say what comes of it."""
        told = {one: facts.dates[one] for one in CALENDAR if one in facts.dates}
        if row.status == Status.ADMISSIBLE and any(day != self.before.dates.get(one) for one, day in told.items()):
            tell_year(candidacy=row, dates=told, by=self.secretary, at=at(on), on=on, is_insisting=True)

    def _jury_file(self, row: Candidacy, facts: Facts, on: date) -> None:
        deposited = facts.dates.get(Milestone.DEPOSITED)
        if deposited is None or deposited == self.before.dates.get(Milestone.DEPOSITED):
            return
        if row.status == Status.ADMISSIBLE:
            found = depositing.deposit_file(candidacy=row, by=self.candidate, at=at(deposited), on=deposited)
            if not isinstance(found, Decision):
                depositing.answer_file(
                    candidacy=row,
                    is_complete=True,
                    reasons="",
                    by=self.secretary,
                    at=at(deposited),
                    on=deposited,
                )


def rated_only(facts: Facts, scheme: Scheme) -> Facts:
    """The same facts without results on competences that are not assessed: evaluators cannot rate them here."""
    if facts.results is None:
        return facts
    known = scheme.competences
    kept = (one for one in facts.results if one.code not in known or scheme.code_of(one.code) in scheme.assessed)
    return replace(facts, results=tuple(kept))


def departures(told: Decision, found: Decision) -> Iterator[str]:
    """Where the file's decision says otherwise than the life's; unknown is not otherwise: some is not recorded yet."""
    expected = {finding.rule: finding for finding in told.findings}
    for finding in found.findings:
        same = expected.get(finding.rule)
        if same is None or finding.outcome in (same.outcome, UNKNOWN):
            continue
        yield f"{finding.rule} : {same.outcome.value} → {finding.outcome.value} ({finding.seen})"
