"""Forms of the account."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from parchemin.records.people.models import Person
from parchemin.web.shared.forms import LongText, Radios

LANGUAGES = [("fr", "Français"), ("en", "English")]
NOT_A_NAME = RegexValidator(
    r"[\d@<>]|https?:|www\.",
    _("Écrivez un nom, sans chiffre ni adresse."),
    inverse_match=True,
)
"""A name that holds an address would be read in the mails that greet people by it."""


def name_field(label: Any, autocomplete: str) -> forms.CharField:
    """A name as people write it, at most 60 characters as the skills passport takes it."""
    widget = forms.TextInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, max_length=60, widget=widget, validators=[NOT_A_NAME])


class NamesForm(forms.Form):
    """What signing up asks besides the address and the password."""

    given_name = name_field(_("Prénom"), "given-name")
    family_name = name_field(_("Nom"), "family-name")

    field_order = ["given_name", "family_name", "email", "password1"]

    def signup(self, request: HttpRequest, user: Person) -> None:
        """The names are the person's, and the language that of the page."""
        user.given_name = self.cleaned_data["given_name"]
        user.family_name = self.cleaned_data["family_name"]
        user.language = getattr(request, "LANGUAGE_CODE", "fr")[:2]
        user.save(update_fields=["given_name", "family_name", "language"])


class PersonForm(forms.ModelForm[Person]):
    """One's own names and language."""

    given_name = name_field(_("Prénom"), "given-name")
    family_name = name_field(_("Nom"), "family-name")
    language = forms.ChoiceField(label=_("Langue des pages et des messages"), choices=LANGUAGES, widget=Radios)

    class Meta:
        model = Person
        fields = ["given_name", "family_name", "language"]


class FirstForm(forms.ModelForm[Person]):
    """The account of the first administrator."""

    given_name = name_field(_("Prénom"), "given-name")
    family_name = name_field(_("Nom"), "family-name")
    email = forms.EmailField(
        label=_("Adresse e-mail"),
        help_text=_("Elle sert à se connecter et à recevoir les messages."),
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
        max_length=254,
    )
    password = forms.CharField(
        label=_("Mot de passe"),
        help_text=_("Au moins douze caractères. Une phrase que vous seul connaissez convient bien."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
    )

    class Meta:
        model = Person
        fields = ["given_name", "family_name", "email"]

    def clean_email(self) -> str:
        """An address that nobody has yet."""
        email: str = self.cleaned_data["email"]
        if Person.objects.filter(email__iexact=email).exists():
            raise ValidationError(_("Un compte a déjà cette adresse. Connectez-vous, puis rouvrez ce lien."))
        return email

    def clean(self) -> dict[str, Any]:
        """The password is strong enough for that person."""
        cleaned = super().clean() or {}
        told = {name: cleaned.get(name, "") for name in ("email", "given_name", "family_name")}
        if cleaned.get("password"):
            try:
                validate_password(cleaned["password"], Person(**told))
            except ValidationError as error:
                self.add_error("password", error)
        return cleaned

    def save(self, commit: bool = True) -> Person:
        """The person, able to sign in."""
        person = super().save(commit=False)
        person.set_password(self.cleaned_data["password"])
        person.save()
        return person


class ViewAsForm(forms.Form):
    """Why one looks through somebody's eyes."""

    reason = LongText(
        label=_("Pourquoi ?"),
        help_text=_("Le motif reste au journal. N’y nommez personne : la personne regardée y figure déjà."),
        rows=3,
        max_length=300,
    )


class LeaveForm(forms.Form):
    """That one really wants to close one's account."""

    is_sure = forms.BooleanField(label=_("Je comprends que mon compte ne pourra pas être rouvert."))
