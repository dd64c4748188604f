"""As many files as are wanted: forty made by the records' own actions, then copied with every row they have."""

import random
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.db import connection, transaction
from django.utils import timezone

from parchemin.project.demo import making
from parchemin.records.candidacies import models as m
from parchemin.records.people.models import CivilIdentity, Person

BATCH = 500
"""Copies written together."""
WAITING = ("received", "complete", "returned")
SHARES = {"admissible": 55, "draft": 15, "refused": 10, "withdrawn": 7, "received": 5, "returned": 5, "complete": 3}
"""Out of a hundred files: most are old, and few wait."""
RARE = {"appeal": 40, "accommodation": 20, "message": 10}
"""One copy in so many keeps the appeal, the request or the message that its pattern has."""


def build(count: int) -> None:
    """``count`` files: forty made by the records' own actions, then copied with every row they have."""
    today = timezone.localdate()
    cast = making.make(timezone.now(), today)
    making.filled(cast, today)
    patterns = list(m.Candidacy.objects.order_by("number"))
    chance = random.Random(2026)
    started = time.perf_counter()
    for first in range(0, count - len(patterns), BATCH):
        copied(patterns, range(first, min(first + BATCH, count - len(patterns))), chance)
        if first % (20 * BATCH) == 0:
            print(f"  {first + BATCH:7,} files, {time.perf_counter() - started:5.0f} s", file=sys.stderr)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def copied(
    patterns: Sequence[Any], numbers: range, chance: random.Random, shares: Sequence[float] = ()
) -> list[tuple[Any, Any]]:
    """Copies of the patterns, one for each number: other persons, other days, the same rows; each with its pattern.

    How many of each is as ``SHARES`` has it for where they stand, unless ``shares`` are given.
    """
    shares = shares or [
        SHARES.get(one.status, 1) / sum(1 for other in patterns if other.status == one.status) for one in patterns
    ]
    taken = chance.choices(patterns, shares, k=len(numbers))
    people, files = [], []
    for number, pattern in zip(numbers, taken, strict=True):
        who = Person(
            email=f"copie{number}@example.org",
            given_name=pattern.candidate.given_name,
            family_name=f"{pattern.candidate.family_name} {number % 977}",
            password="!",
        )
        people.append(who)
        files.append(_moved(pattern, who, number, chance))
    with transaction.atomic():
        Person.objects.bulk_create(people)
        identities = {
            one.person_id: one for one in CivilIdentity.objects.filter(person__in={p.candidate_id for p in taken})
        }
        CivilIdentity.objects.bulk_create(
            again(identities[pattern.candidate_id], person=who)
            for pattern, who in zip(taken, people, strict=True)
            if pattern.candidate_id in identities
        )
        type(files[0]).objects.bulk_create(files)
        for model, rows in _children(taken, files, chance):
            model._base_manager.bulk_create(rows, batch_size=5_000)
    return list(zip(taken, files, strict=True))


def _moved(pattern: Any, who: Any, number: int, chance: random.Random) -> Any:
    days = chance.randrange(60) if pattern.status in WAITING else chance.randrange(700)
    made = again(pattern, candidate=who, number=f"{pattern.created_at.year}-{100_000 + number}")
    made.waiting_since -= timedelta(days=days)
    made.created_at -= timedelta(days=days)
    if made.due_on and pattern.status not in WAITING:
        made.due_on += timedelta(days=chance.randrange(90))
    return made


def again(row: Any, **changes: Any) -> Any:
    """An unsaved copy of a row under another id."""
    fields = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    key = row._meta.pk
    if key.is_relation:
        fields.pop(key.attname)
    elif key.get_internal_type() == "UUIDField":
        fields[key.attname] = uuid4()
    else:
        fields.pop(key.attname)
    made = type(row)(**fields)
    for name, value in changes.items():
        setattr(made, name, value)
    return made


def _tables() -> list[tuple[Any, str]]:
    """Every table of a file and the column that says whose row it is, a row's own parts after it."""
    return [
        *((model, "candidacy") for model in (m.CandidacyDate, m.RouteChange, m.Confirmation, m.StepDone, m.Statement)),
        (m.Document, "candidacy"),
        (m.DocumentVersion, "document"),
        (m.Signature, "version"),
        (m.Experience, "candidacy"),
        (m.Deposit, "candidacy"),
        (m.DepositedVersion, "deposit"),
        *((model, "candidacy") for model in (m.DecisionRecord, m.OverrideRecord, m.Message, m.Accommodation)),
        (m.Appeal, "decision"),
        (m.Letter, "candidacy"),
    ]


def _children(patterns: Sequence[Any], files: Sequence[Any], chance: random.Random) -> Iterator[tuple[Any, list[Any]]]:
    """The rows under each file, table by table; what points to a row of the file points to its copy."""
    new = [{pattern.pk: file.pk} for pattern, file in zip(patterns, files, strict=True)]
    for model, owner in _tables():
        made = []
        for ids, pattern in zip(new, patterns, strict=True):
            if chance.randrange(RARE.get(model._meta.model_name, 1)):
                continue
            for row in _rows(model, owner, pattern):
                copy = again(row)
                for field in model._meta.concrete_fields:
                    if field.is_relation and getattr(row, field.attname) in ids:
                        setattr(copy, field.attname, ids[getattr(row, field.attname)])
                if model._meta.model_name == "letter":
                    copy.reference = f"B{uuid4().hex[:24]}"
                ids[row.pk] = copy.pk
                made.append(copy)
        if made:
            yield model, made


_ROWS: dict[Any, list[Any]] = {}


def _rows(model: Any, owner: str, pattern: Any) -> list[Any]:
    """The rows of a pattern in a table, read once."""
    key = (model, pattern.pk)
    if key not in _ROWS:
        through = {
            "document": "document__",
            "version": "version__document__",
            "deposit": "deposit__",
            "decision": "decision__",
        }
        _ROWS[key] = list(model._base_manager.filter(**{f"{through.get(owner, '')}candidacy": pattern}))
    return _ROWS[key]
