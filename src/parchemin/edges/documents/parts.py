"""The XML parts of packed documents, read as a stream without entities, and what is picked out of them."""

import zipfile
from collections.abc import Iterable
from typing import Any
from xml.sax import SAXException
from xml.sax.handler import ContentHandler, feature_namespaces
from xml.sax.xmlreader import AttributesNSImpl

from defusedxml.common import DefusedXmlException
from defusedxml.expatreader import DefusedExpatParser

from parchemin.edges.documents.archives import BROKEN
from parchemin.edges.documents.problems import UploadRefusedError, problem
from parchemin.edges.documents.reading import shown

Name = tuple[str | None, str]


class Elements(ContentHandler):
    """Keeps the attributes, by local name, of the elements that are looked for, up to ``most`` of them."""

    def __init__(self, wanted: Iterable[str], most: int = 20_000) -> None:
        super().__init__()
        self.wanted = frozenset(wanted)
        self.most = most
        self.found: list[tuple[str, dict[str, str]]] = []

    def startElementNS(self, name: Name, qname: str | None, attrs: AttributesNSImpl) -> None:  # noqa: N802 - SAX's name
        """Keep the element if it is looked for."""
        if name[1] in self.wanted and len(self.found) < self.most:
            self.found.append((name[1], {key[1]: value for key, value in attrs.items()}))


class Text(ContentHandler):
    """Keeps the first characters of one element."""

    def __init__(self, wanted: str) -> None:
        super().__init__()
        self.wanted = wanted
        self.text = ""
        self._is_inside = False

    def startElementNS(self, name: Name, qname: str | None, attrs: AttributesNSImpl) -> None:  # noqa: N802 - SAX's name
        """Note that the element begins."""
        self._is_inside = name[1] == self.wanted

    def endElementNS(self, name: Name, qname: str | None) -> None:  # noqa: N802 - SAX's name
        """Note that an element ends."""
        self._is_inside = False

    def characters(self, content: str) -> None:
        """Keep the text of the element."""
        if self._is_inside and len(self.text) < 20:
            self.text += content


def read_part(archive: zipfile.ZipFile, name: str, handler: ContentHandler) -> None:
    """Read one part of an archive into a handler, in constant memory.

    Raises UploadRefusedError when it is missing, damaged, or declares a document type or entities.
    """
    parser: Any = DefusedExpatParser(namespaceHandling=1, forbid_dtd=True)
    parser.setFeature(feature_namespaces, True)
    parser.setContentHandler(handler)
    try:
        with archive.open(name) as part:
            parser.parse(part)
    except DefusedXmlException as error:
        raise UploadRefusedError(problem("hostile_xml", entry=shown(name))) from error
    except (SAXException, KeyError, LookupError, ValueError, *BROKEN) as error:
        raise UploadRefusedError(problem("broken")) from error


def elements(archive: zipfile.ZipFile, name: str, *wanted: str) -> list[tuple[str, dict[str, str]]]:
    """The elements of a part that bear one of these local names, with their attributes."""
    handler = Elements(wanted)
    read_part(archive, name, handler)
    return handler.found


def number(archive: zipfile.ZipFile, name: str, element: str) -> int | None:
    """The whole number in an element of a part; None when there is none."""
    handler = Text(element)
    read_part(archive, name, handler)
    return plain_number(handler.text)


def plain_number(text: str) -> int | None:
    """A positive number of at most six digits, else None."""
    stripped = text.strip()
    return int(stripped) or None if stripped.isascii() and stripped.isdigit() and len(stripped) <= 6 else None
