"""Lifting the triggers that refuse changes, for tests that spoil rows and for emptying tables between tests.

Only a test may do this: it needs the owner of the tables, and nothing in the package can.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

GUARDS = {
    "postgresql": """SELECT tgname, quote_ident(nspname) || '.' || quote_ident(relname) FROM pg_trigger
        JOIN pg_class ON pg_class.oid = tgrelid JOIN pg_namespace ON pg_namespace.oid = relnamespace
        WHERE tgname LIKE 'guard\\_%' AND tgenabled <> 'D' AND nspname = current_schema()""",
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'guard\\_%' ESCAPE '\\'",
}


@contextmanager
def lifted(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Inside, rows can be changed and deleted; after, the triggers are back. All of it is one transaction."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute(GUARDS[connection.vendor])
        found: list[tuple[str, str]] = cursor.fetchall()
        settle(connection)
        for name, place in found:
            if connection.vendor == "postgresql":
                cursor.execute(f'ALTER TABLE {place} DISABLE TRIGGER "{name}"')
            else:
                cursor.execute(f'DROP TRIGGER "{name}"')
        yield
        settle(connection)
        for name, place in found:
            if connection.vendor == "postgresql":
                cursor.execute(f'ALTER TABLE {place} ENABLE ALWAYS TRIGGER "{name}"')
            else:
                cursor.execute(place)


def settle(connection: BaseDatabaseWrapper) -> None:
    """What waits for the end of the transaction is looked at now: PostgreSQL alters no table before that."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def flushing(flush: Any) -> Any:
    """The emptying of tables of a database backend, done with the triggers lifted."""

    def lifting_flush(operations: Any, sql_list: list[str]) -> None:
        with lifted(operations.connection):
            flush(operations, sql_list)

    return lifting_flush
