"""The awarding body as its documents show it: names, mark, colours, who signs and where, and its own wordings."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from parchemin.edges.parchments.colours import check_colour
from parchemin.edges.parchments.pictures import LOGO_SIDES, SIGNATURE_SIDES, rewritten
from parchemin.edges.parchments.problems import ParchmentRefusedError
from parchemin.edges.parchments.wording import check_line

LOGO, SCAN = "logo de l'organisme", "signature numérisée"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signatory:
    """Who signs, in which quality; ``image`` is a scan of the signature (PNG or JPEG), None to sign by hand."""

    name: str
    title: str
    image: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """An awarding body. What it is given is checked when it is made: ParchmentRefusedError says what to change.

    ``logo`` is a PNG or JPEG picture; ``primary`` colours titles and lines, ``accent`` the seal and marks, both
    ``#rrggbb`` and readable on white; ``wording`` replaces standard lines (``wording.LINES``).
    """

    legal_name: str
    trade_name: str = ""
    logo: bytes | None = None
    primary: str = "#1F4E79"
    accent: str = "#8A5A00"
    signatory: Signatory
    place: str
    wording: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.legal_name.strip():
            raise ParchmentRefusedError("empty", where="nom légal du certificateur")
        check_colour(self.primary, "principale")
        check_colour(self.accent, "secondaire")
        for line, words in self.wording.items():
            check_line(line, words)
        self.printed_logo()
        self.printed_signature()

    def printed_logo(self) -> bytes | None:
        """The logo as it is printed, None without one."""
        return None if self.logo is None else rewritten(self.logo, LOGO_SIDES, LOGO)

    def printed_signature(self) -> bytes | None:
        """The scanned signature as it is printed, None when one signs by hand."""
        return None if self.signatory.image is None else rewritten(self.signatory.image, SIGNATURE_SIDES, SCAN)
