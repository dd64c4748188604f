"""Files of the cast further on their way, made through the doors that the screens use."""

from datetime import date

from django.core.files.base import ContentFile

from parchemin.records.candidacies.actions import deciding, depositing, erasing, filling, retaining
from parchemin.records.candidacies.actions.filling import Measured
from parchemin.records.candidacies.models import Candidacy, DocumentVersion, RetentionRun
from parchemin.records.certifications import queries
from parchemin.records.certifications.actions import publish_ruling, publish_version, set_open
from parchemin.records.certifications.folders import files_of
from parchemin.records.certifications.models import Certification
from parchemin.records.people.models import Assurance
from tests.web import cast as casting
from tests.web.cast import AT, CQP, ON, Cast

RULING = "ruling"
MEASURED = Measured("file.pdf", "application/pdf", 4, "0" * 64, pages=3)


def dropped(row: Candidacy, kind: str = "admissibility_file", title: str = "") -> DocumentVersion:
    """A document in the file, signed by the candidate."""
    version = filling.drop_document(
        candidacy=row, content=ContentFile(b"%PDF"), measured=MEASURED, by=row.candidate, at=AT, kind=kind, title=title
    )
    filling.sign_document(
        candidacy=row, version=version, actor="candidate", signer="x", assurance=Assurance.PASSWORD, at=AT
    )
    return version


def completed(cast: Cast, row: Candidacy) -> Candidacy:
    """A file that everything speaks for, checked as complete."""
    casting.worked(row)
    dropped(row)
    casting.deposited(row)
    depositing.accept_application(candidacy=row, by=cast.secretary, at=AT, on=ON)
    return row


def decided(cast: Cast, row: Candidacy, *, is_favourable: bool = True) -> Candidacy:
    """The same, answered."""
    reason = "" if is_favourable else "Hors du champ."
    deciding.decide_admissibility(
        candidacy=row, is_favourable=is_favourable, reason=reason, by=cast.secretary, at=AT, on=ON
    )
    return row


def erased(cast: Cast, run: RetentionRun, on: date) -> RetentionRun:
    """What was prepared is confirmed, then erased to the end."""
    run = retaining.confirm_retention(run=run, by=cast.manager, at=AT, on=on)
    for file in erasing.files_waiting(run):
        erasing.erase_file(run=run, file=file)
    assert erasing.finish_retention(run=run, at=AT)
    run.refresh_from_db()
    return run


def changed(cast: Cast, old: str, new: str) -> Certification:
    """The CQP published with one line of its files or of its ruling written otherwise, and open."""
    folder, ruling = casting.files_for(CQP)
    texts = {**files_of(folder), RULING: ruling.read_text(encoding="utf-8")}
    assert sum(text.count(old) for text in texts.values()) == 1, old
    texts = {name: text.replace(old, new) for name, text in texts.items()}
    decision = texts.pop(RULING)
    version = publish_version(
        scheme=CQP, name=folder.name, files=texts, awarding_body=cast.organisation, by=None, at=AT
    )
    publish_ruling(version=version, name=ruling.stem, text=decision, by=None, at=AT)
    set_open(certification=version.certification, is_open=True, by=None, at=AT)
    queries._held.clear()  # ids start again with each test
    return version.certification
