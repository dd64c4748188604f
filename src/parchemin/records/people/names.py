"""Names as they are looked up and put in order: without case, accents or marks, the same on every database."""

import unicodedata
from typing import Any

from django.db.models import CharField, EmailField, Lookup, Q
from django.db.models.sql.compiler import SQLCompiler

LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d"})
LAST = "\U0010ffff"


def folded(text: str) -> str:
    """« Élodie D’Œuvre-Roy » as « elodie d oeuvre roy »; other alphabets stay."""
    parts = unicodedata.normalize("NFKD", text.casefold().translate(LETTERS))
    bare = "".join(one for one in parts if not unicodedata.combining(one))
    return " ".join("".join(one if one.isalnum() else " " for one in bare).split())


class FoldedField(CharField):  # type: ignore[type-arg]
    """The field ``of`` as it is looked up; written whenever the row is."""

    def __init__(self, *args: Any, of: str = "", **kwargs: Any) -> None:
        self.of = of
        super().__init__(*args, **kwargs | {"editable": False, "default": "", "blank": True})

    def deconstruct(self) -> Any:
        """As other fields, with what it is made of."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "of": self.of}

    def pre_save(self, model_instance: Any, add: bool) -> str:
        """What ``of`` says now."""
        value = folded(getattr(model_instance, self.of))[: self.max_length]
        setattr(model_instance, self.attname, value)
        return value


@FoldedField.register_lookup
@EmailField.register_lookup
class Begins(Lookup):
    """Whether it begins so, by the index of the column: a pattern for PostgreSQL, bounds for SQLite."""

    lookup_name = "begins"

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> Any:
        """Between what is asked and the last text that begins so, byte by byte."""
        left, given = self.process_lhs(compiler, connection)
        return f"({left} >= %s AND {left} < %s)", [*given, self.rhs, *given, f"{self.rhs}{LAST}"]

    def as_postgresql(self, compiler: SQLCompiler, connection: Any) -> Any:
        """A pattern, which the index that Django adds for patterns answers whatever the collation."""
        left, given = self.process_lhs(compiler, connection)
        return f"{left} LIKE %s", [*given, f"{connection.ops.prep_for_like_query(self.rhs)}%"]


def named(text: str, *, who: str = "") -> Q:
    """Those whose family name, given name or address begins so; ``who`` leads to the person.

    Each word must be met.
    """
    found = Q()
    for word in text.split():
        one = Q(**{f"{who}email__begins": word.lower()})
        if key := folded(word):
            one |= Q(**{f"{who}family_key__begins": key}) | Q(**{f"{who}given_key__begins": key})
        found &= one
    return found
