"""Who may do what: one table, roles by action; what is not in it is refused. Where a role holds is ``standing``'s."""

from collections.abc import Mapping
from enum import StrEnum

from parchemin.records.people.models.roles import Role


class Action(StrEnum):
    """Everything a person may do on the platform."""

    APPLY = "apply"
    SEE_OWN_FILE = "see_own_file"
    SEE_OWN_NEED = "see_own_need"
    EDIT_APPLICATION = "edit_application"
    DEPOSIT_DOCUMENTS = "deposit_documents"
    WITHDRAW = "withdraw"
    APPEAL = "appeal"
    TAKE_AWAY = "take_away"
    SEE_FILE = "see_file"
    FOLLOW_FILE = "follow_file"
    READ_DECISIONS = "read_decisions"
    GRANT_ACCESS = "grant_access"
    DOWNLOAD_DOCUMENT = "download_document"
    DECIDE_ADMISSIBILITY = "decide_admissibility"
    RETURN_FILE = "return_file"
    TRANSFER_FILE = "transfer_file"
    ANSWER_APPEAL = "answer_appeal"
    MESSAGE = "message"
    HEAR = "hear"
    SEE_ACCOMMODATION = "see_accommodation"
    DECIDE_ACCOMMODATION = "decide_accommodation"
    EXPORT_LIST = "export_list"
    BULK_ACT = "bulk_act"
    MANAGE_REMINDERS = "manage_reminders"
    MANAGE_ACCREDITATIONS = "manage_accreditations"
    MANAGE_AUTHORISATIONS = "manage_authorisations"
    SEE_STATISTICS = "see_statistics"
    PUBLISH_FIGURES = "publish_figures"
    SEE_PATHWAY = "see_pathway"
    TELL_OWN_VIEW = "tell_own_view"
    POSITION = "position"
    PLAN_PATHWAY = "plan_pathway"
    APPROVE_PATHWAY = "approve_pathway"
    LOG_WORK = "log_work"
    SHARE_EVIDENCE = "share_evidence"
    COMMENT_EVIDENCE = "comment_evidence"
    SEE_ASSESSMENTS = "see_assessments"
    PLAN_SITTINGS = "plan_sittings"
    TELL_SITTING = "tell_sitting"
    RATE = "rate"
    READ_COMMENTS = "read_comments"
    CORRECT_RESULT = "correct_result"
    ENTER_LEDGER = "enter_ledger"
    TRANSMIT_FILE = "transmit_file"
    RETURN_FROM_JURY = "return_from_jury"
    SEE_NUMBERS = "see_numbers"
    CONVENE_JURY = "convene_jury"
    SIT_IN_JURY = "sit_in_jury"
    PUBLISH_RESULTS = "publish_results"
    ISSUE_CERTIFICATES = "issue_certificates"
    TRANSMIT_AWARDS = "transmit_awards"
    MANAGE_ORGANISATIONS = "manage_organisations"
    MANAGE_PEOPLE = "manage_people"
    MANAGE_CERTIFICATIONS = "manage_certifications"
    PUBLISH_SCHEMES = "publish_schemes"
    RUN_RETENTION = "run_retention"
    SEE_PROCESSING_REGISTER = "see_processing_register"
    SEE_JOURNAL = "see_journal"
    VIEW_AS = "view_as"
    SEE_OUTBOX = "see_outbox"
    MANAGE_SETTINGS = "manage_settings"


R = Role
EVERYBODY = frozenset(Role)
OFFICE = frozenset({R.SECRETARY, R.AWARDING_BODY})
GUESTS = frozenset({R.COMPANION, R.EVALUATOR, R.PROFESSIONAL})

PERMISSIONS: Mapping[Action, frozenset[Role]] = {
    # On one's own file: whoever opened it, whatever other roles they have.
    Action.APPLY: EVERYBODY,
    Action.SEE_OWN_FILE: frozenset({R.CANDIDATE}),
    Action.SEE_OWN_NEED: frozenset({R.CANDIDATE}),
    Action.EDIT_APPLICATION: frozenset({R.CANDIDATE}),
    Action.DEPOSIT_DOCUMENTS: frozenset({R.CANDIDATE}),
    Action.WITHDRAW: frozenset({R.CANDIDATE}),
    Action.APPEAL: frozenset({R.CANDIDATE}),
    Action.TAKE_AWAY: frozenset({R.CANDIDATE}),
    # On files one handles. Guests read those that were opened to them, one by one, whatever role they hold elsewhere.
    Action.SEE_FILE: OFFICE,
    Action.FOLLOW_FILE: GUESTS,
    Action.GRANT_ACCESS: OFFICE | {R.CANDIDATE},
    # Whoever helps to correct a file reads why it was sent back; whoever will judge it does not.
    Action.READ_DECISIONS: OFFICE | {R.CANDIDATE, R.COMPANION},
    Action.DOWNLOAD_DOCUMENT: OFFICE | GUESTS | {R.CANDIDATE},
    Action.DECIDE_ADMISSIBILITY: OFFICE,
    Action.RETURN_FILE: OFFICE,
    Action.TRANSFER_FILE: OFFICE,
    Action.ANSWER_APPEAL: frozenset({R.AWARDING_BODY, R.SECRETARY}),
    Action.MESSAGE: OFFICE | {R.CANDIDATE},
    # Whoever writes or asks for something before handing anything in is heard; the rest of their file is not shown.
    Action.HEAR: OFFICE,
    # A need is told to those who organise, never to those who judge (code du travail, art. L5211-4).
    Action.SEE_ACCOMMODATION: OFFICE,
    Action.DECIDE_ACCOMMODATION: OFFICE,
    # On the lists of one's organisation.
    Action.EXPORT_LIST: OFFICE,
    Action.BULK_ACT: OFFICE,
    Action.SEE_STATISTICS: OFFICE,
    Action.MANAGE_REMINDERS: OFFICE,
    Action.MANAGE_ACCREDITATIONS: OFFICE,
    Action.MANAGE_AUTHORISATIONS: frozenset({R.AWARDING_BODY}),
    # From an admissible file to a complete one. Whoever judges reads what was acquired, and plans nothing of it.
    Action.SEE_PATHWAY: OFFICE | GUESTS | {R.CANDIDATE},
    Action.TELL_OWN_VIEW: frozenset({R.CANDIDATE}),
    Action.POSITION: frozenset({R.PROFESSIONAL, R.COMPANION}),
    Action.PLAN_PATHWAY: OFFICE | {R.COMPANION, R.PROFESSIONAL},
    Action.APPROVE_PATHWAY: OFFICE | {R.CANDIDATE, R.COMPANION, R.PROFESSIONAL},
    Action.LOG_WORK: OFFICE | {R.CANDIDATE, R.COMPANION, R.PROFESSIONAL},
    Action.SHARE_EVIDENCE: frozenset({R.CANDIDATE}),
    Action.COMMENT_EVIDENCE: frozenset({R.COMPANION, R.PROFESSIONAL}),
    Action.SEE_ASSESSMENTS: OFFICE | GUESTS | {R.CANDIDATE},
    Action.PLAN_SITTINGS: OFFICE,
    # Whoever assesses says how it went off; the office does too, and alone corrects what was said.
    Action.TELL_SITTING: OFFICE | GUESTS,
    Action.RATE: frozenset({R.EVALUATOR, R.PROFESSIONAL, R.COMPANION}),
    # What evaluators write for those who judge; whoever assessed a sitting reads what was written of it.
    Action.READ_COMMENTS: OFFICE,
    Action.CORRECT_RESULT: OFFICE,
    Action.ENTER_LEDGER: OFFICE,
    Action.TRANSMIT_FILE: OFFICE | {R.EVALUATOR},
    Action.RETURN_FROM_JURY: OFFICE,
    Action.SEE_NUMBERS: OFFICE,
    # The office prepares a session and publishes what it decided; whoever is named to it sits, and decides.
    Action.CONVENE_JURY: OFFICE,
    Action.SIT_IN_JURY: frozenset({R.JURY_MEMBER}),
    Action.PUBLISH_RESULTS: OFFICE,
    # A certificate is a deed of the body itself: whoever answers for it issues, withdraws and signs.
    Action.ISSUE_CERTIFICATES: frozenset({R.AWARDING_BODY}),
    Action.TRANSMIT_AWARDS: frozenset({R.AWARDING_BODY}),
    # What everybody reads of a year is said by the body in its own name.
    Action.PUBLISH_FIGURES: frozenset({R.AWARDING_BODY}),
    # Keeping the platform. An administrator reads no file: to help somebody, they look through their eyes, journaled.
    Action.MANAGE_ORGANISATIONS: frozenset({R.ADMINISTRATOR, R.AWARDING_BODY}),
    Action.MANAGE_PEOPLE: frozenset({R.ADMINISTRATOR, R.AWARDING_BODY}),
    Action.MANAGE_CERTIFICATIONS: frozenset({R.ADMINISTRATOR, R.AWARDING_BODY}),
    Action.PUBLISH_SCHEMES: frozenset({R.ADMINISTRATOR, R.AWARDING_BODY}),
    Action.RUN_RETENTION: frozenset({R.ADMINISTRATOR, R.AWARDING_BODY}),
    Action.SEE_PROCESSING_REGISTER: EVERYBODY,
    Action.SEE_JOURNAL: frozenset({R.ADMINISTRATOR}),
    Action.VIEW_AS: frozenset({R.ADMINISTRATOR}),
    Action.SEE_OUTBOX: frozenset({R.ADMINISTRATOR}),
    Action.MANAGE_SETTINGS: frozenset({R.ADMINISTRATOR}),
}

NEVER_BORROWED = frozenset({Action.SEE_OWN_NEED, Action.SEE_ACCOMMODATION, Action.TAKE_AWAY})
"""What nobody does through somebody else's eyes: a need is read by those it was told to, a file goes to its owner."""
