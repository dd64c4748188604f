"""Certificates on paper: archived and tagged PDF that may be framed, and what they must and must not say."""

from parchemin.edges.parchments.house import House, Signatory
from parchemin.edges.parchments.linting import linted
from parchemin.edges.parchments.mentions import Mention
from parchemin.edges.parchments.parchment import (
    Award,
    Block,
    BlockCertificate,
    Certificate,
    Certification,
    Duplicate,
    Holder,
    Level,
    MinutesExtract,
    MinutesLine,
    Nsf,
    OfficialBasis,
    Parchment,
    Result,
    ResultLine,
    StatementOfResults,
    Supplement,
    Way,
    own_lines,
)
from parchemin.edges.parchments.printing import parchment_pdf, parchment_pdfs, parchment_picture
from parchemin.edges.parchments.problems import ParchmentProblem, ParchmentRefusedError
from parchemin.edges.parchments.registered import Registered, registered
from parchemin.edges.parchments.setting import missing_characters

__all__ = [
    "Award",
    "Block",
    "BlockCertificate",
    "Certificate",
    "Certification",
    "Duplicate",
    "Holder",
    "House",
    "Level",
    "Mention",
    "MinutesExtract",
    "MinutesLine",
    "Nsf",
    "OfficialBasis",
    "Parchment",
    "ParchmentProblem",
    "ParchmentRefusedError",
    "Registered",
    "Result",
    "ResultLine",
    "Signatory",
    "StatementOfResults",
    "Supplement",
    "Way",
    "linted",
    "missing_characters",
    "own_lines",
    "parchment_pdf",
    "parchment_pdfs",
    "parchment_picture",
    "registered",
]
