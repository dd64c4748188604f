"""How each text of a letter is set: words, quoted French, free text by its author, and what must stay exact."""

import re

from parchemin.edges.letters.labels import NO_BREAK
from parchemin.edges.letters.letter import Language
from parchemin.fonts.characters import cleaned, on_one_line
from parchemin.typography import APOSTROPHE, french

BOUND = re.compile(r"\b(n°|art\.|l\.|p\.) (?=[\dA-Z])")
PARAGRAPHS = re.compile(r"\n[ \n]*\n")


def exact(text: str) -> str:
    """A number, an id or an e-mail address: cleaned, on one line, otherwise as given."""
    return on_one_line(text)


def quoted(text: str) -> str:
    """French on one line, with its spaces and apostrophes; « n° 3 » and « art. 2 » stay together."""
    return BOUND.sub(rf"\1{NO_BREAK}", french(on_one_line(text)))


def worded(text: str, language: Language) -> str:
    """A text of the letter's own language on one line, with ’ inside words; French is set as French."""
    return quoted(text) if language == "fr" else APOSTROPHE.sub("’", on_one_line(text))


def paragraphs(text: str, language: Language) -> tuple[str, ...]:
    """A text of several paragraphs (separated by an empty line) and lines, each set; empty ones are left out."""
    found = []
    for part in PARAGRAPHS.split(cleaned(text)):
        lines = [worded(line, language) for line in part.split("\n")]
        if kept := "\n".join(line for line in lines if line):
            found.append(kept)
    return tuple(found)
