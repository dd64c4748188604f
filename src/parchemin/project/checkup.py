"""Whether an installation is fit to be used by others: each point in turn, changing nothing."""

import base64
import binascii
import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.mail import get_connection
from django.db import DatabaseError, connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from parchemin.catalogue.problems import RefusedError
from parchemin.project.models import Heartbeat
from parchemin.project.setup import HomeError, answered, missing_migrations, unknown_migrations, where
from parchemin.project.worker import DEAD
from parchemin.records.certifications.models import Certification
from parchemin.records.certifications.queries import catalogue
from parchemin.records.people.actions.granting import has_administrator

LOCAL = ("127.0.0.1", "localhost", "[::1]")
LITTLE, LEAST = 2 * 1024**3, 200 * 1024**2
"""Bytes left on the disk under which one should act soon, and under which the service is about to stop."""


class State(StrEnum):
    """How a point stands."""

    FIT = "fit"
    CAUTION = "caution"
    UNFIT = "unfit"


@dataclass(frozen=True)
class Point:
    """One thing that was looked at: what was found (``code``) and the ``values`` its sentence needs."""

    code: str
    state: State
    values: dict[str, object] = field(default_factory=dict)


def fit(code: str, **values: object) -> Point:
    """A point that is as it should be."""
    return Point(code, State.FIT, values)


def caution(code: str, **values: object) -> Point:
    """A point to be known: right for a trial, perhaps not for real use."""
    return Point(code, State.CAUTION, values)


def unfit(code: str, **values: object) -> Point:
    """A point that must be put right."""
    return Point(code, State.UNFIT, values)


def points() -> Iterator[Point]:
    """Every point, in the order in which one would look; those on rows only if the database answers."""
    for look in (folder, disk, keys, address, mail, storage):
        yield look()
    found = database()
    yield found
    if found.state is not State.UNFIT:
        for look in (tables, administrator, certifications, background):
            yield look()


def folder() -> Point:
    """The home folder is ours alone."""
    home: Path = settings.HOME
    if not os.access(home, os.W_OK | os.X_OK):
        return unfit("folder_closed", folder=home)
    if home.stat().st_mode & 0o077:
        return unfit("folder_open", folder=home)
    return fit("folder_fit", folder=home)


def disk() -> Point:
    """There is room left."""
    free = shutil.disk_usage(settings.HOME).free
    if free >= LITTLE:
        return fit("disk_fit", gigabytes=free // 1024**3)
    left = free // 1024**2
    return unfit("disk_full", megabytes=left) if free < LEAST else caution("disk_low", megabytes=left)


def keys() -> Point:
    """Both keys are long enough, different, and read by nobody else."""
    with suppress(binascii.Error, ValueError):
        if len(base64.urlsafe_b64decode(settings.FIELD_KEY)) == 32:
            return _kept_keys()
    return unfit("key_malformed")


def _kept_keys() -> Point:
    if len(settings.SECRET_KEY) < 50:
        return unfit("key_short")
    files = [settings.HOME / name for name in ("secret.key", "field.key")]
    opened = [path for path in files if path.exists() and path.stat().st_mode & 0o077]
    return unfit("key_open", file=opened[0]) if opened else fit("keys_fit")


def address() -> Point:
    """The public address is protected, answered to, and reached through something that ends https."""
    host = settings.ADDRESS.partition("://")[2].partition("/")[0]
    name = host if host.endswith("]") else host.rpartition(":")[0] or host
    if settings.DEBUG:
        return unfit("debug_on")
    if "*" in settings.ALLOWED_HOSTS:
        return unfit("hosts_any")
    if not any(name == one or (one.startswith(".") and name.endswith(one)) for one in settings.ALLOWED_HOSTS):
        return unfit("host_refused", name=name)
    if settings.IS_SECURE and not settings.TRUSTED_PROXIES:
        return unfit("proxy_missing")
    if settings.IS_SECURE:
        return fit("address_fit", address=settings.ADDRESS)
    point = caution if name in LOCAL else unfit
    return point("address_local" if name in LOCAL else "address_plain", address=settings.ADDRESS)


def mail() -> Point:
    """Messages leave, through a mail server that lets us in."""
    if not settings.MAIL_URL:
        return caution("mail_kept")
    told = {"server": f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"}
    try:
        with get_connection(timeout=5):
            pass
    except Exception as error:  # whatever a mail server, or the way to it, can do
        return unfit("mail_refused", error=_line(error), **told)
    if settings.DEFAULT_FROM_EMAIL.rstrip(">").endswith("@localhost"):
        return unfit("mail_nobody", sender=settings.DEFAULT_FROM_EMAIL)
    return fit("mail_fit", sender=settings.DEFAULT_FROM_EMAIL, **told)


def storage() -> Point:
    """A file can be written, read and erased where documents are kept."""
    try:
        name = default_storage.save(f"checkup/{uuid4().hex}", ContentFile(b"parchemin"))
        try:
            with default_storage.open(name) as file:
                same = file.read() == b"parchemin"
        finally:
            default_storage.delete(name)
    except Exception as error:  # whatever a bucket, or the way to it, can do
        return unfit("storage_refused", error=_line(error))
    return fit("storage_fit") if same else unfit("storage_refused", error="≠")


def database() -> Point:
    """It answers, and is neither of a later version nor behind."""
    try:
        answered()
        later = unknown_migrations()
    except HomeError as error:
        return unfit(error.code, **error.values)
    except DatabaseError as error:
        return unfit("unreadable", database=where(), error=_line(error))
    if later:
        return unfit("newer", migrations=", ".join(later))
    behind = len(missing_migrations())
    return unfit("database_behind", count=behind) if behind else fit("database_fit", database=where())


def tables() -> Point:
    """The database is whole, as far as it can tell, and of a kind that suits."""
    if connection.vendor != "sqlite":
        return fit("tables_shared")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA quick_check(1)")
        said = str(cursor.fetchone()[0])
    return caution("tables_one_machine") if said == "ok" else unfit("unreadable", database=where(), error=said)


def administrator() -> Point:
    """Somebody administers."""
    has_one = has_administrator(timezone.localdate())
    return fit("administrator_fit") if has_one else caution("administrator_missing")


def certifications() -> Point:
    """Every published certification can be read and applied."""
    found = Certification.objects.count()
    if not found:
        return caution("certifications_none")
    try:
        published = catalogue()
        bad = sorted(scheme for scheme in published.versions if published.check(scheme))
    except RefusedError as error:
        bad = [str(one.mark) for one in error.problems[:3]]
    if bad:
        return unfit("certifications_bad", schemes=", ".join(bad))
    return fit("certifications_fit", count=found)


def background() -> Point:
    """A worker beats, and nothing was given up."""
    failed = DBTaskResult.objects.failed().count()
    if failed:
        return unfit("tasks_failed", count=failed)
    beating = Heartbeat.objects.filter(beat_at__gte=timezone.now() - DEAD).count()
    return fit("worker_fit", count=beating) if beating else caution("worker_missing")


def _line(error: BaseException) -> str:
    return (next(iter(str(error).splitlines()), "") or type(error).__name__).rstrip(".") + "."
