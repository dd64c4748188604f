"""Reading the journal."""

from uuid import UUID

from django.db.models import QuerySet

from parchemin.records.journal.models import Entry
from parchemin.records.journal.verifying import Anchor, Fault, Verdict, Why, head, verify

__all__ = ["Anchor", "Fault", "Verdict", "Why", "entries_of", "head", "verify"]


def entries_of(subject: UUID) -> QuerySet[Entry]:
    """The entries about a subject, in the order in which they were written."""
    return Entry.objects.filter(subject=subject).order_by("number")
