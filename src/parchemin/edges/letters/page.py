"""A letter composed: every string final, in reading order. Paper and e-mail lay out this and add no word."""

from dataclasses import dataclass

from parchemin.edges.letters.letter import Language


@dataclass(frozen=True, slots=True)
class Block:
    """Paragraphs (their lines separated by a newline), under a label when it is not empty."""

    label: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A finding: its sign and label, the rule, what was seen, the source, the id, who lifted it, and its parts."""

    sign: str
    label: str
    says: str
    seen: str
    source: str
    rule: str
    override: tuple[str, ...]
    parts: tuple["Shown", ...]

    @property
    def length(self) -> int:
        """How many characters it takes, its parts included."""
        own = (self.label, self.says, self.seen, self.source, self.rule, *self.override)
        return sum(map(len, own)) + sum(part.length for part in self.parts)


@dataclass(frozen=True, slots=True)
class Group:
    """Findings of one outcome under a title that counts them; told briefly when they call for nothing."""

    title: str
    is_brief: bool
    findings: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Ruling:
    """A decision: its verdict in one sentence, what it rests on, and its findings in groups."""

    title: str
    sign: str
    verdict: str
    basis: str
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """The whole letter in reading order; an empty string or tuple, or None, is not shown."""

    language: Language
    title: str
    author: str
    sender: tuple[str, ...]
    recipient: tuple[str, ...]
    dateline: str
    subject: str
    references: tuple[str, ...]
    salutation: str
    opening: tuple[Block, ...]
    ruling: Ruling | None
    next_title: str
    next_steps: tuple[str, ...]
    appeal_title: str
    appeal: tuple[str, ...]
    closing: tuple[Block, ...]
    courtesy: str
    signature: tuple[str, ...]
    footer: str
    page_word: str
