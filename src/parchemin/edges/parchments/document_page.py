"""A statement of results, an extract of minutes or a supplement composed: every word final, in reading order."""

from collections.abc import Mapping
from typing import Any

from parchemin.edges.parchments.labels import RESULTS, label, level_words
from parchemin.edges.parchments.parchment import (
    Language,
    MinutesExtract,
    MinutesLine,
    ResultLine,
    StatementOfResults,
    Supplement,
)
from parchemin.edges.parchments.pieces import (
    decision,
    holder_lines,
    mentions,
    nsf,
    proof,
    registration,
    shell,
    signature,
    values_of,
)
from parchemin.edges.parchments.setting import day, exact, worded
from parchemin.edges.parchments.verification import grouped
from parchemin.edges.parchments.wording import worded_line
from parchemin.fonts.characters import breakable

CODE = 15
"""How many characters of the code of a part stand on one line."""
NOT_A_CERTIFICATE = "Ce relevé ne vaut pas certification."


def statement_page(statement: StatementOfResults) -> dict[str, Any]:
    """The tree of a statement of results; it says that it is no certificate, whatever the body words."""
    values = values_of(statement, statement.number)
    title = heading("statement_heading", statement.house.wording, values)
    holder = holder_lines(statement.holder)
    table = _table(("Code", "Partie", "Résultat", "Date"), (5, 14, 4, 6), [_result(one) for one in statement.lines])
    return {
        **shell(statement.house, f"{title} — {holder['name']} — {exact(statement.number)}"),
        "heading": title,
        "about": list(filter(None, holder.values())),
        "notice": "" if statement.is_whole else NOT_A_CERTIFICATE,
        "parts": [_certification_part(statement), {"title": "Résultats", "table": table}],
        "closing": worded(worded_line("statement_closing", statement.house.wording, values)),
        "signature": signature(statement.house, day(statement.issued_on)),
        "proof": proof("number", grouped(exact(statement.number)), statement.address),
        "footer": exact(statement.number),
        "page_word": label("page"),
    }


def extract_page(extract: MinutesExtract) -> dict[str, Any]:
    """The tree of an extract of minutes."""
    values = values_of(extract, extract.minutes)
    title = heading("extract_heading", extract.house.wording, values)
    holder = holder_lines(extract.holder)
    facts = [
        ("Procès-verbal", exact(extract.minutes)),
        ("Jury réuni le", day(extract.jury_on)),
        ("Sous la présidence de", exact(extract.chair)),
        ("Signé le", day(extract.signed_on) if extract.signed_on else ""),
        ("Empreinte du procès-verbal", exact(extract.fingerprint)),
        ("Dossier", exact(extract.candidacy)),
        ("Certification", worded(extract.certification.title)),
    ]
    table = _table(("Objet", "Décision", "Termes du procès-verbal"), (4, 3, 6), [_line(one) for one in extract.lines])
    return {
        **shell(extract.house, f"{title} {exact(extract.minutes)} — {holder['name']}"),
        "heading": title,
        "about": list(filter(None, holder.values())),
        "notice": "",
        "parts": [
            {"title": "Délibération", "facts": [[name, told] for name, told in facts if told], "inline": True},
            {"title": "Lignes de la personne", "table": table},
        ],
        "closing": worded(worded_line("extract_closing", extract.house.wording, values)),
        "signature": signature(extract.house, day(extract.issued_on)),
        "proof": proof("number", exact(extract.minutes), extract.address) if extract.address else None,
        "footer": exact(extract.minutes),
        "page_word": label("page"),
    }


def heading(line: str, wording: Mapping[str, str], values: Mapping[str, str]) -> str:
    """The title of a document: in the words of the body, or the standard ones when nothing is left of those."""
    return worded(worded_line(line, wording, values)) or worded(worded_line(line, {}, values))


def supplement_page(supplement: Supplement) -> dict[str, Any]:
    """The tree of a certificate supplement, its sections in the order of Europass."""
    language, certification = supplement.language, supplement.certification
    title = worded(certification.title)
    notes = [label("supplement_note", language)]
    notes += [label("contents_note", language)] if supplement.written_in != language else []
    return {
        **shell(supplement.house, f"{label('supplement', language)} — {title}", language),
        "heading": label("supplement", language),
        "about": [],
        "notice": " ".join(worded(note, language) for note in notes),
        "parts": _sections(supplement, title),
        "closing": "",
        "signature": signature(supplement.house, day(supplement.issued_on, language), language),
        "proof": proof("code", exact(certification.code), supplement.address, language) if supplement.address else None,
        "footer": " — ".join(filter(None, (title, exact(certification.code)))),
        "page_word": label("page", language),
    }


def _translated(supplement: Supplement, title: str) -> list[dict[str, Any]]:
    """The title where a translation is expected: as registered, with a word on it; never twice in one language."""
    language = supplement.language
    if language == "fr":
        return [{"title": label("2", language), "note": worded(label("2_same", language), language)}]
    note = {"title": "", "note": worded(label("2_note", language), language)}
    return [{"title": label("2", language), "name": title, "written_in": "fr"}, note]


def _sections(supplement: Supplement, title: str) -> list[dict[str, Any]]:
    language = supplement.language
    own = {"written_in": supplement.written_in}
    ways = [tuple(_own(supplement, text) or "—" for text in (w.description, w.share, w.lasts)) for w in supplement.ways]
    head = tuple(label(key, language) for key in ("way", "share", "lasts"))
    return [
        {"title": label("1", language), "name": title, "written_in": "fr"},
        *_translated(supplement, title),
        {"title": label("3", language), **_points(supplement, supplement.skills)},
        {"title": label("4", language), **_points(supplement, supplement.occupations)},
        {"title": label("5", language), "facts": _basis(supplement)},
        {"title": label("6", language), "table": _table(head, (8, 3, 3), ways), **own},
        {"title": label("entry", language), "level": 3, **_points(supplement, supplement.entry_requirements)},
        {"title": label("further", language), "level": 3, **_points(supplement, supplement.further)},
    ]


def _own(supplement: Supplement, text: str) -> str:
    return worded(text, supplement.written_in)


def _points(supplement: Supplement, said: str | tuple[str, ...]) -> dict[str, Any]:
    """A text or a list as its author worded it, or that nothing is stated, in the language of the labels."""
    texts = (said,) if isinstance(said, str) else said
    if told := [_own(supplement, text) for text in texts if text.strip()]:
        return {"paragraphs" if isinstance(said, str) else "bullets": told, "written_in": supplement.written_in}
    return {"paragraphs": [label("unsaid", supplement.language)]}


def _basis(supplement: Supplement) -> list[list[str]]:
    language, certification, basis = supplement.language, supplement.certification, supplement.basis
    body = " — ".join(filter(None, (supplement.house.legal_name, supplement.house.trade_name)))
    registered = [registration(certification), decision(certification) if certification.decision else ""]
    own = supplement.written_in
    told: dict[str, tuple[str, Language]] = {
        "awarding_body": (worded(body), "fr"),
        "authority": (_own(supplement, basis.authority), own),
        "registration": (". ".join(filter(None, registered)), "fr"),
        "level": (level_words(certification.level, language) if certification.level else "", language),
        "nsf": (nsf(certification), "fr"),
        "grading": (_own(supplement, basis.grading), own),
        "next_level": (_own(supplement, basis.next_level), own),
        "agreements": (_own(supplement, basis.agreements), own),
        "legal_basis": (_own(supplement, basis.legal_basis), own),
    }
    unsaid = label("unsaid", language)
    return [[label(key, language), text or unsaid, in_ if text else language] for key, (text, in_) in told.items()]


def _certification_part(statement: StatementOfResults) -> dict[str, Any]:
    lines = list(mentions(statement.certification))
    return {"title": "Certification", "name": worded(statement.certification.title), "lines": lines}


def _table(head: tuple[str, ...], widths: tuple[int, ...], rows: list[tuple[str, ...]]) -> dict[str, Any]:
    return {"head": list(head), "widths": list(widths), "rows": [list(row) for row in rows]}


def _result(line: ResultLine) -> tuple[str, ...]:
    title = "\n".join(filter(None, (worded(line.title), worded(line.note))))
    when = [f"le {day(line.on)}"] if line.on else []
    when += [f"jusqu’au {day(line.until)} inclus"] if line.until else []
    return breakable(exact(line.code), CODE), title, RESULTS[line.result], "\n".join(when) or "—"


def _line(line: MinutesLine) -> tuple[str, ...]:
    return worded(line.subject), worded(line.decision), worded(line.words) or "—"
