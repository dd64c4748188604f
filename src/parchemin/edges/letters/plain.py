"""The e-mail face of a letter: the same page as plain text of 72 columns."""

import textwrap
from collections.abc import Iterable, Iterator

from parchemin.edges.letters.page import Block, Group, Page, Ruling, Shown

COLUMNS = 72
STEP = "  "


def typed(page: Page) -> str:
    """The page as plain text: lines of 72 columns at most, except an address of the web that would not work cut."""
    parts = [part for part in _parts(page) if part]
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def _parts(page: Page) -> Iterator[list[str]]:
    yield _each(page.sender)
    yield _each(page.recipient)
    yield _wrapped(page.dateline)
    yield [*_wrapped(page.subject), *_each(page.references)]
    yield _wrapped(page.salutation)
    yield from _blocks(page.opening)
    if page.ruling:
        yield from _ruling(page.ruling)
    if page.next_steps:
        yield _title(page.next_title)
        yield [line for step in page.next_steps for line in _wrapped(step, "- ", STEP)]
    if page.appeal:
        yield _title(page.appeal_title)
        yield from (_lines(text) for text in page.appeal)
    yield from _blocks(page.closing)
    yield _wrapped(page.courtesy)
    yield _each(page.signature)


def _blocks(blocks: Iterable[Block]) -> Iterator[list[str]]:
    for block in blocks:
        margin = STEP if block.label else ""
        if block.label:
            yield _wrapped(block.label)
        yield from (_lines(text, margin) for text in block.paragraphs)


def _ruling(ruling: Ruling) -> Iterator[list[str]]:
    yield _title(ruling.title)
    yield _wrapped(f"{ruling.sign} {ruling.verdict}", "", STEP)
    yield _wrapped(ruling.basis)
    for group in ruling.groups:
        yield from _group(group)


def _group(group: Group) -> Iterator[list[str]]:
    yield _title(group.title, "·")
    for finding in group.findings:
        yield list(_finding(finding, ""))


def _finding(finding: Shown, margin: str) -> Iterator[str]:
    inner = margin + STEP
    label = f"{finding.label} " if finding.label else ""
    yield from _wrapped(f"{finding.sign} {label}{finding.says}", margin, inner)
    yield from _wrapped(finding.seen, inner, inner)
    for part in finding.parts:
        yield from _finding(part, inner)
    for text in finding.override:
        yield from _wrapped(text, inner, inner + STEP)
    yield from _wrapped(finding.source, inner, inner)
    yield from _wrapped(finding.rule, inner, inner)


def _title(text: str, rule: str = "-") -> list[str]:
    lines = _wrapped(text)
    return [*lines, rule * max(map(len, lines))]


def _each(lines: Iterable[str]) -> list[str]:
    return [row for line in lines for row in _wrapped(line)]


def _lines(text: str, margin: str = "") -> list[str]:
    return [row for line in text.split("\n") for row in _wrapped(line, margin, margin)]


def _wrapped(text: str, first: str = "", after: str = "") -> list[str]:
    if not text:
        return []
    wrapper = textwrap.TextWrapper(
        COLUMNS, initial_indent=first, subsequent_indent=after, break_long_words=False, break_on_hyphens=False
    )
    return [row for line in wrapper.wrap(text) for row in _cut(line, after)]


def _cut(line: str, margin: str) -> Iterator[str]:
    if "://" in line:
        yield line
        return
    while len(line) > COLUMNS:
        yield line[:COLUMNS]
        line = margin + line[COLUMNS:]
    yield line
