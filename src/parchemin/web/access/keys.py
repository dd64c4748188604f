"""Forms of passkeys: what is not a key’s answer is said to be none, whoever wrote it."""

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import forms as allauth

NOT_AN_ANSWER = (AttributeError, IndexError, KeyError, TypeError, ValueError)


class _Answered:
    """The answer of a key was asked for, and is one."""

    def clean_credential(self) -> Authenticator:
        """The key that answered; the form says it is not the right one otherwise."""
        try:
            found: Authenticator = super().clean_credential()  # type: ignore[misc]
        except NOT_AN_ANSWER as error:
            raise get_adapter().validation_error("incorrect_code") from error
        return found


class AuthenticateForm(_Answered, allauth.AuthenticateWebAuthnForm):  # type: ignore[misc]
    """The second step of signing in."""


class LoginForm(_Answered, allauth.LoginWebAuthnForm):  # type: ignore[misc]
    """Signing in with a key alone."""


class ReauthenticateForm(_Answered, allauth.ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """Confirming that it is still the same person."""


class AddForm(allauth.AddWebAuthnForm):  # type: ignore[misc]
    """A new key."""

    def clean(self) -> dict[str, Any]:
        """The name and the key; the form says that it is none otherwise."""
        try:
            cleaned: dict[str, Any] = super().clean()
        except NOT_AN_ANSWER as error:
            raise get_adapter().validation_error("incorrect_code") from error
        return cleaned
