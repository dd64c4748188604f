"""The forms of organisations, their centres and their names."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from parchemin.records.people.errors import RefusalError
from parchemin.records.people.models import Organisation, OrganisationKind
from parchemin.web.shared.forms import DayField

KINDS = [choice for choice in OrganisationKind.choices if choice[0] != OrganisationKind.CENTRE]
KIND_FILTER = [("", _("Toutes")), *OrganisationKind.choices]


def digits(text: str) -> str:
    """A SIRET without the spaces it is often typed with."""
    return "".join(text.split())


class OrganisationFilters(forms.Form):
    """What is looked for."""

    text = forms.CharField(label=_("Nom, ancien nom, ville ou SIRET"), required=False, max_length=100)
    kind = forms.ChoiceField(label=_("Nature"), required=False, choices=KIND_FILTER)


class Particulars(forms.ModelForm[Organisation]):
    """Where an organisation is and how to write to it."""

    siret = forms.CharField(
        label=_("SIRET"), max_length=20, required=False, help_text=_("14 chiffres ; les espaces sont permis.")
    )
    email = forms.EmailField(
        label=_("Adresse e-mail de contact"),
        required=False,
        help_text=_("Les alertes de l’organisation y sont envoyées : habilitations qui se terminent, relances."),
    )
    is_public = forms.BooleanField(
        label=_("Ses dossiers sont des archives publiques"),
        required=False,
        help_text=_("Un visa est alors demandé avant tout effacement (code du patrimoine, art. L212-2 et L212-3)."),
    )

    class Meta:
        model = Organisation
        fields = ("siret", "email", "address", "postcode", "town", "is_public")

    def clean_siret(self) -> str:
        """Its digits alone, that no other organisation has; the model says how many there are."""
        siret = digits(self.cleaned_data["siret"])
        other = Organisation.objects.filter(siret=siret).exclude(pk=self.instance.pk).first() if siret else None
        if other:
            raise forms.ValidationError(RefusalError("siret_taken", name=other.name).sentence)
        return siret


class NewOrganisationForm(Particulars):
    """An organisation to be known here."""

    kind = forms.ChoiceField(label=_("Nature"), choices=KINDS)
    name = forms.CharField(label=_("Nom"), max_length=160)
    field_order = ("kind", "name", "siret", "email", "address", "postcode", "town", "is_public")


class NewCentreForm(Particulars):
    """A centre of an organisation."""

    name = forms.CharField(label=_("Nom du centre"), max_length=160)
    is_public = None  # type: ignore[assignment]
    field_order = ("name", "siret", "email", "address", "postcode", "town")

    class Meta(Particulars.Meta):
        fields = ("siret", "email", "address", "postcode", "town")  # type: ignore[assignment]


class RenameForm(forms.Form):
    """A new name, from a day on."""

    name = forms.CharField(label=_("Nouveau nom"), max_length=160)
    from_on = DayField(label=_("À partir du"), help_text=_("Le nom d’avant est gardé jusqu’à la veille."))


class AliasForm(forms.Form):
    """Another name that it bears or bore."""

    name = forms.CharField(label=_("Autre nom"), max_length=160)
    from_on = DayField(label=_("Depuis le"), required=False, help_text=_("Vide si on ne le sait pas."))
    until_on = DayField(label=_("Jusqu’au"), required=False, help_text=_("Vide s’il le porte encore."))


def told(form: forms.Form | forms.ModelForm[Any], *names: str) -> dict[str, Any]:
    """The values of these fields, once the form is valid; those that the form has not are left out."""
    return {name: form.cleaned_data[name] for name in names if name in form.cleaned_data}
