"""The forms of allauth in our words: one label each, no text inside the boxes, one sentence on passwords."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.socialaccount import forms as social
from django.utils.translation import gettext_lazy as _

LABELS = {
    "login": _("Adresse e-mail"),
    "email": _("Adresse e-mail"),
    "password": _("Mot de passe"),
    "oldpassword": _("Mot de passe actuel"),
    "code": _("Code"),
}
NEW_PASSWORD = _("Au moins douze caractères. Une phrase que vous seul connaissez convient bien.")


class _Ours:
    """A form whose labels say what is asked, and nothing twice."""

    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        has_old = "oldpassword" in self.fields
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = LABELS.get(name, field.label)
            if name == "password1":
                field.label = _("Nouveau mot de passe") if has_old or "password2" in self.fields else LABELS["password"]
                field.help_text = NEW_PASSWORD
            elif name == "password2":
                field.label, field.help_text = _("Le même, une seconde fois"), ""
            elif name in ("password", "oldpassword"):
                field.help_text = ""


class LoginForm(_Ours, account.LoginForm):  # type: ignore[misc]
    """Signing in."""


class SignupForm(_Ours, account.SignupForm):  # type: ignore[misc]
    """Opening an account."""


class AddEmailForm(_Ours, account.AddEmailForm):  # type: ignore[misc]
    """Changing one's address."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("Nouvelle adresse")


class ChangePasswordForm(_Ours, account.ChangePasswordForm):  # type: ignore[misc]
    """Changing one's password."""


class SetPasswordForm(_Ours, account.SetPasswordForm):  # type: ignore[misc]
    """Choosing a first password."""


class ResetPasswordForm(_Ours, account.ResetPasswordForm):  # type: ignore[misc]
    """Asking for a link to choose a new password."""


class ResetPasswordKeyForm(_Ours, account.ResetPasswordKeyForm):  # type: ignore[misc]
    """Choosing a new password with that link."""


class ReauthenticateForm(_Ours, account.ReauthenticateForm):  # type: ignore[misc]
    """Confirming that it is still the same person."""


class EmailCodeForm(_Ours, account.ConfirmEmailVerificationCodeForm):  # type: ignore[misc]
    """The code sent to an address."""


class SecondFactorForm(_Ours, mfa.AuthenticateForm):  # type: ignore[misc]
    """The code of an application, or a recovery code."""


class SecondFactorAgainForm(_Ours, mfa.ReauthenticateForm):  # type: ignore[misc]
    """The same, to confirm that it is still the same person."""


class ApplicationForm(_Ours, totp.ActivateTOTPForm):  # type: ignore[misc]
    """The first code of an application."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code que montre l’application")


class ProviderSignupForm(_Ours, social.SignupForm):  # type: ignore[misc]
    """What a provider did not say."""
