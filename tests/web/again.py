"""What was made once through the records’ actions, written again row by row in later tests, with the same ids."""

from collections.abc import Callable
from typing import Any, Generic, NamedTuple, TypeVar

from django.apps import apps
from django.db import connection

from parchemin.records.certifications import queries
from tests.guards import lifted

Made = TypeVar("Made")


class Rows(NamedTuple):
    """What a table held."""

    table: str
    columns: list[str]
    values: list[tuple[Any, ...]]


class Again(Generic[Made]):
    """What ``make`` makes in an empty database: made in the first test of a process, written as it was in the others.

    Files that were stored stay stored.
    """

    def __init__(self, make: Callable[[], Made]) -> None:
        self._make = make
        self._made: Made | None = None
        self._rows: list[Rows] = []

    def made(self) -> Made:
        """It, its rows being in the database of this test."""
        queries._held.clear()  # ids start again with each test
        if self._made is None:
            before = {rows.table for rows in _read() if rows.values}
            self._made = self._make()
            self._rows = [rows for rows in _read() if rows.values and rows.table not in before]
        else:
            self._write()
        return self._made

    def _write(self) -> None:
        with lifted(connection), connection.cursor() as cursor:
            for table, columns, values in self._rows:
                names = ", ".join(connection.ops.quote_name(one) for one in columns)
                marks = ", ".join(["%s"] * len(columns))
                cursor.executemany(f"INSERT INTO {connection.ops.quote_name(table)} ({names}) VALUES ({marks})", values)


def _read() -> list[Rows]:
    with connection.cursor() as cursor:
        found, worked_out = [], _worked_out()
        for table in connection.introspection.table_names(cursor):
            columns = [one.name for one in connection.introspection.get_table_description(cursor, table)]
            names = [connection.ops.quote_name(one) for one in columns if (table, one) not in worked_out]
            cursor.execute(f"SELECT {', '.join(names)} FROM {connection.ops.quote_name(table)}")
            found.append(Rows(table, [one[0] for one in cursor.description or ()], cursor.fetchall()))
        return found


def _worked_out() -> set[tuple[str, str]]:
    """The columns that the database fills by itself, by table."""
    tables = ((model._meta.db_table, model._meta.concrete_fields) for model in apps.get_models())
    return {(table, field.column or "") for table, fields in tables for field in fields if field.generated}
