"""Letters written from decisions: one source, an accessible PDF and a plain-text e-mail; and written works on paper."""

from parchemin.edges.letters.letter import Appeal, Kind, Letter, Recipient, Said, Sender, Signature
from parchemin.edges.letters.sheet import Section, Sheet, missing_characters, sheet_pdf
from parchemin.edges.letters.wordings import Words, standard
from parchemin.edges.letters.writing import Written, pdf, subject, text, written

__all__ = [
    "Appeal",
    "Kind",
    "Letter",
    "Recipient",
    "Said",
    "Section",
    "Sender",
    "Sheet",
    "Signature",
    "Words",
    "Written",
    "missing_characters",
    "pdf",
    "sheet_pdf",
    "standard",
    "subject",
    "text",
    "written",
]
