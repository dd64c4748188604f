"""The interviews of a file as they are listed, and what each concluded, competence by competence."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from parchemin.core.scheme import Scheme
from parchemin.records.pathways.asked import to_position
from parchemin.records.pathways.models import Positioning
from parchemin.web.pathway.competences import titles_of
from parchemin.web.pathway.positioning.sheet import Mark, mark_of
from parchemin.web.pathway.positioning.told import Leading, accreditations_of, leading
from parchemin.web.shared.reached import Reached


@dataclass(frozen=True, slots=True)
class Card:
    """One interview in the list."""

    row: Positioning
    url: str
    status: dict[str, str]
    counts: str
    leading: Leading | None


@dataclass(frozen=True, slots=True)
class Compared:
    """What the interviews concluded on one competence, in their order."""

    code: str
    title: str
    marks: tuple[tuple[Positioning, Mark], ...]


def cards_of(found: Reached, rows: Sequence[Positioning]) -> list[Card]:
    """The interviews, the last first."""
    row, scheme = found.candidacy, found.judged.scheme
    accreditations = accreditations_of(row, {one.leader for one in rows}) if rows else []
    return [
        Card(
            one,
            reverse("pathway:positioning", args=[row.pk, one.pk]),
            _status(one),
            _counts(one, to_position(scheme, row.blocks)) if one.closed_at else "",
            leading(scheme, row, one.leader, one.held_on, accreditations),
        )
        for one in reversed(rows)
    ]


def compared(scheme: Scheme, codes: Iterable[str], closed: Sequence[Positioning]) -> list[Compared]:
    """Each competence with what each closed interview concluded on it."""
    if not closed:
        return []
    titles = titles_of(scheme)
    answers = [(one, {line.code: line.is_acquired for line in one.lines.all()}) for one in closed]
    return [
        Compared(code, titles[code], tuple((one, mark_of(told.get(code))) for one, told in answers)) for code in codes
    ]


def result_of(one: Positioning, codes: Sequence[str], scheme: Scheme) -> dict[str, object]:
    """What an interview concluded: how much is acquired, and what is not, by name."""
    titles = titles_of(scheme)
    told = {line.code: line.is_acquired for line in one.lines.all()}
    missing = [f"{code} · {titles[code]}" for code in codes if told.get(code) is False]
    return {"words": _counts(one, codes), "missing": missing}


def _status(one: Positioning) -> dict[str, str]:
    if one.closed_at:
        return {"label": _("terminé"), "tone": "met", "icon": "circle-check"}
    return {"label": _("en cours"), "tone": "now", "icon": "circle-dot"}


def _counts(one: Positioning, codes: Sequence[str]) -> str:
    told = [line.is_acquired for line in one.lines.all() if line.code in codes]
    acquired, missing = told.count(True), told.count(False)
    parts = (
        ngettext("%(n)s compétence acquise", "%(n)s compétences acquises", acquired) % {"n": acquired},
        ngettext("%(n)s à acquérir", "%(n)s à acquérir", missing) % {"n": missing},
    )
    return ", ".join(parts)
