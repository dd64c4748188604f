"""Rewriting the journal as somebody with the keys of the database would, and reading it as another program would."""

import hashlib
from typing import Any

from django.db import connection

from tests.guards import lifted

COLUMNS = (
    "number", "recorded_at", "occurred_at", "kind", "actor", "subject",
    "details", "decision", "scheme_digest", "previous",
)  # fmt: skip


def run(statement: str, *values: Any) -> None:
    """One statement of SQL, the triggers lifted."""
    with lifted(connection), connection.cursor() as cursor:
        cursor.execute(statement, values)


def change(number: int, column: str, value: Any) -> None:
    """Put another value in one column of one entry."""
    run(f'UPDATE journal_entry SET "{column}" = %s WHERE number = %s', value, number)


def rows() -> list[dict[str, Any]]:
    """Every entry as the database gives it, without a word to the models."""
    as_text = {
        "postgresql": (
            "to_char({} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')",
            "{}::text",
        ),
        "sqlite": (
            "replace(substr({0}, 1, 19), ' ', 'T') || substr(substr({0}, 20) || '.000000', 1, 7) || 'Z'",
            "lower(substr({0},1,8)||'-'||substr({0},9,4)||'-'||substr({0},13,4)||'-'||substr({0},17,4)||'-'||substr({0},21))",
        ),
    }[connection.vendor]
    instants, ids = as_text
    asked = [
        instants.format(name) if name.endswith("_at") else ids.format(name) if name in ("actor", "subject") else name
        for name in (*COLUMNS, "hash")
    ]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(asked)} FROM journal_entry ORDER BY number", None)
        return [dict(zip((*COLUMNS, "hash"), row, strict=True)) for row in cursor.fetchall()]


def hash_by_the_book(row: dict[str, Any]) -> str:
    """The hash as the documentation says it, with nothing of the package."""
    digest = hashlib.sha256(b"parchemin/journal-1\n")
    for column in COLUMNS:
        if row[column] is None:
            digest.update(f"{column}:-\n".encode())
        else:
            value = str(row[column]).encode()
            digest.update(column.encode() + b":" + str(len(value)).encode() + b":" + value + b"\n")
    return digest.hexdigest()


def rewrite_from(number: int) -> None:
    """Make the chain sound again from an entry on, head included: only an anchor can tell."""
    everything = rows()
    previous = everything[number - 2]["hash"] if number > 1 else "0" * 64
    for row in everything[number - 1 :]:
        row["previous"] = previous
        previous = hash_by_the_book(row)
        run(
            "UPDATE journal_entry SET previous = %s, hash = %s WHERE number = %s",
            row["previous"],
            previous,
            row["number"],
        )
    run("UPDATE journal_head SET number = %s, hash = %s", len(everything), previous)
