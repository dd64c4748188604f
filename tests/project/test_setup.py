"""A home folder is made ready, quickly when it is, and refused with the reason when it cannot be used."""

import os
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from parchemin.project import setup
from parchemin.project.setup import HomeError, first_administrator_link, missing_migrations, prepare_home
from tests.samples import ROOT


@pytest.fixture
def home(tmp_path: Path, settings: Settings) -> Path:
    """A home folder that does not exist yet, with the tests' database."""
    folder = tmp_path / "home"
    settings.HOME = folder
    settings.STATIC_ROOT = folder / "cache" / "static"
    return folder


@pytest.mark.django_db(transaction=True)
def test_a_home_is_made_and_made_again_writes_nothing(home: Path) -> None:
    prepare_home()
    for folder in (home, home / "files", home / "cache"):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    made = {path: path.stat().st_mtime_ns for path in (home / "cache" / "static").rglob("*.css")}
    assert made
    home.chmod(0o755)
    prepare_home()
    assert made == {path: path.stat().st_mtime_ns for path in (home / "cache" / "static").rglob("*.css")}
    assert stat.S_IMODE(home.stat().st_mode) == 0o700


@pytest.mark.django_db(transaction=True)
def test_static_files_are_collected_when_they_changed(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    monkeypatch.setattr(setup, "call_command", lambda name, **_: done.append(name))
    prints = ["first"]
    monkeypatch.setattr(setup, "_fingerprint", lambda: prints[-1])
    for told in ("first", "first", "second", "second", "first"):
        prints.append(told)
        prepare_home()
    assert done.count("collectstatic") == 3


@pytest.mark.django_db(transaction=True)
def test_a_database_of_a_later_version_is_refused_and_left_alone(home: Path) -> None:
    name = "9999_from_the_future"
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('people', %s, %s)", [name, timezone.now()]
        )
    try:
        with pytest.raises(HomeError) as caught:
            prepare_home()
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM django_migrations WHERE name = %s", [name])
    assert caught.value.code == "newer"
    assert caught.value.values == {"migrations": "people.9999_from_the_future"}
    assert missing_migrations() == []


@pytest.mark.django_db
def test_the_first_administrator_is_invited_as_long_as_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    link = first_administrator_link()
    assert link
    assert link.startswith(f"{settings.ADDRESS}/compte/premier-acces/")
    assert link != first_administrator_link()
    monkeypatch.setattr(setup, "has_administrator", lambda _day: True)
    assert first_administrator_link() is None


def told(home: Path, command: str = "worker", **variables: str) -> "subprocess.CompletedProcess[str]":
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("PARCHEMIN_", "DJANGO_", "DATAB"))
    }
    environment = {**kept, "PYTHONPATH": str(ROOT / "src"), "COLUMNS": "300", **variables}
    given = [sys.executable, "-m", "parchemin", command, "--home", str(home)]
    return subprocess.run(given, env=environment, capture_output=True, text=True, timeout=60, check=False)


def test_a_database_server_that_does_not_answer_is_named_soon_and_without_its_password(tmp_path: Path) -> None:
    started = time.monotonic()
    answer = told(tmp_path / "home", DATABASE_URL="postgres://somebody:hidden@127.0.0.1:1/parchemin")
    assert answer.returncode == 2
    assert "parchemin (127.0.0.1:1)" in answer.stderr
    assert "DATABASE_URL" in answer.stderr
    assert "hidden" not in answer.stdout + answer.stderr
    assert "Traceback" not in answer.stderr
    assert time.monotonic() - started < 20


@pytest.mark.parametrize(
    ("content", "variables", "expected"),
    [
        (b"this is no database at all, but it is where one should be" * 100, {}, "sauvegarde"),
        (None, {"DATABASE_URL": "nosuch://somewhere"}, "réglage"),
        (None, {"PARCHEMIN_PROXIES": "many"}, "PARCHEMIN_PROXIES"),
    ],
    ids=["file", "address", "number"],
)
def test_what_cannot_be_read_is_said(
    content: bytes | None, variables: dict[str, str], expected: str, tmp_path: Path
) -> None:
    if content:
        (tmp_path / "parchemin.sqlite3").write_bytes(content)
    answer = told(tmp_path, **variables)
    assert answer.returncode == 2, answer.stderr
    assert expected in answer.stderr
    assert "Traceback" not in answer.stderr
    if content:
        assert (tmp_path / "parchemin.sqlite3").read_bytes() == content


def test_a_folder_that_cannot_be_written_to_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    answer = told(tmp_path / "file" / "home")
    assert answer.returncode == 2
    assert "file" in answer.stderr
