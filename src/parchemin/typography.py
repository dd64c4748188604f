"""French typography for whatever is shown: narrow no-break spaces and real apostrophes."""

import re

NARROW = "\u202f"
BEFORE = re.compile(r"[ \u00a0]([:;?!»%])(?=\s|$|[.,)…]|\Z)")
AFTER = re.compile(r"«[ \u00a0]")
APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")


def french(text: str) -> str:
    """The text with narrow no-break spaces before : ; ? ! % » and after «, and with ’ inside words."""
    return APOSTROPHE.sub("’", AFTER.sub(f"«{NARROW}", BEFORE.sub(f"{NARROW}\\1", text)))
