"""What is wrong in a civil identity as it is typed: what, where, and what to do. Never the social security number."""

import dataclasses
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Literal

from parchemin.catalogue.birthplaces.communes import Commune, commune, commune_then
from parchemin.catalogue.birthplaces.countries import country
from parchemin.core.durations import Duration
from parchemin.typography import french

LONGEST = 60
"""Greatest length of a name in the file of holders sent to the skills passport."""
YOUNGEST = Duration(years=14)
EARLIEST = date(1900, 1, 1)
NUMBER = re.compile(r"\d(?:[\s.\u00a0\u202f-]*[\dABab]){12,14}")
"""As many digits as a social security number, with or without its key; A or B in those of Corsica."""
MARKS = "'’ʼ -‐‑"

SENTENCES: dict[str, dict[Literal["fr", "en"], str]] = {
    "required": {
        "fr": "À remplir, comme sur votre pièce d'identité.",
        "en": "Fill it in as on your identity document.",
    },
    "too_long": {
        "fr": "{length} caractères, {most} au plus : écrivez-le comme sur votre pièce d'identité.",
        "en": "{length} characters, {most} at most: write it as on your identity document.",
    },
    "number": {
        "fr": "Ceci ressemble à un numéro de sécurité sociale : n'en donnez jamais ici, il n'est ni demandé ni gardé.",
        "en": "This looks like a social security number: never give one here, it is neither asked nor kept.",
    },
    "letters": {
        "fr": "« {character} » n'a pas sa place ici : lettres, espaces, traits d'union et apostrophes seulement.",
        "en": "“{character}” does not belong here: letters, spaces, hyphens and apostrophes only.",
    },
    "sex": {"fr": "Choisissez ce que porte votre état civil.", "en": "Choose what civil status says."},
    "future": {"fr": "Cette date est dans le futur : vérifiez l'année.", "en": "This date is to come: check the year."},
    "too_old": {
        "fr": "Cette date est avant 1900 : vérifiez l'année.",
        "en": "This date is before 1900: check the year.",
    },
    "too_young": {
        "fr": "Il faut avoir au moins 14 ans : vérifiez l'année.",
        "en": "One must be at least 14: check the year.",
    },
    "one_place": {
        "fr": "Donnez une commune si vous êtes né ou née en France, un pays sinon : l'un des deux.",
        "en": "Give a commune if you were born in France, a country otherwise: one of the two.",
    },
    "commune": {
        "fr": "Cette commune n'est pas connue : écrivez le début de son nom et choisissez-la dans la liste.",
        "en": "This commune is not known: type the beginning of its name and choose it in the list.",
    },
    "country": {
        "fr": "Ce pays n'est pas connu : écrivez le début de son nom et choisissez-le dans la liste.",
        "en": "This country is not known: type the beginning of its name and choose it in the list.",
    },
    "moved": {
        "fr": "{name} avait le code {then} le jour de votre naissance, et {now} aujourd'hui : choisissez « {label} ».",
        "en": "{name} had the code {then} on the day you were born, and {now} today: choose “{label}”.",
    },
    "not_yet": {
        "fr": "{name} n'existait pas sous ce nom le jour de votre naissance : vérifiez sur votre pièce d'identité.",
        "en": "{name} did not exist under that name on the day you were born: check your identity document.",
    },
}
WARNINGS = frozenset({"moved", "not_yet"})
"""What is told without refusing: the history of communes may be wrong, the identity document is right."""


@dataclasses.dataclass(frozen=True)
class IdentityProblem:
    """One thing wrong at one field of ``Identity``."""

    field: str
    code: str
    values: Mapping[str, str | int] = dataclasses.field(default_factory=dict)

    @property
    def is_refusal(self) -> bool:
        """Whether the identity cannot be taken so."""
        return self.code not in WARNINGS

    def sentence(self, language: Literal["fr", "en"]) -> str:
        """What is wrong and what to do."""
        text = SENTENCES[self.code][language].format(**self.values)
        return french(text) if language == "fr" else text


def birthplace_problems(
    *,
    birth_name: str,
    first_names: Sequence[str],
    sex: str,
    born_on: date,
    birth_commune: str,
    birth_country: str,
    on: date,
    used_name: str = "",
) -> tuple[IdentityProblem, ...]:
    """Everything wrong in an identity told on that day, by field; nothing when it can be sent as it is."""
    return (
        *name_problems("birth_name", birth_name, is_required=True),
        *name_problems("used_name", used_name),
        *(name_problems("first_names", "", is_required=True) if not first_names else ()),
        *(one for name in first_names for one in name_problems("first_names", name, is_required=True)),
        *(() if sex in ("F", "M") else (IdentityProblem("sex", "sex"),)),
        *_birth(born_on, on),
        *_place(birth_commune, birth_country, born_on),
    )


def name_problems(field: str, name: str, *, is_required: bool = False) -> tuple[IdentityProblem, ...]:
    """What is wrong in one name."""
    name = unicodedata.normalize("NFC", name.strip())
    if not name:
        return (IdentityProblem(field, "required"),) if is_required else ()
    if NUMBER.search(name):
        return (IdentityProblem(field, "number"),)
    strange = next((one for one in name if not one.isalpha() and one not in MARKS), None)
    if strange or not any(one.isalpha() for one in name):
        return (IdentityProblem(field, "letters", {"character": strange or name[0]}),)
    if len(name) > LONGEST:
        return (IdentityProblem(field, "too_long", {"length": len(name), "most": LONGEST}),)
    return ()


def _birth(born_on: date, on: date) -> Iterator[IdentityProblem]:
    if born_on > on:
        yield IdentityProblem("born_on", "future")
    elif born_on < EARLIEST:
        yield IdentityProblem("born_on", "too_old")
    elif YOUNGEST.after(born_on) > on:
        yield IdentityProblem("born_on", "too_young")


def _place(commune_code: str, country_code: str, born_on: date) -> Iterator[IdentityProblem]:
    if bool(commune_code) == bool(country_code):
        yield IdentityProblem("birth_commune", "one_place")
    elif country_code and country(country_code) is None:
        yield IdentityProblem("birth_country", "country")
    elif commune_code:
        found = commune(commune_code, born_on)
        if found is None:
            yield IdentityProblem("birth_commune", "commune")
        elif not found.existed(born_on):
            yield _unlike(found, born_on)


def _unlike(found: Commune, born_on: date) -> IdentityProblem:
    """The commune did not bear that name and code: told with the code of that day when its department changed."""
    then = commune_then(found, born_on)
    if then is None:
        return IdentityProblem("birth_commune", "not_yet", {"name": found.name})
    values = {"name": found.name, "now": found.code, "then": then.code, "label": then.label}
    return IdentityProblem("birth_commune", "moved", values)
