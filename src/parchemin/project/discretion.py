"""What the log must not hold: the secrets of one-use links, which are in their addresses."""

import logging
import re
from uuid import UUID

SEGMENT = re.compile(r"(?<=/)[\w~:-]{20,}(?=[/?\s\"']|$)")


class Discreet(logging.Filter):
    """The long segments of addresses are left out of what is logged, unless they are opaque ids."""

    def filter(self, record: logging.LogRecord) -> bool:
        """The record, with its text as it may be kept."""
        record.msg, record.args = SEGMENT.sub(_sealed, record.getMessage()), ()
        return True


def _sealed(found: re.Match[str]) -> str:
    try:
        return str(UUID(found[0]))
    except ValueError:
        return "…"
