"""What was resolved from files stays on a shelf, under the digest of those files and of the code that read them.

A shelf is a pickle, like Python's own bytecode: it is read only from a folder that belongs to the user alone.
"""

import os
import pickle
import stat
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from parchemin import __version__
from parchemin.catalogue.digest import of_bytes, of_files

KEPT = 8
CODE = Path(__file__).resolve().parents[1]


def usual_folder() -> Path | None:
    """PARCHEMIN_CACHE, else the user's cache folder; None when PARCHEMIN_CACHE is set empty."""
    chosen = os.environ.get("PARCHEMIN_CACHE")
    if chosen is not None:
        return Path(chosen) if chosen else None
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "parchemin"


def files_under(root: Path) -> frozenset[str]:
    """The name under ``root`` of every file a scheme may be resolved from: not rule tests, nor editors' schemas."""
    found = {*root.rglob("*.yaml"), *root.glob("*/*/*.yaml"), *root.glob("*/*/rulings/*.yaml")}  # linked folders too
    names = (path.relative_to(root) for path in found if path.is_file())
    return frozenset(name.as_posix() for name in names if name.parts[0] != "_formats" and name.parent.name != "cases")


def digest_of(root: Path) -> str:
    """One digest for every certification file under ``root`` and the code that reads them."""
    contents = {name: _print_of(root / name) for name in files_under(root)}
    return of_files({**contents, "code": _code_stamp()})


def _print_of(path: Path) -> str:
    with suppress(OSError):
        return of_bytes(path.read_bytes())
    return "unreadable"


def _code_stamp() -> str:
    stats = ((path, path.stat()) for room in ("core", "catalogue") for path in sorted((CODE / room).rglob("*.py")))
    lines = [f"{path.relative_to(CODE)} {found.st_size} {found.st_mtime_ns}" for path, found in stats]
    return of_bytes("\n".join([__version__, *lines]).encode())


def take(folder: Path, digest: str) -> Any:
    """What was put on the shelf under that digest; None when there is nothing or others may write to the folder."""
    if not _is_private(folder):
        return None
    with suppress(Exception):  # a broken pickle may raise anything, and is only a reason to read the files
        return pickle.loads((folder / f"{digest}.pickle").read_bytes())
    return None


def put(folder: Path, digest: str, content: Any) -> None:
    """Put ``content`` on the shelf, whole or not at all; the oldest others are taken away. Never fails."""
    with suppress(Exception):  # a full disk, a folder in the way, a content that cannot be pickled: nothing is lost
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not _is_private(folder):
            return
        handle, name = tempfile.mkstemp(dir=folder)
        try:
            with os.fdopen(handle, "wb") as file:
                pickle.dump(content, file, protocol=pickle.HIGHEST_PROTOCOL)
            Path(name).replace(folder / f"{digest}.pickle")
        finally:
            Path(name).unlink(missing_ok=True)
        _tidy(folder.glob("*.pickle"))


def _is_private(folder: Path) -> bool:
    try:
        found = folder.stat()
    except OSError:
        return False
    mine = not hasattr(os, "getuid") or found.st_uid == os.getuid()
    return mine and not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _tidy(paths: Iterable[Path]) -> None:
    newest_first = sorted(paths, key=lambda path: path.stat().st_mtime, reverse=True)
    for path in newest_first[KEPT:]:
        path.unlink(missing_ok=True)
