"""Letters written from decisions: one source, an accessible PDF and a plain-text e-mail."""

from parchemin.edges.letters.letter import Appeal, Kind, Letter, Recipient, Said, Sender, Signature
from parchemin.edges.letters.wordings import Words, standard
from parchemin.edges.letters.writing import Written, pdf, subject, text, written

__all__ = [
    "Appeal",
    "Kind",
    "Letter",
    "Recipient",
    "Said",
    "Sender",
    "Signature",
    "Words",
    "Written",
    "pdf",
    "standard",
    "subject",
    "text",
    "written",
]
