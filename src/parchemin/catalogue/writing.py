"""Core data as the values a file would hold: what a scheme says, in JSON types."""

import dataclasses
from collections.abc import Mapping
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import Any

from parchemin.catalogue.formats import key_of
from parchemin.core.durations import Duration
from parchemin.core.terms import Unknown


def as_written(value: Any) -> Any:
    """The value in JSON types, under the keys of the file formats; a silence is ``{"unknown": why}``."""
    if isinstance(value, Unknown):
        return {"unknown": value.why}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Duration | Fraction):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if dataclasses.is_dataclass(value):
        return {key_of(f.name): as_written(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(as_written(key)): as_written(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [as_written(item) for item in value]
    return value
