"""From a Letter to its Page: what is said, in which order, in final words."""

from collections.abc import Iterable, Iterator

from parchemin.edges.letters.labels import day, label, labelled
from parchemin.edges.letters.letter import Appeal, Language, Letter, Paragraph, Said
from parchemin.edges.letters.page import Block, Page
from parchemin.edges.letters.ruling import ruling
from parchemin.edges.letters.typesetting import exact, paragraphs, worded
from parchemin.edges.letters.wordings import standard_subject

FOOTER = 60
"""How many characters of the reference stand at the foot of each page."""


def composed(letter: Letter) -> Page:
    """The letter's page, the source of both its faces; Misuse ``not_a_decision`` for a decision that is none."""
    language = letter.language
    subject = subject_of(letter)
    salutation = worded(letter.salutation, language) or label("salutation", language)
    sender, recipient, reference = letter.sender, letter.recipient, exact(letter.reference)
    return Page(
        language=language,
        title=" — ".join(_kept(subject, reference)),
        author=worded(sender.name, language),
        sender=_kept(*(worded(line, language) for line in (sender.name, *sender.address)), exact(sender.email)),
        recipient=_kept(*(worded(line, language) for line in (recipient.name, *recipient.address))),
        dateline=_dateline(letter),
        subject=labelled(label("subject", language), subject, language),
        references=tuple(_references(letter)),
        salutation=salutation,
        opening=_blocks(letter.opening, language),
        ruling=ruling(letter.decision, language) if letter.decision is not None else None,
        next_title=label("next_steps", language),
        next_steps=_kept(*(worded(step, language) for step in letter.next_steps)),
        appeal_title=label("appeal", language),
        appeal=_appeal(letter.appeal, language) if letter.appeal else (),
        closing=_blocks(letter.closing, language),
        courtesy=label("courtesy", language, to=salutation.rstrip(" ,")),
        signature=_kept(*(worded(line, language) for line in _signed(letter))),
        footer=labelled(label("reference", language), shorten(reference), language) if reference else "",
        page_word=label("page", language),
    )


def subject_of(letter: Letter) -> str:
    """The subject of the letter and of the e-mail that carries it, on one line."""
    given = worded(letter.subject, letter.language)
    return given or worded(standard_subject(letter.kind, letter.language), letter.language)


def shorten(reference: str) -> str:
    """The reference as the foot of a page has room for it."""
    return reference if len(reference) <= FOOTER else f"{reference[: FOOTER - 1]}…"


def _kept(*texts: str) -> tuple[str, ...]:
    return tuple(text for text in texts if text)


def _dateline(letter: Letter) -> str:
    on, place = day(letter.dated_on, letter.language), worded(letter.place, letter.language)
    return label("dateline" if place else "dateline_nowhere", letter.language, place=place, on=on)


def _references(letter: Letter) -> Iterator[str]:
    language = letter.language
    told = {
        "certification": worded(letter.certification, language),
        "candidacy": exact(letter.candidacy),
        "reference": exact(letter.reference),
    }
    for name, value in told.items():
        if value:
            yield labelled(label(name, language), value, language)


def _blocks(entries: Iterable[Paragraph], language: Language) -> tuple[Block, ...]:
    blocks = []
    for entry in entries:
        name, text = entry if isinstance(entry, Said) else ("", entry)
        if told := paragraphs(text, language):
            blocks.append(Block(worded(name, language), told))
    return tuple(blocks)


def _appeal(appeal: Appeal, language: Language) -> tuple[str, ...]:
    if appeal.until is None:
        limit = label("appeal_unknown", language)
    else:
        limit = label("appeal_until", language, until=day(appeal.until, language))
    return (*paragraphs(appeal.how, language), worded(limit, language), *paragraphs(appeal.further, language))


def _signed(letter: Letter) -> tuple[str, ...]:
    return (letter.signature.name, letter.signature.quality) if letter.signature else ()
