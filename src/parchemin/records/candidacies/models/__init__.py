"""Tables of candidacies: the file, what it holds, what was decided on it and what was said about it."""

from parchemin.records.candidacies.models.accesses import FileAccess
from parchemin.records.candidacies.models.decided import Appeal, DecisionRecord, Exhibit, OverrideRecord
from parchemin.records.candidacies.models.documents import (
    Deposit,
    DepositedVersion,
    Document,
    DocumentVersion,
    Signature,
)
from parchemin.records.candidacies.models.experiences import Experience, Statement
from parchemin.records.candidacies.models.files import (
    ACTIVE,
    SUBMITTED,
    Candidacy,
    CandidacyDate,
    Confirmation,
    Counter,
    RouteChange,
    Status,
    StepDone,
    Transfer,
    VersionChange,
)
from parchemin.records.candidacies.models.letters import ABOUT_NEEDS, Letter
from parchemin.records.candidacies.models.notices import Notice
from parchemin.records.candidacies.models.reminders import Reminded, Reminder
from parchemin.records.candidacies.models.retention import RetentionLine, RetentionRule, RetentionRun
from parchemin.records.candidacies.models.speaking import Accommodation, Draft, Message, SavedView
from parchemin.records.candidacies.models.witnessed import Attestation, Endorsement

__all__ = [
    "ABOUT_NEEDS",
    "ACTIVE",
    "SUBMITTED",
    "Accommodation",
    "Appeal",
    "Attestation",
    "Candidacy",
    "CandidacyDate",
    "Confirmation",
    "Counter",
    "DecisionRecord",
    "Deposit",
    "DepositedVersion",
    "Document",
    "DocumentVersion",
    "Draft",
    "Endorsement",
    "Exhibit",
    "Experience",
    "FileAccess",
    "Letter",
    "Message",
    "Notice",
    "OverrideRecord",
    "Reminded",
    "Reminder",
    "RetentionLine",
    "RetentionRule",
    "RetentionRun",
    "RouteChange",
    "SavedView",
    "Signature",
    "Statement",
    "Status",
    "StepDone",
    "Transfer",
    "VersionChange",
]
