"""Published files laid out as a folder of certifications, once per content, for the catalogue to read."""

import hashlib
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from parchemin.catalogue import digest
from parchemin.catalogue.lookup import NATIONAL, Catalogue
from parchemin.core.errors import Misuse
from parchemin.places import library

Files = Mapping[str, str]
ALLOWED = ("scheme.yaml", "framework.yaml", digest.FROZEN)


def laid_out(files: Files) -> Path:
    """The folder that holds these files, by path, beside the national packs; made if it is missing."""
    lines = "".join(f"{hashlib.sha256(text.encode()).hexdigest()}  {name}\n" for name, text in sorted(files.items()))
    packs = sorted(library("schemes").glob(f"{NATIONAL}/*/*"))
    lines += "".join(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in packs)
    target = cache() / hashlib.sha256(lines.encode()).hexdigest()[:32]
    if not target.is_dir():
        with tempfile.TemporaryDirectory(dir=cache()) as made:
            folder = Path(made) / "schemes"
            write_files(folder, files)
            if not target.exists():
                folder.rename(target)
    return target


def cache() -> Path:
    """Where folders are laid out and what they resolve to is kept; readable by the server only."""
    folder: Path = settings.HOME / "cache" / "schemes"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def write_files(folder: Path, files: Files) -> None:
    """Write each file under ``folder``, with the national packs; Misuse when a name would leave it."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copytree(library("schemes") / NATIONAL, folder / NATIONAL)
    for name, text in files.items():
        path = folder / name
        if Path(name).is_absolute() or ".." in Path(name).parts or "\x00" in name:
            raise Misuse("file_name", name=name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


@contextmanager
def tried(files: Files) -> Iterator[Catalogue]:
    """A catalogue of these files alone, for a check; nothing stays."""
    with tempfile.TemporaryDirectory(dir=cache()) as made:
        folder = Path(made) / "schemes"
        write_files(folder, files)
        yield Catalogue(folder)


def files_of(folder: Path) -> dict[str, str]:
    """The texts of a version's folder: scheme, framework and rule tests, by path inside it."""
    kept = [path for name in ALLOWED if (path := folder / name).is_file()]
    kept += sorted(folder.glob("cases/*.yaml"))
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in kept}
