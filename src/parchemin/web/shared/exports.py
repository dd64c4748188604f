"""A list as a file to download: CSV as French spreadsheets open it, or XLSX; never held whole in memory."""

import csv
import io
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, Generic, TypeAlias, TypeVar

import xlsxwriter
from django.db.models import QuerySet
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from xlsxwriter.worksheet import Worksheet

BATCH = 500
MOST_ROWS = 1_048_575
"""Rows a sheet of a workbook may hold under its head."""
LONGEST_CELL = 32_767
"""Characters a cell of a workbook may hold."""
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""How a text starts that a spreadsheet would take for a formula (OWASP, CSV injection)."""
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Row = TypeVar("Row")
Rows: TypeAlias = QuerySet[Any] | Sequence[Row]


class Kind(StrEnum):
    """What a column holds, for its width and its cells."""

    TEXT = "text"
    NUMBER = "number"
    DAY = "day"
    INSTANT = "instant"


WIDTHS = {Kind.TEXT: 28, Kind.NUMBER: 10, Kind.DAY: 12, Kind.INSTANT: 17}


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """A column of an export: its head, its value for a row, and what it holds."""

    title: object
    value: Callable[[Row], Any]
    kind: Kind | str = Kind.TEXT


def exported(rows: Rows[Row], columns: Iterable[Column[Row]], name: str, kind: str) -> HttpResponse | Any:
    """The rows as a file to download, ``xlsx`` or else ``csv``; read by batches, whatever their number."""
    columns, name = tuple(columns), slugify(name) or "liste"
    if kind == "xlsx":
        return _xlsx(rows, columns, name)
    response = StreamingHttpResponse(_csv(rows, columns), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _each(rows: Rows[Row]) -> Iterator[Row]:
    return rows.iterator(chunk_size=BATCH) if isinstance(rows, QuerySet) else iter(rows)


def _csv(rows: Rows[Row], columns: tuple[Column[Row], ...]) -> Iterator[str]:
    line = io.StringIO()
    writer = csv.writer(line, delimiter=";", lineterminator="\r\n")

    def written(values: Iterable[object]) -> str:
        line.seek(0)
        line.truncate()
        writer.writerow([told(value) for value in values])
        return line.getvalue()

    yield "\ufeff" + written(str(column.title) for column in columns)
    for row in _each(rows):
        yield written(column.value(row) for column in columns)


def _xlsx(rows: Rows[Row], columns: tuple[Column[Row], ...], name: str) -> FileResponse:
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    book = xlsxwriter.Workbook(file, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet()
    head = book.add_format({"bold": True})
    formats = {
        Kind.DAY: book.add_format({"num_format": "dd/mm/yyyy"}),
        Kind.INSTANT: book.add_format({"num_format": "dd/mm/yyyy hh:mm"}),
    }
    for index, column in enumerate(columns):
        sheet.set_column(index, index, WIDTHS[Kind(column.kind)])
        sheet.write_string(0, index, str(column.title), head)
    sheet.freeze_panes(1, 0)
    last = 0
    for last, row in enumerate(_each(rows), 1):
        for index, column in enumerate(columns):
            _write(sheet, last, index, column.value(row), formats)
    sheet.autofilter(0, 0, last, max(len(columns) - 1, 0))
    book.close()
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=WORKBOOK)


def _write(sheet: Worksheet, number: int, index: int, value: object, formats: dict[Kind, Any]) -> None:
    """One cell, typed: a workbook takes no text of ours for a formula, so texts are left as they are."""
    if isinstance(value, datetime):
        moment = timezone.localtime(value) if timezone.is_aware(value) else value
        sheet.write_datetime(number, index, moment.replace(tzinfo=None), formats[Kind.INSTANT])
    elif isinstance(value, date):
        sheet.write_datetime(number, index, datetime(value.year, value.month, value.day), formats[Kind.DAY])
    elif isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        sheet.write_number(number, index, value)
    elif value is not None and value != "":
        sheet.write_string(number, index, _plain(value)[:LONGEST_CELL])


def told(value: object) -> str:
    """A value as a French spreadsheet reads it; a text it would take for a formula is marked as text."""
    if isinstance(value, datetime):
        return (timezone.localtime(value) if timezone.is_aware(value) else value).strftime("%d/%m/%Y %H:%M")
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return str(value).replace(".", ",")
    return harmless(_plain(value))


def _plain(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("oui") if value else _("non")
    return str(value)


def harmless(text: str) -> str:
    """The same text, marked as text when a spreadsheet would take it for a formula, even after spaces."""
    is_formula = text.startswith(DANGEROUS) or text.lstrip().startswith(DANGEROUS)
    return "'" + text if is_formula else text
