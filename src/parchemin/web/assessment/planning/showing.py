"""How a sitting is shown: where it stands, and what it lacks, in words."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from parchemin.core.facts import Attendance, Link
from parchemin.core.grid import Kind
from parchemin.core.scheme import Scheme
from parchemin.core.terms import title_of
from parchemin.records.assessments.actions.summoning import duration
from parchemin.records.assessments.models import Result, Sitting, Telling
from parchemin.records.assessments.models.sittings import ATTENDANCES
from parchemin.records.assessments.queries.calendar import Lack
from parchemin.records.assessments.queries.told import tellings_of

LACKS: Mapping[Lack, object] = {
    Lack.DATE: gettext_lazy("date à fixer"),
    Lack.EVALUATOR: gettext_lazy("évaluateur à nommer"),
    Lack.ACCREDITATION: gettext_lazy("évaluateur non habilité ce jour-là"),
    Lack.SUMMONS: gettext_lazy("convocation à envoyer"),
    Lack.TOLD: gettext_lazy("déroulement à noter"),
    Lack.SETTLED: gettext_lazy("résultats à arrêter"),
}
LINKS: Mapping[Link, object] = {
    Link.TRAINER: gettext_lazy("formateur"),
    Link.MANAGER: gettext_lazy("responsable hiérarchique"),
    Link.ADVISER: gettext_lazy("accompagnateur"),
    Link.EVALUATOR: gettext_lazy("a déjà évalué le candidat"),
    Link.COLLEAGUE: gettext_lazy("collègue"),
    Link.FAMILY: gettext_lazy("famille"),
    Link.PERSONAL: gettext_lazy("lien personnel"),
}
TONES = {
    Attendance.HELD: ("met", "circle-check"),
    Attendance.ABSENT: ("unknown", "circle-alert"),
    Attendance.EXCUSED: ("unknown", "circle-alert"),
    Attendance.ADJOURNED: ("unknown", "hourglass"),
    Attendance.FRAUD: ("not_met", "flag"),
    Attendance.VOID: ("", "x"),
}


def state_of(sitting: Sitting, at: datetime) -> dict[str, str]:
    """The status of components: label, tone and icon."""
    label, tone, icon = _look(sitting, at)
    return {"label": label, "tone": tone, "icon": icon}


def attended(sitting: Sitting | Telling) -> dict[str, str]:
    """How it went off, as a status; never a failure."""
    told = Attendance(sitting.attendance)
    tone, icon = TONES[told]
    return {"label": str(ATTENDANCES[told]), "tone": tone, "icon": icon}


def told_of(sitting: Sitting) -> list[dict[str, object]]:
    """How it went off, by whom and when it was told, the last first: each but the last gave way to the next."""
    return [
        {"row": one.row, "state": attended(one.row), "minutes": duration(one.row.minutes), "away": one.away}
        for one in tellings_of(sitting)
    ]


def _look(sitting: Sitting, at: datetime) -> tuple[str, str, str]:
    if sitting.cancelled_at:
        return _("Annulée"), "", "x"
    if sitting.attendance == Attendance.HELD:
        return _held(sitting)
    if sitting.attendance:
        found = attended(sitting)
        return found["label"], found["tone"], found["icon"]
    if sitting.starts_at is None:
        return _("Date à fixer"), "unknown", "calendar"
    if sitting.starts_at <= at:
        return _("Déroulement à noter"), "unknown", "hourglass"
    return _("Prévue"), "now", "calendar"


def _held(sitting: Sitting) -> tuple[str, str, str]:
    if sitting.settled_at is None:
        return _("Chez les évaluateurs"), "now", "clock"
    if sitting.is_passed is None:
        return _("Résultats arrêtés"), "met", "circle-check"
    return (_("Réussie"), "met", "circle-check") if sitting.is_passed else (_("Non réussie"), "not_met", "circle-x")


def line_title(scheme: Scheme, row: Result) -> str:
    """What a result is about: its code and its title, or the method as a whole."""
    if row.kind == Kind.WHOLE:
        return title_of(scheme.methods, row.code)
    known = scheme.competences.get(row.code) if row.kind == Kind.COMPETENCE else None
    others = {one.id: one for one in scheme.framework.learnings} if row.kind == Kind.LEARNING else {}
    item = known or others.get(row.code)
    title = item.title if item else None
    return f"{row.code} — {title}" if isinstance(title, str) else row.code


def value_of(row: Result) -> str:
    """« Acquis », « À acquérir », a mark, or both."""
    if row.kind == Kind.WHOLE:
        told = {True: _("Réussie"), False: _("Non réussie")}.get(row.is_acquired)  # type: ignore[arg-type]
    else:
        told = {True: _("Acquis"), False: _("À acquérir")}.get(row.is_acquired)  # type: ignore[arg-type]
    mark = "" if row.mark is None else number_format(row.mark.normalize(), use_l10n=True)
    return ", ".join(one for one in (told, mark) if one)
