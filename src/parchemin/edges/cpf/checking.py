"""What would keep a passage or a header from being accepted, told before it is sent.

Sources: the schema (lengths, patterns), the *Dictionnaire des données* NC5 V22 (conditions, and shorter lengths where
it has them), the guides of the Caisse des Dépôts (dates, identification, duplicates).
"""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

from parchemin.edges.cpf.passages import (
    Access,
    Action,
    Birthplace,
    DigitalLevel,
    Flow,
    Holder,
    Obtained,
    Passage,
    TrainingFile,
    Version,
)
from parchemin.edges.cpf.problems import Problem

CODE = re.compile("(?:RNCP|RS)[0-9]{1,6}")
BLOCK = re.compile("(?:RNCP|RS)[0-9]{1,6} ?-? ?BC ?[0-9]+", re.IGNORECASE)
INSEE = re.compile("(?!99100)(?:[0-9]{2}|2[AB])[0-9]{3}")
"""Communes and foreign countries; 99100 is France itself, which is no place of birth."""
CLIENT = re.compile("[0-9A-Za-z]{8}")
LINK = re.compile("https?://[^ /]+")
NATIONAL = re.compile(
    r"(?<!\d)([12])_?(\d\d)_?(\d\d)_?(\d\d|2[AB])_?(\d{3})_?(\d{3})_?(\d\d)(?!\d)".replace("_", r"[\s.-]")
)
NATIONAL_LENGTH = 15
FIRST_NAMES = ("holder.first_names.1", "holder.first_names.2", "holder.first_names.3")
FIRST_YEAR, LAST_YEAR = 1900, 2099
DIGITAL_SCORE = range(1, 1001)
DIGITAL_LEVEL = range(1, 9)
DIGITAL_COMPETENCES = {1: 3, 2: 6, 3: 4, 4: 4, 5: 4}
"""How many competences each domain of DigComp has (dictionary, #6.4)."""
LARGEST_OFFSET = timedelta(hours=20)
"""The schema's pattern of offsets stops before this one."""


def checked(passage: Passage) -> tuple[Problem, ...]:
    """Everything wrong in a passage, empty when nothing is; those that are blocking keep it from being sent."""
    holder = passage.holder
    if isinstance(holder, Holder):
        about = (*_identity(holder), *_birth(holder, passage.delivered_on), *_birthplace(holder.birthplace))
    else:
        about = (*_training_file(holder),)
    return (*_named(passage), *_dated(passage), *_achieved(passage), *about)


def checked_flow(flow: Flow, version: Version) -> tuple[Problem, ...]:
    """Everything wrong in a header for that version of the schema."""
    found = [*_text("flow.contract", flow.contract, 20)]
    try:
        is_uuid = str(UUID(flow.id)) == flow.id.lower()
    except ValueError:
        is_uuid = False
    if not is_uuid:
        found.append(Problem("not_a_uuid", "flow.id", {"value": flow.id}))
    for name, value in (("flow.emitter", flow.emitter), ("flow.certifier", flow.certifier)):
        if not CLIENT.fullmatch(value):
            found.append(Problem("not_a_number_of_client", name, {"value": value}))
    offset = flow.at.utcoffset()
    if offset is None:
        found.append(Problem("naive_instant", "flow.at"))
    elif abs(offset) >= LARGEST_OFFSET or offset % timedelta(minutes=1):
        found.append(Problem("offset", "flow.at", {"value": str(offset)}))
    if not FIRST_YEAR <= flow.at.year <= LAST_YEAR:
        found.append(Problem("out_of_calendar", "flow.at"))
    if flow.action is Action.WITHDRAW and version == "1.1.2":
        found.append(Problem("withdrawal", "flow.action"))
    return tuple(found)


def _named(passage: Passage) -> Iterator[Problem]:
    yield from _text("technical_id", passage.technical_id, 255)
    if not CODE.fullmatch(passage.code):
        kind = "block_code" if BLOCK.match(passage.code) else "not_a_code"
        yield Problem(kind, "code", {"value": passage.code})
    if passage.proof_url is not None:
        yield from _text("proof_url", passage.proof_url, 255)
        if not LINK.match(passage.proof_url):
            yield Problem("not_a_link", "proof_url")
    if passage.option is not None:
        yield from _text("option", passage.option, 255)
    if passage.centre_postcode is not None:
        yield from _text("centre_postcode", passage.centre_postcode, 9)
    if passage.score is not None:
        yield from _text("score", passage.score, 255)
    if passage.comment is not None:
        yield from _text("comment", passage.comment, 255)


def _dated(passage: Passage) -> Iterator[Problem]:
    start, end = passage.examined_from, passage.examined_until
    if start and end and end < start:
        yield Problem("exam_reversed", "examined_until")
    if passage.valid_until and passage.valid_until < passage.delivered_on:
        yield Problem("validity_reversed", "valid_until")
    for field, day in (
        ("examined_from", start),
        ("examined_until", end),
        ("delivered_on", passage.delivered_on),
        ("valid_until", passage.valid_until),
        ("enrolled_on", passage.enrolled_on),
    ):
        if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
            yield Problem("out_of_calendar", field)


def _achieved(passage: Passage) -> Iterator[Problem]:
    if passage.obtained is Obtained.BY_SCORE and passage.score is None:
        yield Problem("score_missing", "score")
    if passage.access is Access.VAE:
        if passage.vae_path is None:
            yield Problem("vae_path_missing", "vae_path")
    elif passage.vae_path is not None:
        yield Problem("vae_path_without_vae", "vae_path")
    if passage.digital_level is not None:
        yield from _digital(passage.digital_level)


def _digital(level: DigitalLevel) -> Iterator[Problem]:
    if level.score is None and not level.results:
        yield Problem("digital_empty", "digital_level")
    if level.score is not None and level.score not in DIGITAL_SCORE:
        yield Problem("digital_score", "digital_level.score", {"value": level.score})
    for result in level.results:
        competences = DIGITAL_COMPETENCES.get(result.domain, 0)
        if result.level not in DIGITAL_LEVEL or not 1 <= result.competence <= competences:
            values = {"level": result.level, "domain": result.domain, "competence": result.competence}
            yield Problem("digital_result", "digital_level.results", values)


def _identity(holder: Holder) -> Iterator[Problem]:
    yield from _text("holder.birth_name", holder.birth_name, 60, is_name=True)
    if holder.used_name is not None:
        yield from _text("holder.used_name", holder.used_name, 60, is_name=True)
    if not 1 <= len(holder.first_names) <= 3:
        yield Problem("first_names", "holder.first_names", {"count": len(holder.first_names)})
    for field, name in zip(FIRST_NAMES, holder.first_names, strict=False):
        yield from _text(field, name, 60, is_name=True)


def _birth(holder: Holder, delivered_on: date) -> Iterator[Problem]:
    born = holder.born
    if not FIRST_YEAR <= born.year <= LAST_YEAR:
        yield Problem("out_of_calendar", "holder.born")
        return
    if born.month is None and born.day is not None:
        yield Problem("day_without_month", "holder.born")
        return
    try:
        first = date(born.year, 1 if born.month is None else born.month, 1 if born.day is None else born.day)
    except ValueError:
        yield Problem("not_a_day", "holder.born")
        return
    if first > delivered_on:
        yield Problem("not_born_yet", "holder.born")
    if born.day is None:
        yield Problem("birthday_missing", "holder.born")


def _birthplace(place: Birthplace) -> Iterator[Problem]:
    if place.insee is not None:
        if not INSEE.fullmatch(place.insee):
            yield Problem("not_an_insee_code", "holder.birthplace.insee", {"value": place.insee})
        if place.postcode is not None:
            yield Problem("two_birthplaces", "holder.birthplace")
    elif place.postcode is not None:
        yield from _text("holder.birthplace.postcode", place.postcode, 9)
    else:
        yield Problem("birthplace_missing", "holder.birthplace")
    if place.town is not None:
        yield from _text("holder.birthplace.town", place.town, 40)
    if place.country is not None:
        yield from _text("holder.birthplace.country", place.country, 40)


def _training_file(file: TrainingFile) -> Iterator[Problem]:
    yield from _text("holder.number", file.number, 13)
    yield from _text("holder.name", file.name, 30, is_name=True)
    yield from _text("holder.first_name", file.first_name, 20, is_name=True)


def _text(field: str, value: str, most: int, is_name: bool = False) -> tuple[Problem, ...]:
    """What is wrong in a text; most have nothing, and are told so at once."""
    length = len(value)
    is_plain = value.isprintable() and 0 < length <= most and value[0] != " " != value[-1]
    if is_plain and (length < NATIONAL_LENGTH or not _tells_number(value)):
        return ()
    return tuple(_flaws(field, value, most, is_name))


def _flaws(field: str, value: str, most: int, is_name: bool) -> Iterator[Problem]:
    if not value:
        yield Problem("empty", field)
        return
    if len(value) > most:
        yield Problem("too_long", field, {"length": len(value), "most": most})
    for at, one in enumerate(value, 1):
        is_space = not is_name and unicodedata.category(one) == "Zs"
        if not one.isprintable() and not is_space:
            name = f"U+{ord(one):04X}"
            yield Problem("character", field, {"character": name, "at": at})
            break
    if value != value.strip():
        yield Problem("padded", field)
    if _tells_number(value):
        yield Problem("national_number", field)


def _tells_number(value: str) -> bool:
    """Whether the text holds a NIR, with its right control key (the digits of 2A and 2B count as 19 and 18)."""
    found = NATIONAL.search(value)
    if found is None:
        return False
    sex, year, month, department, commune, order, key = found.groups()
    counted = {"2A": "19", "2B": "18"}.get(department, department)
    return int(key) == 97 - int(sex + year + month + counted + commune + order) % 97
