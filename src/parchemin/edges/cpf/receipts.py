"""Receipts (*accusés de traitement*): what the Caisse des Dépôts made of a file, read with the fix to make.

A receipt lists the passages refused, each with a message, and those accepted. A file that does not follow the schema
gets a list of the validator's messages instead, about a hundred of them at most. Prefixes, capitals and depth vary
from one receipt to the next: elements are known by their local name, in any case.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO

from parchemin.edges.cpf.parsing import ended, text_of
from parchemin.edges.cpf.problems import CpfError
from parchemin.edges.cpf.refusals import FaultKind, RefusalKind, advice, fault_kind, refusal_kind

MOST_BYTES = 100_000_000
HEADINGS = {"nomfichier": "file_name", "idflux": "flow_id", "idtraitement": "treatment_id"}
BEFORE = b"\xef\xbb\xbf\xfe\xff\x00 \t\r\n"
MESSAGES = ("message", "erreur", "error")


@dataclass(frozen=True, slots=True)
class Refusal:
    """A passage refused: its technical id, the reason as it was given, and its kind. One for each message."""

    technical_id: str
    reason: str
    kind: RefusalKind

    @property
    def sentence(self) -> str:
        """What it means and the fix to make, in French."""
        return advice(self.kind)


@dataclass(frozen=True, slots=True)
class Fault:
    """What a whole file is refused for: the reason as it was given, and its kind."""

    reason: str
    kind: FaultKind

    @property
    def sentence(self) -> str:
        """What it means and the fix to make, in French."""
        return advice(self.kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What became of a file; headings are empty when the receipt lacks them.

    ``faults`` are those of the whole file, of which nothing was then kept. ``others`` are texts of elements that are
    not known, by local name: nothing that was said is lost.
    """

    file_name: str = ""
    flow_id: str = ""
    treatment_id: str = ""
    accepted: tuple[str, ...] = ()
    refused: tuple[Refusal, ...] = ()
    faults: tuple[Fault, ...] = ()
    others: tuple[tuple[str, str], ...] = ()

    @property
    def is_refused_whole(self) -> bool:
        """Whether the file did not follow the schema, so that none of its passages was looked at."""
        return bool(self.faults) and not (self.accepted or self.refused)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A receipt beside what was sent: technical ids that we did not send, got no answer, or got more than one.

    A receipt with ``strangers`` answers another file. ``contradictory`` are both accepted and refused, or accepted
    twice: ask the Caisse before sending them again.
    """

    strangers: tuple[str, ...]
    unanswered: tuple[str, ...]
    contradictory: tuple[str, ...]


def read_receipt(content: bytes, *, most_bytes: int = MOST_BYTES) -> Receipt:
    """The receipt in a file, XML or plain list of messages.

    CpfError ``file_too_large``, ``forbidden_xml``, ``too_deep``, ``not_xml``, or ``not_a_receipt`` when it names no
    passage and no error.
    """
    if len(content) > most_bytes:
        raise CpfError("file_too_large", most=most_bytes)
    reading = _Reading()
    if content.lstrip(BEFORE).startswith(b"<"):
        for path, element in ended(BytesIO(content), most_bytes):
            reading.take(tuple(name.casefold() for name in path), path[-1], text_of(element))
    else:
        reading.lines(content.decode(errors="replace"))
    return reading.receipt()


def compared(receipt: Receipt, sent: Iterable[str]) -> Comparison:
    """What of the receipt does not match the technical ids of the file it answers."""
    ours = dict.fromkeys(sent)
    refused = {one.technical_id for one in receipt.refused}
    answers = Counter([*receipt.accepted, *refused])
    return Comparison(
        strangers=tuple(sorted(answers.keys() - ours.keys())),
        unanswered=() if receipt.is_refused_whole else tuple(one for one in ours if one not in answers),
        contradictory=tuple(sorted(one for one, count in answers.items() if count > 1)),
    )


class _Reading:
    """What was met so far of a receipt."""

    def __init__(self) -> None:
        self._headings: dict[str, str] = {}
        self._accepted: list[str] = []
        self._refused: list[Refusal] = []
        self._faults: list[Fault] = []
        self._others: list[tuple[str, str]] = []
        self._id = ""
        self._reasons: list[str] = []
        self._has_lists = False

    def take(self, path: tuple[str, ...], name: str, text: str) -> None:
        """An element that ended, by its names in lower case, its own name and its text."""
        last = path[-1]
        self._has_lists |= last in ("passagesok", "passagesko")
        if "passagesko" in path:
            self._of_refused(last, name, text)
        elif "passagesok" in path and last == "idtechnique":
            self._accepted.append(text)
        elif last in HEADINGS and text:
            self._headings.setdefault(HEADINGS[last], text)
        elif text:
            self._of_file(name, text)

    def _of_refused(self, last: str, name: str, text: str) -> None:
        if last in ("passage", "passagesko"):
            self._end_refused()
        elif last == "idtechnique":
            if self._id:
                self._end_refused()
            self._id = text
        elif "message" in last and text:
            self._reasons.append(" ".join(text.split()))
        elif text:
            self._others.append((name, text))

    def _end_refused(self) -> None:
        if self._id or self._reasons:
            self._refused += [Refusal(self._id, one, refusal_kind(one)) for one in self._reasons or [""]]
        self._id, self._reasons = "", []

    def _of_file(self, name: str, text: str) -> None:
        is_said = any(word in name.casefold() for word in MESSAGES)
        for line in filter(None, map(str.strip, text.splitlines())):
            kind = fault_kind(line) or (FaultKind.OTHER if is_said else None)
            if kind is None:
                self._others.append((name, line))
            else:
                self._faults.append(Fault(line, kind))

    def lines(self, text: str) -> None:
        """The lines of a receipt that is not XML."""
        for line in filter(None, map(str.strip, text.splitlines())):
            kind = fault_kind(line)
            if kind is None:
                self._others.append(("", line))
            else:
                self._faults.append(Fault(line, kind))

    def receipt(self) -> Receipt:
        """What was met, which must be a receipt."""
        if not (self._has_lists or self._faults):
            raise CpfError("not_a_receipt")
        return Receipt(
            **self._headings,
            accepted=tuple(self._accepted),
            refused=tuple(self._refused),
            faults=tuple(self._faults),
            others=tuple(self._others),
        )
