"""Recommendations in words: where they stand, what they are about, the days they hold."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from parchemin.catalogue.folders import UNDATED
from parchemin.records.recommendations.models import Recommendation, Reply, Stand
from parchemin.web.shared.typesetting import day

Look = Mapping[str, str]


def look_of(row: Recommendation, on: date) -> Look:
    """Where it stands that day, and whether everybody reads it."""
    stands = row.stands(on)
    if stands is Stand.WITHDRAWN:
        return _look("not_met", "circle-x", _("Retirée"))
    if stands is Stand.ENDED:
        return _look("unknown", "clock", _("Arrivée à sa fin"))
    if row.answer == Reply.Act.HIDDEN:
        return _look("", "lock", _("Masquée"))
    if row.answer != Reply.Act.ACCEPTED:
        return _look("now", "hourglass", _("Attend une réponse"))
    if getattr(row, "proof", None) is None:
        return _look("now", "hourglass", _("En attente de signature"))
    if stands is Stand.TO_COME:
        return _look("now", "calendar", _("Acceptée, à venir"))
    return _look("met", "circle-check", _("Lue par tous"))


def days_of(row: Recommendation) -> str:
    """The days on which it holds."""
    if row.until_on is None:
        return _("à partir du %(since)s, sans limite de durée") % {"since": day(row.from_on)}
    return _("du %(since)s au %(until)s inclus") % {"since": day(row.from_on), "until": day(row.until_on)}


def subject_of(row: Recommendation) -> str:
    """What it is about: a version of a certification, or a body."""
    if row.version is None:
        return _("%(name)s, comme organisme certificateur") % {"name": row.subject_name}
    return _("%(title)s, version %(version)s") % {"title": row.subject_name, "version": dated(row.version.name)}


def dated(version: str) -> str:
    """The name of a version, which is its day, in words where it has none."""
    return _("non datée") if version == UNDATED else version


def facts_of(row: Recommendation) -> list[tuple[str, str]]:
    """What it says but its words."""
    return [
        (_("Signée par"), row.endorser_name),
        (_("Au sujet de"), row.subject_name if row.version else subject_of(row)),
        *([(_("Version"), dated(row.version.name))] if row.version else []),
        (_("Organisme responsable"), row.endorsed.name),
        (_("Elle vaut"), days_of(row)),
    ]


def _look(tone: str, icon: str, label: str) -> Look:
    return {"tone": tone, "icon": icon, "label": label}
