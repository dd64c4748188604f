"""The moments of training in work situations are logged as they are lived; one taken back stays to be read."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import override

from parchemin.records.candidacies.actions.taking import ask_letter, note, taken
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import ACTIVE, Candidacy
from parchemin.records.pathways.errors import PathwayError
from parchemin.records.pathways.models import ColdDate, Moment
from parchemin.records.people.models import Person

LASTING = (Moment.Kind.SITUATION, Moment.Kind.REFLECTION)


def log_moment(
    *,
    candidacy: Candidacy,
    kind: Moment.Kind,
    from_at: datetime,
    by: Person,
    at: datetime,
    until_at: datetime | None = None,
    codes: Sequence[str] = (),
    words: str = "",
    trainer: str = "",
) -> Moment:
    """The moment is in the log.

    PathwayError ``ends`` without an end that comes after for a situation or a reflective phase, ``trainer`` for a
    designation of nobody, ``no_competence``, ``to_come`` for what is not lived yet. A reflective phase that overlaps a
    situation is logged as it was lived: the rules tell it.
    """
    if kind in LASTING and until_at is None:
        raise PathwayError("ends")
    if until_at is not None and until_at <= from_at:
        raise PathwayError("ends")
    if kind is Moment.Kind.DESIGNATION and not trainer.strip():
        raise PathwayError("trainer")
    if (until_at or from_at) > at:
        raise PathwayError("to_come")
    with taken(candidacy, None, *ACTIVE) as row:
        scheme = Judged(row, at.date()).scheme
        strange = [code for code in codes if code not in scheme.competences]
        if strange:
            raise PathwayError("no_competence", line=strange[0])
        made = Moment.objects.create(
            candidacy=row,
            kind=kind,
            from_at=from_at,
            until_at=until_at,
            codes=list(dict.fromkeys(scheme.code_of(code) for code in codes)),
            words=words.strip(),
            trainer=trainer.strip(),
            logged_by=by,
            logged_at=at,
        )
        note(row, "moment_logged", at, by, {"moment": made.pk.hex, "kind": kind.value}, is_change=False)
    return made


def take_back_moment(*, moment: Moment, by: Person, at: datetime) -> None:
    """It counts no more; PathwayError ``removed`` twice, ``another`` unless that person logged it."""
    with taken(moment.candidacy, None, *ACTIVE) as row:
        kept = Moment.objects.select_for_update().get(pk=moment.pk)
        if kept.logged_by_id != by.pk:
            raise PathwayError("another")
        if kept.removed_at:
            raise PathwayError("removed")
        kept.removed_at = at
        kept.save(update_fields=["removed_at"])
        note(row, "moment_taken_back", at, by, {"moment": kept.pk.hex}, is_change=False)


def plan_cold(*, candidacy: Candidacy, on: date | None, by: Person, at: datetime) -> ColdDate | None:
    """The cold assessment is planned for that day, or no more for None; changed, it is reminded of again.

    PathwayError ``cold_past`` for a day gone by.
    """
    if on is not None and on < localdate(at):
        raise PathwayError("cold_past")
    with taken(candidacy, None, *ACTIVE) as row:
        before = ColdDate.objects.filter(candidacy=row).first()
        if (before.on if before else None) == on:
            return before
        made = None
        if on is None:
            ColdDate.objects.filter(candidacy=row).delete()
        else:
            told = {"on": on, "planned_by": by, "planned_at": at, "reminded_at": None}
            made, _is_new = ColdDate.objects.update_or_create(candidacy=row, defaults=told)
        note(row, "cold_planned", at, by, {"on": on.isoformat() if on else None}, is_change=False)
    return made


def cold_due(on: date) -> QuerySet[ColdDate]:
    """Those to remind of that day: the training was assessed hot, the day has come, and nothing was assessed since."""
    lived = Moment.objects.filter(candidacy=OuterRef("candidacy"), removed_at__isnull=True)
    return ColdDate.objects.filter(
        Exists(lived.filter(kind=Moment.Kind.HOT)),
        ~Exists(lived.filter(kind=Moment.Kind.COLD)),
        candidacy__status__in=ACTIVE,
        reminded_at__isnull=True,
        on__lte=on,
    )


def remind_of_cold(*, planned: ColdDate, at: datetime, on: date) -> bool:
    """Whoever applies is written to, once; False when somebody did it before or it is no longer due."""
    with taken(planned.candidacy, None) as row:
        kept = cold_due(on).filter(pk=planned.pk).first()
        if kept is None:
            return False
        kept.reminded_at = at
        kept.save(update_fields=["reminded_at"])
        with override(row.candidate.language):
            values = {
                "subject": _("L’évaluation à froid arrive"),
                "words": _(
                    "Vous aviez prévu l’évaluation à froid de votre formation en situation de travail. "
                    "Faites-la avec votre formateur, puis notez-la dans votre parcours."
                ),
            }
        ask_letter(row, "reminder", at, on=on, values=values)
        note(row, "reminded", at, None, {"cold": kept.on.isoformat()}, is_change=False)
    return True
