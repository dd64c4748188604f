"""The secret of a holder's link: their follow-up and the site's signature of it; nothing of it is kept."""

from uuid import UUID

from django.core.signing import BadSignature, Signer

LONGEST = 120
"""Signs of an address that are looked at: more than any token has."""
_SALT = "parchemin.followups"


def token_of(id: UUID) -> str:
    """What stands in the link sent to that holder."""
    return _signer().sign(id.hex)


def read(token: str) -> UUID | None:
    """The follow-up it is for; None when it was not signed here."""
    try:
        return UUID(_signer().unsign(token[:LONGEST]))
    except (BadSignature, ValueError):
        return None


def _signer() -> Signer:
    return Signer(salt=_SALT, sep=".")
