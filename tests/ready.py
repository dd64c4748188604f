"""A database file with every table and nothing in it, made once for each set of migrations and copied from then on.

Making the tables takes ten seconds of a processor: too long for each session of tests, and for each process they start.
"""

import ast
import fcntl
import getpass
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from tests.samples import ROOT

KEPT = Path(tempfile.gettempdir(), f"parchemin-ready-{getpass.getuser()}")
DAYS = 7 * 24 * 3600
SCRIPT = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0, interactive=False)
"""


def lent(path: Path) -> Path:
    """That path, where a copy of the file now is."""
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(_made(), path)
    return path


def _made() -> Path:
    """The file, made now if these migrations were never met here; two processes never make it at once."""
    KEPT.mkdir(mode=0o700, exist_ok=True)
    file = KEPT / f"{_fingerprint()}.sqlite3"
    with (KEPT / "lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not file.exists():
            for old in KEPT.glob("*.sqlite3"):
                if old.stat().st_mtime < time.time() - DAYS:
                    old.unlink()
            _make(file)
        os.utime(file)
    return file


def _make(file: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder, "home")
        kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "PARCHEMIN_HOME")}
        told = {"PARCHEMIN_HOME": str(home), "DJANGO_SETTINGS_MODULE": "parchemin.project.settings"}
        environment = {**kept, **told, "PYTHONPATH": str(ROOT / "src")}
        subprocess.run([sys.executable, "-c", SCRIPT], env=environment, check=True, cwd=ROOT)
        whole = Path(folder, "whole.sqlite3")
        connection = sqlite3.connect(home / "parchemin.sqlite3")
        connection.execute("VACUUM INTO ?", [str(whole)])
        connection.close()
        shutil.move(whole, file.with_suffix(".made"))
        file.with_suffix(".made").replace(file)


def _fingerprint() -> str:
    """Of everything that says what the tables are: migrations, what they import of ours, the packages of the others."""
    found = hashlib.sha256(f"{sys.version} {sqlite3.sqlite_version}".encode())
    for package in ("django", "django-allauth", "django-tasks-db"):
        found.update(f"{package} {version(package)}".encode())
    for path in sorted(set(_sources())):
        found.update(path.read_bytes())
    return found.hexdigest()[:32]


def _sources() -> Iterator[Path]:
    for path in ROOT.glob("src/parchemin/*/**/migrations/*.py"):
        yield path
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [node.module] if isinstance(node, ast.ImportFrom) else []
            names += [one.name for one in node.names] if isinstance(node, ast.Import) else []
            for name in names:
                module = ROOT / "src" / f"{(name or '').replace('.', '/')}.py"
                if module.is_file():
                    yield module
