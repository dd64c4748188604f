"""How what is due is sent once, and to whom."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import TypeVar
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Model, QuerySet

from parchemin.records.candidacies.models import Candidacy, Letter, Notice

Row = TypeVar("Row", bound=Model)


@contextmanager
def taken_to_send(waiting: QuerySet[Row]) -> Iterator[Row | None]:
    """The only row of ``waiting``, to send and to say sent within; None when somebody did it before.

    With the outbox the message is kept in the transaction that says it is sent: exactly once. No lock is held while a
    mail server is talked to, so that it may get a message twice if the worker dies in between: the two have one
    ``Message-ID``, by which mailboxes drop the second.
    """
    has_server = "smtp" in settings.EMAIL_BACKEND
    with nullcontext() if has_server else transaction.atomic():
        yield (waiting if has_server else waiting.select_for_update(of=("self",))).first()


def mail_of(row: Letter | Notice, subject: str, text: str, to: str, answers: str = "") -> EmailMessage:
    """The e-mail that this row asks for, the same however often it is handed to a mail server."""
    if isinstance(row, Letter):
        name = message_id("letter", row.pk.hex)
    else:
        name = message_id("notice", row.pk, int(row.due_at.timestamp()))
    line = " ".join(subject.split())[:250]
    return EmailMessage(line, text, to=[to], reply_to=[answers] if answers else [], headers={"Message-ID": name})


def message_id(*parts: object) -> str:
    """The name of a message about these on this site (RFC 5322, 3.6.4): the same for the same parts."""
    host = urlsplit(settings.ADDRESS).hostname or ""
    return f"<{'.'.join(str(part) for part in parts)}@{'localhost' if ':' in host else host or 'localhost'}>"


def contact_of(file: Candidacy) -> str:
    """The address of whoever handles that file, or nothing."""
    return file.certification.contact or file.organisation.email


def address_of_candidate(file: Candidacy) -> str:
    """The address of whoever applies, nothing once they were erased."""
    return file.candidate.email if file.candidate.erased_at is None else ""
