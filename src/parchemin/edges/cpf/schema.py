"""The schema of the Caisse des Dépôts, version 1.1.2: the Caisse refuses a whole file that does not follow it."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import BinaryIO, NamedTuple
from xml.parsers import expat

from lxml import etree

XSD = Path(__file__).with_name("xsd") / "cpf-passage-certification-1.1.2.xsd"
PASSAGE = "{urn:cdc:cpf:pc5:schema:1.0.0}passageCertification"
CHUNK = 1 << 16


class Violation(NamedTuple):
    """Where a file departs from the schema (line 0 when the validator does not say), and how it says it, in English."""

    line: int
    message: str


def violations(file: BinaryIO) -> Iterator[Violation]:
    """What a file of version 1.1.2 has against the schema, nothing when it follows it.

    Read once, as a stream, without document type, entities nor network; stops at the first chunk of 64 KiB with a
    violation.
    """
    validator = etree.XMLPullParser(
        ("end",), tag=PASSAGE, schema=_schema(), resolve_entities=False, no_network=True, load_dtd=False
    )
    try:
        for chunk in _well_formed(file):
            validator.feed(chunk)
            for _, element in validator.read_events():
                _let_go(element)
        validator.close()
    except expat.ExpatError as error:
        yield Violation(error.lineno, expat.ErrorString(error.code))
    except etree.XMLSyntaxError as error:
        found = [Violation(one.line, one.message) for one in validator.error_log]
        yield from found or [Violation(error.lineno or 0, error.msg)]


def _well_formed(file: BinaryIO) -> Iterator[bytes]:
    """The chunks of a file, each once expat has found nothing against it, the first ones once the root has begun.

    The validator of lxml 6.1 must see no document type, which can make it crash, and does not see that a file was cut.
    """
    has_begun = False

    def begin(*_: object) -> None:
        nonlocal has_begun
        has_begun = True
        guard.StartElementHandler = None

    def refuse(*_: object) -> None:
        raise etree.XMLSyntaxError("Document type declarations are not allowed", None, 1, 0)

    guard = expat.ParserCreate()
    guard.StartElementHandler, guard.StartDoctypeDeclHandler = begin, refuse
    held: list[bytes] = []
    while chunk := file.read(CHUNK):
        guard.Parse(chunk)
        held.append(chunk)
        if has_begun:
            yield b"".join(held)
            held.clear()
    guard.Parse(b"", True)
    yield b"".join(held)


def _let_go(element: etree._Element) -> None:
    """Empty an element that was validated and forget those before it."""
    parent = element.getparent()
    element.clear()
    while (before := element.getprevious()) is not None:
        parent.remove(before)


@cache
def _schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(XSD))
