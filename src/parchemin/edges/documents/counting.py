"""How characters are counted, spaces included, so that one text counts much the same whatever it is saved as.

Every letter counts for one in NFC, however it was typed; ends of lines and of paragraphs count for nothing, as in the
word processors that writers check themselves with. What each format adds to that is said by ``how_counted``.
"""

import re
import unicodedata

from parchemin.edges.documents.kinds import Kind
from parchemin.edges.documents.problems import Language
from parchemin.typography import french

HYPHENATED = re.compile(r"[\x02\ufffe]\s*")
BLANKS = re.compile(r"\s+")
LIGATURE = re.compile("[\ufb00-\ufb06]")
HOW: dict[Kind, dict[Language, str]] = {
    Kind.PDF: {
        "fr": (
            "Caractères comptés espaces compris sur toutes les pages, en-têtes, pieds de page, numéros de page et "
            "notes compris. Une fin de ligne compte pour une espace, un mot coupé compte entier. Le texte des images "
            "et des champs de formulaire n'est pas compté."
        ),
        "en": (
            "Characters counted with spaces on all pages, headers, footers, page numbers and notes included. An end of "
            "line counts for one space, a hyphenated word counts whole. The text of pictures and form fields is not "
            "counted."
        ),
    },
    Kind.DOCX: {
        "fr": (
            "Caractères comptés espaces compris dans le texte, les zones de texte, les notes de bas de page et de fin. "
            "Ne sont pas comptés : en-têtes, pieds de page, commentaires, texte supprimé, texte des images, fins de "
            "ligne et de paragraphe."
        ),
        "en": (
            "Characters counted with spaces in the text, the text boxes, the footnotes and the endnotes. Not counted: "
            "headers, footers, comments, deleted text, text of pictures, ends of lines and paragraphs."
        ),
    },
    Kind.TEXT: {
        "fr": "Caractères comptés espaces compris, sans les fins de ligne.",
        "en": "Characters counted with spaces, without the ends of lines.",
    },
}
HOW[Kind.ODT] = HOW[Kind.DOCX]


def how_counted(kind: Kind | None, language: Language) -> str | None:
    """How the characters of that kind are counted, in a sentence for readers; None for kinds that have no count."""
    if kind not in HOW:
        return None
    return french(HOW[kind][language]) if language == "fr" else HOW[kind][language]


def counted(text: str) -> int:
    """The characters of a text, in NFC, without its ends of lines."""
    return len(unicodedata.normalize("NFC", text.replace("\r", "").replace("\n", "").replace("\x0c", "")))


def counted_on_page(text: str) -> tuple[int, int]:
    """The characters of a laid-out page, and how many of them no machine can read.

    A run of blanks, ends of lines among them, counts for one space: where a line ends is the page's, not the writer's.
    """
    whole = LIGATURE.sub(lambda match: unicodedata.normalize("NFKC", match.group()), HYPHENATED.sub("", text))
    plain = BLANKS.sub(" ", unicodedata.normalize("NFC", whole)).strip()
    unreadable = sum(
        character == "\ufffd" or unicodedata.category(character) in {"Co", "Cc", "Cn"} for character in plain
    )
    return len(plain), unreadable
