"""Awards as the records keep them, told as passages; and what an identity lacks to be told so."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from parchemin.catalogue.birthplaces import commune, country
from parchemin.edges.cpf.checking import checked
from parchemin.edges.cpf.passages import Access, Birthplace, Born, Holder, Obtained, Passage, Sex, technical_id
from parchemin.edges.cpf.problems import Problem
from parchemin.records.people.models import CivilIdentity
from parchemin.records.transmissions.models import Line

ACCESS: Mapping[str, Access] = {
    "student": Access.INITIAL,
    "apprenticeship": Access.APPRENTICESHIP,
    "continuing": Access.CONTINUING,
    "professionalisation": Access.PROFESSIONALISATION,
    "vae": Access.VAE,
}
"""Routes that the dictionary knows (#7.1); of the others the access is told as not known."""
MOST_FIRST_NAMES = 3
LONGEST_PLACE = 40
NOBODY = technical_id(bytes(16))
ANY_CODE = "RNCP1"
"""What a passage is checked with when its identity alone is looked at."""


@dataclass(frozen=True, slots=True)
class Fit:
    """Whether an identity can be told: known, compared with a document, and what is wrong in it."""

    is_known: bool
    is_checked: bool
    problems: tuple[Problem, ...] = ()

    @property
    def is_ready(self) -> bool:
        """Whether it may go in a file."""
        return self.is_known and self.is_checked and not any(one.is_blocking for one in self.problems)

    @property
    def is_perfect(self) -> bool:
        """Whether there is nothing to say of it."""
        return self.is_ready and not self.problems


def holder_of(identity: CivilIdentity) -> Holder:
    """The holder as civil status names them: three first names at most, a place under the code of that day."""
    return Holder(
        birth_name=identity.birth_name,
        used_name=identity.used_name or None,
        first_names=tuple(identity.first_names[:MOST_FIRST_NAMES]),
        born=Born.on(identity.born_on),
        sex=Sex(identity.sex),
        birthplace=_birthplace(identity),
    )


def passage_of(line: Line, identity: CivilIdentity, name: str) -> Passage:
    """The award of that line under that technical id, to whoever that identity names."""
    row = line.certificate
    return Passage(
        technical_id=name,
        code=line.code,
        obtained=Obtained.BY_ADMISSION,
        delivered_on=row.awarded_on,
        valid_until=row.valid_until,
        access=ACCESS.get(row.told["route"]),
        holder=holder_of(identity),
    )


def identity_in(line: Line) -> CivilIdentity | None:
    """The civil identity of whoever holds that certificate, None once it is erased; no query on a line of a list."""
    return getattr(line.certificate.candidacy.candidate, "identity", None)


def fit_of(identity: CivilIdentity | None, on: date) -> Fit:
    """Whether somebody awarded that day could be told, by their identity alone."""
    if identity is None:
        return Fit(False, False)
    passage = Passage(
        technical_id=NOBODY,
        code=ANY_CODE,
        obtained=Obtained.BY_ADMISSION,
        delivered_on=on,
        holder=holder_of(identity),
    )
    return Fit(True, identity.is_checked, checked(passage))


def _birthplace(identity: CivilIdentity) -> Birthplace:
    if identity.birth_commune:
        found = commune(identity.birth_commune, identity.born_on)
        return Birthplace(insee=identity.birth_commune, town=found.name[:LONGEST_PLACE].strip() if found else None)
    known = country(identity.birth_country)
    return Birthplace(
        insee=identity.birth_country,
        town=identity.birth_city[:LONGEST_PLACE].strip() or None,
        country=known.name[:LONGEST_PLACE].strip() if known else None,
    )
