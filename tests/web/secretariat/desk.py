"""Files in every state, on days that make them so, for the tests of the secretariat's pages."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.urls import reverse

from parchemin.core.decision import Decision
from parchemin.records.candidacies.actions import deciding, depositing, filling
from parchemin.records.candidacies.actions.filling import Measured
from parchemin.records.candidacies.models import Candidacy, DocumentVersion, Status
from parchemin.records.people.models import Assurance, Person
from tests.web import cast as casting
from tests.web.cast import Cast

TODAY = date(2026, 3, 16)
NOW = datetime(2026, 3, 16, 10, 0, tzinfo=UTC)
"""Two weeks after the applications of the cast: nothing is late, nothing was decided by silence."""
PDF = b"%PDF-1.4\n%%EOF\n"


def dropped(
    row: Candidacy, kind: str, *, pages: int | None = 3, signed: Sequence[str] = ("candidate",)
) -> DocumentVersion:
    """A document of that kind, as if it had been measured so."""
    measured = Measured(
        name=f"{kind}.pdf",
        media_type="application/pdf",
        size=len(PDF),
        sha256="0" * 64,
        pages=pages,
        characters=1000,
        is_readable=True,
    )
    version = filling.drop_document(
        candidacy=row, kind=kind, content=ContentFile(PDF), measured=measured, by=row.candidate, at=casting.AT
    )
    for actor in signed:
        filling.sign_document(
            candidacy=row,
            version=version,
            actor=actor,
            signer=row.candidate.name,
            assurance=Assurance.PASSWORD,
            at=casting.AT,
            by=row.candidate,
        )
    return version


def received(cast: Cast, candidate: Person | None = None, *, is_whole: bool = True, **opened: Any) -> Candidacy:
    """An application by experience handed in two weeks ago, with or without what it needs."""
    row = casting.opened(candidate or cast.candidate, cast.certification(), **opened)
    if is_whole:
        casting.worked(row)
        filling.declare(candidacy=row, answers={"informed": True}, by=row.candidate, at=casting.AT)
        dropped(row, "admissibility_file")
        dropped(row, "activity_table")
    casting.deposited(row)
    assert row.status == Status.RECEIVED
    return row


def complete(cast: Cast, candidate: Person | None = None, **options: Any) -> Candidacy:
    """The same, found complete."""
    row = received(cast, candidate, **options)
    depositing.accept_application(candidacy=row, by=cast.secretary, at=casting.AT, on=casting.ON)
    return row


def decided(
    cast: Cast, candidate: Person | None = None, *, is_favourable: bool = True, reason: str = "Vu.", **options: Any
) -> Candidacy:
    """The same, decided."""
    row = complete(cast, candidate, **options)
    record = deciding.decide_admissibility(
        candidacy=row,
        is_favourable=is_favourable,
        reason=reason,
        by=cast.secretary,
        at=casting.AT + timedelta(days=1),
        on=casting.ON + timedelta(days=1),
    )
    assert not isinstance(record, Decision)
    return row


def crowd(cast: Cast, count: int, first: int = 0) -> list[Candidacy]:
    """Files of as many candidates, waiting to be looked at."""
    found = []
    for number in range(first, first + count):
        one = casting.person(f"candidat{number}", "Candidat", f"Numéro {number:03d}")
        found.append(received(cast, one, is_whole=number % 2 == 0))
    return found


def page(name: str, *args: object) -> str:
    """The address of a page of the secretariat."""
    return reverse(f"secretariat:{name}", args=args)


def words(response: Any) -> str:
    """The text of a page, without typographic spaces and apostrophes of ours."""
    text: str = response.content.decode()
    for special, plain in (("\u202f", " "), ("\u00a0", " "), ("&nbsp;", " "), ("&#x27;", "'")):
        text = text.replace(special, plain)
    return text
