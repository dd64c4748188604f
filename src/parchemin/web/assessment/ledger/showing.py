"""How results and sittings are told: their words, their colour and their icon; an absence is not a failure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from parchemin.core.facts import Attendance
from parchemin.core.grid import Refused
from parchemin.core.scheme import Scheme
from parchemin.core.terms import title_of
from parchemin.records.assessments.models import Result, Sitting
from parchemin.records.assessments.queries.ledger import ACQUIRED, MARKED, TO_ACQUIRE, TO_RATE, Held, Part, state_of
from parchemin.web.shared.typesetting import day

Look = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Entry:
    """One result as it is read: its value, where it comes from, and what was written with it."""

    state: Look
    mark: str
    level: str
    origin: str
    row: Result

    @property
    def comment(self) -> str:
        """What evaluators wrote, never who wrote it."""
        return self.row.comment

    @property
    def why(self) -> str:
        """Why it took the place of another one."""
        return self.row.reason if self.row.corrects_id else ""


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


def told_parts(parts: tuple[Part, ...], scheme: Scheme) -> list[ToldPart]:
    """The parts of a ledger as they are read."""
    return [ToldPart(part_title(one), told_lines(one.lines, scheme)) for one in parts]


def told_lines(lines: tuple[Held, ...], scheme: Scheme) -> tuple[Told, ...]:
    """Lines as they are read."""
    return tuple(_told(one, scheme) for one in lines)


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


def _told(held: Held, scheme: Scheme) -> Told:
    line = held.line
    if line.refused is Refused.NOT_ASSESSED:
        state: Look = {"label": _("Non évaluée : sans résultat"), "tone": "", "icon": "minus"}
    elif line.refused is Refused.PERHAPS_NOT:
        state = {"label": _("La source ne dit pas si elle est évaluée"), "tone": "unknown", "icon": "circle-help"}
    else:
        state = looks()[held.state]
    earlier = tuple(_entry(one, scheme) for one in held.earlier)
    return Told(held, line.title or "", state, _entry(held.result, scheme) if held.result else None, earlier)


def _entry(row: Result, scheme: Scheme) -> Entry:
    return Entry(
        state=looks()[state_of(row)],
        mark="" if row.mark is None else f"{row.mark.normalize():f}".replace(".", ","),
        level=row.level,
        origin=_origin(row, scheme),
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
