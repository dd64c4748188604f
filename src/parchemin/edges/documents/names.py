"""Names of uploaded files, made safe to show, to store beside a document and to send back.

A path in a name is cut down to its last part rather than refused: some browsers send the whole path of an honest
file, the name is only ever a label (never the place where the file is kept), and a refusal would teach nothing.
"""

import unicodedata

from parchemin.edges.documents.kinds import DISGUISES, FORMATS, Kind

LONGEST = 100
"""Greatest length of a name, extension included, in characters."""
LONGEST_BYTES = 200
"""The same in bytes of UTF-8: file systems and headers stop at 255."""
FORBIDDEN = '<>:"|?*'
RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))})
NAMELESS = "document"
KNOWN = DISGUISES | {extension for form in FORMATS.values() for extension in form.extensions}


def extension_of(name: str) -> str:
    """The extension of a name in lower case when it is one of a known format, else an empty string."""
    stem, dot, extension = _cleaned(name).rpartition(".")
    lowered = extension.lower()
    return lowered if dot and stem.strip(". ") and lowered in KNOWN else ""


def safe_name(name: str, kind: Kind | None) -> str:
    """A name without path, control, invisible or direction characters, in NFC, that ends with an extension of its kind.

    It has at most LONGEST characters, is never empty, never starts with a dot or a hyphen, and is no reserved name.
    A missing extension is added; one of another format is kept before the right one when the kind is known. Made safe
    twice, it does not change.
    """
    cleaned = _cleaned(name)
    extension = extension_of(cleaned)
    fitting = FORMATS[kind].extensions if kind else ()
    if extension and (extension in fitting or not kind):
        stem, ending = cleaned[: -len(extension) - 1], f".{extension}"
    else:
        stem, ending = cleaned, f".{fitting[0]}" if fitting else ""
    stem = _trimmed(stem, len(ending))
    if stem.split(".")[0].strip().lower() in RESERVED:
        stem = _trimmed(f"_{stem}", len(ending))
    return (stem or NAMELESS) + ending


def _cleaned(name: str) -> str:
    """The last part of a path, with visible characters only and single spaces."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    normal = unicodedata.normalize("NFC", last[: 20 * LONGEST])
    kept = "".join(_shown(character) for character in normal)
    return " ".join(unicodedata.normalize("NFC", kept).split()).strip(" .").lstrip("-. ")


def _shown(character: str) -> str:
    category = unicodedata.category(character)
    if category in {"Zs", "Zl", "Zp"} or character in "\t\r\n\x0b\x0c\x85":
        return " "
    if category.startswith("C"):
        return ""
    return "-" if character in FORBIDDEN else character


def _trimmed(stem: str, taken: int) -> str:
    """The beginning of a name that leaves ``taken`` bytes for what follows."""
    cut = stem[: LONGEST - taken].encode()[: LONGEST_BYTES - taken].decode(errors="ignore")
    return cut.strip(" .").lstrip("-. ")
