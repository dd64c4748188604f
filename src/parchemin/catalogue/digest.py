"""Fingerprints: of a file, of the files that made a decision, and of published versions, which are frozen."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from parchemin.catalogue.problems import Mark, Problem, RefusedError, problem

FROZEN = "frozen.sha256"
FREEZABLE = ("scheme.yaml", "framework.yaml")
LINE = re.compile(r"([0-9a-f]{64}) [ *](\S.*)")


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
    """The fingerprints recorded in a folder by file name, or None when it is not frozen.

    RefusedError when the record is not lines of ``sha256sum``.
    """
    try:
        lines = (folder / FROZEN).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError):
        lines = [""]
    found = [LINE.fullmatch(line) for line in lines]
    if None in found:
        raise RefusedError([problem("bad_frozen", Mark(f"{folder.name}/{FROZEN}", found.index(None) + 1))])
    return {one.group(2): one.group(1) for one in found if one}


def changes(folder: Path, label: str, wanted: Iterable[str] = ()) -> list[Problem]:
    """What is wrong with a frozen folder, called ``label``: files changed, gone, or ``wanted`` and not recorded."""
    try:
        recorded = frozen_in(folder)
    except RefusedError as refused:
        return [problem(one.code, one.mark._replace(file=f"{label}/{FROZEN}")) for one in refused.problems]
    if recorded is None:
        return []
    changed = [name for name, fingerprint in recorded.items() if _print_of(folder / name) != fingerprint]
    found = [problem("unfrozen_change", Mark(f"{label}/{name}")) for name in changed]
    return [*found, *(problem("not_frozen", Mark(f"{label}/{name}")) for name in wanted if name not in recorded)]


def _print_of(path: Path) -> str | None:
    try:
        return of_bytes(path.read_bytes()) if path.is_file() else None
    except (OSError, ValueError):
        return None
