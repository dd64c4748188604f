"""A file that somebody was given, looked at: one of the three answers, why, and what was checked.

Nothing is fetched and nothing is kept. The keys and the lists of the bodies that sign here are at hand; those that a
bundle brings may convict it, and never clear it: whoever made the bundle chose them.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256

from django.db import Error

from parchemin.edges.credentials import Checked, CredentialError, Problem, carried
from parchemin.edges.credentials.bundles import Bundle, is_bundle, opened
from parchemin.edges.credentials.carrying import is_pdf, one_of
from parchemin.edges.credentials.knowing import OwnKeys, OwnStatuses
from parchemin.edges.credentials.site import Site
from parchemin.edges.credentials.verifying import COULD_NOT_TELL, verify_text
from parchemin.edges.documents import Limits, UploadRefusedError, attached_texts
from parchemin.edges.registers import Proof, RegisterError
from parchemin.edges.registers.keeping import holds, is_said
from parchemin.records.awards.models import Certificate
from parchemin.records.awards.queries.verifying import Outcome, Reason, Why, verified
from parchemin.web.verification.told import FileTold, is_recommendation, told_of

MOST = 8 * 1024 * 1024
"""Bytes of a file: a certificate as a PDF has some hundreds of thousands."""
LIMITS = Limits(max_bytes=MOST)
STATUS = frozenset(
    {
        "bad_status_entry", "bad_status_list", "revoked", "status_list_expired", "status_list_missing",
        "status_list_not_valid", "status_list_too_short", "status_out_of_range", "status_purpose_differs", "suspended",
        "unsupported_status", "unsupported_status_size",
    }
)  # fmt: skip
ENDS = frozenset({"expired", "not_yet_valid"})
STRANGER = "unknown_issuer"
RECORDED = frozenset({Why.UNAVAILABLE, Why.UNREADABLE})


class Sign(StrEnum):
    """What is found of a file as a whole."""

    BUNDLE_KEYS = "bundle_keys"
    BUNDLE_ALTERED = "bundle_altered"
    NOT_A_CERTIFICATE = "not_a_certificate"
    PART_NOT_VALID = "part_not_valid"
    PART_UNCHECKED = "part_unchecked"
    REGISTER_DIFFERS = "register_differs"
    RECOMMENDATION_WITHDRAWN = "recommendation_withdrawn"
    RECOMMENDATION_ENDED = "recommendation_ended"
    RECOMMENDATION_TO_COME = "recommendation_to_come"


OF_RECOMMENDATIONS = {
    "revoked": Sign.RECOMMENDATION_WITHDRAWN,
    "expired": Sign.RECOMMENDATION_ENDED,
    "not_yet_valid": Sign.RECOMMENDATION_TO_COME,
}
"""What is said of a recommendation in words of its own."""
DOUBTS = frozenset({Sign.BUNDLE_KEYS, Sign.NOT_A_CERTIFICATE, Sign.PART_UNCHECKED}) | RECORDED
"""Those that say nothing against a credential."""


@dataclass(frozen=True, slots=True)
class Found:
    """One of these, as a reason."""

    code: Sign


Said = Reason | Problem | Found


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What is answered of a file: the reasons, what the file says, and what each check found.

    ``signed``, ``standing``, ``said`` and ``lasting`` are True when it held, False when it did not, None when it could
    not be looked at. ``told`` is None unless the signature holds; whether it says it ``is_recommendation`` is known
    all the same.
    """

    outcome: Outcome
    reasons: tuple[Said, ...] = ()
    told: FileTold | None = None
    signed: bool | None = None
    standing: bool | None = None
    said: bool | None = None
    lasting: bool | None = None
    is_recommendation: bool = False
    parts: tuple["Verdict", ...] = ()


def looked_into(content: bytes, site: Site, at: datetime, on: date) -> Verdict:
    """The answer on the credential that a PDF, a picture, a JSON file, a token or a bundle carries, as of ``at``."""
    try:
        bundle = opened(content) if is_bundle(content) else None
        text = bundle.credential if bundle else _text_in(content)
    except CredentialError as error:
        return _of_problem(error.problem)
    except UploadRefusedError:
        return _of_problem(Problem("bad_pdf"))
    try:
        return _answered(text, bundle, site, at, on)
    except Error:
        return Verdict(outcome=Outcome.UNCHECKED, reasons=(Reason(Why.UNAVAILABLE),))


def _text_in(content: bytes) -> str:
    """The one credential in a file; a PDF is opened by another process, and never by this one."""
    return one_of(attached_texts(content, limits=LIMITS)) if is_pdf(content) else carried(content)


def _of_problem(problem: Problem) -> Verdict:
    return Verdict(outcome=_outcome((problem,)), reasons=(problem,))


def _answered(text: str, bundle: Bundle | None, site: Site, at: datetime, on: date) -> Verdict:
    found = verify_text(text, keys=OwnKeys(site), statuses=OwnStatuses(site, at), at=at)
    if STRANGER in _codes(found.reasons):
        return _by_stranger(text, bundle, found, at)
    verdict = _verdict(found)
    if verdict.told is None:
        return verdict
    if verdict.told.is_record:
        return _of_parts(verdict)
    if verdict.is_recommendation:
        return _in_its_words(verdict)
    return _recorded(verdict, bundle, site, on)


def _by_stranger(text: str, bundle: Bundle | None, found: Checked, at: datetime) -> Verdict:
    """Of somebody else's: what is wrong with it is said, and that it is well signed is never taken for granted."""
    if bundle is None or not bundle.keys:
        return replace(_verdict(found), signed=None)
    inside = verify_text(text, keys=bundle.keys, statuses=bundle.statuses, at=at)
    if STRANGER in _codes(inside.reasons):
        return replace(_verdict(found), signed=None)
    verdict = _verdict(inside)
    if verdict.outcome is Outcome.NOT_VALID:
        return replace(verdict, told=None)
    kept = tuple(one for one in found.reasons if one.code == STRANGER)
    reasons: tuple[Said, ...] = (*kept, Found(Sign.BUNDLE_KEYS), *inside.reasons)
    return replace(verdict, outcome=Outcome.UNCHECKED, reasons=reasons, told=None, signed=None)


def _verdict(found: Checked) -> Verdict:
    """What a credential alone tells, from the keys and the lists at hand."""
    codes = _codes(found.reasons)
    about_signature = codes - STATUS - ENDS
    signed = not about_signature and found.credential is not None
    entry = (found.credential or {}).get("credentialStatus")
    return Verdict(
        outcome=_outcome(found.reasons),
        reasons=found.reasons,
        told=told_of(found.credential) if signed and found.credential else None,
        signed=signed or (False if _outcome(found.reasons) is Outcome.NOT_VALID else None),
        standing=(_none_of(found.reasons, STATUS) if entry else None) if signed else None,
        lasting=not codes & ENDS if signed else None,
        is_recommendation=is_recommendation(found.credential or {}),
        parts=tuple(_verdict(one) for one in found.parts),
    )


def _none_of(reasons: Iterable[Problem], among: frozenset[str]) -> bool | None:
    """True when none is; False when one is against it; None when it could only not be checked."""
    kept = tuple(one for one in reasons if one.code in among)
    if not kept:
        return True
    return False if _outcome(kept) is Outcome.NOT_VALID else None


def _of_parts(verdict: Verdict) -> Verdict:
    """A record is worth what its certificates are."""
    outcomes = {one.outcome for one in verdict.parts}
    if Outcome.NOT_VALID in outcomes:
        reasons: tuple[Said, ...] = (*verdict.reasons, Found(Sign.PART_NOT_VALID))
    elif Outcome.UNCHECKED in outcomes or not outcomes:
        reasons = (*verdict.reasons, Found(Sign.PART_UNCHECKED))
    else:
        reasons = verdict.reasons
    return replace(verdict, outcome=_outcome(reasons), reasons=reasons)


def _in_its_words(verdict: Verdict) -> Verdict:
    """A recommendation is worth what its signature, its dates and the list of its endorser say; no register has it."""
    own = {code: Found(sign) for code, sign in OF_RECOMMENDATIONS.items()}
    return replace(verdict, reasons=tuple(own.get(str(one.code), one) for one in verdict.reasons))


def _recorded(verdict: Verdict, bundle: Bundle | None, site: Site, on: date) -> Verdict:
    """The same with what the records say of the certificate of that number, and the register of its credential."""
    assert verdict.told is not None
    answer = verified(verdict.told.number, on)
    if not verdict.told.number or Why.MISTYPED in answer.codes:
        reasons: tuple[Said, ...] = (Found(Sign.NOT_A_CERTIFICATE),)
        return replace(verdict, outcome=_outcome(reasons), reasons=reasons, told=None)
    reasons = answer.reasons or verdict.reasons
    rows = Certificate.objects.select_related("credential").filter(number=answer.number, credential__isnull=False)
    row, said = rows.first(), None
    if row is not None and Why.ALTERED not in answer.codes:
        said = is_said(row, site.register)
        if said is False:
            reasons = (*reasons, Found(Sign.REGISTER_DIFFERS))
        if bundle is not None and not _is_whole(bundle, row, site.register):
            reasons = (*reasons, Found(Sign.BUNDLE_ALTERED))
    codes = _codes(reasons)
    stopped = {Why.REVOKED, Why.REPLACED, Why.SUSPENDED, Why.UNKNOWN, Why.ALTERED} | STATUS
    return replace(
        verdict,
        outcome=_outcome(reasons),
        reasons=reasons,
        standing=None if codes & RECORDED else not codes & stopped,
        said=said,
        lasting=not codes & ENDS,
    )


def _is_whole(bundle: Bundle, row: Certificate, register: str) -> bool:
    """Whether the text and the proof that a bundle brings are those of that certificate."""
    if bundle.text and sha256(bundle.text).hexdigest() != row.digest:
        return False
    if not bundle.line and not bundle.proof:
        return True
    try:
        return holds(bundle.line, Proof.parse(bundle.proof), row, register)
    except RegisterError:
        return False


def _codes(reasons: Iterable[Said]) -> set[str]:
    return {str(one.code) for one in reasons}


def _outcome(reasons: Iterable[Said]) -> Outcome:
    codes = _codes(reasons)
    if not codes:
        return Outcome.VALID
    return Outcome.NOT_VALID if codes - COULD_NOT_TELL - DOUBTS else Outcome.UNCHECKED
