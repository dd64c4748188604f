"""What a letter says and to whom; how it looks on paper and in an e-mail is elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Literal, NamedTuple

from parchemin.core.decision import Decision
from parchemin.core.errors import Misuse

Language = Literal["fr", "en"]
LANGUAGES: tuple[Language, ...] = ("fr", "en")


class Kind(StrEnum):
    """Why a letter is written; each has its standard words in ``wordings.toml``."""

    RECEIVED = "received"
    INCOMPLETE = "incomplete"
    ADMISSIBLE = "admissible"
    ADMISSIBLE_BY_SILENCE = "admissible_by_silence"
    REFUSED = "refused"
    REFUSED_BY_SILENCE = "refused_by_silence"
    DEPOSITED = "deposited"
    FILE_COMPLETE = "file_complete"
    FILE_INCOMPLETE = "file_incomplete"
    FILE_TRANSMITTED = "file_transmitted"
    FILE_RETURNED = "file_returned"
    TRANSFERRED = "transferred"
    VERSION_CHANGED = "version_changed"
    ACCOMMODATION_GRANTED = "accommodation_granted"
    ACCOMMODATION_REFUSED = "accommodation_refused"
    APPEAL_RECEIVED = "appeal_received"
    APPEAL_UPHELD = "appeal_upheld"
    APPEAL_REJECTED = "appeal_rejected"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    RESTORED = "restored"
    CONFIRMATION_DUE = "confirmation_due"
    REMINDER = "reminder"
    SUMMONED = "summoned"
    SITTING_MOVED = "sitting_moved"
    SITTING_CANCELLED = "sitting_cancelled"
    JURY_SUMMONED = "jury_summoned"
    JURY_CANCELLED = "jury_cancelled"
    JURY_FULL = "jury_full"
    JURY_PARTIAL = "jury_partial"
    JURY_NONE = "jury_none"
    JURY_DEFERRED = "jury_deferred"
    JURY_ABSENT = "jury_absent"
    JURY_EXCUSED = "jury_excused"
    JURY_VOID = "jury_void"
    CERTIFICATE_ISSUED = "certificate_issued"
    CERTIFICATE_CORRECTED = "certificate_corrected"
    CERTIFICATE_REVOKED = "certificate_revoked"
    CERTIFICATE_SUSPENDED = "certificate_suspended"
    CERTIFICATE_REINSTATED = "certificate_reinstated"
    INSERTION_ASKED = "insertion_asked"
    INSERTION_REMINDED = "insertion_reminded"
    TRANSMISSION_DUE = "transmission_due"
    RECOMMENDED = "recommended"
    RECOMMENDATION_WITHDRAWN = "recommendation_withdrawn"


class Said(NamedTuple):
    """What somebody wrote for this very letter (reasons, an answer, measures), under its label."""

    label: str
    words: str


Paragraph = str | Said


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """The organisation that writes: its name, its address line by line, and an e-mail address to answer to, if any."""

    name: str
    address: tuple[str, ...] = ()
    email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Who is written to, and the postal address line by line (six lines with the name fit a window envelope)."""

    name: str
    address: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Who signs, and in which quality: « La responsable de la certification »."""

    name: str
    quality: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Appeal:
    """How the decision may be contested, and until which day, inclusive; None where that day is not known.

    ``further`` is where one may go beyond that.
    """

    how: str
    until: date | None = None
    further: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter, whole: what is printed and what is e-mailed are both made from it and from nothing else.

    ``decision`` is a Decision, or what ``decision_to_plain`` made of one. An empty ``subject`` or ``salutation`` is
    replaced by the standard one; any other empty text, or None, is left out. Misuse ``unknown_language`` or
    ``unknown_kind``.
    """

    kind: Kind
    reference: str
    dated_on: date
    place: str
    sender: Sender
    recipient: Recipient
    certification: str
    candidacy: str
    subject: str = ""
    salutation: str = ""
    opening: tuple[Paragraph, ...] = ()
    decision: Decision | Mapping[str, Any] | None = None
    next_steps: tuple[str, ...] = ()
    appeal: Appeal | None = None
    closing: tuple[Paragraph, ...] = ()
    signature: Signature | None = None
    language: Language = "fr"

    def __post_init__(self) -> None:
        if self.language not in LANGUAGES:
            raise Misuse("unknown_language", language=self.language, known=", ".join(LANGUAGES))
        if self.kind not in list(Kind):
            raise Misuse("unknown_kind", kind=self.kind, known=", ".join(Kind))
