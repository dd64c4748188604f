"""What is sent about a sitting: its calendar file, and the short e-mail to whoever assesses."""

from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from parchemin.records.assessments.models import Sitting
from parchemin.records.assessments.queries.planned import places_of
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Candidacy
from parchemin.web.shared.calendars import calendar_file
from parchemin.web.shared.clock import today
from parchemin.web.shared.typesetting import day

USUAL = 60
"""The minutes a calendar shows where no duration is set."""
FILE = "epreuve.ics"


class Told(NamedTuple):
    """An e-mail about a sitting, with its calendar unless there is nothing to put in one."""

    subject: str
    text: str
    calendar: bytes | None


def sitting_of(id: str) -> Sitting | None:
    """The sitting of that id with its file; None when it is no longer there."""
    related = ("candidacy__candidate", "candidacy__certification", "candidacy__organisation")
    return Sitting.objects.select_related(*related).filter(pk=id).first()


def calendar_of(sitting: Sitting) -> bytes | None:
    """Its calendar file, for anybody concerned; None without a day, or once it is cancelled."""
    if sitting.starts_at is None or sitting.cancelled_at:
        return None
    return _file(sitting, sitting.starts_at)


def struck_out(sitting: Sitting, was: str = "") -> bytes | None:
    """The calendar file that strikes it out where it was put; ``was`` is when it was to begin, if it has no day now.

    None where it never had any.
    """
    starts_at = sitting.starts_at or (datetime.fromisoformat(was) if was else None)
    return _file(sitting, starts_at, is_cancelled=True) if starts_at else None


def calendar_told(sitting: Sitting, was: str = "") -> bytes | None:
    """What goes with the news of it: its calendar, or what strikes it out."""
    return calendar_of(sitting) or struck_out(sitting, was)


def _file(sitting: Sitting, starts_at: datetime, *, is_cancelled: bool = False) -> bytes:
    row = sitting.candidacy
    return calendar_file(
        f"{sitting.pk}@parchemin",
        f"{title_of_method(sitting)} ({row.number})",
        starts_at,
        sitting.minutes or USUAL,
        where(sitting),
        row.certification.title,
        sitting.revision,
        is_cancelled=is_cancelled,
    )


def title_of_method(sitting: Sitting) -> str:
    """What the scheme calls what is sat."""
    known = Judged(sitting.candidacy, today()).scheme.methods.get(sitting.method)
    return known.title if known else sitting.method


def where(sitting: Sitting) -> str:
    """The kind of place and its address, or what is known of them."""
    judged = Judged(sitting.candidacy, today())
    place = places_of(judged, sitting.method).get(sitting.place, "") if sitting.method in judged.scheme.methods else ""
    return " — ".join(one for one in (place, sitting.room) if one)


def told_to_evaluator(sitting: Sitting, about: str, was: str = "") -> Told:
    """What whoever assesses is told: summoned, moved, cancelled, or no longer expected. Nothing of any need is said.

    ``was`` is when it was to begin, where it has no day any more.
    """
    row = sitting.candidacy
    values = {
        "method": title_of_method(sitting),
        "name": row.candidate.name,
        "number": row.number,
        "title": row.certification.title,
        "when": _when(sitting.starts_at),
        "where": where(sitting) or _("lieu à préciser"),
        "link": settings.ADDRESS + _page(row),
        "reason": sitting.cancellation,
    }
    gone = struck_out(sitting, was)
    if about == "evaluator_removed":
        return Told(_("Vous n’évaluez plus « %(method)s » (dossier %(number)s)") % values, _removed() % values, gone)
    if sitting.cancelled_at:
        return Told(_("Épreuve annulée : « %(method)s » (dossier %(number)s)") % values, _cancelled() % values, gone)
    subject = _("Vous évaluez « %(method)s » (dossier %(number)s)")
    if about == "sitting_moved":
        subject = _("Épreuve déplacée : « %(method)s » (dossier %(number)s)")
    text = _expected() if sitting.starts_at else _undated()
    return Told(subject % values, text % values, calendar_told(sitting, was))


def _when(starts_at: datetime | None) -> str:
    if starts_at is None:
        return _("date à fixer")
    return _("%(day)s à %(hour)s") % {"day": day(starts_at), "hour": f"{timezone.localtime(starts_at):%H:%M}"}


def _page(row: Candidacy) -> str:
    return reverse("followed:file", args=[row.pk])


def _expected() -> str:
    return _(
        "Bonjour,\n\nVous évaluez %(name)s : « %(method)s », %(title)s.\n\nQuand : %(when)s\nOù : %(where)s\n\n"
        "Le dossier vous est ouvert. Avant de noter, dites si un lien vous rattache au candidat :\n%(link)s\n\n"
        "Le fichier joint ajoute l’épreuve à votre agenda.\n"
    )


def _undated() -> str:
    return _(
        "Bonjour,\n\nVous évaluez %(name)s : « %(method)s », %(title)s.\n\n"
        "La date est à fixer : vous en serez prévenu.\n\n"
        "Le dossier vous est ouvert. Avant de noter, dites si un lien vous rattache au candidat :\n%(link)s\n"
    )


def _cancelled() -> str:
    return _(
        "Bonjour,\n\nL’épreuve « %(method)s » de %(name)s, prévue le %(when)s, n’aura pas lieu.\nMotif : %(reason)s\n\n"
        "Le fichier joint l’annule dans votre agenda.\n"
    )


def _removed() -> str:
    return _(
        "Bonjour,\n\nVous n’êtes plus attendu pour évaluer %(name)s : « %(method)s », %(when)s.\n\n"
        "Le fichier joint l’annule dans votre agenda.\n"
    )
