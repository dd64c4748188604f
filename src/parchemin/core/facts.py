"""What is known of one person's file, as frozen data. None means not known; an empty tuple means none.

A trailing underscore only keeps a Python keyword out of the way: ``from_`` is ``from`` in files.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction

from parchemin.core.decision import Override


class Milestone(StrEnum):
    """The dated events of a file that rules count from; BEGAN is the day the path began, DECISION today."""

    BEGAN = "began"
    REQUESTED = "requested"
    RECEIVED = "received"
    ANSWERED = "answered"
    ENTERED = "entered"
    YEAR_STARTED = "year_started"
    REGULATION_CHANGED = "regulation_changed"
    DEPOSITED = "deposited"
    ASSESSED = "assessed"
    TRANSMITTED = "transmitted"
    NOMINATED = "nominated"
    SUMMONED = "summoned"
    SESSION = "session"
    DELIBERATED = "deliberated"
    SIGNED = "signed"
    NOTIFIED = "notified"
    AWARDED = "awarded"
    ISSUED = "issued"
    SUBMITTED = "submitted"
    APPEALED = "appealed"
    DECISION = "decision"

    __hash__ = str.__hash__  # dates are looked up by milestone many times a decision; an enum's own hash is Python code


class ExperienceKind(StrEnum):
    """How an activity was exercised (code du travail, art. L6411-1 and L6412-1-1)."""

    EMPLOYMENT = "employment"
    SELF_EMPLOYMENT = "self_employment"
    APPRENTICESHIP = "apprenticeship"
    VOLUNTEERING = "volunteering"
    ELECTED_OFFICE = "elected_office"
    UNION_OFFICE = "union_office"
    SPORT = "sport"
    INTERNSHIP = "internship"
    IMMERSION = "immersion"


class Attendance(StrEnum):
    """How an assessment went off; an absence is not a failure, and one found void is as if it had not been held."""

    HELD = "held"
    ABSENT = "absent"
    EXCUSED = "excused"
    ADJOURNED = "adjourned"
    FRAUD = "fraud"
    VOID = "void"


class Link(StrEnum):
    """What ties an evaluator or a jury member to a candidate."""

    TRAINER = "trainer"
    MANAGER = "manager"
    ADVISER = "adviser"
    EVALUATOR = "evaluator"
    COLLEAGUE = "colleague"
    FAMILY = "family"
    PERSONAL = "personal"


class Ballot(StrEnum):
    """One vote."""

    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"


class Sought(StrEnum):
    """What is asked of the jury: everything, or the parts acquired so far."""

    FULL = "full"
    PARTIAL = "partial"


@dataclass(frozen=True, slots=True, kw_only=True)
class Experience:
    """An activity over a period; ``until`` None is still running; ``fraction`` of full time; ``about`` its tags."""

    from_: date
    until: date | None = None
    kind: ExperienceKind | None = None
    fraction: Fraction | None = None
    about: tuple[str, ...] | None = None
    is_proved: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A validation request made by the same person, this one or another; ``blocks_only`` when it aims at blocks."""

    scheme: str
    requested_on: date
    blocks_only: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document of the file, measured on its text layer; ``signed_by`` lists roles."""

    id: str
    pages: int | None = None
    characters: int | None = None
    minutes: int | None = None
    signed_by: tuple[str, ...] | None = None
    holder: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Accreditation:
    """A person's accreditation for a role; ``until`` inclusive or None; ``granted_on`` is ``from_`` when not given."""

    role: str
    from_: date
    until: date | None = None
    granted_on: date | None = None
    is_trained: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluator:
    """Who assesses: profile played, accreditations held, links with the candidate (None when not declared)."""

    name: str
    role: str
    accreditations: tuple[Accreditation, ...] | None = None
    links: tuple[Link, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """One sitting of one method; ``evaluators`` are those who sat; ``is_passed`` None until it is settled."""

    method: str
    day: date | None = None
    attendance: Attendance = Attendance.HELD
    is_passed: bool | None = None
    minutes: int | None = None
    place: str | None = None
    evaluators: tuple[Evaluator, ...] | None = None
    safeguards: tuple[str, ...] | None = None
    points: Mapping[str, bool] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What was settled on one competence, criterion, critical learning or course unit, as assessed on ``day``."""

    code: str
    is_acquired: bool | None = None
    mark: Fraction | None = None
    evidence: int | None = None
    day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Accommodation:
    """Time and means changed by decision, never criteria; ``time`` multiplies the minutes of ``methods``."""

    methods: tuple[str, ...]
    time: Fraction = Fraction(1)
    granted_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A span of clock time, the end excluded."""

    from_: datetime
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkTraining:
    """Training in work situations as it was lived, for the proofs the law asks."""

    analysed_on: date | None = None
    trainer_designated_on: date | None = None
    situations: tuple[Period, ...] | None = None
    reflections: tuple[Period, ...] | None = None
    assessed_hot_on: tuple[date, ...] | None = None
    assessed_cold_on: tuple[date, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A jury member for this candidate; present unless said otherwise; ``links`` None when not declared."""

    name: str
    seat: str | None = None
    college: str | None = None
    profiles: tuple[str, ...] | None = None
    is_external: bool | None = None
    is_qualified: bool | None = None
    gender: str | None = None
    is_present: bool = True
    is_recused: bool = False
    is_chair: bool = False
    links: tuple[Link, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """What the jury decided on one part, and why when it departs from what was proposed."""

    code: str
    is_granted: bool
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """A part acquired, with the dates its validity may be counted from.

    ``version`` is the one it was acquired under, None for the one that decides; ``minutes`` those that grant it.
    """

    code: str
    dates: Mapping[Milestone, date]
    version: str | None = None
    minutes: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Appeal:
    """A decision contested at one level; ``answered_on`` None while it waits for its answer."""

    level: str
    filed_on: date
    answered_on: date | None = None
    is_upheld: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Everything a decision may look at. Each field belongs to the stage that first needs it."""

    route: str | None = None
    blocks: tuple[str, ...] = ()
    sought: Sought = Sought.FULL
    dates: Mapping[Milestone, date] = field(default_factory=dict)
    statements: Mapping[str, bool] = field(default_factory=dict)
    steps: Mapping[str, date] | None = None
    overrides: tuple[Override, ...] = ()

    experiences: tuple[Experience, ...] | None = None
    requests: tuple[Request, ...] | None = None
    is_favourable: bool | None = None
    confirmed_on: tuple[date, ...] | None = None
    resumed_on: date | None = None

    documents: tuple[Document, ...] | None = None
    positioning: Mapping[str, bool] | None = None
    pathway: tuple[str, ...] | None = None
    training_hours: Fraction | None = None
    work_training: WorkTraining | None = None

    assessments: tuple[Assessment, ...] | None = None
    results: tuple[Result, ...] | None = None
    accommodations: tuple[Accommodation, ...] = ()

    members: tuple[Member, ...] | None = None
    votes: Mapping[str, Ballot] | None = None
    previous_chair_college: str | None = None

    holdings: tuple[Holding, ...] | None = None
    opinions: tuple[Opinion, ...] | None = None
    appeals: tuple[Appeal, ...] | None = None
