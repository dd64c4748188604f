"""Messages: each is used, exists in both languages, and says the same things in both."""

import re
import string
from collections.abc import Mapping

import pytest

from parchemin.catalogue.problems import SENTENCES
from parchemin.cli.messages import HELP, STAGES, TEXTS, Language, counted, text
from tests.samples import ROOT

TABLES: Mapping[str, Mapping[str, Mapping[Language, str]]] = {
    "HELP": HELP,
    "STAGES": STAGES,
    "TEXTS": TEXTS,
    "SENTENCES": SENTENCES,
}
ENTRIES = [(table, key) for table, entries in TABLES.items() for key in entries]
SOURCE = "\n".join(
    path.read_text(encoding="utf-8")
    for room in ("cli", "catalogue", "core")
    for path in sorted((ROOT / "src/parchemin" / room).rglob("*.py"))
    if path.name not in ("messages.py", "problems.py")
)
PRINTED = (ROOT / "src/parchemin/cli/messages.py").read_text(encoding="utf-8")


def holes(sentence: str) -> set[str]:
    names = {name for _, name, _, _ in string.Formatter().parse(sentence) if name}
    return {name.removesuffix("_fr").removesuffix("_en") for name in names}


@pytest.mark.parametrize(("table", "key"), ENTRIES)
def test_both_languages_say_the_same(table: str, key: str) -> None:
    entry = TABLES[table][key]
    assert set(entry) == {"fr", "en"}
    assert all(entry.values())
    assert holes(entry["fr"]) == holes(entry["en"])


@pytest.mark.parametrize("key", TEXTS)
def test_every_text_is_used(key: str) -> None:
    named = key.removesuffix("_1")
    built = {"verdict_not_met": "verdict_", "verdict_unknown": "verdict_", "already_frozen": "already_frozen"}
    stem = built.get(named, named)
    assert re.search(rf"[\"']{re.escape(stem)}", SOURCE), f"{key} is never said"


@pytest.mark.parametrize("key", HELP)
def test_every_help_is_used(key: str) -> None:
    assert re.search(rf"HELP\[\"{key}\"\]|(option|argument)\(\"{key}\"", SOURCE) or key == "schemes"


@pytest.mark.parametrize("code", SENTENCES)
def test_every_problem_is_raised(code: str) -> None:
    assert f'"{code}"' in SOURCE


def test_every_key_used_exists() -> None:
    said = set(re.findall(r"(?<!\w)(?:text|page\.say)\(\s*\"(\w+)\"", SOURCE))
    assert said
    assert said <= set(TEXTS)
    raised = set(re.findall(r"(?<!\w)problem\(\s*\"(\w+)\"", SOURCE))
    assert raised
    assert raised <= set(SENTENCES)
    misused = set(re.findall(r"misuse\(page, \"(\w+)\"", SOURCE))
    assert misused
    assert misused <= set(TEXTS)
    assert set(re.findall(r"HELP\[\"(\w+)\"\]", SOURCE)) <= set(HELP)


@pytest.mark.parametrize("key", [key.removesuffix("_1") for key in TEXTS if key.endswith("_1")])
def test_one_and_several_are_told_apart(key: str) -> None:
    assert counted(key, 1, "fr") != counted(key, 2, "fr")
    assert "2" in counted(key, 2, "en")
    assert "{" not in counted(key, 1, "en")


def test_a_text_is_filled() -> None:
    assert text("bad_date", "en", value="tomorrow").startswith("“tomorrow” is not a date.")
