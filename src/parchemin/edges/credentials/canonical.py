"""The two canonical forms that are signed: RDF (RDFC-1.0) and JSON (RFC 8785), both of documents fully defined."""

from typing import Protocol

import rfc8785

from parchemin.edges.credentials.linked import statements
from parchemin.edges.credentials.problems import CredentialError
from parchemin.edges.credentials.rdfc import canonical_lines
from parchemin.edges.credentials.strict import Json


class Forms(Protocol):
    """How the canonical forms are obtained. Every way gives the same bytes and refuses the same documents."""

    def rdf(self, document: Json) -> bytes:
        """The canonical N-Quads of a document (RDFC-1.0).

        Raises CredentialError for a document with anything that its contexts do not define, or too hard to
        canonicalise.
        """

    def require_defined(self, document: Json) -> None:
        """Refuse a document with a term or a type that no context defines; the errors of ``rdf``."""


class FullForms:
    """Each document through the whole algorithm."""

    def rdf(self, document: Json) -> bytes:
        """The canonical N-Quads of a document (RDFC-1.0)."""
        return "".join(canonical_lines(statements(document))).encode()

    def require_defined(self, document: Json) -> None:
        """Refuse a document with a term or a type that no context defines."""
        statements(document)


FULL = FullForms()


def canonical_rdf(document: Json) -> bytes:
    """The canonical N-Quads of a document; the errors of ``Forms.rdf``."""
    return FULL.rdf(document)


def canonical_json(value: Json) -> bytes:
    """The canonical JSON of any object (RFC 8785), whatever its terms mean; CredentialError not_json."""
    try:
        return rfc8785.dumps(value)
    except (rfc8785.CanonicalizationError, RecursionError) as error:
        raise CredentialError("not_json") from error
