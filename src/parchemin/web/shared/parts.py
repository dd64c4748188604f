"""On pages in another language, what certifications say is said to be French, wherever it is drawn (WCAG 3.1.2)."""

import re
from collections.abc import Iterator
from functools import lru_cache

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from parchemin.records.certifications.said import words
from parchemin.web.shared.typesetting import MARKUP

LONE = re.compile(r"(?<!\w)\w+")
ESCAPED = re.compile(r"(?<=\w)&#x27;(?=\w)")
PLAIN = str.maketrans({"\u202f": " ", "\u00a0": " ", "’": "'"})
LANGUAGE = ' lang="'
Index = dict[str, tuple[str, ...]]


def is_french() -> bool:
    """Whether the page is."""
    return (get_language() or "fr").startswith("fr")


def marked(markup: SafeString) -> SafeString:
    """The same, where each sentence or title of a certification is in an element that says it is French."""
    known = words()
    if not known or LANGUAGE in markup:
        return markup
    return _marked(str(markup), known)


@lru_cache(maxsize=4096)
def _marked(markup: str, known: frozenset[str]) -> SafeString:
    parts = MARKUP.split(ESCAPED.sub("’", markup))
    parts[::2] = ["".join(_pieces(part, _index(known))) for part in parts[::2]]
    return mark_safe("".join(parts))


def _pieces(text: str, index: Index) -> Iterator[str]:
    """The text with its French sentences wrapped; typography changes no length, so that places are the same."""
    plain = text.translate(PLAIN)
    done = 0
    for word in LONE.finditer(plain):
        start = word.start()
        if start < done:
            continue
        found = next((one for one in index.get(word[0], ()) if _stands(plain, one, start)), None)
        if found:
            yield text[done:start]
            done = start + len(found)
            yield f'<span lang="fr">{text[start:done]}</span>'
    yield text[done:]


def _stands(text: str, sentence: str, start: int) -> bool:
    end = start + len(sentence)
    return text.startswith(sentence, start) and not text[end : end + 1].isalnum()


@lru_cache(maxsize=2)
def _index(known: frozenset[str]) -> Index:
    """The sentences by their first word, the longest first, as they stand in markup."""
    found: dict[str, list[str]] = {}
    for sentence in known:
        plain = " ".join(str(conditional_escape(sentence)).replace("&#x27;", "'").translate(PLAIN).split())
        first = LONE.search(plain)
        if first:
            found.setdefault(first[0], []).append(plain[first.start() :])
    return {word: tuple(sorted(sentences, key=len, reverse=True)) for word, sentences in found.items()}
