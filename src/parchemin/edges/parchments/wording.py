"""The lines an awarding body may word as it likes, what each may say of a certificate, and their standard words."""

from collections.abc import Mapping
from string import Formatter

from parchemin.edges.parchments.problems import ParchmentRefusedError

LONGEST = 220
AWARD = frozenset({"holder", "title", "code", "body", "number", "date", "place", "jury_date", "valid_until"})
BLOCK = AWARD | {"block", "block_code"}

LINES: dict[str, tuple[str, frozenset[str]]] = {
    "certificate_heading": ("Certification professionnelle", AWARD),
    "certificate_words": ("", AWARD),
    "certificate_grant": ("Le présent parchemin est délivré à", AWARD),
    "certificate_closing": ("par décision du jury réuni le {jury_date}", AWARD),
    "block_heading": ("Certificat de bloc de compétences", BLOCK),
    "block_words": ("", BLOCK),
    "block_grant": ("Le présent certificat atteste que ce bloc est acquis par", BLOCK),
    "block_closing": ("par décision du jury réuni le {jury_date}", BLOCK),
    "statement_heading": ("Relevé de résultats", AWARD),
    "statement_closing": ("Résultats arrêtés par le jury réuni le {jury_date}.", AWARD),
    "extract_heading": ("Extrait du procès-verbal du jury", AWARD),
    "extract_closing": ("Extrait certifié conforme au procès-verbal signé, limité aux lignes de la personne.", AWARD),
}
"""Each line with its standard words, none for a sentence of its own, and the names it may hold between braces."""


def check_line(line: str, words: str) -> None:
    """Raises ParchmentRefusedError for a line that does not exist, is too long, or asks for what it may not."""
    if line not in LINES:
        raise ParchmentRefusedError("unknown_line", line=line, known=", ".join(LINES))
    if len(words) > LONGEST:
        raise ParchmentRefusedError("line_too_long", line=line, length=len(words), limit=LONGEST)
    known = LINES[line][1]
    try:
        fields = [(name, form, turn) for _, name, form, turn in Formatter().parse(words) if name is not None]
    except ValueError as error:
        raise ParchmentRefusedError("bad_placeholder", line=line) from error
    for name, form, turn in fields:
        if form or turn or not name.isidentifier():
            raise ParchmentRefusedError("bad_placeholder", line=line)
        if name not in known:
            raise ParchmentRefusedError("unknown_placeholder", line=line, name=name, known=", ".join(sorted(known)))


def worded_line(line: str, wording: Mapping[str, str], values: Mapping[str, str]) -> str:
    """The line filled, in the body's words or else the standard ones; nothing when a value it asks for is empty."""
    words = wording.get(line, LINES[line][0])
    asked = [name for _, name, _, _ in Formatter().parse(words) if name is not None]
    return words.format(**values) if all(values.get(name) for name in asked) else ""
