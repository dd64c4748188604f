"""An entry of the liaison book as it is shown: who signed it, what it is about, its answers, what may be done."""

from dataclasses import dataclass

from parchemin.records.pathways.actions.liaising import is_open
from parchemin.records.pathways.models import Liaison
from parchemin.web.pathway.alternance.book import Book
from parchemin.web.shared.clock import now


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry with its answers; ``about`` are titles, ``may_correct`` for its author the first day."""

    row: Liaison
    about: tuple[str, ...]
    answers: tuple[Liaison, ...]
    may_correct: bool


def entry_of(book: Book, row: Liaison) -> Entry:
    """The entry for whoever looks; its answers were read with it."""
    answers = tuple(row.answers.all())
    is_own = row.author_id == book.found.viewer.pk
    may_correct = book.may_write and is_own and not answers and is_open(row, now())
    return Entry(row, tuple(_named(book, code) for code in row.about), answers, may_correct)


def _named(book: Book, code: str) -> str:
    found = book.scheme.blocks.get(code) or book.scheme.competences.get(code)
    title = found.title if found else ""
    return f"{code} {title}" if isinstance(title, str) and title else code
