"""What the certifications shown by this process say, in French: pages in another language say so of these words.

Nothing is asked of the database to know it: whatever a page draws of a certification was resolved before, here.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from threading import Lock

from parchemin.core.scheme import Scheme

LEAST = 4
_said: dict[str, frozenset[str]] = {}
_all: frozenset[str] = frozenset()
_lock = Lock()


def remember(scheme: Scheme) -> None:
    """Its words are known from now on; nothing is done for one that is known."""
    name = f"{scheme.ref}:{scheme.ref.digest}"
    if name not in _said:
        _keep(name, _texts(scheme))


def remember_titles(titles: Iterable[str]) -> None:
    """The titles of what is published, which lists show without resolving anything, are known from now on."""
    _keep("", titles)


def words() -> frozenset[str]:
    """Every sentence and title known; not what may be a word of any language: a code, a name without an accent."""
    return _all


def _keep(name: str, texts: Iterable[str]) -> None:
    global _all
    with _lock:
        _said[name] = frozenset(text for text in texts if _is_french(text))
        _all = frozenset().union(*_said.values())


def _is_french(text: str) -> bool:
    return len(text) >= LEAST and (" " in text.strip() or not text.isascii())


def _texts(part: object) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    elif is_dataclass(part) and not isinstance(part, type):
        for field in fields(part):
            yield from _texts(getattr(part, field.name))
    elif isinstance(part, Mapping):
        for one in part.values():
            yield from _texts(one)
    elif isinstance(part, list | tuple | frozenset):
        for one in part:
            yield from _texts(one)
