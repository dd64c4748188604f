"""Fictional bodies, holders and awards to print, and what a reader of PDF finds in them."""

import ctypes
import io
import math
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, NamedTuple

import pypdfium2
from PIL import Image, ImageDraw
from pypdfium2 import raw

from parchemin.core.scheme import Register
from parchemin.edges.parchments import (
    Block,
    BlockCertificate,
    Certificate,
    Certification,
    Holder,
    House,
    Level,
    MinutesExtract,
    MinutesLine,
    Nsf,
    OfficialBasis,
    Parchment,
    Registered,
    Result,
    ResultLine,
    Signatory,
    StatementOfResults,
    Supplement,
    Way,
)

AT = datetime(2026, 3, 20, 15, 0, tzinfo=UTC)
NUMBER = "7K3M9QXT2F4H"
ADDRESS = f"https://verification.exemple.fr/c/{NUMBER}"
CREDENTIAL = '{"name": "Élodie",\r\n\t"text": "ligne\\u0000 </script> \U0001f393", "n": 1.50}\n'.encode()
BLOCK = Block(code="BC02", title="Concevoir et animer des séquences de formation")
CERTIFICATION = Certification(
    title="Technicien fictif du réemploi et de l'atelier",
    register=Register.RNCP,
    code="RNCP99999",
    decision="Décision du 12 décembre 2025",
    published_on=date(2025, 12, 15),
    level=Level(national=4, eqf=4),
    nsf=(Nsf(code="223", label="Métallurgie"),),
)
REGISTERED = Registered(
    title=CERTIFICATION.title,
    register=Register.RNCP,
    codes=frozenset({"RNCP99999"}),
    decisions=("Décision du 12 décembre 2025, enregistrement pour cinq ans",),
    certifier="Institut fictif des certifications",
    has_level=True,
    eqf=4,
    nsf=("223",),
    blocks={"BC01": "Accueillir", "BC02": BLOCK.title},
    gives_block_certificates=True,
    is_temporary=False,
)
NOUR = Holder(
    first_names="Nour Élodie",
    name="Belhadj",
    usage_name="Le Goff",
    born_on=date(1990, 3, 1),
    born_at="Saint-Étienne (Loire)",
    gender="f",
)


def png(image: Image.Image, form: str = "PNG", **how: Any) -> bytes:
    """The picture as a file."""
    written = io.BytesIO()
    image.save(written, form, **how)
    return written.getvalue()


@cache
def logo() -> bytes:
    """A mark on a clear ground."""
    image = Image.new("RGBA", (1200, 500), (0, 0, 0, 0))
    pen = ImageDraw.Draw(image)
    pen.ellipse((40, 40, 460, 460), fill=(31, 78, 121, 255))
    pen.rectangle((540, 150, 1160, 330), fill=(138, 90, 0, 255))
    return png(image)


@cache
def scan() -> bytes:
    """A signature scanned in grey."""
    image = Image.new("L", (1400, 600), 255)
    points = [(100 + at * 1.2, 300 + 160 * math.sin(at / 37) * math.cos(at / 140)) for at in range(1000)]
    ImageDraw.Draw(image).line(points, fill=20, width=9)
    return png(image)


def house(**changes: Any) -> House:
    """The awarding body with its mark and the signature of its chair."""
    fields: dict[str, Any] = {
        "legal_name": "Institut fictif des certifications",
        "trade_name": "Les Métiers du Ponant",
        "logo": logo(),
        "signatory": Signatory(name="Claire Aubert", title="La présidente de l'institut", image=scan()),
        "place": "Lyon",
        **changes,
    }
    return House(**fields)


def award(**changes: Any) -> dict[str, Any]:
    """The fields of an award to Nour, but for the changes."""
    return {
        "house": house(),
        "certification": CERTIFICATION,
        "holder": NOUR,
        "number": NUMBER,
        "address": ADDRESS,
        "issued_on": date(2026, 3, 20),
        "jury_on": date(2026, 3, 18),
        **changes,
    }


def certificate(**changes: Any) -> Certificate:
    """Nour's parchment."""
    return Certificate(**award(**changes))


def block_certificate(**changes: Any) -> BlockCertificate:
    """Nour's certificate of one block."""
    return BlockCertificate(**award(**{"block": BLOCK, **changes}))


def statement(**changes: Any) -> StatementOfResults:
    """What the jury found of each part."""
    lines = (
        ResultLine(code="BC01", title="Accueillir", result=Result.ACQUIRED, on=date(2026, 3, 18)),
        ResultLine(
            code="BC02", title=BLOCK.title, result=Result.NOT_ACQUIRED, note="À reprendre : la mise en situation"
        ),
        ResultLine(code="BC03", title="Évaluer", result=Result.EXEMPTED),
        ResultLine(code="BC04", title="Coopérer", result=Result.PENDING, until=date(2031, 3, 18)),
    )
    return StatementOfResults(**award(**{"lines": lines, **changes}))


def extract(**changes: Any) -> MinutesExtract:
    """Nour's lines of the minutes."""
    fields: dict[str, Any] = {
        "house": house(),
        "certification": CERTIFICATION,
        "holder": NOUR,
        "candidacy": "2026-0042",
        "minutes": "PV2026-0007",
        "jury_on": date(2026, 3, 18),
        "signed_on": date(2026, 3, 19),
        "chair": "Loïc Fictif",
        "issued_on": date(2026, 4, 2),
        "fingerprint": "3f9a 77c1 0b2e 45d8",
        "lines": (
            MinutesLine(candidacy="2026-0042", subject="BC01 Accueillir", decision="Acquis"),
            MinutesLine(
                candidacy="2026-0042",
                subject="Certification entière",
                decision="Non délivrée",
                words="Le jury invite la candidate à se représenter.",
            ),
        ),
        **changes,
    }
    return MinutesExtract(**fields)


def supplement(**changes: Any) -> Supplement:
    """What the certification is, for readers abroad."""
    fields: dict[str, Any] = {
        "house": house(),
        "certification": CERTIFICATION,
        "language": "fr",
        "skills": ("Diagnostiquer une panne", "Réparer et remettre en service"),
        "occupations": ("Technicien d'atelier", "Valoriste"),
        "basis": OfficialBasis(authority="Autorité fictive", grading="Chaque bloc est acquis ou non acquis."),
        "ways": (
            Way(description="Par un parcours de formation", share="70 %", lasts="12 mois"),
            Way(description="Par expérience"),
        ),
        "entry_requirements": "Avoir dix-huit ans.",
        "issued_on": date(2026, 3, 20),
        "address": ADDRESS,
        **changes,
    }
    return Supplement(**fields)


KINDS: dict[str, Parchment] = {
    "certificate": certificate(),
    "block": block_certificate(),
    "statement": statement(),
    "extract": extract(),
    "supplement-fr": supplement(),
    "supplement-en": supplement(language="en"),
}


class Element(NamedTuple):
    """An element of the structure of a PDF: its tag and its alternative text."""

    tag: str
    alt: str


class Structure(NamedTuple):
    """What an assistive reader finds: the elements, the language, the files attached, and the boxes of the text."""

    elements: list[Element]
    language: str
    attachments: dict[str, bytes]
    boxes: list[tuple[float, float, float, float]]
    sizes: list[tuple[float, float]]

    def alts(self) -> list[str]:
        """The alternative texts of the figures."""
        return [one.alt for one in self.elements if one.tag == "Figure"]


def structure(pdf: bytes) -> Structure:
    """The PDF as another library than the one that wrote it sees it."""
    document = pypdfium2.PdfDocument(pdf)
    files = (document.get_attachment(index) for index in range(document.count_attachments()))
    attachments = {one.get_name(): bytes(one.get_data()) for one in files}
    elements, boxes = [], []
    for page in document:
        elements += _elements(page)
        boxes += [item.get_bounds() for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT])]
    language = _wide(raw.FPDFCatalog_GetLanguage, document)
    return Structure(elements, language, attachments, boxes, [page.get_size() for page in document])


def _elements(page: Any) -> list[Element]:
    tree = raw.FPDF_StructTree_GetForPage(page)
    found: list[Element] = []

    def walk(element: Any) -> None:
        found.append(
            Element(_wide(raw.FPDF_StructElement_GetType, element), _wide(raw.FPDF_StructElement_GetAltText, element))
        )
        for index in range(raw.FPDF_StructElement_CountChildren(element)):
            if child := raw.FPDF_StructElement_GetChildAtIndex(element, index):
                walk(child)

    for index in range(raw.FPDF_StructTree_CountChildren(tree)):
        walk(raw.FPDF_StructTree_GetChildAtIndex(tree, index))
    raw.FPDF_StructTree_Close(tree)
    return found


def _wide(read: Any, thing: Any) -> str:
    size = read(thing, None, 0)
    room = ctypes.create_string_buffer(size)
    read(thing, ctypes.cast(room, ctypes.POINTER(ctypes.c_ushort)), size)
    return room.raw.decode("utf-16-le").rstrip("\0")
