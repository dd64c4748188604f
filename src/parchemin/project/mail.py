"""Where messages go when no mail server is set: they are told, and kept to be read in the outbox page.

They are told on standard error: what a command answers is on its standard output, and is read by programs.
"""

import sys
from collections.abc import Iterable, Sequence
from email.message import Message, MIMEPart
from email.mime.base import MIMEBase
from functools import partial
from typing import Any, cast

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.db import DatabaseError, transaction

from parchemin.project.models import Attachment, Mail

LARGEST = 10 * 1024 * 1024
"""Bytes of an attachment beyond which only its name and size are kept."""
IN_ALL = 25 * 1024 * 1024
"""Bytes kept of all the attachments of a message, in their order."""


class OutboxBackend(BaseEmailBackend):
    """Keeps each message in the database, in the transaction of whoever sends it.

    A message of a transaction that is undone was never sent: neither kept nor told.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Every message that goes to somebody is kept; how many there were. DatabaseError unless it fails silently."""
        kept = 0
        for message in email_messages:
            if not message.recipients():
                continue
            try:
                with transaction.atomic():
                    _keep(message)
            except DatabaseError:
                if not self.fail_silently:
                    raise
            else:
                kept += 1
        return kept


def _keep(message: EmailMessage) -> None:
    alternatives = message.alternatives if isinstance(message, EmailMultiAlternatives) else []
    html = next((str(one[0]) for one in alternatives if one[1] == "text/html"), "")
    text = str(message.body)
    if message.content_subtype == "html":
        text, html = "", text
    to, subject = _line(", ".join(message.recipients())), _line(str(message.subject))
    mail = Mail.objects.create(to=to[:1000], subject=subject[:250], text=text, html=html)
    Attachment.objects.bulk_create(_attachments(mail, message))
    transaction.on_commit(partial(print, f"courriel pour {to} : {subject}", file=sys.stderr, flush=True))


def _attachments(mail: Mail, message: EmailMessage) -> Iterable[Attachment]:
    room = IN_ALL
    for part in message.attachments:
        name, raw, media_type = _read(part)
        is_kept = len(raw) <= min(LARGEST, room)
        room -= len(raw) if is_kept else 0
        yield Attachment(
            mail=mail,
            name=_line(name)[:160],
            media_type=media_type[:100],
            size=len(raw),
            is_kept=is_kept,
            content=raw if is_kept else b"",
        )


def _read(part: object) -> tuple[str, bytes, str]:
    """The name, the bytes and the type of an attachment, in any of the shapes Django takes."""
    if isinstance(part, MIMEBase | MIMEPart):
        raw = part.get_payload(decode=True)
        return part.get_filename() or "", raw if isinstance(raw, bytes) else part.as_bytes(), part.get_content_type()
    name, given, media_type = cast("tuple[str | None, Any, str | None]", part)
    if isinstance(given, EmailMessage):
        given = given.message()
    if isinstance(given, Message):
        given = given.as_bytes()
    raw = given.encode() if isinstance(given, str) else bytes(given or b"")
    return name or "", raw, media_type or "application/octet-stream"


def _line(words: str) -> str:
    """On one line, whatever was written: it is told, and shown in lists."""
    return " ".join(words.split())
