"""The sheet of an interview: one row for each competence, by block, with all that stands beside the conclusion."""

from dataclasses import dataclass

from django.forms import BoundField
from django.utils.translation import gettext as _

from parchemin.core.framework import Competence
from parchemin.core.scheme import Scheme
from parchemin.core.terms import Unknown, listed
from parchemin.records.candidacies.models import Candidacy
from parchemin.records.pathways.asked import to_position
from parchemin.records.pathways.models import Positioning, PositioningLine
from parchemin.web.pathway.competences import group_of, title_of
from parchemin.web.pathway.positioning.forms import SheetForm


@dataclass(frozen=True, slots=True)
class Mark:
    """An answer on the only scale there is: acquired, to acquire, or nothing told yet."""

    label: str
    tone: str
    icon: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One competence; ``refused`` says why nothing is concluded on it, ``doubt`` that it may not be asked for."""

    code: str
    title: str
    refused: str = ""
    doubt: str = ""
    mark: Mark
    example: str = ""
    own: Mark
    own_example: str = ""
    before: Mark | None = None
    fields: tuple[BoundField, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """The competences of a block, of an activity where there are no blocks, or all of them."""

    title: str
    rows: tuple[Row, ...]


def mark_of(answer: bool | None) -> Mark:
    """How an answer is drawn."""
    if answer is None:
        return Mark(_("Rien de dit"), "unknown", "circle-help")
    return Mark(_("Acquise"), "met", "circle-check") if answer else Mark(_("À acquérir"), "now", "circle-dot")


def groups_of(
    scheme: Scheme,
    row: Candidacy,
    interview: Positioning,
    *,
    before: Positioning | None = None,
    form: SheetForm | None = None,
) -> list[Group]:
    """The sheet of that interview, with what the one ``before`` concluded."""
    lines, earlier = _lines(interview), _lines(before)
    wanted = to_position(scheme, row.blocks)
    rows: dict[str, list[Row]] = {}
    for one in listed(scheme.framework.competences):
        if one.id in wanted or (one.is_assessed is False and (not row.blocks or one.block in row.blocks)):
            found = _row(one, lines.get(one.id), earlier.get(one.id), form if one.id in wanted else None)
            rows.setdefault(group_of(scheme, one), []).append(found)
    return [Group(title, tuple(found)) for title, found in rows.items()]


def _lines(interview: Positioning | None) -> dict[str, PositioningLine]:
    return {line.code: line for line in interview.lines.all()} if interview else {}


def _row(one: Competence, line: PositioningLine | None, before: PositioningLine | None, form: SheetForm | None) -> Row:
    return Row(
        code=one.id,
        title=title_of(one),
        refused=_refused(one) if one.is_assessed is False else "",
        doubt=_("La source ne dit pas si elle est évaluée.") if isinstance(one.is_assessed, Unknown) else "",
        mark=mark_of(line.is_acquired if line else None),
        example=line.example if line else "",
        own=mark_of(line.own_view if line else None),
        own_example=line.own_example if line else "",
        before=mark_of(before.is_acquired) if before else None,
        fields=form.fields_of(one.id) if form else (),
    )


def _refused(one: Competence) -> str:
    return one.note or _("La certification ne l’évalue pas : rien ne s’y conclut.")
