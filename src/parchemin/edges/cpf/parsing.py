"""XML that comes from outside, read as a stream and distrusted: no document type, no entity, bounded size and depth."""

from collections.abc import Iterator
from typing import BinaryIO, NamedTuple
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from parchemin.edges.cpf.problems import CpfError

DEEPEST = 32
NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"


class Ended(NamedTuple):
    """An element that has ended: the local names from the root down to it, and itself with what it holds."""

    path: tuple[str, ...]
    element: Element


def ended(source: BinaryIO, most_bytes: int, *, whole: frozenset[str] = frozenset()) -> Iterator[Ended]:
    """Every element as it ends, whatever its prefix; each is let go of after, but inside the elements named ``whole``.

    CpfError ``file_too_large``, ``forbidden_xml``, ``too_deep`` or ``not_xml``.
    """
    path: list[str] = []
    parents: list[Element] = []
    kept = 0
    try:
        for event, element in iterparse(_Bounded(source, most_bytes), ("start", "end"), forbid_dtd=True):
            if event == "start":
                path.append(local(element))
                parents.append(element)
                kept += path[-1] in whole
                if len(path) > DEEPEST:
                    raise CpfError("too_deep", most=DEEPEST)
                continue
            yield Ended(tuple(path), element)
            kept -= path.pop() in whole
            parents.pop()
            if parents and not kept:
                parents[-1].remove(element)
    except DefusedXmlException as error:
        raise CpfError("forbidden_xml") from error
    except ParseError as error:
        line, column = error.position
        raise CpfError("not_xml", line=line, column=column + 1) from error
    except (LookupError, ValueError) as error:
        if isinstance(error, CpfError):
            raise
        raise CpfError("not_xml", line=1, column=1) from error


def local(element: Element) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def text_of(element: Element) -> str:
    """The text of an element that holds nothing else."""
    return (element.text or "").strip()


def is_nil(element: Element) -> bool:
    """Whether an element says that its value is not known."""
    return element.get(NIL, "").strip() in ("true", "1")


class _Bounded:
    """A file that stops being read past a number of bytes."""

    def __init__(self, source: BinaryIO, most: int) -> None:
        self._source, self._left, self._most = source, most, most

    def read(self, size: int = -1) -> bytes:
        found = self._source.read(size if size >= 0 else self._left + 1)
        self._left -= len(found)
        if self._left < 0:
            raise CpfError("file_too_large", most=self._most)
        return found
