"""Fingerprints: of a file, of the files that made a decision, and of published versions, which are frozen."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

from parchemin.catalogue.problems import Mark, Problem, problem

FROZEN = "frozen.sha256"
FREEZABLE = ("scheme.yaml", "framework.yaml")


def of_bytes(content: bytes) -> str:
    """The SHA-256 of a content, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def of_files(fingerprints: Mapping[str, str]) -> str:
    """One digest for named files: the SHA-256 of their sorted ``fingerprint  name`` lines."""
    lines = "".join(f"{fingerprint}  {name}\n" for name, fingerprint in sorted(fingerprints.items()))
    return of_bytes(lines.encode())


def freeze(folder: Path, names: tuple[str, ...]) -> Path:
    """Write the fingerprints of a folder's files, in the format of ``sha256sum -c``; the file written is returned."""
    lines = [f"{of_bytes((folder / name).read_bytes())}  {name}\n" for name in sorted(names)]
    target = folder / FROZEN
    target.write_text("".join(lines), encoding="utf-8")
    return target


def frozen_in(folder: Path) -> dict[str, str] | None:
    """The fingerprints recorded in a folder by file name, or None when it is not frozen."""
    try:
        text = (folder / FROZEN).read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    pairs = (line.split(maxsplit=1) for line in text.splitlines() if line.strip())
    return {name.strip(): fingerprint for fingerprint, name in pairs}


def changes(folder: Path, label: str) -> list[Problem]:
    """The frozen files of a folder that have changed or gone, as problems; ``label`` is how the folder is called."""
    recorded = frozen_in(folder) or {}
    found = []
    for name, fingerprint in recorded.items():
        path = folder / name
        if not path.is_file() or of_bytes(path.read_bytes()) != fingerprint:
            found.append(problem("unfrozen_change", Mark(f"{label}/{name}")))
    return found
