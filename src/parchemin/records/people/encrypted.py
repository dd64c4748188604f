"""Text encrypted at rest with AES-GCM, under a key that is not the one that signs cookies."""

import base64
import json
import os
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models

MARK = "v1:"


class SealedError(Exception):
    """What is stored cannot be opened: the key changed, or the text was tampered with."""


def sealed(text: str, context: str) -> str:
    """``text`` encrypted and authenticated for one ``context`` (a column), in ASCII."""
    nonce = os.urandom(12)
    return MARK + base64.urlsafe_b64encode(nonce + _cipher().encrypt(nonce, text.encode(), context.encode())).decode()


def opened(text: str, context: str) -> str:
    """What was sealed for that ``context``; SealedError when it cannot be opened."""
    try:
        raw = base64.urlsafe_b64decode(text.removeprefix(MARK))
        return _cipher().decrypt(raw[:12], raw[12:], context.encode()).decode()
    except (InvalidTag, ValueError) as error:
        raise SealedError(f"{context}: the key changed or the text was altered") from error


def _cipher() -> AESGCM:
    return AESGCM(base64.urlsafe_b64decode(settings.FIELD_KEY))


class SealedTextField(models.TextField):  # type: ignore[type-arg]
    """A text that only the application can read; it cannot be searched."""

    def from_db_value(self, value: str | None, expression: object, connection: object) -> str | None:
        """The text in clear."""
        return opened(value, self._context) if value else value

    def get_prep_value(self, value: Any) -> Any:
        """The text as it is stored."""
        return sealed(str(value), self._context) if value else value

    @property
    def _context(self) -> str:
        return f"{self.model._meta.label_lower}.{self.name}"


class SealedJSONField(SealedTextField):
    """Values that JSON knows, which only the application can read."""

    def from_db_value(self, value: str | None, expression: object, connection: object) -> Any:
        """The values in clear."""
        text = super().from_db_value(value, expression, connection)
        return json.loads(text) if text else text

    def get_prep_value(self, value: Any) -> Any:
        """The values as they are stored."""
        return super().get_prep_value(json.dumps(value))
