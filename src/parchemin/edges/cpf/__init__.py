"""Transmission of awards to the national skills passport (*accrochage* to the SI-CPF of the Caisse des Dépôts).

``checked`` tells what would be refused, ``written`` and ``split`` write files of the schema's version, ``violations``
holds them against it, ``read_receipt`` reads what the Caisse answers with the fix to make, ``due_on`` says until when.
Nothing here is sent by itself: files are deposited on the portal by a person.
"""

from parchemin.edges.cpf.checking import checked, checked_flow
from parchemin.edges.cpf.deadlines import due_on
from parchemin.edges.cpf.passages import (
    Access,
    Action,
    Birthplace,
    Born,
    Depositor,
    DigitalLevel,
    DigitalResult,
    Flow,
    Holder,
    Initiative,
    LanguageLevel,
    Mention,
    Obtained,
    Passage,
    Sex,
    Sitting,
    TrainingFile,
    VaePath,
    Version,
    technical_id,
)
from parchemin.edges.cpf.problems import CpfError, Problem
from parchemin.edges.cpf.reading import read
from parchemin.edges.cpf.receipts import Comparison, Fault, Receipt, Refusal, compared, read_receipt
from parchemin.edges.cpf.refusals import FaultKind, RefusalKind
from parchemin.edges.cpf.schema import Violation, violations
from parchemin.edges.cpf.writing import Limits, split, written

__all__ = [
    "Access",
    "Action",
    "Birthplace",
    "Born",
    "Comparison",
    "CpfError",
    "Depositor",
    "DigitalLevel",
    "DigitalResult",
    "Fault",
    "FaultKind",
    "Flow",
    "Holder",
    "Initiative",
    "LanguageLevel",
    "Limits",
    "Mention",
    "Obtained",
    "Passage",
    "Problem",
    "Receipt",
    "Refusal",
    "RefusalKind",
    "Sex",
    "Sitting",
    "TrainingFile",
    "VaePath",
    "Version",
    "Violation",
    "checked",
    "checked_flow",
    "compared",
    "due_on",
    "read",
    "read_receipt",
    "split",
    "technical_id",
    "violations",
    "written",
]
