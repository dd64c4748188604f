"""The tree itself: sizes, leftovers, accents, and files that must not be there."""

import ast
import re
from pathlib import Path

import pytest

from parchemin.cli.messages import HELP, STAGES, TEXTS
from parchemin.core.words import ATTENDANCES, LINKS, MILESTONES, MONTHS
from tests.samples import ROOT

SOURCES = sorted(path for path in (ROOT / "src").rglob("*.py") if path.parent.name != "migrations")
TESTS = sorted((ROOT / "tests").rglob("*.py"))
DATA = [path for folder in ("schemes", "demo", "docs") for path in sorted((ROOT / folder).rglob("*")) if path.is_file()]
LEFT = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X|HA" r"CK)\b")
HERE = re.compile(r"/(?:ro" r"ot|ho" r"me|Us" r"ers|wo" r"rk|t" r"mp)/")
WITHOUT_ACCENT = re.compile(
    r"\b(competence|competences|evaluation|evaluations|evaluateur|deliberation|delivrance|regle|regles|decision|etape"
    r"|etapes|delai|duree|acces|verifier|verifiez|deja|declare|declaree|parite|president|validite|piece|pieces"
    r"|experience|matiere|repertoire|referentiel|cle|cles|numero|apres|tres|etre|meme)\b"
)
MODULE_LINES = 400


def named(paths: list[Path]) -> dict[str, Path]:
    return {str(path.relative_to(ROOT)): path for path in paths}


@pytest.mark.parametrize("name", named(SOURCES))
def test_a_module_stays_small(name: str) -> None:
    exempt = {"src/parchemin/core/scheme.py"}  # one dataclass after the other: it reads best whole
    lines = len((ROOT / name).read_text(encoding="utf-8").splitlines())
    assert lines <= (600 if name in exempt else MODULE_LINES)


@pytest.mark.parametrize("name", named(SOURCES + TESTS + DATA))
def test_nothing_is_left_for_later_and_no_place_of_ours_is_named(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert not LEFT.search(text)
    assert not HERE.search(text)


def test_files_that_must_not_be_there() -> None:
    tracked = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert "uv.lock" in tracked or not (ROOT / "uv.lock").exists()
    assert not [path for path in SOURCES if path.stem in ("utils", "helpers", "manager", "misc", "common_utils")]


def strings_of(path: Path) -> list[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]


def test_french_messages_have_their_accents() -> None:
    tables = (HELP, STAGES, TEXTS)
    french = [entry["fr"] for table in tables for entry in table.values()]
    french += [*MONTHS, *MILESTONES.values(), *LINKS.values(), *ATTENDANCES.values()]
    bare = [re.sub(r"\{[^}]*\}|« [a-z_]+:? »|--\w+", "", one) for one in french]
    assert [one for one in bare if (found := WITHOUT_ACCENT.search(one)) and found.group() not in ("experience",)] == []


@pytest.mark.parametrize("name", named([path for path in SOURCES if "checks" in path.parts]))
def test_what_checks_say_has_its_accents(name: str) -> None:
    """Sentences of checks are French; an identifier has no space, a sentence has some."""
    docs = {ast.get_docstring(node) for node in ast.walk(ast.parse((ROOT / name).read_text(encoding="utf-8")))
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)}  # fmt: skip
    sentences = [one for one in strings_of(ROOT / name) if " " in one.strip() and one.strip() not in docs]
    french = [one for one in sentences if one not in docs and not any(doc and one.strip() in doc for doc in docs)]
    assert [one for one in french if WITHOUT_ACCENT.search(one) and not re.search(r"\b(the|of|is|and)\b", one)] == []


@pytest.mark.parametrize("name", named([path for path in DATA if path.suffix == ".yaml"]))
def test_data_uses_no_tabulation_and_ends_with_a_line(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "\t" not in text
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert not [line for line in text.splitlines() if line != line.rstrip()]
