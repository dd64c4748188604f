"""Letters written from decisions: one source, an accessible PDF and a plain-text e-mail; works and minutes on paper."""

from parchemin.edges.letters.letter import Appeal, Kind, Letter, Recipient, Said, Sender, Signature
from parchemin.edges.letters.record import Part, Record, Table, record_pdf
from parchemin.edges.letters.sheet import Section, Sheet, missing_characters, sheet_pdf
from parchemin.edges.letters.wordings import Words, standard
from parchemin.edges.letters.writing import Written, pdf, subject, text, written

__all__ = [
    "Appeal",
    "Kind",
    "Letter",
    "Part",
    "Recipient",
    "Record",
    "Said",
    "Section",
    "Sender",
    "Sheet",
    "Signature",
    "Table",
    "Words",
    "Written",
    "missing_characters",
    "pdf",
    "record_pdf",
    "sheet_pdf",
    "standard",
    "subject",
    "text",
    "written",
]
