"""The file formats, drawn from the core's own dataclasses: one definition serves validation, editors and decisions.

A dataclass becomes a pydantic model with closed keys; ``unknown`` is accepted where the dataclass accepts ``Unknown``,
and for every parameter of a rule, which then stays silent until a ruling fills it.
"""

import dataclasses
import re
import types
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from fractions import Fraction
from functools import cache
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin, get_type_hints

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    PlainValidator,
    Tag,
    TypeAdapter,
    ValidationError,
    WithJsonSchema,
    create_model,
)
from pydantic_core import PydanticCustomError

from parchemin.catalogue.problems import HINTS, Mark, Problem, is_near, nearest, problem
from parchemin.catalogue.reading import Node
from parchemin.core.durations import PATTERN, Duration
from parchemin.core.terms import Unknown

CLOSED = ConfigDict(extra="forbid", populate_by_name=False)


class Wanted(NamedTuple):
    """How a kind of value is called in problems."""

    fr: str
    en: str


WANTED = {
    "duration": Wanted("une durée comme P5Y, P2M ou P15D", "a duration such as P5Y, P2M or P15D"),
    "fraction": Wanted("une fraction comme 1/2 ou 0.5", "a fraction such as 1/2 or 0.5"),
    "date": Wanted("une date comme 2026-01-31", "a date such as 2026-01-31"),
    "datetime": Wanted("un instant comme 2026-01-31T09:00", "an instant such as 2026-01-31T09:00"),
    "text": Wanted(
        "un texte (entre guillemets s'il ressemble à un nombre)", "a text (quoted if it looks like a number)"
    ),
    "integer": Wanted("un nombre entier", "a whole number"),
    "boolean": Wanted("true ou false", "true or false"),
    "list": Wanted("une liste", "a list"),
    "mapping": Wanted("des clés et des valeurs", "keys and values"),
    "some_text": Wanted("un texte qui ne soit pas vide", "a text that is not empty"),
    "name": Wanted("un nom de fichier, sans dossier ni extension", "a file name, without folder or extension"),
    "stage": Wanted("le nom d'une étape", "the name of a stage"),
    "effect": Wanted("une date d'effet ou « undated »", "a date of effect or “undated”"),
    "value": Wanted("la valeur qui comble le silence", "the value that fills the gap"),
    "parts": Wanted("au moins une partie", "at least one part"),
    "one_of": Wanted("une des valeurs admises", "one of the values allowed"),
    "unknown": Wanted('unknown, ou {unknown: "pourquoi"}', 'unknown, or {unknown: "why"}'),
}
KINDS = {
    "string_type": "text", "int_type": "integer", "bool_type": "boolean", "list_type": "list", "tuple_type": "list",
    "dict_type": "mapping", "model_type": "mapping", "model_attributes_type": "mapping", "enum": "one_of",
    "literal_error": "one_of", "string_too_short": "some_text", "int_parsing": "integer", "none_required": "one_of",
}  # fmt: skip


def _fault(kind: str) -> PydanticCustomError:
    return PydanticCustomError(kind, "wanted: {wanted}", {"wanted": WANTED[kind].en})


def _duration(value: Any) -> Duration:
    if isinstance(value, Duration):
        return value
    if not isinstance(value, str) or not re.fullmatch(PATTERN, value):
        raise _fault("duration")
    return Duration.parse(value)


def _fraction(value: Any) -> Fraction:
    if isinstance(value, bool) or not isinstance(value, str | int | float | Fraction):
        raise _fault("fraction")
    if isinstance(value, str) and not re.fullmatch(r"[0-9]{1,9}(/[0-9]{1,9}|\.[0-9]{1,9})?", value):
        raise _fault("fraction")
    try:
        read = Fraction(str(value))
    except (ValueError, ZeroDivisionError):
        raise _fault("fraction") from None
    return read if read >= 0 else _raise(_fault("fraction"))


def _date(value: Any) -> date:
    if isinstance(value, date):
        return value
    try:
        return day_of(value) if isinstance(value, str) else _raise(_fault("date"))
    except ValueError:
        raise _fault("date") from None


def day_of(text: str) -> date:
    """The date written ``2026-01-31``; ValueError for any other way of writing, weeks included."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise ValueError(text)
    return date.fromisoformat(text)


def _datetime(value: Any) -> datetime:
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}", value):
        raise _fault("datetime")
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        raise _fault("datetime") from None


def _unknown(value: Any) -> Unknown:
    if isinstance(value, Unknown):
        return value
    if value == "unknown":
        return Unknown()
    if isinstance(value, dict) and isinstance(value.get("unknown"), str):
        return Unknown(value["unknown"])
    raise _fault("unknown")


def _raise(error: Exception) -> Any:
    raise error


def _says_unknown(value: Any) -> str:
    is_unknown = (
        value == "unknown" or isinstance(value, Unknown) or (isinstance(value, dict) and set(value) == {"unknown"})
    )
    return "unknown" if is_unknown else "said"


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _text_schema(pattern: str, **more: str) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "pattern": pattern, **more})


UNKNOWN_SCHEMA = {
    "anyOf": [
        {"const": "unknown"},
        {
            "type": "object",
            "properties": {"unknown": {"type": "string"}},
            "required": ["unknown"],
            "additionalProperties": False,
        },
    ]
}
DATE_SCHEMA = _text_schema(r"^\d{4}-\d\d-\d\d$", format="date")
SCALARS: dict[Any, Any] = {
    str: Annotated[str, Field(strict=True, min_length=1)],
    int: Annotated[int, Field(strict=True)],
    bool: Annotated[bool, Field(strict=True)],
    date: Annotated[date, PlainValidator(_date), DATE_SCHEMA],
    datetime: Annotated[datetime, PlainValidator(_datetime), _text_schema(r"^\d{4}-\d\d-\d\d[T ]\d\d:\d\d$")],
    Duration: Annotated[Duration, PlainValidator(_duration), _text_schema(PATTERN)],
    Fraction: Annotated[
        Fraction, PlainValidator(_fraction), WithJsonSchema({"anyOf": [{"type": "number"}, {"type": "string"}]})
    ],
    Unknown: Annotated[Unknown, PlainValidator(_unknown), WithJsonSchema(UNKNOWN_SCHEMA)],
}


def translate(hint: Any) -> Any:
    """The pydantic type that reads what a core type hint accepts."""
    if hint in SCALARS:
        return SCALARS[hint]
    origin, args = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return translate(args[0])
    if origin in (Union, types.UnionType):
        return _union(args)
    if origin is tuple:
        inner: Any = types.GenericAlias(tuple, (translate(args[0]), ...))
        return Annotated[inner, BeforeValidator(_listed)] if _is_word(args[0]) else inner
    if origin in (Mapping, dict) or hint is Mapping:
        return types.GenericAlias(dict, (translate(args[0]), translate(args[1])))
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return Annotated[model_of(hint), AfterValidator(_into(hint))]
    return hint


def _is_word(hint: Any) -> bool:
    bare = get_args(hint)[0] if get_origin(hint) is Annotated else hint
    return bare is str or (isinstance(bare, type) and issubclass(bare, Enum))


def _union(args: tuple[Any, ...]) -> Any:
    said = [translate(arg) for arg in args if arg is not Unknown and arg is not type(None)]
    value: Any = said[0] if len(said) == 1 else Annotated[Union[tuple(said)], Field(union_mode="left_to_right")]  # noqa: UP007 - from a list
    if type(None) in args:
        value = value | None
    return maybe(value) if Unknown in args else value


def maybe(value: Any) -> Any:
    """The same type, or ``unknown``."""
    silent: Any = Annotated[SCALARS[Unknown], Tag("unknown")]
    said: Any = Annotated[value, Tag("said")]
    return Annotated[silent | said, Discriminator(_says_unknown)]


def _into(cls: Any) -> Callable[[BaseModel], Any]:
    names = {field.name: inside(field.name) for field in dataclasses.fields(cls)}
    return lambda model: cls(**{name: getattr(model, own) for name, own in names.items()})


def key_of(name: str) -> str:
    """How a field is called in files: without the underscore that keeps Python keywords away."""
    return name.rstrip("_")


def inside(name: str) -> str:
    """How a field is called in its model, where some names are taken."""
    return f"field_{name}"


def field_of(field: "dataclasses.Field[Any]", kind: Any) -> tuple[Any, Any]:
    """A dataclass field as pydantic wants it."""
    if field.default is not dataclasses.MISSING:
        return kind, Field(default=field.default, alias=key_of(field.name))
    if field.default_factory is not dataclasses.MISSING:
        return kind, Field(default_factory=field.default_factory, alias=key_of(field.name))
    return kind, Field(alias=key_of(field.name))


@cache
def hints_of(cls: type) -> dict[str, Any]:
    """The type hints of a core dataclass, references included."""
    return get_type_hints(cls, include_extras=True)


@cache
def model_of(cls: type) -> type[BaseModel]:
    """The closed pydantic model of a core dataclass."""
    hints = hints_of(cls)
    fields: dict[str, Any] = {inside(f.name): field_of(f, translate(hints[f.name])) for f in dataclasses.fields(cls)}
    return create_model(cls.__name__, __config__=CLOSED, __doc__=cls.__doc__, **fields)


@cache
def adapter_of(cls: Any) -> TypeAdapter[Any]:
    """The reader of a core dataclass, or of any hint made of them."""
    return TypeAdapter(translate(cls))


def read_as(hint: Any, node: Node, problems: list[Problem]) -> Any:
    """The value of ``node`` as the core type ``hint``, or None with every problem added."""
    try:
        return adapter_of(hint).validate_python(node.plain())
    except ValidationError as error:
        faults = error.errors(include_url=False)
        strange = [fault["loc"] for fault in faults if fault["type"] == "extra_forbidden"][:HINTS]
        for fault in faults:
            if not _is_misspelt(fault, strange):
                problems.append(_told(fault, node, hint, len(problems)))
        return None


def place(node: Node, path: tuple[Any, ...]) -> tuple[Node, Mark]:
    """The node a path leads to, as far as it goes, and the place to show."""
    mark = node.mark
    for step in path:
        if isinstance(node.value, dict) and step in node.value:
            mark = node.keys.get(step, node.value[step].mark)
            node = node.value[step]
        elif isinstance(node.value, list) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            mark = node.mark
    return node, mark


def wrong(node: Node, wanted: str, hints: Mapping[str, str] | None = None) -> Problem:
    """The problem of a value that is not what is wanted, called by its name in ``WANTED``."""
    named = WANTED[wanted]
    shown = str(node.plain())[:60]
    more = hints or {"hint_fr": "", "hint_en": ""}
    return problem("wrong_value", node.mark, value=shown, wanted_fr=named.fr, wanted_en=named.en, **more)


def _is_misspelt(fault: Any, strange: Sequence[Any]) -> bool:
    """Whether a missing key is there under a misspelt name, which is told once."""
    if fault["type"] != "missing":
        return False
    *holder, key = fault["loc"]
    return any(list(loc[:-1]) == holder and is_near(str(loc[-1]), str(key)) for loc in strange)


def _told(fault: Any, root: Node, hint: Any, told: int) -> Problem:
    kind, path = fault["type"], fault["loc"]
    if kind in ("extra_forbidden", "missing"):
        holder, mark = place(root, path[:-1])
        key = str(path[-1])
        if kind == "missing":
            return problem("unsourced" if key == "source" else "missing_key", mark, key=key)
        return problem("unknown_key", holder.keys.get(key, mark), key=key, **nearest(key, _keys(hint, path[:-1]), told))
    node, _ = place(root, path)
    if node is root and not node.mapping:  # not one of our files: what it holds is not ours to show
        node = Node("…", node.mark)
    hints = None
    if kind in ("enum", "literal_error"):
        hints = nearest(str(node.plain()), re.findall(r"'([^']*)'", str(fault["ctx"]["expected"])), told)
    return wrong(node, KINDS.get(kind, kind if kind in WANTED else "one_of"), hints)


def _keys(hint: Any, path: tuple[Any, ...]) -> list[str]:
    """The keys allowed where a path leads, following type hints; steps that name a union's branch are passed over."""
    origin, args = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _keys(args[0], path)
    if origin in (Union, types.UnionType):
        return [key for arg in args for key in _keys(arg, path)]
    if origin is tuple or origin is Mapping:
        return _keys(args[0] if origin is tuple else args[1], path[1:]) if path else []
    if not (dataclasses.is_dataclass(hint) and isinstance(hint, type)):
        return []
    fields = {key_of(field.name): field.name for field in dataclasses.fields(hint)}
    steps = [index for index, step in enumerate(path) if step in fields]
    if not path or not steps:
        return list(fields)
    first = steps[0]
    return _keys(hints_of(hint)[fields[path[first]]], path[first + 1 :])
