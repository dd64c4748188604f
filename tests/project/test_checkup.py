"""Whether an installation is fit: each thing that can be wrong is seen, and said in both languages."""

import base64
import socket
import threading
from datetime import timedelta
from pathlib import Path
from shutil import disk_usage
from types import SimpleNamespace

import pytest
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from parchemin.cli.checkup import SENTENCES
from parchemin.cli.messages import text
from parchemin.project.checkup import State, points
from parchemin.project.worker import alive
from tests.project.background import slowly

pytestmark = pytest.mark.django_db
HOST = {
    "ADDRESS": "https://certif.example.org",
    "IS_SECURE": True,
    "TRUSTED_PROXIES": 1,
    "ALLOWED_HOSTS": [".example.org"],
}


@pytest.fixture(autouse=True)
def installation(tmp_path: Path, settings: Settings) -> Settings:
    """A private home folder, and a public address behind one https server."""
    settings.HOME = tmp_path
    tmp_path.chmod(0o700)
    settings.SECRET_KEY = "k" * 60
    for name, value in HOST.items():
        setattr(settings, name, value)
    return settings


def found() -> dict[str, State]:
    """How each point stands; each has a sentence in both languages."""
    told = {}
    for point in points():
        assert point.code in SENTENCES
        assert "{" not in text(point.code, "fr", **point.values) + text(point.code, "en", **point.values)
        told[point.code] = point.state
    return told


def test_a_new_installation_is_fit_with_what_remains_to_be_done() -> None:
    told = found()
    assert not [code for code, state in told.items() if state is State.UNFIT]
    assert {code for code, state in told.items() if state is State.CAUTION} == {
        "mail_kept",
        "administrator_missing",
        "certifications_none",
        "worker_missing",
        *(["tables_one_machine"] if connection.vendor == "sqlite" else []),
    }
    assert {"folder_fit", "keys_fit", "address_fit", "storage_fit", "database_fit"} <= set(told)


@pytest.mark.parametrize(
    ("changed", "code", "state"),
    [
        ({"DEBUG": True}, "debug_on", State.UNFIT),
        ({"ALLOWED_HOSTS": ["*"]}, "hosts_any", State.UNFIT),
        ({"ALLOWED_HOSTS": ["localhost"]}, "host_refused", State.UNFIT),
        ({"TRUSTED_PROXIES": 0}, "proxy_missing", State.UNFIT),
        ({"ADDRESS": "http://certif.example.org", "IS_SECURE": False}, "address_plain", State.UNFIT),
        (
            {"ADDRESS": "http://127.0.0.1:8000", "IS_SECURE": False, "ALLOWED_HOSTS": ["127.0.0.1"]},
            "address_local",
            State.CAUTION,
        ),
        (
            {"ADDRESS": "http://[::1]:8000", "IS_SECURE": False, "ALLOWED_HOSTS": ["[::1]"]},
            "address_local",
            State.CAUTION,
        ),
        ({"SECRET_KEY": "short"}, "key_short", State.UNFIT),
        ({"FIELD_KEY": "too short"}, "key_malformed", State.UNFIT),
        ({"FIELD_KEY": base64.urlsafe_b64encode(b"x" * 16).decode()}, "key_malformed", State.UNFIT),
        ({"STORAGES": {"default": {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": {"bucket_name": ""}}}},
         "storage_refused", State.UNFIT),
    ],
)  # fmt: skip
def test_a_setting_that_is_wrong_is_seen(
    changed: dict[str, object], code: str, state: State, installation: Settings
) -> None:
    for name, value in changed.items():
        setattr(installation, name, value)
    assert found()[code] is state


def test_a_folder_or_a_key_that_others_can_read_is_seen(tmp_path: Path) -> None:
    (tmp_path / "secret.key").write_text("")
    (tmp_path / "secret.key").chmod(0o640)
    assert found()["key_open"] is State.UNFIT
    tmp_path.chmod(0o750)
    assert found()["folder_open"] is State.UNFIT


@pytest.mark.parametrize(
    ("free", "code", "state"),
    [(10**8, "disk_full", State.UNFIT), (10**9, "disk_low", State.CAUTION), (10**10, "disk_fit", State.FIT)],
)
def test_a_disk_that_fills_up_is_seen(free: int, code: str, state: State, monkeypatch: pytest.MonkeyPatch) -> None:
    assert disk_usage("/").free
    monkeypatch.setattr("shutil.disk_usage", lambda _path: SimpleNamespace(free=free))
    assert found()[code] is state


def answering(server: socket.socket) -> None:
    client, _ = server.accept()
    with client, client.makefile("rw", newline="\r\n") as talk:
        talk.write("220 ready\n")
        talk.flush()
        for line in talk:
            talk.write("221 bye\n" if line.startswith("QUIT") else "250 ok\n")
            talk.flush()
            if line.startswith("QUIT"):
                break


@pytest.mark.parametrize(
    ("sender", "listens", "code"),
    [
        ("Jury <jury@example.org>", True, "mail_fit"),
        ("Parchemin <parchemin@localhost>", True, "mail_nobody"),
        ("Jury <jury@example.org>", False, "mail_refused"),
    ],
)
def test_the_mail_server_is_tried(sender: str, listens: bool, code: str, installation: Settings) -> None:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        if listens:
            server.listen()
            threading.Thread(target=answering, args=[server], daemon=True).start()
        installation.MAIL_URL = "smtp://127.0.0.1"
        installation.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        installation.EMAIL_HOST, installation.EMAIL_PORT = server.getsockname()
        installation.DEFAULT_FROM_EMAIL = sender
        assert code in found()


def test_a_worker_at_work_and_tasks_given_up_are_seen() -> None:
    alive("one", timezone.now() - timedelta(hours=1))
    assert "worker_missing" in found()
    alive("one", timezone.now())
    assert "worker_fit" in found()
    slowly.enqueue("letter", 0.0, 0.0)
    DBTaskResult.objects.update(status="FAILED")
    assert found()["tasks_failed"] is State.UNFIT


def test_a_database_that_is_behind_or_ahead_is_seen() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'candidacies' AND name LIKE '0002%%'")
    assert found()["database_behind"] is State.UNFIT
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('people', '9999_later', '2026-11-21')"
        )
    assert found()["newer"] is State.UNFIT
