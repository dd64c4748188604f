"""Files of the cast that lack nothing to go to the jury, or lack one thing."""

from datetime import date

from parchemin.records.assessments.actions.transmitting import transmit_file
from parchemin.records.candidacies.actions import filling
from parchemin.records.candidacies.models import Candidacy, DecisionRecord
from parchemin.records.people.actions.accrediting import accredit
from parchemin.records.people.models import Assurance, Person
from tests.records.assessments import sheets
from tests.records.candidacies import files
from tests.web.cast import AT, CQP, MASTER, Cast, opened

ATTESTED = ("file_used", "observation_done", "situations_analysed", "professional_knows", "sent_by_evaluator")
SEEN_ON = date(2026, 3, 3)
"""The day after the sitting."""


def signed(cast: Cast, row: Candidacy, kind: str, *actors: str) -> None:
    """A document of the file, signed by each of these."""
    version = files.dropped(row, kind)
    for actor in actors:
        filling.sign_document(
            candidacy=row, version=version, actor=actor, signer="x", assurance=Assurance.PASSWORD, at=AT
        )


def documented(cast: Cast, row: Candidacy) -> Candidacy:
    """Every document that its jury wants is there, signed."""
    signed(cast, row, "activity_table")
    signed(cast, row, "vae_file", "sector_professional", "external_evaluator")
    signed(cast, row, "decision_form")
    return row


def accredited(cast: Cast) -> None:
    """Both evaluators are accredited and trained on the day of the sitting."""
    for person, actor in ((cast.professional, "sector_professional"), (cast.evaluator, "external_evaluator")):
        accredit(
            person=person,
            organisation=cast.organisation,
            scheme=CQP,
            actor=actor,
            from_on=date(2025, 1, 1),
            granted_on=date(2025, 1, 1),
            training="Formation fictive",
            trained_on=date(2025, 1, 1),
            at=AT,
        )


def ready(cast: Cast, row: Candidacy, *missing: str) -> Candidacy:
    """The same assessed by two accredited evaluators, every competence acquired but those named."""
    documented(cast, row)
    accredited(cast)
    pair = sheets.held(cast, row)
    sheets.signed(pair.professional, *missing)
    sheets.signed(pair.outside, *missing)
    return Candidacy.objects.get(pk=row.pk)


def sent(cast: Cast, row: Candidacy) -> DecisionRecord:
    """The same transmitted to the jury."""
    found = transmit_file(candidacy=row, by=cast.evaluator, at=sheets.LATER, on=SEEN_ON, attested=ATTESTED)
    assert isinstance(found, DecisionRecord), [one.seen for one in found.findings if one.outcome != "met"]
    return found


def student(cast: Cast, who: Person | None = None) -> Candidacy:
    """A file of a certification with two ledgers, as if it were admissible."""
    row = opened(who or cast.candidate, cast.certification(MASTER), "student")
    Candidacy.objects.filter(pk=row.pk).update(status="admissible", identity={})
    return Candidacy.objects.get(pk=row.pk)
