"""Names of places without what people type in different ways: case, accents, punctuation, « St » for « Saint »."""

import re
import unicodedata

LETTERS = {"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o"}
"""What Unicode does not take apart."""
MARKS = "’‘ʼ‐‑‒–—"
KEPT = "\n;"
"""What separates the lines and the columns of a whole file folded at once."""
BLANK = str.maketrans({chr(code): " " for code in range(128) if not chr(code).isalnum() and chr(code) not in KEPT})
SAINT = re.compile(r"\bst(e?s?)\b")
ORDINAL = re.compile(r"\b(\d+)i?eme\b")


def folded(text: str) -> str:
    """The name as it is compared: plain, one space between words, « st » written « saint » and « 2ème » « 2e »."""
    words = " ".join(plain(text).replace(";", " ").split())
    return ORDINAL.sub(r"\1e", SAINT.sub(r"saint\1", words))


def plain(text: str) -> str:
    """The text in lower case without accents, a space for each mark; lines and semicolons stay where they are."""
    text = text.lower()
    for letter, letters in LETTERS.items():
        text = text.replace(letter, letters)
    for mark in MARKS:
        text = text.replace(mark, " ")
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii").translate(BLANK)
