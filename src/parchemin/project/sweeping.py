"""Files that no row names: what a server killed between writing a file and committing its row leaves behind."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice

from django.apps import apps
from django.core.files.storage import Storage
from django.db.models import FileField, Model

GRACE = timedelta(days=2)
"""Younger than that, a file may belong to a transaction that is still running."""
BATCH = 500
FOLDERS = ("accreditations", "candidacies", "letters", "nominations")
"""Where rows store their files; what else the storage holds is somebody else's."""


def sweep(storage: Storage, at: datetime) -> int:
    """Every stored file older than ``GRACE`` that no row names is deleted; how many. A few queries for each batch."""
    swept = 0
    paths = _stored(storage)
    while batch := list(islice(paths, BATCH)):
        for path in sorted(set(batch) - _named(batch)):
            if at - storage.get_modified_time(path) > GRACE:
                storage.delete(path)
                swept += 1
    return swept


def _stored(storage: Storage) -> Iterator[str]:
    folders = list(FOLDERS)
    while folders:
        folder = folders.pop()
        try:
            below, names = storage.listdir(folder)
        except FileNotFoundError:
            continue
        folders += [f"{folder}/{one}" for one in below]
        yield from (f"{folder}/{name}" for name in names)


def _named(paths: list[str]) -> set[str]:
    found: set[str] = set()
    for model, field in stored_fields():
        rows = model._default_manager.filter(**{f"{field.name}__in": paths})
        found.update(rows.values_list(field.name, flat=True))
    return found


def stored_fields() -> Iterator[tuple[type[Model], FileField]]:
    """The columns that name stored files."""
    for model in apps.get_models():
        yield from ((model, field) for field in model._meta.concrete_fields if isinstance(field, FileField))
