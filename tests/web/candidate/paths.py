"""A file in each state, and papers to drop in it."""

from datetime import date, datetime, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from parchemin.records.candidacies.actions import deciding, depositing, filling
from parchemin.records.candidacies.models import Candidacy, DocumentVersion, Status
from parchemin.records.people.models import Assurance, Person
from tests.web import cast as casting


def pdf(pages: int = 2, name: str = "piece.pdf") -> SimpleUploadedFile:
    """A PDF of that many pages, each with its text."""
    return SimpleUploadedFile(name, pdf_bytes(pages), "application/pdf")


def pdf_bytes(pages: int) -> bytes:
    """The smallest PDF with that many pages of text."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(pages))
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>"]
    objects.append("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    for number in range(pages):
        text = f"BT /F1 12 Tf 72 720 Td (Page {number + 1} de la piece fictive) Tj ET"
        resources = "/Resources << /Font << /F1 3 0 R >> >>"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] {resources} /Contents {5 + 2 * number} 0 R >>"
        )
        objects.append(f"<< /Length {len(text)} >>\nstream\n{text}\nendstream")
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    trailer = f"trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + f"xref\n0 {size}\n0000000000 65535 f \n{table}{trailer}".encode()


def dropped(row: Candidacy, kind: str, *, pages: int = 2, at: datetime = casting.AT) -> DocumentVersion:
    """A document of that kind in the file, signed by the candidate."""
    content = pdf_bytes(pages)
    version = filling.drop_document(
        candidacy=row,
        content=SimpleUploadedFile("piece.pdf", content),
        measured=filling.Measured("piece.pdf", "application/pdf", len(content), "0" * 64, pages, 100, None, True),
        by=row.candidate,
        at=at,
        kind=kind,
    )
    filling.sign_document(
        candidacy=row, version=version, actor="candidate", signer="Odile", assurance=Assurance.PASSWORD, at=at
    )
    return version


def ready(cast: casting.Cast) -> Candidacy:
    """A draft by experience with everything it is asked."""
    row = casting.opened(cast.candidate, cast.certification())
    casting.identified(cast.candidate)
    casting.worked(row)
    dropped(row, "admissibility_file")
    filling.declare(candidacy=row, answers={"informed": True}, by=cast.candidate, at=casting.AT)
    return casting.accepted(row)


def verified(row: Candidacy, by: Person, at: datetime) -> None:
    """Everything declared was found true."""
    for one in row.experiences.all():
        deciding.verify_experience(candidacy=row, experience=one, is_proved=True, by=by, at=at)
    for statement in row.statements.all():
        deciding.verify_statement(candidacy=row, code=statement.code, is_true=True, by=by, at=at)


def returned(cast: casting.Cast) -> Candidacy:
    """An application sent back."""
    row = casting.deposited(ready(cast))
    depositing.return_application(
        candidacy=row, reasons="Il manque une signature.", by=cast.secretary, at=later(1), on=day(1)
    )
    return row


def answered(cast: casting.Cast, *, is_favourable: bool) -> Candidacy:
    """An application that was answered."""
    row = casting.deposited(ready(cast))
    depositing.accept_application(candidacy=row, by=cast.secretary, at=later(1), on=day(1))
    verified(row, cast.secretary, later(1))
    deciding.decide_admissibility(
        candidacy=row,
        is_favourable=is_favourable,
        reason="Motif écrit.",
        by=cast.secretary,
        at=later(2),
        on=day(2),
    )
    assert row.status == (Status.ADMISSIBLE if is_favourable else Status.REFUSED)
    return row


def later(days: int) -> datetime:
    """That many days after the file was opened."""
    return casting.AT + timedelta(days=days)


def day(days: int) -> date:
    """The day of ``later``."""
    return casting.ON + timedelta(days=days)


def read(answer: object) -> str:
    """The page as it is read, with plain spaces."""
    return answer.content.decode().replace("\u202f", " ").replace("\u00a0", " ")  # type: ignore[attr-defined, no-any-return]


def fake(name: str = "faux.pdf") -> SimpleUploadedFile:
    """A program that says it is a PDF."""
    return SimpleUploadedFile(name, b"MZ" + b"\0" * 200, "application/pdf")
