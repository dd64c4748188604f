"""Lists that leave the platform: each is told to the journal."""

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from django.db.models import QuerySet
from django.http import HttpRequest

from parchemin.records.journal.exports import note_export
from parchemin.web.shared.clock import now, today
from parchemin.web.shared.exports import Column, Rows, exported

Row = TypeVar("Row")


def sent_out(
    request: HttpRequest,
    rows: Rows[Row],
    columns: Iterable[Column[Row]],
    *,
    name: str,
    kind: str,
    filters: Sequence[str] = (),
) -> Any:
    """The rows as a file to download; the journal keeps which list it was, the filters it had, how many lines."""
    used = [one for one in filters if request.GET.get(one)]
    by = request.user.pk
    assert by is not None
    count = rows.count() if isinstance(rows, QuerySet) else len(rows)
    note_export(name=name, by=by, at=now(), kind=kind, filters=used, count=count)
    return exported(rows, columns, f"{name}-{today().isoformat()}", kind)
