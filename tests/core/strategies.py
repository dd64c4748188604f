"""Files drawn at random, with ids that exist and ids that do not, and a certification that uses every check."""

from datetime import date, datetime
from fractions import Fraction

from hypothesis import strategies as st

from parchemin.core.checks import (
    AllOf,
    AnyOf,
    Part,
    Silent,
    award,
    completeness,
    conformity,
    eligibility,
    jury,
    results,
    validity,
)
from parchemin.core.checks import assessment as a
from parchemin.core.decision import Override, Stage
from parchemin.core.durations import Duration
from parchemin.core.facts import (
    Accommodation,
    Accreditation,
    Assessment,
    Attendance,
    Ballot,
    Document,
    Evaluator,
    Experience,
    ExperienceKind,
    Facts,
    Holding,
    Link,
    Member,
    Milestone,
    Opinion,
    Period,
    Request,
    Result,
    Sought,
    WorkTraining,
)
from parchemin.core.scheme import Check, Register, Rule, Scheme, When
from tests.core.builders import (
    SCHEME,
    colleges,
    framework,
    learning,
    route,
    rule,
    seat,
    step,
    unit,
)
from tests.core.builders import (
    jury as jury_of,
)

YEARS, MONTHS = Duration(5), Duration(0, 6)
HALF = Fraction(1, 2)
EITHER = tuple(
    Part(says="", source="", check=check) for check in (eligibility.RouteOpen(), eligibility.Stated(statement="adult"))
)
CHECKS_BY_STAGE: dict[Stage, tuple[Check, ...]] = {
    Stage.ELIGIBILITY: (
        eligibility.RouteOpen(),
        eligibility.RegisteredOn(),
        eligibility.RegisteredOn(at=Milestone.BEGAN),
        eligibility.RegisterAmong(registers=(Register.RNCP,)),
        eligibility.ExperienceAtLeast(
            lasts=Duration(1), fraction=HALF, kinds=(ExperienceKind.EMPLOYMENT,), about="t", proved=True
        ),
        eligibility.ExperienceAtLeast(lasts=MONTHS, counted="volume", within=Duration(10), at=Milestone.DECISION),
        eligibility.Admissible(within=Duration(0, 2), silence="accepts"),
        eligibility.Admissible(within=Duration(0, 2), silence="refuses"),
        eligibility.ConfirmedEvery(every=MONTHS, silence_after=Duration(0, 2)),
        eligibility.RequestsPerYear(same=1, total=3),
        eligibility.Stated(statement="adult"),
        AnyOf(parts=EITHER),
        AllOf(parts=EITHER),
        Silent(of="lasts", missing=("lasts",)),
        conformity.ComparedWithLaw(of="experience_at_least", at_most=Duration()),
    ),
    Stage.COMPLETENESS: (
        completeness.DocumentPresent(document="booklet"),
        completeness.DocumentsWanted(step="transmit"),
        completeness.DocumentWithin(document="paper"),
        completeness.StepsInOrder(before="award"),
        completeness.PathwayCovers(),
        completeness.TrainingHours(min=40, max=70),
        completeness.WorkTrainingProofs(),
        completeness.WorkTrainingOrder(),
        completeness.ReflectionsApart(),
        completeness.HotAndCold(gap=Duration(0, 2)),
    ),
    Stage.ASSESSMENT: (
        a.MethodsPassed(),
        a.EvaluatorsPresent(),
        a.AccreditedOn(roles=("outside", "ghost"), trained=True),
        a.NoLink(links=(Link.TRAINER,)),
        a.TimeAllowed(),
        a.PlaceAmong(),
        a.SafeguardsKept(place="remote", safeguards=("identité",)),
        a.AttemptsAtMost(max=2),
        results.OnlyAssessed(),
        results.AllAssessed(),
        results.AllAcquired(),
        results.EvidencePerResult(at_least=1),
        results.BlockAcquired(block="B1", by="units", threshold=Fraction(10), compensation="block"),
        results.BlockAcquired(block="B1", by="learnings", threshold=Fraction(10)),
        results.BlockAcquired(block="B1", by="jury"),
    ),
    Stage.JURY: (
        jury.SeatsFilled(),
        jury.CollegesBalanced(),
        jury.CollegesBalanced(mode="each"),
        jury.Quorum(total=2, share=HALF, per_college={"x": 1}, per_profile={"trainer": 1}),
        jury.ShareAtLeast(of="external", share=HALF),
        jury.ShareAtLeast(of="qualified", least=1, strictly=True),
        jury.GenderBalance(mode="equal"),
        jury.GenderBalance(mode="balanced"),
        jury.NobodyLinked(links=(Link.TRAINER, Link.EVALUATOR)),
        jury.Chaired(alternating=True),
        jury.VoteCarried(casting=True, capped=True),
        jury.VoteCarried(of="cast"),
    ),
    Stage.AWARD: (
        award.AllHeld(of="block"),
        award.AllHeld(of="competence"),
        award.MethodPassed(method="oral"),
        award.MethodPassed(method="oral", after="block"),
        award.PartialAllowed(unit="block"),
        award.PartialAllowed(unit="none"),
        award.RegisteredForAward(),
        award.DifferencesReasoned(),
    ),
    Stage.VALIDITY: (
        validity.Lasts(subject="block", lasts=YEARS, counted_from=Milestone.DELIBERATED),
        validity.Lasts(subject="competence", lasts="unlimited", counted_from=Milestone.SIGNED),
        validity.Lasts(subject="certificate", lasts=YEARS, counted_from=Milestone.ISSUED, ends_with=Milestone.AWARDED),
        validity.ExpiresWithin(subject="block", within=MONTHS),
        validity.DoneWithin(
            since=Milestone.DEPOSITED, until=Milestone.SESSION, within=Duration(0, 3), to_end_of_month=True
        ),
        validity.AppealLevel(
            level="court",
            title="Recours contentieux",
            to="le juge",
            since=Milestone.NOTIFIED,
            within=MONTHS,
            follows="gracious",
            direct=True,
        ),
        validity.AppealLevel(
            level="gracious",
            title="Recours gracieux",
            to="l'organisme",
            since=Milestone.NOTIFIED,
            within=MONTHS,
            silence_after=MONTHS,
        ),
        validity.DoneBefore(done=Milestone.SUMMONED, event=Milestone.SESSION, by=Duration(0, 0, 15)),
    ),
}
CONFORMITY: tuple[Check, ...] = (
    conformity.ComparedWithLaw(of="lasts", at_least="unlimited"),
    conformity.CompetencesPerBlock(least=2),
    conformity.BlocksAllowed(without=(Register.RS,), having=(Register.RNCP,)),
    conformity.BlocksSuffice(),
    conformity.EachBlockAssessed(),
    conformity.CodesAtMost(nsf=3, rome=5, formacode=5),
    conformity.LevelStated(registers=(Register.RNCP,)),
    conformity.PartsStated(registers=(Register.RNCP,)),
    conformity.RegistrationsAtMost(lasts=YEARS),
)
WHENS = (
    When(),
    When(route=("vae",)),
    When(blocks=("B1",)),
    When(began_from=date(2024, 1, 1)),
    When(sought=Sought.PARTIAL),
)


def _rules(stage: Stage) -> tuple[Rule, ...]:
    checks = CHECKS_BY_STAGE[stage]
    always = tuple(rule(f"{stage.value}.{i}", check) for i, check in enumerate(checks))
    return always + tuple(
        rule(f"{stage.value}.when.{i}", checks[i % len(checks)], when=when) for i, when in enumerate(WHENS)
    )


EVERYTHING = Scheme(
    **{
        **{name: getattr(SCHEME, name) for name in SCHEME.__dataclass_fields__},
        "routes": {
            "training": route(
                "Formation",
                steps=(step("apply"), step("transmit", wants=("booklet", "paper")), step("award")),
                jury="final",
            ),
            "vae": route("VAE", steps_as="training", jury_as="training"),
        },
        "juries": {
            "final": jury_of(
                seats=(seat("s1", college="x", is_external=True), seat("s2", college="y", min=2)),
                colleges=colleges(x="X", y="Y"),
            )
        },
        "framework": framework(
            blocks=SCHEME.framework.blocks,
            competences=SCHEME.framework.competences,
            units=(unit("U1", "B1", coefficient=2), unit("U2", "B1", "B2", coefficient=1)),
            learnings=(learning("L1", "B1", "M1"), learning("L2", "B1", "M2")),
        ),
        "rules": {stage: _rules(stage) for stage in Stage},
        "conformity": tuple(rule(f"conformity.{i}", check) for i, check in enumerate(CONFORMITY)),
    }
)

any_day = st.dates() | st.dates(date(2019, 1, 1), date(2027, 12, 31))
near = st.dates(date(2019, 1, 1), date(2027, 12, 31))
codes = st.sampled_from(["B1", "B2", "C1", "C2", "E2", "C3", "C4", "U1", "U2", "L1", "L2", "Z9"])
names = st.sampled_from(["Alix", "Bo", "Cléo", "Dan"])
methods = st.sampled_from(["oral", "written", "practice", "silent", "ghost"])
roles = st.sampled_from(["trainer", "professional", "outside", "ghost"])
fractions = st.fractions(0, 1, max_denominator=10)
said = st.booleans() | st.none()


def some(one: st.SearchStrategy[object], most: int = 4) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(one, max_size=most).map(tuple)


def maybe(one: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.none() | one


links = maybe(some(st.sampled_from(Link), 2))
dates = st.dictionaries(st.sampled_from(Milestone), any_day, max_size=8)
instants = st.datetimes(datetime(2026, 1, 1), datetime(2026, 1, 9))
periods = st.builds(Period, from_=instants, until=instants)
experiences = st.builds(
    Experience,
    from_=any_day,
    until=maybe(any_day),
    kind=maybe(st.sampled_from(ExperienceKind)),
    fraction=maybe(fractions),
    about=maybe(some(st.sampled_from(["t", "u"]), 2)),
    is_proved=said,
)
accreditations = st.builds(
    Accreditation, role=roles, from_=any_day, until=maybe(any_day), granted_on=maybe(any_day), is_trained=said
)
evaluators = st.builds(Evaluator, name=names, role=roles, accreditations=maybe(some(accreditations)), links=links)
sittings = st.builds(
    Assessment,
    method=methods,
    day=maybe(near),
    attendance=st.sampled_from(Attendance),
    is_passed=said,
    minutes=maybe(st.sampled_from([30, 40, 45, 60])),
    place=maybe(st.sampled_from(["centre", "remote", "moon"])),
    evaluators=maybe(some(evaluators, 3)),
    safeguards=maybe(some(st.just("identité"), 1)),
    points=maybe(st.dictionaries(st.sampled_from(["clair", "précis", "autre"]), st.booleans())),
)
members = st.builds(
    Member,
    name=names,
    seat=maybe(st.sampled_from(["s1", "s2", "moon"])),
    college=maybe(st.sampled_from(["x", "y", "moon"])),
    profiles=maybe(some(roles, 2)),
    is_external=said,
    is_qualified=said,
    gender=maybe(st.sampled_from(["f", "m"])),
    is_present=st.booleans(),
    is_recused=st.booleans(),
    is_chair=st.booleans(),
    links=links,
)
holdings = st.builds(
    Holding,
    code=codes,
    dates=st.dictionaries(st.sampled_from(Milestone), near, max_size=3),
    version=st.sampled_from([None, "2026-01-01", "2016-01-01", "2010-01-01", "2000-01-01"]),
    minutes=maybe(st.just("PV2016-0001")),
)
outcomes = st.builds(
    Result,
    code=codes,
    is_acquired=said,
    mark=maybe(st.fractions(0, 20, max_denominator=4)),
    evidence=maybe(st.integers(0, 3)),
)
documents = st.builds(
    Document,
    id=st.sampled_from(["booklet", "paper", "form", "ghost"]),
    pages=maybe(st.integers(0, 30)),
    signed_by=maybe(some(roles, 3)),
)
works = st.builds(
    WorkTraining,
    analysed_on=maybe(near),
    trainer_designated_on=maybe(near),
    situations=maybe(some(periods, 3)),
    reflections=maybe(some(periods, 3)),
    assessed_hot_on=maybe(some(near, 2)),
    assessed_cold_on=maybe(some(near, 2)),
)
files = st.builds(
    Facts,
    route=maybe(st.sampled_from(["training", "vae", "ghost"])),
    blocks=some(codes, 2),
    sought=st.sampled_from(Sought),
    dates=dates,
    statements=st.dictionaries(st.sampled_from(["adult", "ghost"]), st.booleans()),
    steps=maybe(st.dictionaries(st.sampled_from(["apply", "transmit", "award", "ghost"]), near)),
    overrides=some(
        st.builds(
            Override,
            rule=st.sampled_from(["eligibility.0", "award.0"]),
            author=names,
            reason=st.just("motif"),
            source=st.just("PV"),
            decided_on=near,
        ),
        1,
    ),
    experiences=maybe(some(experiences)),
    requests=maybe(
        some(st.builds(Request, scheme=st.sampled_from(["sample", "b"]), requested_on=near, blocks_only=st.booleans()))
    ),
    is_favourable=said,
    confirmed_on=maybe(some(near)),
    documents=maybe(some(documents)),
    positioning=maybe(st.dictionaries(codes, st.booleans())),
    pathway=maybe(some(codes)),
    training_hours=maybe(st.fractions(0, 100, max_denominator=4)),
    work_training=maybe(works),
    assessments=maybe(some(sittings)),
    results=maybe(some(outcomes, 8)),
    accommodations=some(
        st.builds(
            Accommodation,
            methods=some(methods, 2),
            time=st.sampled_from([Fraction(1), Fraction(4, 3)]),
            granted_on=maybe(near),
        ),
        2,
    ),
    members=maybe(some(members, 5)),
    votes=maybe(st.dictionaries(names, st.sampled_from(Ballot))),
    previous_chair_college=maybe(st.sampled_from(["x", "y"])),
    holdings=maybe(some(holdings, 6)),
    opinions=maybe(some(st.builds(Opinion, code=codes, is_granted=st.booleans(), reason=maybe(st.just("motif"))))),
)
