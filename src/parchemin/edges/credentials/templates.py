"""What documents of one shape state, ready to be filled with their texts and put in canonical form.

The quick way names blank nodes by their first hash alone (RDFC-1.0 section 4.4.3, steps 3 and 4), which settles them
all unless two look alike. Then, and when two statements about blank nodes become one, the whole algorithm runs.
"""

import re
from collections.abc import Callable, Iterable
from hashlib import sha256
from operator import itemgetter
from typing import Any

from parchemin.edges.credentials.linked import Statement
from parchemin.edges.credentials.rdfc import canonical_lines

Part = str | tuple[int, str]
"""A part of a statement: fixed, or the number of a slot and what follows its text."""
Form = tuple[str, Callable[[list[str]], Any]]
"""A line to be filled, and how to pick the words for it."""

MARK = "urn:parchemin:slot:"
MARKED = re.compile(rf'([<"]){MARK}(\d+)[>"](.*)')
TO_ESCAPE = re.compile('[\x00-\x1f"\\\\\x7f\ufffe\uffff]')
ESCAPES = {"\b": r"\b", "\t": r"\t", "\n": r"\n", "\f": r"\f", "\r": r"\r", '"': r"\"", "\\": r"\\"}


class Template:
    """The statements of a shape; ``count`` slots, of which those in ``addresses`` are written as addresses."""

    def __init__(self, marked: list[Statement], count: int, addresses: tuple[int, ...]) -> None:
        self.addresses = addresses
        self.statements: list[tuple[Part, ...]] = [tuple(map(_part, one)) for one in dict.fromkeys(marked)]
        nodes = dict.fromkeys(part for one in marked for part in one if part.startswith("_:"))
        places = {node: count + number for number, node in enumerate(nodes)}
        self._empty = count + len(nodes)
        self._named = [self._form(one, places) for one in self.statements if not nodes.keys() & set(one)]
        self._linked = [self._form(one, places) for one in self.statements if nodes.keys() & set(one)]
        self._nodes = [self._told(node, nodes) for node in nodes]

    @property
    def slots(self) -> set[int]:
        """The slots that some statement holds."""
        return {part[0] for one in self.statements for part in one if isinstance(part, tuple)}

    def lines(self, texts: list[str]) -> list[str]:
        """The canonical lines of a document with these texts; UnicodeEncodeError for half a character."""
        words = self._words(texts)
        blanks = [""] * (self._empty + 1 - len(words))
        words += blanks
        digests = [
            sha256("".join(sorted(form % pick(words) for form, pick in node)).encode()).hexdigest()
            for node in self._nodes
        ]
        if len(set(digests)) == len(digests):
            for rank, node in enumerate(sorted(range(len(digests)), key=digests.__getitem__)):
                words[len(texts) + node] = f"_:c14n{rank}"
            lines = {form % pick(words) for form, pick in self._linked}
            if len(lines) == len(self._linked):
                return sorted(lines.union([form % pick(words) for form, pick in self._named]))
        return canonical_lines(self._filled(words))

    def _told(self, node: str, nodes: Iterable[str]) -> list[Form]:
        """The lines whose hash is the first degree hash of a node (section 4.6.3)."""
        names = {other: "_:a" if other == node else "_:z" for other in nodes}
        return [self._form(one, names) for one in self.statements if node in one]

    def _words(self, texts: list[str]) -> list[str]:
        words = [f'"{TO_ESCAPE.sub(_escaped, text)}"' for text in texts]
        for slot in self.addresses:
            words[slot] = f"<{texts[slot]}>"
        return words

    def _filled(self, words: list[str]) -> list[Statement]:
        def part(one: Part) -> str:
            return one if isinstance(one, str) else words[one[0]] + one[1]

        return [Statement(*map(part, one)) for one in self.statements]

    def _form(self, statement: tuple[Part, ...], nodes: dict[str, Any]) -> Form:
        """The line of a statement; each node is a word's place, or the text it has in a hash."""
        form, picked = "", []
        for one in statement:
            part: Any = nodes.get(one, one) if isinstance(one, str) else one
            if isinstance(part, str):
                form += part.replace("%", "%%") + (" " if part else "")
                continue
            slot, suffix = (part, "") if isinstance(part, int) else part
            picked.append(slot)
            form += f"%s{suffix.replace('%', '%%')} "
        # With one word at least, picking gives what filling takes: a text, or several.
        return (f"{form}.\n", itemgetter(*picked)) if picked else (f"{form}.\n%s", itemgetter(self._empty))


def _part(text: str) -> Part:
    found = MARKED.fullmatch(text)
    return (int(found[2]), found[3]) if found else text


def _escaped(found: re.Match[str]) -> str:
    """Canonical N-Quads, RDFC-1.0 section 5.2."""
    return ESCAPES.get(found[0]) or f"\\u{ord(found[0]):04X}"
