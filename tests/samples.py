"""The fictional certification of the tests, copied to be edited, and where things stand in its files."""

import shutil
from datetime import date
from pathlib import Path

from parchemin.catalogue.loading import Loaded
from parchemin.catalogue.lookup import Catalogue
from parchemin.catalogue.problems import Mark, Problem, RefusedError

ROOT = Path(__file__).resolve().parents[1]
FIXTURES = ROOT / "tests" / "fixtures"
SCHEMES = ROOT / "schemes"
DEMO = ROOT / "demo"
ID = "cqp-technicien-reemploi"
OLD, NEW = "2026-01-01", "2027-01-01"
SCHEME, FRAMEWORK = f"{ID}/{NEW}/scheme.yaml", f"{ID}/{NEW}/framework.yaml"
PACK_2020 = "_national/droit-essai/2020-01-01.yaml"
PACK_2026 = "_national/droit-essai/2026-06-01.yaml"
RULINGS = f"{ID}/{NEW}/rulings"


def copied(tmp_path: Path) -> Path:
    """The fictional certification in a folder of its own; its new version and its pack are not frozen."""
    root = tmp_path / "schemes"
    shutil.copytree(FIXTURES / "schemes", root)
    (root / "_national/droit-essai/frozen.sha256").unlink()
    return root


def edited(root: Path, file: str, old: str, new: str) -> Path:
    """Replace the one place where ``old`` stands in a file."""
    path = root / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
    path.write_text(text.replace(old, new), encoding="utf-8")
    return path


def written(root: Path, file: str, text: str) -> Path:
    """Write a file, and its folder if need be."""
    path = root / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def place_of(root: Path, file: str, needle: str) -> Mark:
    """Where the one ``needle`` of a file starts."""
    text = (root / file).read_text(encoding="utf-8")
    assert text.count(needle) == 1, f"{needle!r} stands {text.count(needle)} times in {file}"
    before = text[: text.index(needle)]
    return Mark(file, before.count("\n") + 1, len(before) - before.rfind("\n"))


def problems_of(root: Path) -> list[Problem]:
    """Every problem of the fictional certification and of the packs, each once."""
    catalogue = Catalogue(root)
    return RefusedError([*catalogue.check_packs(), *catalogue.check(ID)]).problems


def loaded(root: Path, *, on: date = date(2027, 6, 1), began: date | None = None) -> Loaded:
    """The fictional certification as it applies on a day, its draft of 2027 as if it were in force."""
    catalogue = Catalogue(root)
    version = catalogue.named(ID, NEW if (began or on) >= date(2027, 1, 1) else OLD)
    return catalogue.resolve(ID, on=on, began=began, version=version)


def published(root: Path) -> Path:
    """The same folder with its draft of 2027 published."""
    edited(root, SCHEME, "status: draft", "status: published")
    return root


def ruling(*, from_: str = "2027-02-01", version: str = NEW, scheme: str = ID, more: str = "") -> str:
    """The text of a ruling on the new version."""
    return (
        f'format: parchemin/ruling-1\nscheme: {scheme}\nversion: "{version}"\nby: "CPNEFP"\n'
        f"decided_on: 2027-01-15\nfrom: {from_}\nfictitious: true\n"
        f'sources: {{decision: {{title: "Décision fictive", read_on: 2027-01-20}}}}\n{more}'
    )
