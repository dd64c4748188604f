"""How results and sittings are told: their words, their colour and their icon; an absence is not a failure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from parchemin.core.facts import Attendance
from parchemin.core.grid import Refused
from parchemin.core.scheme import Scheme
from parchemin.core.terms import title_of
from parchemin.records.assessments.models import Result, Sitting
from parchemin.records.assessments.queries.ledger import ACQUIRED, MARKED, TO_ACQUIRE, TO_RATE, Held, Part, state_of
from parchemin.records.pathways.queries.evidence import readable
from parchemin.records.people.permissions import Action
from parchemin.web.shared.reached import Reached
from parchemin.web.shared.typesetting import day

Look = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of evidence that whoever looks may open."""

    title: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Whoever looks, and what they read of a result beside its value.

    What evaluators wrote for those who judge is read by the office and by whoever assessed that sitting; what they
    wrote for the candidate, and the reason it was settled for, by everybody.
    """

    person: UUID
    reads_comments: bool
    pieces: Mapping[str, Piece]

    def comment(self, row: Result) -> str:
        """What evaluators wrote for those who judge, never who wrote it; nothing for whoever does not read it."""
        is_theirs = row.sitting is not None and self.person in {one.person_id for one in row.sitting.evaluators.all()}
        return row.comment if self.reads_comments or is_theirs else ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One result as it is read: its value, where it comes from, and what was written with it."""

    state: Look
    mark: str
    level: str
    origin: str
    comment: str
    pieces: list[Piece]
    row: Result

    @property
    def why(self) -> str:
        """Why it was settled so after evaluators differed, or why it took the place of another one."""
        return self.row.reason


@dataclass(frozen=True, slots=True)
class Told:
    """One line of the ledger as it is read."""

    held: Held
    title: str
    state: Look
    now: Entry | None
    earlier: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class ToldPart:
    """Lines under one title."""

    title: str
    lines: tuple[Told, ...]


def told_parts(parts: tuple[Part, ...], scheme: Scheme, reader: Reader) -> list[ToldPart]:
    """The parts of a ledger as they are read."""
    return [ToldPart(part_title(one), told_lines(one.lines, scheme, reader)) for one in parts]


def told_lines(lines: tuple[Held, ...], scheme: Scheme, reader: Reader) -> tuple[Told, ...]:
    """Lines as they are read."""
    return tuple(_told(one, scheme, reader) for one in lines)


def reader_of(found: Reached, results: Iterable[Result]) -> Reader:
    """Whoever looks at these results; one query where they rest on evidence."""
    ids = {UUID(id) for row in results for id in row.evidence}
    rows = readable(found.candidacy, found.roles).filter(pk__in=ids) if ids else ()
    return Reader(
        person=found.viewer.pk,
        reads_comments=found.may(Action.READ_COMMENTS),
        pieces={
            one.pk.hex: Piece(one.title, reverse("pathway:one_evidence", args=[found.candidacy.pk, one.pk]))
            for one in rows
        },
    )


def part_title(part: Part) -> str:
    """The code and the title of a block; what stands outside of any is simply the competences."""
    if not part.code:
        return _("Compétences")
    return f"{part.code} · {part.title}" if part.title else part.code


def looks() -> dict[str, Look]:
    """How each state of a line is shown."""
    return {
        ACQUIRED: {"label": _("Acquis"), "tone": "met", "icon": "circle-check"},
        TO_ACQUIRE: {"label": _("À acquérir"), "tone": "not_met", "icon": "circle-x"},
        MARKED: {"label": _("Noté"), "tone": "now", "icon": "pencil"},
        TO_RATE: {"label": _("À évaluer"), "tone": "", "icon": "circle"},
    }


def state_of_sitting(row: Sitting) -> Look:
    """How a sitting went off, and what came of it."""
    if row.attendance == Attendance.HELD:
        return _outcome(row)
    known = {
        "": {"label": _("À venir"), "tone": "now", "icon": "calendar"},
        Attendance.ABSENT: {"label": _("Absent : pas un échec"), "tone": "unknown", "icon": "minus"},
        Attendance.EXCUSED: {"label": _("Excusé : pas un échec"), "tone": "", "icon": "minus"},
        Attendance.ADJOURNED: {"label": _("Reportée"), "tone": "", "icon": "hourglass"},
        Attendance.FRAUD: {"label": _("Fraude constatée"), "tone": "not_met", "icon": "triangle-alert"},
        Attendance.VOID: {"label": _("Nulle : elle ne compte pas"), "tone": "", "icon": "archive"},
    }
    return known[row.attendance]


def name_of_sitting(row: Sitting, scheme: Scheme) -> str:
    """The method, and which time it was sat."""
    values: dict[str, Any] = {"title": title_of(scheme.methods, row.method), "n": row.number}
    return _("%(title)s, passage %(n)s") % values


def _outcome(row: Sitting) -> Look:
    if row.settled_at is None:
        return {"label": _("Tenue : les évaluateurs n’ont pas fini"), "tone": "now", "icon": "hourglass"}
    if row.is_passed is None:
        return {"label": _("Tenue et notée"), "tone": "met", "icon": "circle-check"}
    if row.is_passed:
        return {"label": _("Réussie"), "tone": "met", "icon": "circle-check"}
    return {"label": _("Non réussie"), "tone": "not_met", "icon": "circle-x"}


def _told(held: Held, scheme: Scheme, reader: Reader) -> Told:
    line = held.line
    if line.refused is Refused.NOT_ASSESSED:
        state: Look = {"label": _("Non évaluée : sans résultat"), "tone": "", "icon": "minus"}
    elif line.refused is Refused.PERHAPS_NOT:
        state = {"label": _("La source ne dit pas si elle est évaluée"), "tone": "unknown", "icon": "circle-help"}
    else:
        state = looks()[held.state]
    earlier = tuple(_entry(one, scheme, reader) for one in held.earlier)
    return Told(held, line.title or "", state, _entry(held.result, scheme, reader) if held.result else None, earlier)


def _entry(row: Result, scheme: Scheme, reader: Reader) -> Entry:
    return Entry(
        state=looks()[state_of(row)],
        mark="" if row.mark is None else f"{row.mark.normalize():f}".replace(".", ","),
        level=row.level,
        origin=_origin(row, scheme),
        comment=reader.comment(row),
        pieces=[reader.pieces[id] for id in row.evidence if id in reader.pieces],
        row=row,
    )


def _origin(row: Result, scheme: Scheme) -> str:
    when = day(row.settled_at)
    if row.sitting is None:
        by = row.settled_by.name if row.settled_by else ""
        return _("portée au registre par %(name)s le %(when)s") % {"name": by, "when": when}
    name = name_of_sitting(row.sitting, scheme)
    if row.sitting.attendance == Attendance.VOID:
        return _("%(name)s, nulle : ce résultat ne compte plus") % {"name": name}
    if row.corrects_id and row.settled_by:
        values = {"name": name, "who": row.settled_by.name, "when": when}
        return _("%(name)s, corrigée par %(who)s le %(when)s") % values
    return _("%(name)s, arrêtée le %(when)s") % {"name": name, "when": when}
