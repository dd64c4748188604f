"""The grid as it is drawn and as it is sent: one line of the framework, its value, words, the evidence seen."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from uuid import UUID

from django.http import QueryDict
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from parchemin.core.grid import Kind, Line, Refused
from parchemin.core.scheme import Scheme
from parchemin.core.terms import listed
from parchemin.records.assessments.actions.rating import Rated
from parchemin.records.assessments.models import Rating
from parchemin.records.assessments.models.ratings import Valued
from parchemin.records.assessments.sheets import is_marked
from parchemin.web.assessment.rating.forms import PASSED, TRUTHS, VALUES

WORDS = 2000
"""The most characters of each of the texts."""
TEXTS = ("comment", "advice", "seen")
PARTS = ("value", "mark", *TEXTS, "evidence")
SENT = re.compile(rf"^({'|'.join(PARTS)})-({'|'.join(kind.value for kind in Kind)})-(.+)$")
REASONS: Mapping[Refused, object] = {
    Refused.NOT_ASSESSED: gettext_lazy("Dans le référentiel, mais pas évaluée : elle ne se note pas."),
    Refused.PERHAPS_NOT: gettext_lazy("La source ne dit pas si elle est évaluée : le certificateur doit le décider."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A piece of evidence that may be named: where it is read, and the lines it was submitted for."""

    id: str
    title: str
    url: str
    codes: frozenset[str]


@dataclass(slots=True, kw_only=True)
class Drawn:
    """One line: what is typed in it, what is wrong with it; ``is_unsaved`` when that is not what is kept."""

    line: Line
    is_marked: bool
    typed: Mapping[str, str]
    pieces: Sequence[Piece] = ()
    criteria: tuple[str, ...] = ()
    error: str = ""
    is_unsaved: bool = False

    @property
    def key(self) -> str:
        """What names its fields."""
        return f"{self.line.kind.value}-{self.line.code}"

    @property
    def code(self) -> str:
        """The code readers know it by; the method as a whole and the points of an interview have none."""
        return "" if self.line.kind in (Kind.WHOLE, Kind.POINT) else self.line.code

    @property
    def title(self) -> str:
        """Its title in full; the method as a whole says what is asked."""
        if self.line.kind is Kind.WHOLE:
            return _("L’épreuve dans son ensemble")
        return self.line.title or _("(la source ne donne pas d’intitulé)")

    @property
    def why(self) -> object:
        """Why it is not rated; nothing when it is."""
        return REASONS[self.line.refused] if self.line.refused else ""

    @property
    def choices(self) -> tuple[tuple[str, object], ...]:
        """The values it may take."""
        return PASSED if self.line.kind is Kind.WHOLE else VALUES

    @property
    def is_rated(self) -> bool:
        """Whether it has a value."""
        return bool(self.typed["mark" if self.is_marked else "value"])

    @property
    def has_words(self) -> bool:
        """Whether something is written on it, or some evidence named."""
        return bool(any(self.typed[one] for one in (*TEXTS, "evidence")) or self.error)

    @property
    def named(self) -> list[Piece]:
        """The pieces named on it."""
        return [one for one in self.pieces if one.id in self.typed["evidence"].split(",")]

    @property
    def near(self) -> list[tuple[Piece, bool]]:
        """The pieces submitted for it, or named on it, with whether each is named."""
        named = self.named
        return [(one, one in named) for one in self.pieces if self.line.code in one.codes or one in named]

    @property
    def far(self) -> list[Piece]:
        """The others, that may be named too."""
        near = [one for one, _is_named in self.near]
        return [one for one in self.pieces if one not in near]


@dataclass(slots=True, kw_only=True)
class Block:
    """The lines of one block of the framework, and what helps to judge them together."""

    id: str
    title: str
    lines: list[Drawn] = field(default_factory=list)
    criteria: list[str] = field(default_factory=list)


def drawn(
    scheme: Scheme,
    sheet: Sequence[Line],
    ratings: Iterable[Rating],
    sent: QueryDict | None = None,
    errors: Mapping[str, str] | None = None,
    *,
    pieces: Sequence[Piece] = (),
) -> list[Block]:
    """The grid, block by block; what was just sent takes the place of what is kept."""
    known = {(one.kind, one.code): one for one in ratings}
    on_competences = _criteria_of_competences(scheme)
    found: dict[str, Block] = {}
    for line in sheet:
        id = line.block or ""
        block = found.setdefault(id, Block(id=id, title=_block_title(scheme, id)))
        if line.kind is Kind.CRITERION:
            if line.code not in on_competences.values():
                block.criteria.append(line.title or line.code)
            continue
        kept = typed_of(known.get((line.kind.value, line.code)))
        key = f"{line.kind.value}-{line.code}"
        typed = _typed(sent, key, kept) if sent else kept
        block.lines.append(
            Drawn(
                line=line,
                is_marked=is_marked(scheme, line),
                typed=typed,
                pieces=pieces,
                criteria=tuple(title for (code, title), _id in on_competences.items() if code == line.code),
                error=(errors or {}).get(key, ""),
                is_unsaved=typed != kept,
            )
        )
    return [block for block in found.values() if block.lines]


def _typed(sent: QueryDict, key: str, kept: Mapping[str, str]) -> Mapping[str, str]:
    """What was sent of a line; what is kept where nothing of it was sent: a tick taken away sends nothing."""
    if not any(f"{part}-{key}" in sent for part in PARTS):
        return kept
    texts = {part: sent.get(f"{part}-{key}", kept[part]) for part in PARTS}
    return {**texts, "evidence": ",".join(sorted(sent.getlist(f"evidence-{key}")))}


def typed_of(row: Valued | None) -> dict[str, str]:
    """What the fields of a line hold once it is kept."""
    if row is None:
        return dict.fromkeys(PARTS, "")
    value = {True: "yes", False: "no", None: ""}[row.is_acquired]
    mark = "" if row.mark is None else number_format(row.mark.normalize(), use_l10n=True)
    words = {name: getattr(row, name, "") for name in TEXTS}
    return {"value": value, "mark": mark, **words, "evidence": ",".join(getattr(row, "evidence", ()))}


def read(sent: QueryDict) -> tuple[list[Rated], dict[str, str]]:
    """The lines sent, whatever the grid has; then what is wrong, by line: it is told there and nothing is kept."""
    found: dict[str, dict[str, str]] = {}
    for name, value in sent.items():
        if match := SENT.match(name):
            part, kind, code = match.groups()
            told = ",".join(sent.getlist(name)) if part == "evidence" else str(value)
            found.setdefault(f"{kind}-{code}", {})[part] = told.replace("\r\n", "\n")
    lines, errors = [], {}
    for key, parts in found.items():
        kind, _dash, code = key.partition("-")
        mark, wrong = _mark(parts.get("mark", ""))
        words = {name: parts.get(name, "").strip() for name in TEXTS}
        evidence, unread = _evidence(parts.get("evidence", ""))
        if wrong := wrong or unread or _too_long(words):
            errors[key] = wrong
        is_acquired = TRUTHS.get(parts.get("value", ""))
        lines.append(Rated(code=code, kind=Kind(kind), is_acquired=is_acquired, mark=mark, evidence=evidence, **words))
    return lines, errors


def _too_long(words: Mapping[str, str]) -> str:
    over = max((len(one) for one in words.values()), default=0) - WORDS
    if over <= 0:
        return ""
    return ngettext(
        "Ce texte a %(n)s caractère de trop : raccourcissez-le.",
        "Ce texte a %(n)s caractères de trop : raccourcissez-le.",
        over,
    ) % {"n": over}


def _evidence(told: str) -> tuple[tuple[UUID, ...], str]:
    try:
        return tuple(UUID(one) for one in told.split(",") if one), ""
    except ValueError:
        return (), _("Choisissez les preuves dans la liste.")


def _mark(text: str) -> tuple[Decimal | None, str]:
    cleaned = re.sub(r"\s", "", text).replace(",", ".")
    if not cleaned:
        return None, ""
    try:
        mark = Decimal(cleaned)
        if mark.is_finite() and 0 <= mark <= 100:
            return mark.quantize(Decimal("0.01")), ""
    except InvalidOperation:
        pass
    return None, _("La note est un nombre de 0 à 100, par exemple 12,5.")


def _criteria_of_competences(scheme: Scheme) -> dict[tuple[str, str], str]:
    """The criteria that judge one competence, by its code and their title, with their own code."""
    return {
        (scheme.code_of(code), one.title): one.id
        for one in listed(scheme.framework.criteria)
        for code in one.competences
    }


def _block_title(scheme: Scheme, id: str) -> str:
    block = scheme.blocks.get(id)
    if block is None:
        return ""
    return f"{id} — {block.title}" if isinstance(block.title, str) else id
