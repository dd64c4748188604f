"""A document that somebody keeps by them is handed on, day after day; the last one it was handed to has it."""

from datetime import date, datetime

from django.utils import timezone

from parchemin.records.candidacies.actions.taking import note, taken
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import ACTIVE, Candidacy
from parchemin.records.pathways.errors import PathwayError
from parchemin.records.pathways.models import Handover
from parchemin.records.people.models import Person


def hand_on(
    *, candidacy: Candidacy, document: str, actor: str, handed_on: date, by: Person, at: datetime, name: str = ""
) -> Handover:
    """The document was handed to somebody in that role that day; told twice, once.

    PathwayError ``no_document`` for one that the scheme does not give a holder, ``actor`` for a role it does not know,
    ``day_to_come``.
    """
    if handed_on > timezone.localdate(at):
        raise PathwayError("day_to_come")
    with taken(candidacy, None, *ACTIVE) as row:
        scheme = Judged(row, timezone.localdate(at)).scheme
        kind = scheme.documents.get(document)
        if kind is None or not isinstance(kind.holder, str):
            raise PathwayError("no_document", document=kind.title if kind else document)
        if actor not in scheme.actors:
            raise PathwayError("actor", actor=actor)
        made, is_new = Handover.objects.get_or_create(
            candidacy=row,
            document=document,
            actor=actor,
            handed_on=handed_on,
            defaults={"name": name.strip(), "noted_by": by, "noted_at": at},
        )
        if is_new:
            told = {"document": document, "actor": actor, "on": handed_on.isoformat()}
            note(row, "document_handed_on", at, by, told, is_change=False)
    return made
