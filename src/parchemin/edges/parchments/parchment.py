"""What is handed over on paper, and what each says; how it looks is elsewhere."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

from parchemin.core.scheme import Register
from parchemin.edges.parchments.house import House
from parchemin.edges.parchments.problems import ParchmentRefusedError


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Who holds it, as the proof of identity writes it; ``born_at`` is the place of birth.

    ``gender`` only chooses between « né » and « née ».
    """

    first_names: str
    name: str
    usage_name: str = ""
    born_on: date | None = None
    born_at: str = ""
    gender: Literal["f", "m", ""] = ""

    @property
    def full_name(self) -> str:
        """First names, then the name."""
        return f"{self.first_names} {self.name}".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """The level in the national framework and in the European one (EQF), both from 1 to 8; None where there is none.

    Since the décret n° 2019-14 both have the same number; ``fr1969`` is the one before it: « III ».
    """

    national: int | None
    eqf: int | None
    fr1969: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Nsf:
    """A speciality of training: its code in the NSF nomenclature, and its label."""

    code: str
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Certification:
    """The certification as it is registered: exact title, register, code, the decision and when it was published.

    ``decision`` names the text with its own date: « Arrêté du 26 mai 2016 ».
    """

    title: str
    register: Register
    code: str = ""
    decision: str = ""
    published_on: date | None = None
    level: Level | None = None
    nsf: tuple[Nsf, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A block of competences: its code and its exact title."""

    code: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Duplicate:
    """A duplicate keeps the number of the first one; ``issued_on`` is the day it was made."""

    issued_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Award:
    """What every award on paper says: of what, to whom, under which number, on which day, checked at which address.

    ``number`` never changes; ``address`` is whole and in https. ``valid_until`` is the last day, None without end.
    ``renews`` is the number of the earlier certificate that it follows, if there is one.
    One that ``is_specimen`` is nobody's, and says so all across the page.
    """

    house: House
    certification: Certification
    holder: Holder
    number: str
    address: str
    issued_on: date
    jury_on: date | None = None
    valid_until: date | None = None
    renews: str = ""
    duplicate: Duplicate | None = None
    is_specimen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate(Award):
    """The parchment of a whole certification."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockCertificate(Award):
    """The certificate of one block, titled as the block is."""

    block: Block


class Result(StrEnum):
    """What became of a part."""

    ACQUIRED = "acquired"
    NOT_ACQUIRED = "not_acquired"
    EXEMPTED = "exempted"
    PENDING = "pending"


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultLine:
    """One part, its result, and since when it is acquired or until which day it holds, where that is known."""

    code: str
    title: str
    result: Result
    on: date | None = None
    until: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementOfResults:
    """What a jury found, part by part. It is no certificate and says so, unless ``is_whole``: all was awarded."""

    house: House
    certification: Certification
    holder: Holder
    number: str
    address: str
    issued_on: date
    lines: tuple[ResultLine, ...]
    jury_on: date | None = None
    is_whole: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesLine:
    """One line of minutes: whose file it is about, what was decided, and in which words."""

    candidacy: str
    subject: str
    decision: str
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesExtract:
    """The lines of signed minutes about one person and nobody else.

    ``candidacy`` is the person's file, ``fingerprint`` that of the whole minutes, ``chair`` who presided. Raises
    ParchmentRefusedError ``foreign_line`` for the line of another file, ``no_line`` without any.
    """

    house: House
    certification: Certification
    holder: Holder
    candidacy: str
    minutes: str
    jury_on: date
    signed_on: date | None
    chair: str
    issued_on: date
    lines: tuple[MinutesLine, ...]
    fingerprint: str = ""
    address: str = ""

    def __post_init__(self) -> None:
        if not self.lines:
            raise ParchmentRefusedError("no_line", wanted=self.candidacy)
        for line in self.lines:
            if line.candidacy != self.candidacy:
                raise ParchmentRefusedError("foreign_line", found=line.candidacy, wanted=self.candidacy)


def own_lines(lines: Iterable[MinutesLine], candidacy: str) -> tuple[MinutesLine, ...]:
    """The lines of minutes about that file only."""
    return tuple(line for line in lines if line.candidacy == candidacy)


Language = Literal["fr", "en"]
LANGUAGES: tuple[Language, ...] = ("fr", "en")


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """An officially recognised way of acquiring the certificate, its share of the whole and how long it takes."""

    description: str
    share: str = ""
    lasts: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialBasis:
    """On what the certificate stands: who awards it, who registers it, how it is graded and where it leads."""

    authority: str
    grading: str = ""
    next_level: str = ""
    agreements: str = ""
    legal_basis: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Supplement:
    """A certificate supplement in the order of Europass. It is about the certification, whoever holds it.

    ``language`` is that of its labels, ``written_in`` that of its contents, which are never translated here.
    """

    house: House
    certification: Certification
    language: Language
    written_in: Language = "fr"
    skills: tuple[str, ...]
    occupations: tuple[str, ...]
    basis: OfficialBasis
    ways: tuple[Way, ...]
    entry_requirements: str = ""
    further: str = ""
    issued_on: date
    address: str = ""

    def __post_init__(self) -> None:
        for language in (self.language, self.written_in):
            if language not in LANGUAGES:
                raise ParchmentRefusedError("unknown_language", value=language, known=", ".join(LANGUAGES))


Parchment = Certificate | BlockCertificate | StatementOfResults | MinutesExtract | Supplement
