"""The core imports the standard library only, asks no clock and opens no file; its names are all there."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import parchemin.core
from parchemin.core import checks
from parchemin.core.checks import CHECKS

ROOT = Path(parchemin.core.__file__).parent
MODULES = sorted(ROOT.rglob("*.py"))
FORBIDDEN = {"today", "now", "utcnow", "open", "print", "input", "eval", "exec", "system", "getenv", "random"}
STAGES = {"eligibility", "completeness", "assessment", "results", "jury", "award", "validity", "conformity", "base"}


def tree(module: Path) -> ast.Module:
    return ast.parse(module.read_text(encoding="utf-8"))


def imported(module: Path) -> Iterator[str]:
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "no relative import"
            yield node.module or ""


def called(module: Path) -> Iterator[str]:
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Call):
            function = node.func
            yield function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def test_there_is_something_to_look_at() -> None:
    assert len(MODULES) >= 15


@pytest.mark.parametrize("module", MODULES, ids=lambda module: str(module.relative_to(ROOT)))
def test_the_core_imports_the_standard_library_only(module: Path) -> None:
    outside = {
        name
        for name in imported(module)
        if name.partition(".")[0] not in sys.stdlib_module_names and not name.startswith("parchemin.core")
    }
    assert outside == set()


@pytest.mark.parametrize("module", MODULES, ids=lambda module: str(module.relative_to(ROOT)))
def test_the_core_asks_no_clock_and_opens_no_file(module: Path) -> None:
    assert set(called(module)) & FORBIDDEN == set()


def test_checks_live_in_a_file_per_stage() -> None:
    assert {path.stem for path in (ROOT / "checks").glob("*.py")} - {"__init__"} == STAGES


def test_every_check_has_a_name_and_looks() -> None:
    classes = list(CHECKS.values())
    assert len(set(classes)) == len(classes) == len(CHECKS)
    for name, check in CHECKS.items():
        assert check.__doc__, name
        assert callable(check.look), name
        written = "".join(part.capitalize() for part in name.split("_"))
        assert check.__name__ == written
    assert set(checks.__all__) == {"CHECKS", "AllOf", "AnyOf", "Part", "Silent"}
