"""Compares what a document says with what its certification says, before it is issued."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from parchemin.core.scheme import Register
from parchemin.edges.parchments.mentions import Mention
from parchemin.edges.parchments.parchment import (
    Award,
    BlockCertificate,
    Certificate,
    Certification,
    Level,
    Parchment,
    StatementOfResults,
    Supplement,
)
from parchemin.edges.parchments.registered import Registered

PUBLIC = (Register.RNCP, Register.RS)
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
AUTHORITY = re.compile(r"france\s+comp[ée]tences", re.IGNORECASE)
PRAISED = re.compile(
    r"(?:reconnu|agr[ée][ée]|certifi[ée]|valid[ée]|labellis[ée]|homologu[ée]|garanti)\w*\s+par\s+france\s+comp[ée]tences"
    r"|(?:label|certifi[ée]\w*|qualit[ée])\s+france\s+comp[ée]tences",
    re.IGNORECASE,
)
FORBIDDEN: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("conditional", re.compile(r"sous\s+(?:toutes?\s+)?r[ée]serves?\b[^.;,]{0,40}", re.IGNORECASE)),
    (
        "other_label",
        re.compile(
            r"\b(?:qualiopi|data\s?dock|[ée]duform|opqf|isq|labels?|labellis[ée]\w*|iso\s?\d{4,5})\b", re.IGNORECASE
        ),
    ),
)
MINISTRY = re.compile(r"\btitres?\s+professionnels?\b", re.IGNORECASE)
OWN_WORDS = frozenset({"conditional", "authority_as_label", "other_label", "ministry_title"})
"""What is only found in words that the body chose: it may choose others."""
LINES = {Certificate: "certificate_", BlockCertificate: "block_", StatementOfResults: "statement_"}
"""The wordings of the body that each kind prints."""


def linted(parchment: Parchment, registered: Registered) -> list[Mention]:
    """Every mention that is missing, wrong or forbidden, blocking ones first; empty when nothing is to be corrected.

    What the certification's sources do not say cannot be compared: it is told as a warning.
    """
    found = [*_title(parchment, registered), *_forbidden(parchment, registered)]
    if isinstance(parchment, Certificate | BlockCertificate):
        found += _award(parchment, registered)
    elif isinstance(parchment, Supplement):
        found += _registration(parchment.certification, registered)
        found += _level(parchment.certification, registered)
    return sorted(found, key=lambda one: one.severity != "blocking")


def _award(award: Award, registered: Registered) -> Iterator[Mention]:
    certification = award.certification
    yield from _registration(certification, registered)
    yield from _certifier(award, registered)
    yield from _level(certification, registered)
    yield from _nsf(certification, registered)
    yield from _person(award)
    yield from _signature(award)
    yield from _dates(award, registered)
    if isinstance(award, BlockCertificate):
        yield from _block(award, registered)


def _title(parchment: Parchment, registered: Registered) -> Iterator[Mention]:
    if _folded(parchment.certification.title) != _folded(registered.title):
        yield Mention("title_modified", {"known": registered.title})


def _registration(certification: Certification, registered: Registered) -> Iterator[Mention]:
    if registered.register and certification.register is not registered.register:
        yield _differs("register", [certification.register.value.upper()], [registered.register.value.upper()])
    if certification.register not in PUBLIC:
        return
    if not certification.code.strip():
        yield Mention("missing_registration")
    elif not registered.codes:
        yield Mention("unverified", {"what": "code d’enregistrement"})
    elif certification.code.strip() not in registered.codes:
        yield _differs("registration", [certification.code], registered.codes)
    decision = _folded(certification.decision)
    if not decision:
        yield Mention("missing_decision")
        return
    if certification.published_on is None and not YEAR.search(decision):
        yield Mention("undated_decision")
    if registered.decisions and not any(decision in _folded(known) for known in registered.decisions):
        yield Mention("decision_differs")


def _certifier(award: Award, registered: Registered) -> Iterator[Mention]:
    if registered.certifier is None:
        yield Mention("unverified", {"what": "nom du certificateur"})
    elif _folded(award.house.legal_name).casefold() != _folded(registered.certifier).casefold():
        yield _differs("certifier", [award.house.legal_name], [registered.certifier])


def _level(certification: Certification, registered: Registered) -> Iterator[Mention]:
    level = certification.level
    is_given = level is not None and (level.national is not None or level.eqf is not None or bool(level.fr1969))
    if certification.register is Register.RS:
        if is_given:
            yield Mention("level_on_rs")
        return
    if registered.has_level is False:
        if is_given:
            yield Mention("level_unfounded")
        return
    yield from _level_missing(certification)
    if level and is_given:
        yield from _level_differs(level, registered)


def _level_missing(certification: Certification) -> Iterator[Mention]:
    level = certification.level
    if certification.register is Register.RNCP:
        if level is None or (level.national is None and not level.fr1969):
            yield Mention("missing_level")
        if level is None or level.eqf is None:
            yield Mention("missing_eqf")


def _level_differs(level: Level, registered: Registered) -> Iterator[Mention]:
    if registered.eqf is None:
        yield Mention("unverified", {"what": "niveau"})
    elif printed := {level.eqf, level.national} - {None, registered.eqf}:
        yield _differs("level", map(str, sorted(filter(None, printed))), [str(registered.eqf)])
    if registered.fr1969 and level.fr1969 and level.fr1969 != registered.fr1969:
        yield _differs("level", [level.fr1969], [registered.fr1969])


def _nsf(certification: Certification, registered: Registered) -> Iterator[Mention]:
    if certification.register is not Register.RNCP:
        return
    printed = [one.code.strip() for one in certification.nsf if one.code.strip()]
    if not printed:
        yield Mention("missing_nsf")
    elif registered.nsf is None:
        yield Mention("unverified", {"what": "codes NSF"})
    elif set(printed) != set(registered.nsf):
        yield _differs("nsf", printed, registered.nsf)


def _person(award: Award) -> Iterator[Mention]:
    if not award.holder.first_names.strip() or not award.holder.name.strip():
        yield Mention("missing_holder")


def _signature(award: Award) -> Iterator[Mention]:
    if not award.house.place.strip():
        yield Mention("missing_place")
    signatory = award.house.signatory
    if not signatory.name.strip() or not signatory.title.strip():
        yield Mention("missing_signatory")
    elif signatory.image is None:
        yield Mention("unsigned")


def _dates(award: Award, registered: Registered) -> Iterator[Mention]:
    if award.valid_until is None:
        if registered.is_temporary:
            yield Mention("missing_end")
        elif registered.is_temporary is None and award.certification.register is Register.RS:
            yield Mention("unverified", {"what": "durée de validité du certificat"})
    elif award.valid_until < award.issued_on:
        yield Mention("end_before_issue")
    elif registered.is_temporary is False:
        yield Mention("end_unfounded")
    if award.jury_on and award.jury_on > award.issued_on:
        yield Mention("jury_after_issue")
    if award.duplicate and award.duplicate.issued_on < award.issued_on:
        yield Mention("duplicate_early")


def _block(award: BlockCertificate, registered: Registered) -> Iterator[Mention]:
    if award.certification.register is Register.RS:
        yield Mention("block_on_rs")
        return
    if registered.gives_block_certificates is False:
        yield Mention("block_forbidden")
    if registered.blocks is None:
        yield Mention("unverified", {"what": "intitulés des blocs"})
    elif award.block.code not in registered.blocks:
        yield Mention("block_unknown", {"printed": award.block.code, "known": ", ".join(registered.blocks)})
    elif _folded(award.block.title) != _folded(title := registered.blocks[award.block.code]):
        yield Mention("block_title_modified", {"known": title})


def _forbidden(parchment: Parchment, registered: Registered) -> Iterator[Mention]:
    start = LINES.get(type(parchment))
    house = parchment.house
    texts = [words for line, words in house.wording.items() if start and line.startswith(start)]
    for text in map(_folded, (*texts, house.trade_name)):
        for code, pattern in FORBIDDEN:
            if found := pattern.search(text):
                yield Mention(code, {"found": found[0].strip()})
        if found := PRAISED.search(text):
            yield Mention("authority_as_label", {"found": found[0]})
        elif AUTHORITY.search(text):
            yield Mention("authority_named")
        if not registered.is_ministerial and (found := MINISTRY.search(text)):
            yield Mention("ministry_title", {"found": found[0]})


def _differs(what: str, printed: Iterable[str], known: Iterable[str]) -> Mention:
    return Mention(f"{what}_differs", {"printed": ", ".join(printed), "known": ", ".join(sorted(known))})


def _folded(text: str) -> str:
    """The text composed, with one kind of apostrophe and of space: what typography changes, and nothing else."""
    return " ".join(unicodedata.normalize("NFC", text).replace("’", "'").split())
