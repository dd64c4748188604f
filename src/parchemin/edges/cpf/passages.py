"""What is sent to the skills passport: awards, their holders, and the header of a file.

Source: Caisse des Dépôts, *Dictionnaire des données* NC5 V22 (May 2023), whose numbers are quoted (#5.1), and the
arrêté du 21 mai 2021, which lists the data. A national identification number (NIR) is in neither: the Caisse finds it
from civil identity, and no field here can hold one.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Literal
from uuid import UUID

Version = Literal["1.1.2", "1.1.5"]
"""Version of the schema a file follows."""

RANDOM_LENGTH = 16


class Action(StrEnum):
    """What the file asks for, from version 1.1.5 on; every file of version 1.1.2 creates."""

    CREATE = "CREATION"
    WITHDRAW = "SUPPRESSION"


class Depositor(StrEnum):
    """Who registered the certification with France compétences (#4.3)."""

    AWARDING_BODY = "CERTIFICATEUR"
    TRUSTED_THIRD_PARTY = "TIERS_CONFIANCE"


class Obtained(StrEnum):
    """How the certification is obtained (#5.4): a jury admits, or a score is reached."""

    BY_ADMISSION = "PAR_ADMISSION"
    BY_SCORE = "PAR_SCORING"


class Sitting(StrEnum):
    """How the examination was sat (#5.8)."""

    REMOTE = "A_DISTANCE"
    ON_SITE = "EN_PRESENTIEL"
    MIXED = "MIXTE"


class LanguageLevel(StrEnum):
    """Level of the European framework for languages (#5.13)."""

    A1 = "A1"
    A2 = "A2"
    B1 = "B1"
    B2 = "B2"
    C1 = "C1"
    C2 = "C2"
    INSUFFICIENT = "INSUFFISANT"


class Mention(StrEnum):
    """Distinction obtained (#5.16)."""

    NONE = "SANS_MENTION"
    FAIRLY_GOOD = "MENTION_ASSEZ_BIEN"
    GOOD = "MENTION_BIEN"
    VERY_GOOD = "MENTION_TRES_BIEN"
    VERY_GOOD_WITH_PRAISE = "MENTION_TRES_BIEN_AVEC_FELICITATIONS_DU_JURY"


class Access(StrEnum):
    """Access route (#7.1), as the schema writes it; the dictionary has parentheses in the sixth."""

    INITIAL = "FORMATION_INITIALE_HORS_APPRENTISSAGE"
    APPRENTICESHIP = "FORMATION_INITIALE_APPRENTISSAGE"
    CONTINUING = "FORMATION_CONTINUE_HORS_CONTRAT_DE_PROFESSIONNALISATION"
    PROFESSIONALISATION = "FORMATION_CONTINUE_CONTRAT_DE_PROFESSIONNALISATION"
    VAE = "VAE"
    FOREIGN_EQUIVALENCE = "EQUIVALENCE_DIPLOME_ETRANGER"
    OPEN = "CANDIDAT_LIBRE"


class VaePath(StrEnum):
    """How the validation of experience was done (#7.2)."""

    LEAVE = "CONGES_VAE"
    ORDINARY = "VAE_CLASSIQUE"


class Initiative(StrEnum):
    """Who enrolled the holder (#7.3)."""

    HOLDER = "CERTIFIE"
    PROVIDER = "OF"
    JOB_AGENCY = "POLE_EMPLOI"
    EMPLOYER = "EMPLOYEUR"
    OTHER = "AUTRE"


class Sex(StrEnum):
    """As civil status writes it (#8.9)."""

    FEMALE = "F"
    MALE = "M"


@dataclass(frozen=True, slots=True)
class Born:
    """A date of birth, whose month and day may not be known (#8.6 to #8.8)."""

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def on(cls, day: date) -> "Born":
        """A date of birth that is known."""
        return cls(day.year, day.month, day.day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Birthplace:
    """Where somebody was born (#8.10 to #8.14).

    ``insee`` is the five-character code of the commune, or ``99`` and three digits for those born abroad; ``postcode``
    stands in only where it is not known. Both may be missing, which makes the holder harder to find.
    """

    insee: str | None = None
    postcode: str | None = None
    town: str | None = None
    country: str | None = None

    @property
    def country_code(self) -> str | None:
        """The three digits that repeat the country of those born abroad (#8.13), None in France."""
        return self.insee[2:] if self.insee and self.insee.startswith("99") else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """The civil identity by which the Caisse finds a holder (block 8): one to three first names, in order."""

    birth_name: str
    first_names: tuple[str, ...]
    born: Born
    sex: Sex
    birthplace: Birthplace
    used_name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingFile:
    """The number of a holder's training file of the personal training account, in place of an identity (block 9)."""

    number: str
    name: str
    first_name: str


@dataclass(frozen=True, slots=True)
class DigitalResult:
    """The level, 1 to 8, reached in a competence of the DigComp framework (#6.2 to #6.4)."""

    level: int
    domain: int
    competence: int


@dataclass(frozen=True, slots=True)
class DigitalLevel:
    """What was reached in the DigComp framework: a score, 1 to 1000, or levels by competence (block 6)."""

    score: int | None = None
    results: tuple[DigitalResult, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One certification awarded in full to one holder (blocks 4 to 8).

    There is no level for blocks: a partial award is never a passage. ``code`` is that of the register, ``RNCP`` or
    ``RS`` and digits. ``technical_id`` as ``technical_id`` below gives it. ``is_final`` is False while the result may
    still change. ``delivered_on`` is the date of the certificate, from which it is valid; ``valid_until`` is None
    when it has no end.
    """

    technical_id: str
    code: str
    obtained: Obtained
    delivered_on: date
    holder: Holder | TrainingFile
    is_final: bool = True
    valid_until: date | None = None
    depositor: Depositor | None = None
    proof_url: str | None = None
    option: str | None = None
    examined_from: date | None = None
    examined_until: date | None = None
    sitting: Sitting | None = None
    centre_postcode: str | None = None
    language_level: LanguageLevel | None = None
    digital_level: DigitalLevel | None = None
    score: str | None = None
    mention: Mention | None = None
    access: Access | None = None
    vae_path: VaePath | None = None
    initiative: Initiative | None = None
    enrolled_on: date | None = None
    comment: str | None = None

    @property
    def register(self) -> str:
        """The register of the code, ``RNCP`` or ``RS`` (#4.1)."""
        return "RS" if self.code.startswith("RS") else "RNCP"


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """The header of a file (blocks 1 to 3).

    ``id`` is a UUID, new for each file. ``at`` is when it is sent, aware of its time zone. ``emitter`` and
    ``certifier`` are the eight-character numbers (*matricules*, BCR) the Caisse gave to whoever deposits the file and
    to the certifying body, the same when it deposits its own; ``contract`` is the number of the contract.
    """

    id: str
    at: datetime
    emitter: str
    certifier: str
    contract: str
    action: Action = Action.CREATE


def technical_id(random: bytes) -> str:
    """The technical id of a passage made of 16 random bytes: a UUID of version 4, that tells nothing of anybody.

    It is drawn when the award is first prepared for sending, kept with it, and **never used again**, not even for the
    same award: a receipt answers by it alone, and the Caisse refuses one that it knows. (The dictionary, #5.1, says
    that sending it again replaces the passage; the guide to receipts, V3, that it is refused; the general guide, V5,
    §4.4.3, that replacing is not available.) To correct a passage that was accepted, withdraw it under its id, then
    create it under a new one. ValueError unless there are 16 bytes.
    """
    if len(random) != RANDOM_LENGTH:
        raise ValueError(f"a technical id is made of {RANDOM_LENGTH} random bytes, not {len(random)}")
    return str(UUID(bytes=random, version=4))
