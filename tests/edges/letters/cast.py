"""Fictional people who write and are written to, decisions from the demonstration lives, and how a PDF is read back."""

import ctypes
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any, NamedTuple

import pypdfium2
from pypdfium2 import raw

from parchemin.catalogue.lives import live, read_life
from parchemin.catalogue.lookup import Catalogue
from parchemin.core.decision import MET, NOT_MET, Decision, Effect, Finding, Outcome, Override, SchemeRef, Stage
from parchemin.edges.letters import Kind, Letter, Recipient, Sender, Signature, standard
from parchemin.edges.letters.letter import Language
from tests.samples import DEMO, SCHEMES

FOOT = re.compile("(R[ée]f[ée]rence\u202f?: [^ \r\n]+\\s+)?page [0-9]+/[0-9]+")
MILLIMETRES = 72 / 25.4
DATED = date(2026, 11, 21)
NEEDED = {
    "to": "Institut du Ponant", "measures": "Un tiers de temps en plus.", "reasons": "Il manque une pièce.",
    "version": "2026-04-01", "number": "J94K-S9GN-GVGZ", "link": "https://certif.example/suivi-insertion/x/",
    "endorser": "Branche fictive", "subject": "Un intitulé",
}  # fmt: skip
VALUES = {**NEEDED, "answer": "La pièce a été retrouvée.", "words": "Pensez à déposer votre dossier.", "due_on": DATED}
SENDER = Sender(
    name="Institut fictif des certifications",
    address=("12 rue de l'Exemple", "69000 Lyon"),
    email="candidatures@institut.example",
)
RECIPIENT = Recipient(name="Nour Belhadj", address=("3 allée des Tilleuls", "42100 Saint-Étienne"))


def letter(kind: Kind = Kind.RECEIVED, language: Language = "fr", **changes: Any) -> Letter:
    """A letter to Nour in the standard words, but for the ``changes``."""
    needed = {name: VALUES[name] for name in needs(kind)}
    fields: dict[str, Any] = {
        **standard(kind, language=language, values=changes.pop("values", needed))._asdict(),
        "reference": "2026-0042-L3",
        "dated_on": DATED,
        "place": "Lyon",
        "sender": SENDER,
        "recipient": RECIPIENT,
        "certification": "CQP Assistant(e) de formation",
        "candidacy": "2026-0042",
        "signature": Signature(name="Claire Aubert", quality="Responsable de la certification"),
        **changes,
    }
    return Letter(kind=kind, language=language, **fields)


def needs(kind: Kind) -> tuple[str, ...]:
    """The values without which a letter of that kind makes no sense."""
    return {
        Kind.TRANSFERRED: ("to",),
        Kind.VERSION_CHANGED: ("version",),
        Kind.FILE_RETURNED: ("reasons",),
        Kind.JURY_CANCELLED: ("reasons",),
        Kind.JURY_DEFERRED: ("reasons",),
        Kind.JURY_VOID: ("reasons",),
        Kind.CERTIFICATE_ISSUED: ("number",),
        Kind.CERTIFICATE_CORRECTED: ("number", "reasons"),
        Kind.CERTIFICATE_REVOKED: ("number", "reasons"),
        Kind.CERTIFICATE_SUSPENDED: ("number", "reasons"),
        Kind.CERTIFICATE_REINSTATED: ("number", "reasons"),
        Kind.ACCOMMODATION_GRANTED: ("measures",),
        Kind.ACCOMMODATION_REFUSED: ("reasons",),
        Kind.APPEAL_UPHELD: ("answer",),
        Kind.APPEAL_REJECTED: ("answer",),
        Kind.CONFIRMATION_DUE: ("due_on",),
        Kind.REMINDER: ("words",),
        Kind.INSERTION_ASKED: ("link",),
        Kind.INSERTION_REMINDED: ("link",),
        Kind.TRANSMISSION_DUE: ("link",),
        Kind.RECOMMENDED: ("endorser", "subject", "words", "link"),
        Kind.RECOMMENDATION_WITHDRAWN: ("endorser", "subject", "reasons", "link"),
    }.get(kind, ())


@cache
def lived(life: str, on: str, stage: Stage) -> Decision:
    """The decision of that stage on that day of a demonstration life."""
    for one in live(read_life(DEMO / "lives" / f"{life}.yaml"), Catalogue(SCHEMES)):
        for decision in one.decisions:
            if one.step.date.isoformat() == on and decision.stage is stage:
                return decision
    raise LookupError(life, on, stage)


def refusal() -> Decision:
    """Nour's experience falls short by ten days, an opinion is not known yet, and a warning applies."""
    return lived("cqp-assistant-formation-vae", "2020-06-01", Stage.ELIGIBILITY)


def composed_refusal() -> Decision:
    """The assessment took place where it may not: a rule with parts, one of which has parts of its own."""
    return lived("cqp-assistant-formation-vae", "2020-11-16", Stage.ASSESSMENT)


def finding(text: str = "x", outcome: Outcome = NOT_MET, **fields: Any) -> Finding:
    """A blocking finding made of one text."""
    return Finding(
        **{
            "rule": f"jury.{text}",
            "effect": Effect.BLOCKING,
            "outcome": outcome,
            "says": text,
            "seen": text,
            "source": text,
            **fields,
        }
    )


def decision(*findings: Finding, outcome: Outcome = NOT_MET, scheme: str = "essai") -> Decision:
    """A decision of a jury made of these findings."""
    return Decision(Stage.JURY, SchemeRef(scheme, "2026-01-01", "0" * 64), DATED, outcome, findings)


def override(text: str = "x") -> Override:
    """A derogation made of one text."""
    return Override(rule="jury.x", author=text, reason=text, source=text, decided_on=DATED)


def met(text: str) -> Finding:
    """A finding that is met."""
    return finding(text, MET)


class Read(NamedTuple):
    """What a reader finds in a PDF: its words without the foot of pages, its tags, its fonts, its size in points."""

    text: str
    feet: list[str]
    tags: set[str]
    fonts: set[tuple[str, bool]]
    size: tuple[float, float]
    metadata: dict[str, str]
    is_tagged: bool


def read(pdf: bytes) -> Read:
    """The PDF read back by another library than the one that wrote it."""
    document = pypdfium2.PdfDocument(pdf)
    bodies, feet, tags, fonts = [], [], set(), set()
    for page in document:
        text = page.get_textpage().get_text_range()
        foot = FOOT.search(text)
        feet.append(foot[0] if foot else "")
        bodies.append(FOOT.sub("", text, count=1))
        tags |= set(_tags(page))
        for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
            font = item.get_font()
            fonts.add((re.sub("^[A-Z]{6}[+]", "", font.get_base_name()), font.is_embedded))
    return Read(
        "\n".join(bodies),
        feet,
        tags,
        fonts,
        document[0].get_size(),
        document.get_metadata_dict(),
        bool(raw.FPDFCatalog_IsTagged(document)),
    )


def bounded(pdf: bytes, left: float, top: float, right: float, bottom: float) -> str:
    """The text of the first page inside a rectangle, in millimetres from the top left corner of the sheet."""
    page = pypdfium2.PdfDocument(pdf)[0]
    height = page.get_height()
    edges = {"left": left, "right": right, "bottom": bottom, "top": top}
    points = {side: value * MILLIMETRES for side, value in edges.items()}
    points["bottom"], points["top"] = height - points["bottom"], height - points["top"]
    found: str = page.get_textpage().get_text_bounded(**points)
    return found


def squeezed(text: str) -> str:
    """The characters that say something: no space, no dash or rule line, no line-end mark of a PDF reader."""
    return re.sub(r"[\s\u200b\u0002\ufffe\u2013·-]+", "", text)


def _tags(page: Any) -> Iterator[str]:
    tree = raw.FPDF_StructTree_GetForPage(page)

    def name(element: Any) -> str:
        size = raw.FPDF_StructElement_GetType(element, None, 0)
        room = ctypes.create_string_buffer(size)
        raw.FPDF_StructElement_GetType(element, room, size)
        return room.raw.decode("utf-16-le").rstrip("\0")

    def walk(element: Any) -> Iterator[str]:
        yield name(element)
        for index in range(raw.FPDF_StructElement_CountChildren(element)):
            if child := raw.FPDF_StructElement_GetChildAtIndex(element, index):
                yield from walk(child)

    for index in range(raw.FPDF_StructTree_CountChildren(tree)):
        yield from walk(raw.FPDF_StructTree_GetChildAtIndex(tree, index))
    raw.FPDF_StructTree_Close(tree)
