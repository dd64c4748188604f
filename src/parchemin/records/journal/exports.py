"""What leaves the platform as a list."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from parchemin.records.journal.actions import append


@transaction.atomic
def note_export(*, name: str, by: UUID, at: datetime, kind: str, filters: Sequence[str], count: int) -> None:
    """The journal tells which list went out, in what format, how it was filtered and how many lines it held."""
    details = {"list": name, "format": kind, "filters": sorted(filters), "count": count}
    append(kind="list.exported", at=at, actor=by, details=details)
