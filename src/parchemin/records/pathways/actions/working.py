"""The moments of training in work situations are logged as they are lived; one taken back stays to be read."""

from collections.abc import Sequence
from datetime import datetime

from parchemin.records.candidacies.actions.taking import note, taken
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import ACTIVE, Candidacy
from parchemin.records.pathways.errors import PathwayError
from parchemin.records.pathways.models import Moment
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
