"""Evidence, moments and observations of a file, made through the doors that the screens use."""

from datetime import datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile

from parchemin.records.candidacies.actions.filling import Measured
from parchemin.records.candidacies.models import Candidacy
from parchemin.records.pathways.actions.evidencing import Given, add_evidence, move_evidence
from parchemin.records.pathways.actions.working import log_moment
from parchemin.records.pathways.models import Evidence, Moment
from tests.web.cast import AT, ON

ZONE, KIND = Evidence.Zone, Evidence.Kind
STEPS = {ZONE.PRIVATE: (), ZONE.SHARED: (ZONE.SHARED,), ZONE.SUBMITTED: (ZONE.SHARED, ZONE.SUBMITTED)}
HOUR = timedelta(hours=1)


def given(*codes: str, **changes: Any) -> Given:
    """What the candidate tells of a piece of evidence."""
    usual = {"title": "Bilan de séance", "author": "Odile Fictive", "made_on": ON, "words": "J’ai animé seule."}
    return Given(**{**usual, "codes": codes or ("C1",), **changes})


def evidence(row: Candidacy, zone: Evidence.Zone = ZONE.PRIVATE, *codes: str, **changes: Any) -> Evidence:
    """An account in that zone."""
    told = given(*codes, **changes)
    made = add_evidence(candidacy=row, kind=KIND.ACCOUNT, given=told, by=row.candidate, at=AT)
    for step in STEPS[zone]:
        made = move_evidence(evidence=made, zone=step, by=row.candidate, at=AT, revision=made.revision)
    return made


def filed(row: Candidacy, *codes: str, kind: Evidence.Kind = KIND.DOCUMENT, media: str = "application/pdf") -> Evidence:
    """A file kept as evidence."""
    measured = Measured("preuve.pdf", media, 4, "1" * 64)
    return add_evidence(
        candidacy=row, kind=kind, given=given(*codes), by=row.candidate, at=AT, content=ContentFile(b"%PDF"),
        measured=measured,
    )  # fmt: skip


def lived(row: Candidacy, kind: Moment.Kind, from_at: datetime = AT, hours: int = 1, **changes: Any) -> Moment:
    """A moment that lasted so many hours, told a month later."""
    trainer = "Denis Échantillon" if kind is Moment.Kind.DESIGNATION else ""
    told = {"until_at": from_at + hours * HOUR, "trainer": trainer, "by": row.candidate, **changes}
    return log_moment(candidacy=row, kind=kind, from_at=from_at, at=AT + timedelta(days=90), **told)
