"""Making a home folder ready: keys, database, static files. Done again, it changes nothing and is quick."""

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.urls import reverse
from django.utils import timezone

from parchemin.records.people.actions.granting import has_administrator, invite_first_administrator

STAMP = "fingerprint"
PATIENCE = 5
"""Seconds given to a database server to answer at the start."""
LOCK = 0x70617263
"""The number of the lock that lets one process at a time migrate a database server's database."""


class HomeError(Exception):
    """The home folder or the database cannot be used; ``code`` says why, ``values`` what and where."""

    def __init__(self, code: str, **values: object) -> None:
        self.code = code
        self.values = values
        super().__init__(code)


def prepare_home() -> None:
    """The home folder is ready to serve from: private folders, migrated database, static files.

    Several processes may ask at once. HomeError ``not_writable``, ``no_answer``, ``unreadable`` or ``newer``.
    """
    home: Path = settings.HOME
    for folder in (home, home / "files", home / "cache"):
        _make_private(folder)
    with _alone(home / "cache" / "lock"):
        answered()
        try:
            with _alone_on_server():
                _migrate()
        except DatabaseError as error:
            raise HomeError("unreadable", database=where(), error=_first_line(error)) from error
        _collect(home)


def first_administrator_link() -> str | None:
    """The address that makes the first administrator, once, within a day; None when there is one."""
    if has_administrator(timezone.localdate()):
        return None
    secret = invite_first_administrator(at=timezone.now())
    return f"{settings.ADDRESS}{reverse('access:first_access', args=[secret])}"


def where() -> str:
    """The database, as a person would name it: the file, or the name and the server; never a password."""
    told = connection.settings_dict
    if connection.vendor == "sqlite":
        return str(told["NAME"])
    return f"{told['NAME']} ({told['HOST'] or 'localhost'}:{told['PORT'] or 5432})"


def unknown_migrations() -> list[str]:
    """The migrations this database had and this version does not know: a later version made them."""
    loader = MigrationExecutor(connection).loader
    unknown = set(loader.applied_migrations or ()) - set(loader.disk_migrations or ())
    return sorted(f"{app}.{name}" for app, name in unknown if app in loader.migrated_apps)


def missing_migrations() -> list[str]:
    """The migrations this version has and this database did not get yet."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{one.app_label}.{one.name}" for one, _ in plan]


def answered() -> None:
    """The database answers, soon: the pool of connections would wait longer and not say why.

    HomeError ``no_answer`` (a server) or ``unreadable`` (a file).
    """
    try:
        if connection.vendor == "postgresql":
            import psycopg

            told = connection.get_connection_params()
            names = ("dbname", "user", "password", "host", "port", "sslmode", "sslrootcert", "service")
            given = {name: told[name] for name in names if name in told}
            psycopg.connect(**given, connect_timeout=PATIENCE).close()
        connection.ensure_connection()
    except Exception as error:
        code = "unreadable" if connection.vendor == "sqlite" else "no_answer"
        raise HomeError(code, database=where(), error=_first_line(error)) from error


def _make_private(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if folder.stat().st_mode & 0o077:
            with suppress(PermissionError):  # somebody else's folder, lent to us: the deployment check tells
                folder.chmod(0o700)
    except OSError as error:
        raise HomeError("not_writable", folder=folder) from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise HomeError("not_writable", folder=folder)


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """One process of this machine at a time; the system lets go when a process is killed."""
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextmanager
def _alone_on_server() -> Iterator[None]:
    """One process at a time among all machines that share the database."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def _migrate() -> None:
    ours = unknown_migrations()
    if ours:
        raise HomeError("newer", migrations=", ".join(ours))
    if missing_migrations():
        call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)


def _collect(home: Path) -> None:
    stamp = home / "cache" / STAMP
    now = _fingerprint()
    if not stamp.exists() or stamp.read_text() != now:
        stamp.unlink(missing_ok=True)  # killed in the middle, it is done again
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
        stamp.write_text(now)


def _fingerprint() -> str:
    lines = []
    for finder in get_finders():
        for path, storage in finder.list([]):
            told = Path(storage.path(path)).stat()
            lines.append(f"{path} {told.st_size} {told.st_mtime_ns}\n")
    return hashlib.sha256("".join(sorted(lines)).encode()).hexdigest()


def _first_line(error: BaseException) -> str:
    """What the database said, on one line that ends with a full stop."""
    said = next((line.strip() for line in str(error).splitlines() if line.strip()), type(error).__name__)
    return said.rstrip(".") + "."
