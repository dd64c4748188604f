"""The element of an SVG picture that holds a credential (Open Badges 3.0, section 5.3.2)."""

import xml.etree.ElementTree as ElementTree
from xml.sax.saxutils import quoteattr

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from parchemin.edges.credentials.problems import CredentialError
from parchemin.edges.credentials.strict import LARGEST_BYTES
from parchemin.edges.credentials.tokens import looks_like_token

NAMESPACE = "https://purl.imsglobal.org/ob/v3p0"
PREFIX = "openbadges"
ELEMENT = f"{{{NAMESPACE}}}credential"
SVG = "http://www.w3.org/2000/svg"
PREFIXES = {"": SVG, PREFIX: NAMESPACE, "xlink": "http://www.w3.org/1999/xlink"}
LARGEST_PICTURE = 20_000_000


def baked_svg(picture: bytes, credential: str) -> bytes:
    """The picture with the credential in it, instead of the one it held, if any: JSON as text, a token as attribute.

    Raises CredentialError: bad_svg, too_large.
    """
    root = _root(picture)
    if root.tag != f"{{{SVG}}}svg":
        raise CredentialError("bad_svg")
    if len(credential) > LARGEST_BYTES:
        raise CredentialError("too_large", limit=LARGEST_BYTES)
    for parent in root.iter():
        for child in [child for child in parent if child.tag == ELEMENT]:
            parent.remove(child)
    root.insert(0, ElementTree.Element(ELEMENT))
    for prefix, namespace in PREFIXES.items():
        ElementTree.register_namespace(prefix, namespace)
    written = ElementTree.tostring(root, encoding="unicode")
    before, empty, after = written.partition(f"<{PREFIX}:credential />")
    if not empty:
        raise CredentialError("bad_svg")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{before}{_element(credential)}{after}'.encode()


def texts_in_svg(picture: bytes) -> list[str]:
    """The credentials in a picture; CredentialError bad_svg, too_large."""
    found = []
    for element in _root(picture).iter(ELEMENT):
        token = element.get("verify", "")
        found.append(token if looks_like_token(token) else "".join(element.itertext()).strip())
    return found


def _root(picture: bytes) -> ElementTree.Element:
    if len(picture) > LARGEST_PICTURE:
        raise CredentialError("too_large", limit=LARGEST_PICTURE)
    try:
        found: ElementTree.Element = fromstring(picture)
    except (ElementTree.ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise CredentialError("bad_svg") from error
    return found


def _element(credential: str) -> str:
    if looks_like_token(credential):
        return f"<{PREFIX}:credential verify={quoteattr(credential)}/>"
    # « ]]> » can only stand inside a text of the JSON, where its last character may be written otherwise.
    content = credential.replace("]]>", "]]\\u003e")
    return f"<{PREFIX}:credential><![CDATA[{content}]]></{PREFIX}:credential>"
