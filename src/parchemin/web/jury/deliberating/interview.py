"""A method that the jury itself holds, as the final interview: how it went, point by point."""

from collections.abc import Mapping
from typing import Any

from django.forms import Form
from django.utils.translation import gettext as _

from parchemin.core.facts import Attendance
from parchemin.core.grid import Kind
from parchemin.core.terms import title_of
from parchemin.records.assessments.facts import read_with_assessments
from parchemin.records.assessments.models import Sitting
from parchemin.records.juries.actions.sitting import methods_of
from parchemin.web.jury.deliberating.facing import Facing
from parchemin.web.jury.deliberating.forms import MethodForm


def methods_held(facing: Facing, forms: Mapping[str, Form]) -> list[dict[str, Any]]:
    """The methods that the jury holds, what was told of each, and the form while it may be told."""
    found = []
    may_tell = facing.may_lead and not facing.hearing.verdict
    for method in methods_of(facing.deliberation):
        rows = [one for one in read_with_assessments(facing.hearing.candidacy).sittings.all() if one.method == method]
        sat = [_told(facing, one) for one in rows if one.attendance and one.cancelled_at is None]
        form = forms.get(method) or (method_form(facing, method) if may_tell else None)
        title = title_of(facing.scheme.methods, method)
        found.append({"id": method, "title": title, "sat": sat, "form": form, "is_open": form and form.is_bound})
    return found


def method_form(facing: Facing, method: str, data: Any = None) -> MethodForm:
    """The form of that method, preset to its length."""
    known = facing.scheme.methods[method]
    minutes = known.minutes if isinstance(known.minutes, int) else None
    initial = {"revision": facing.hearing.revision, "minutes": minutes, "attendance": Attendance.HELD.value}
    return MethodForm(data, points=known.points, initial=initial, auto_id=f"id-{method}-%s")


def _told(facing: Facing, row: Sitting) -> dict[str, Any]:
    points = facing.scheme.methods[row.method].points
    known = {one.code: one.is_acquired for one in facing.hearing.candidacy.results.all() if _is_point(one, row)}
    return {"row": row, "points": [(title, known.get(str(n))) for n, title in enumerate(points, 1)], "look": _look(row)}


def _is_point(result: Any, row: Sitting) -> bool:
    return bool(result.sitting_id == row.pk and result.kind == Kind.POINT)


def _look(row: Sitting) -> dict[str, str]:
    if row.attendance != Attendance.HELD:
        labels = {Attendance.ABSENT: _("Candidat absent"), Attendance.EXCUSED: _("Candidat excusé")}
        return {"tone": "unknown", "icon": "minus", "label": labels.get(Attendance(row.attendance), row.attendance)}
    if row.is_passed is None:
        return {"tone": "now", "icon": "circle-check", "label": _("Tenu")}
    if row.is_passed:
        return {"tone": "met", "icon": "circle-check", "label": _("Réussi")}
    return {"tone": "not_met", "icon": "circle-x", "label": _("Non réussi")}
