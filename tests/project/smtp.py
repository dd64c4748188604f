"""A mail server that takes every message, then the worker dies before it could write that it was sent."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

taken: list[EmailMessage] = []


class DyingBackend(BaseEmailBackend):
    """Takes the message and raises."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """The message is with the server; whoever sent it does not know."""
        taken.extend(email_messages)
        raise ConnectionResetError
