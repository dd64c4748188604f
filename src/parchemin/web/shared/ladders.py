"""The levels at which a decision may be contested, drawn one under the other."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from parchemin.records.candidacies.queries.appeals import Rung, Standing
from parchemin.web.shared.typesetting import day

STATES = {
    Standing.OPEN: "now",
    Standing.FILED: "now",
    Standing.UPHELD: "done",
    Standing.SHUT: "later",
    Standing.OVER: "later",
}
"""How each is drawn; stopped for the others."""


def drawn_ladder(rungs: Sequence[Rung]) -> list[dict[str, Any]]:
    """Each level as a step: before whom, where it stands, until when; nothing where the certification gives none."""
    if not any(one.title for one in rungs):
        return []
    return [
        {
            "title": one.title,
            "state": STATES.get(one.standing, "stopped"),
            "owner": one.to,
            "due_on": one.until if one.standing is Standing.OPEN else None,
            "note": note_of(one),
        }
        for one in rungs
    ]


def note_of(rung: Rung) -> str:
    """Where a level stands, in a sentence."""
    appeal, silent_on = rung.appeal, rung.silent_on
    values = {
        "until": day(rung.until) if rung.until else "",
        "filed": day(appeal.filed_on) if appeal else "",
        "answered": day(appeal.answered_on) if appeal and appeal.answered_on else "",
        "silent": day(silent_on) if silent_on else "",
        "after": day(silent_on + timedelta(days=1)) if silent_on else "",
        "remedy": appeal.get_remedy_display().lower() if appeal else "",
        "case": f"{appeal.court}, {appeal.number}" if appeal else "",
    }
    return _sentences(rung)[rung.standing] % values


def _sentences(rung: Rung) -> dict[Standing, str]:
    here, silent = rung.is_here, rung.silent_on is not None
    filed = _("Déposé le %(filed)s : la réponse est attendue.")
    waits = _("Déposé le %(filed)s. Sans réponse le %(silent)s, il sera réputé rejeté.")
    return {
        Standing.OPEN: "" if here else _("Il s’adresse directement à cette juridiction, hors de ce site."),
        Standing.LATE: _("Le délai est passé depuis le %(until)s."),
        Standing.SHUT: _("Le délai court à partir de la réponse au recours précédent."),
        Standing.FILED: (waits if silent else filed) if here else _("Enregistré : %(case)s, le %(filed)s."),
        Standing.SILENT: _("Sans réponse : réputé rejeté depuis le %(after)s."),
        Standing.REJECTED: _("Rejeté le %(answered)s."),
        Standing.UPHELD: _("Accueilli le %(answered)s : %(remedy)s."),
        Standing.OVER: _("Sans objet : un recours a été accueilli."),
    }
