"""Whether a credential is valid, without asking anyone: from the keys and the status lists at hand.

Three answers. ``valid``: the signature, the issuer, the dates and the status were all checked. ``not_valid``: something
is wrong, whoever looks. ``unchecked``: nothing is wrong, but something could not be checked here; more keys, a newer
status list or a human may settle it. Each reason has a code and a sentence.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from parchemin.edges.credentials.canonical import FULL, Forms
from parchemin.edges.credentials.carrying import carried
from parchemin.edges.credentials.european import is_uploadable
from parchemin.edges.credentials.instants import instant, read_instant
from parchemin.edges.credentials.problems import CredentialError, Problem
from parchemin.edges.credentials.signatures import Keys, check_signatures
from parchemin.edges.credentials.status import ENTRY, is_flagged
from parchemin.edges.credentials.strict import Json, read_object
from parchemin.edges.credentials.structure import issuer_of, listed, require_credential, validity
from parchemin.edges.credentials.tokens import looks_like_token, read_token

Statuses = Mapping[str, bytes]
"""The status lists at hand: what is published at each address, signed."""

MOST_PARTS = 100


class Answer(StrEnum):
    """What can be said of a credential."""

    VALID = "valid"
    NOT_VALID = "not_valid"
    UNCHECKED = "unchecked"


COULD_NOT_TELL = frozenset(
    {
        "bad_bundle", "bad_key", "bad_pdf", "bad_png", "bad_status_list", "bad_svg", "for_europass", "inline_context",
        "key_revoked_since", "nothing_inside", "several_inside", "status_list_expired", "status_list_missing",
        "status_list_not_valid", "status_list_too_short", "status_out_of_range", "status_purpose_differs",
        "too_large", "too_many_blank_nodes", "too_many_contexts", "too_many_statements", "undated_proof",
        "unknown_context", "unknown_issuer", "unsupported_algorithm", "unsupported_status",
        "unsupported_status_size", "unsupported_suite",
    }
)  # fmt: skip
"""Reasons that say nothing against a credential. Every other reason is against it."""


@dataclass(frozen=True, slots=True)
class Checked:
    """The answer on a credential, and every reason for it; none when it is valid.

    ``credential`` is what was read, None if nothing could be. ``parts`` are the answers on the credentials inside it,
    in their order: they do not change the answer on the whole.
    """

    answer: Answer
    reasons: tuple[Problem, ...]
    credential: Json | None
    parts: tuple["Checked", ...] = ()


def verify(content: bytes, *, keys: Keys, statuses: Statuses, at: datetime, forms: Forms = FULL) -> Checked:
    """The answer, at the instant ``at``, on the credential in a JSON file, a token, a PNG, an SVG or a PDF.

    ``keys`` gives the controller documents of the issuers who are known, by their address (a did, or the address of a
    profile); who is not in it stays unknown. ``statuses`` gives the status lists at hand, by the address where each is
    published. ``forms`` may be a ``CompiledForms`` when many are checked. What cannot be read is unchecked or not
    valid, with its reason. Raises CredentialError no_time_zone if ``at`` has none, and nothing else.
    """
    instant(at)
    try:
        text = carried(content)
    except CredentialError as error:
        return _answered([error.problem], None)
    return verify_text(text, keys=keys, statuses=statuses, at=at, forms=forms)


def verify_text(text: str, *, keys: Keys, statuses: Statuses, at: datetime, forms: Forms = FULL) -> Checked:
    """The answer, as ``verify`` gives it, on a credential as JSON or compact JWS; never read as a file of another kind.

    What cannot be read ends in the same answers. Raises CredentialError no_time_zone and nothing else.
    """
    instant(at)
    try:
        return _checked(text, _Checking(keys, statuses, at, forms))
    except CredentialError as error:
        return _answered([error.problem], None)


@dataclass(frozen=True, slots=True)
class _Checking:
    keys: Keys
    statuses: Statuses
    at: datetime
    forms: Forms


def _checked(text: str, checking: _Checking) -> Checked:
    if looks_like_token(text):
        return _about(read_token(text).credential, text, checking)
    credential = read_object(text)
    if is_uploadable(credential):
        raise CredentialError("for_europass")
    return _about(credential, None, checking)


def _about(credential: Json, token: str | None, checking: _Checking) -> Checked:
    """The answer on a credential, with those on the credentials it holds."""
    reasons: list[Problem] = []
    try:
        require_credential(credential)
        reasons += _signatures(credential, token, checking)
        reasons += _dates(credential, checking.at)
        reasons += _status(credential, checking)
    except CredentialError as error:
        reasons.append(error.problem)
    inside = [_about(one, None, checking) for one in _held(credential)]
    return _answered(reasons, credential, tuple(inside))


def _signatures(credential: Json, token: str | None, checking: _Checking) -> list[Problem]:
    """What is to be said of the signatures; if they do not hold, a term that nothing defines is the reason to give."""
    try:
        return check_signatures(credential, token, checking.keys, checking.at, checking.forms)
    except CredentialError:
        if token is None:
            checking.forms.require_defined({name: value for name, value in credential.items() if name != "proof"})
        raise


def _answered(reasons: list[Problem], credential: Json | None, parts: tuple[Checked, ...] = ()) -> Checked:
    codes = {reason.code for reason in reasons}
    answer = Answer.UNCHECKED if codes else Answer.VALID
    return Checked(Answer.NOT_VALID if codes - COULD_NOT_TELL else answer, tuple(reasons), credential, parts)


def _held(credential: Json) -> list[Json]:
    """The credentials that a record or an endorsed badge holds, one level down."""
    subjects = [one for one in listed(credential.get("credentialSubject")) if isinstance(one, dict)]
    found = [one for subject in subjects for one in listed(subject.get("verifiableCredential"))]
    found += listed(credential.get("endorsement"))
    return [one for one in found if isinstance(one, dict)][:MOST_PARTS]


def _dates(credential: Json, at: datetime) -> list[Problem]:
    since, until = validity(credential)
    found = []
    if since is not None and read_instant(since) > at:
        found.append(Problem("not_yet_valid", {"since": instant(read_instant(since))}))
    if until is not None and read_instant(until) < at:
        found.append(Problem("expired", {"until": instant(read_instant(until))}))
    return found


def _status(credential: Json, checking: _Checking) -> list[Problem]:
    found = []
    for entry in listed(credential.get("credentialStatus")):
        if entry.get("type") != ENTRY or entry.get("statusPurpose") not in ("revocation", "suspension"):
            kind = entry.get("type") if entry.get("type") != ENTRY else entry.get("statusPurpose")
            found.append(Problem("unsupported_status", {"kind": str(kind)[:50]}))
        elif (reason := _standing(entry, issuer_of(credential), checking)) is not None:
            found.append(reason)
    return found


def _standing(entry: Json, issuer: object, checking: _Checking) -> Problem | None:
    """What the status list says of an entry: None if all is well.

    A list that says it is published elsewhere is believed when it revokes and not when it clears: it may be another
    list of the same issuer, put in the place of the right one.
    """
    url = str(entry.get("statusListCredential"))
    if url not in checking.statuses:
        return Problem("status_list_missing", {"url": url[:200]})
    try:
        found = _checked(carried(checking.statuses[url]), replace(checking, statuses={}))
    except CredentialError as error:
        found = _answered([error.problem], None)
    codes = {reason.code for reason in found.reasons}
    if codes == {"expired"}:
        return Problem("status_list_expired", {"url": url[:200]})
    if found.credential is None or codes or issuer_of(found.credential) != issuer:
        return Problem("status_list_not_valid", {"url": url[:200]})
    if is_flagged(entry, found.credential):
        return Problem("revoked" if entry["statusPurpose"] == "revocation" else "suspended")
    if found.credential.get("id") not in (None, url):
        return Problem("status_list_not_valid", {"url": url[:200]})
    return None
