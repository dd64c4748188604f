"""Credentials of what was awarded: written, signed, put in files, revoked, and verified by anyone without a network.

An ``Award`` gives its Open Badges, its learner record and its European file; ``sign`` and ``sign_token`` seal them;
``status_list`` says which were revoked; ``baked`` puts them in pictures; ``verify`` answers on any of them.
"""

from parchemin.edges.credentials.awarded import (
    Award,
    Block,
    Certification,
    Competence,
    Evidence,
    HashedIdentifier,
    Holder,
    Issuer,
    hashed_identifier,
)
from parchemin.edges.credentials.badges import award_badge, block_badges, endorsement
from parchemin.edges.credentials.carrying import baked, carried
from parchemin.edges.credentials.compiled import CompiledForms
from parchemin.edges.credentials.controllers import PublishedKey, controller_document
from parchemin.edges.credentials.european import uploadable
from parchemin.edges.credentials.integrity import JCS, RDFC, sign
from parchemin.edges.credentials.keys import SigningKey, did_key, did_web, did_web_location
from parchemin.edges.credentials.problems import CredentialError, Problem
from parchemin.edges.credentials.status import status_entry, status_list
from parchemin.edges.credentials.tokens import sign_token
from parchemin.edges.credentials.transcripts import transcript
from parchemin.edges.credentials.verifying import Answer, Checked, verify

__all__ = [
    "JCS",
    "RDFC",
    "Answer",
    "Award",
    "Block",
    "Certification",
    "Checked",
    "Competence",
    "CompiledForms",
    "CredentialError",
    "Evidence",
    "HashedIdentifier",
    "Holder",
    "Issuer",
    "Problem",
    "PublishedKey",
    "SigningKey",
    "award_badge",
    "baked",
    "block_badges",
    "carried",
    "controller_document",
    "did_key",
    "did_web",
    "did_web_location",
    "endorsement",
    "hashed_identifier",
    "sign",
    "sign_token",
    "status_entry",
    "status_list",
    "transcript",
    "uploadable",
    "verify",
]
