"""How allauth signs people in here: our words, encrypted second factors, names vouched for by a provider."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from parchemin.records.people.encrypted import opened, sealed
from parchemin.records.people.models import Person

INVITED = "invited_address"
"""In the session, the address to which the invitation that was opened had been sent."""


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Words that say what to do, and the reader's own language once they are signed in."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("Ce compte est fermé. Écrivez à l’organisme qui vous l’a ouvert."),
        "too_many_login_attempts": _(
            "Trop d’essais de connexion. Attendez cinq minutes, ou choisissez un nouveau mot de passe."
        ),
        "email_password_mismatch": _("L’adresse ou le mot de passe n’est pas le bon. Vérifiez les deux."),
        "incorrect_password": _("Ce n’est pas votre mot de passe. Essayez encore."),
        "enter_current_password": _("Ce n’est pas votre mot de passe actuel. Essayez encore."),
        "incorrect_code": _(
            "Ce code n’est pas le bon, ou il n’est plus valable. Vérifiez-le, ou demandez-en un autre."
        ),
        "email_taken": _("Un compte a déjà cette adresse. Connectez-vous avec elle, ou donnez-en une autre."),
        "duplicate_email": _("Cette adresse est déjà celle de votre compte."),
        "same_as_current": _("C’est déjà votre adresse : donnez-en une autre."),
        "rate_limited": _("Trop d’essais en peu de temps. Attendez une minute, puis recommencez."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Whether anybody may open an account; those who were invited always may."""
        return bool(settings.SIGN_UP_IS_OPEN or request.session.get(INVITED))

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to one's account."""
        return reverse("access:account")

    def post_login(self, request: HttpRequest, user: Person, **kwargs: Any) -> HttpResponse:
        """The next page, in the language the person chose."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        remember_language(response, user.language)
        return response


class MfaAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets of second factors are encrypted at rest."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
        "unverified_email": _("Confirmez d’abord votre adresse e-mail, puis revenez ici."),
        "add_email_blocked": _("Ce compte a un second facteur : retirez-le avant de changer d’adresse."),
    }

    def encrypt(self, text: str) -> str:
        """The secret as it is stored."""
        return sealed(text, "mfa")

    def decrypt(self, encrypted_text: str) -> str:
        """The secret in clear."""
        return opened(encrypted_text, "mfa")


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Identities of a provider: the names it vouches for are taken over at the first sign-in."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """As for those who open an account with a password."""
        return bool(settings.SIGN_UP_IS_OPEN or request.session.get(INVITED))

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> Person:
        """The person as the provider names them; ``usual_name`` is what French public services say."""
        person: Person = super().populate_user(request, sociallogin, data)
        told = sociallogin.account.extra_data.get("userinfo", {})
        person.given_name = str(data.get("first_name") or told.get("given_name") or "")[:60]
        person.family_name = str(data.get("last_name") or told.get("usual_name") or "")[:60]
        person.language = (get_language() or "fr")[:2]
        return person

    def is_auto_signup_allowed(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Nothing is asked of somebody whose name and address the provider says, and who has no account yet."""
        is_named = bool(sociallogin.user.given_name and sociallogin.user.family_name)
        return is_named and bool(super().is_auto_signup_allowed(request, sociallogin))

    def get_signup_form_initial_data(self, sociallogin: Any) -> dict[str, Any]:
        """What the form already holds: the person corrects it if need be."""
        told: dict[str, Any] = super().get_signup_form_initial_data(sociallogin)
        person = sociallogin.user
        return {**told, "given_name": person.given_name, "family_name": person.family_name}


def remember_language(response: HttpResponse, language: str) -> None:
    """The pages are in that language from now on, on this device."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=365 * 24 * 3600,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
    )
