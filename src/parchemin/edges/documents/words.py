"""Counts the characters of Word and OpenDocument texts while their XML goes by, in constant memory."""

import re
from typing import ClassVar
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesNSImpl

from parchemin.edges.documents.counting import counted
from parchemin.edges.documents.parts import Name, plain_number
from parchemin.edges.documents.problems import UploadRefusedError, problem

XML = "http://www.w3.org/XML/1998/namespace"
DDE = re.compile(r"\s*DDE(AUTO)?\b", re.IGNORECASE)
LONGEST_CODE = 400
BLANKS = re.compile(r"[ \t\r\n]+")
SPACE = "\x00"
"""Stands for a space that was asked for, so that it is not taken for one of those the format folds into one."""


class Counter(ContentHandler):
    """Adds up characters up to ``most``, and skips the elements named in ``skipped`` with all they hold."""

    skipped: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most = most
        self.total = 0
        self._skipping = 0

    def startElementNS(self, name: Name, qname: str | None, attrs: AttributesNSImpl) -> None:  # noqa: N802 - SAX's name
        """Go in, or skip."""
        if self._skipping or name[1] in self.skipped:
            self._skipping += 1
        else:
            self.begin(name[1], {key[1] if key[0] != XML else f"xml:{key[1]}": value for key, value in attrs.items()})

    def endElementNS(self, name: Name, qname: str | None) -> None:  # noqa: N802 - SAX's name
        """Come out."""
        if self._skipping:
            self._skipping -= 1
        else:
            self.end(name[1])

    def characters(self, content: str) -> None:
        """Take text in."""
        if not self._skipping:
            self.take(content)

    def add(self, count: int) -> None:
        """Add characters; raises UploadRefusedError beyond the limit."""
        self.total += count
        if self.total > self.most:
            raise UploadRefusedError(problem("too_much_text", limit=self.most))

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        """An element that is not skipped begins."""

    def end(self, name: str) -> None:
        """An element that is not skipped ends."""

    def take(self, content: str) -> None:
        """Text that is not skipped."""


class WordText(Counter):
    """The text of a Word part: ``w:t``, a tabulation and an unbreakable hyphen for one each.

    Left out: what is struck out as moved (ECMA-376, 17.13.5), the copies kept for old software, field codes.
    ``fetches`` tells whether a field code starts another program.
    """

    skipped = frozenset({"moveFrom", "del", "Fallback", "pPr", "rPr", "sectPr"})
    ones = frozenset({"tab", "ptab", "noBreakHyphen"})

    def __init__(self, most: int) -> None:
        super().__init__(most)
        self.fetches = False
        self._text: list[str] | None = None
        self._is_kept = False
        self._code: str | None = None
        self._codes = ""

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        """Begin a run of text or of field code, or count a character that is an element."""
        if name == "t":
            self._text, self._is_kept = [], attributes.get("xml:space") == "preserve"
        elif name == "instrText":
            self._code = ""
        elif name == "fldSimple":
            self._codes = ""
            self._watch(attributes.get("instr", ""))
        elif name == "fldChar" and attributes.get("fldCharType") == "begin":
            self._codes = ""
        elif name in self.ones:
            self.add(1)

    def take(self, content: str) -> None:
        """Text of a run, or field code."""
        if self._text is not None:
            self._text.append(content)
            self.add(0 if len(content) + self.total <= self.most else self.most + 1)
        elif self._code is not None:
            self._code = (self._code + content)[:LONGEST_CODE]

    def end(self, name: str) -> None:
        """Count the run."""
        if name == "t" and self._text is not None:
            text = "".join(self._text)
            self.add(counted(text if self._is_kept else text.strip()))
            self._text = None
        elif name == "instrText" and self._code is not None:
            self._watch(self._code)
            self._code = None

    def _watch(self, code: str) -> None:
        """A code may be cut over several runs: it is looked at with those before, from where its field begins."""
        self._codes = (self._codes + code)[:LONGEST_CODE]
        self.fetches = self.fetches or bool(DDE.match(self._codes))


class OpenText(Counter):
    """The text of an OpenDocument body: paragraphs and headings, notes included, blanks folded as the format says
    (ODF 1.2, 6.1.2). Left out: comments, tracked deletions, numbers of notes. ``pages`` counts drawn pages."""

    skipped = frozenset({"annotation", "tracked-changes", "note-citation", "forms", "ruby-text", "styles", "scripts"})

    def __init__(self, most: int) -> None:
        super().__init__(most)
        self.pages = 0
        self.images = 0
        self._open: list[list[str]] = []

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        """Begin a paragraph, or count a character that is an element."""
        if name in {"p", "h"}:
            self._open.append([])
        elif name == "page":
            self.pages += 1
        elif name == "image":
            self.images += 1
        elif name == "s" and self._open:
            count = plain_number(attributes.get("c", "1")) or 1
            self.add(0 if self.total + count <= self.most else count)
            self._open[-1].append(SPACE * count)
        elif name == "tab" and self._open:
            self._open[-1].append(SPACE)

    def take(self, content: str) -> None:
        """Text of the paragraph that is open."""
        if self._open:
            self._open[-1].append(content)
            self.add(0 if len(content) + self.total <= self.most else self.most + 1)

    def end(self, name: str) -> None:
        """Count the paragraph."""
        if name in {"p", "h"} and self._open:
            self.add(counted(BLANKS.sub(" ", "".join(self._open.pop())).strip(" ")))
