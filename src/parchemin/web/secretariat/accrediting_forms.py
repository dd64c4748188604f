"""The forms of accreditations and authorisations."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.files.base import File
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from parchemin.core.scheme import Scheme
from parchemin.records.certifications.models import PublishedVersion
from parchemin.records.certifications.queries import schemes_of, titles
from parchemin.records.people.models import Accreditation, Organisation, OrganisationKind, PartnerAuthorisation, Person
from parchemin.records.people.permissions import Action
from parchemin.records.people.queries.people import organisations_visible_to
from parchemin.records.people.standing import Standing
from parchemin.web.secretariat.periods import Periods
from parchemin.web.shared.clock import today
from parchemin.web.shared.forms import DayField, LongText, Radios
from parchemin.web.shared.uploads import received

CONTRACT = gettext_lazy("Sa référence et sa date (code du travail, art. R6113-16).")
FILTERS = ("text", "scheme", "state")


def latest_schemes(on: date) -> dict[str, Scheme]:
    """The last published version of each certification; two queries."""
    rows = PublishedVersion.objects.order_by("certification__scheme", "name")
    versions = dict(rows.values_list("certification__scheme", "name"))
    return {scheme: found for (scheme, _version), found in schemes_of(versions.items(), on=on).items()}


def actors_of(on: date) -> dict[tuple[str, str], str]:
    """The title of each actor by (certification, actor), and of each certification by (certification, "")."""
    found: dict[tuple[str, str], str] = {}
    for scheme, one in latest_schemes(on).items():
        found[(scheme, "")] = one.title
        found |= {(scheme, id): actor.title for id, actor in one.actors.items()}
    return found


class PeriodFilters(forms.Form):
    """What is looked for among accreditations or authorisations; it is shown, never refused."""

    text = forms.CharField(required=False)
    scheme = forms.ChoiceField(label=gettext_lazy("Certification"), required=False)
    state = forms.ChoiceField(label=gettext_lazy("État"), required=False)

    def __init__(self, *args: Any, text: object, periods: Periods, schemes: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = sorted(titles(schemes).items(), key=lambda pair: pair[1])
        self.fields["text"].label = text  # type: ignore[assignment]
        self.fields["scheme"].choices = [("", gettext_lazy("Toutes")), *offered]  # type: ignore[attr-defined]
        self.fields["state"].choices = periods.choices  # type: ignore[attr-defined]


class Granting(forms.Form):
    """The day it was decided, and the training it rests on with its proof."""

    granted_on = DayField(
        label=gettext_lazy("Accordée le"),
        required=False,
        initial=today,
        help_text=gettext_lazy("Le jour de la décision : une évaluation faite avant peut ne pas compter."),
    )
    training = forms.CharField(label=gettext_lazy("Formation suivie"), max_length=200, required=False)
    trained_on = DayField(label=gettext_lazy("Formé le"), required=False)
    proof = forms.FileField(label=gettext_lazy("Preuve de formation"), required=False)

    def clean_granted_on(self) -> date:
        """A day that has come: today, unless told otherwise."""
        told: date = self.cleaned_data.get("granted_on") or today()
        if told > today():
            raise forms.ValidationError(_("Ce jour est à venir : donnez celui où l’habilitation a été décidée."))
        return told

    def clean_proof(self) -> "File[bytes] | None":
        """A file that is what it says it is, under a name that is safe to keep."""
        proof = self.cleaned_data.get("proof")
        if not proof:
            return None
        found = received(proof)
        if found.is_refused:
            raise forms.ValidationError(list(found.sentences))
        found.content.seek(0)
        found.content.name = found.measured.name
        return found.content


class Period(forms.Form):
    """From a day to a day, both included."""

    from_on = DayField(label=gettext_lazy("À partir du"))
    until_on = DayField(
        label=gettext_lazy("Jusqu’au"), required=False, help_text=gettext_lazy("Ce jour compris. Vide : sans fin.")
    )

    def clean(self) -> dict[str, Any]:
        """It ends after it begins."""
        told = super().clean() or {}
        if told.get("from_on") and told.get("until_on") and told["until_on"] < told["from_on"]:
            self.add_error("until_on", _("La fin est avant le début : corrigez l’une des deux dates."))
        return told


class AccreditForm(Granting, Period):
    """Who, for which role of which certification, on what training."""

    field_order = (
        "email",
        "given_name",
        "family_name",
        "organisation",
        "actor",
        "scope",
        "granted_on",
        "from_on",
        "until_on",
    )
    email = forms.EmailField(label=gettext_lazy("Adresse e-mail de la personne"), max_length=254)
    given_name = forms.CharField(
        label=gettext_lazy("Prénom"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("Seulement si la personne n’est pas encore connue ici."),
    )
    family_name = forms.CharField(label=gettext_lazy("Nom"), max_length=60, required=False)
    organisation = forms.ModelChoiceField(label=gettext_lazy("Organisme"), queryset=Organisation.objects.none())
    actor = forms.ChoiceField(label=gettext_lazy("Rôle"))
    scope = forms.CharField(label=gettext_lazy("Portée (blocs, territoire…)"), max_length=200, required=False)

    def __init__(self, *args: Any, standing: Standing, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.standing = standing
        own = organisations_visible_to(standing, Action.MANAGE_ACCREDITATIONS).filter(parent__isnull=True)
        self.fields["organisation"].queryset = own  # type: ignore[attr-defined]
        self.fields["organisation"].initial = own.first()
        self.fields["actor"].choices = [  # type: ignore[attr-defined]
            (one.title, [(f"{scheme}/{id}", actor.title) for id, actor in one.actors.items() if id != "candidate"])
            for scheme, one in latest_schemes(on).items()
        ]

    def clean(self) -> dict[str, Any]:
        """Where this person accredits, and somebody who can be named."""
        told = super().clean()
        scheme = told.get("actor", "").partition("/")[0]
        body = told.get("organisation")
        if body and scheme and not self.standing.may(Action.MANAGE_ACCREDITATIONS, organisation=body.pk, scheme=scheme):
            self.add_error("actor", _("Vous n’habilitez personne pour cette certification."))
        known = Person.objects.filter(email__iexact=told.get("email", "")).exists()
        if told.get("email") and not known and not (told.get("given_name") and told.get("family_name")):
            self.add_error("family_name", _("Cette adresse n’est pas connue : donnez le prénom et le nom."))
        return told


def person_for(told: Mapping[str, Any]) -> Person:
    """The person of that address, made known here when nobody has it: they sign in once they set a password."""
    known = Person.objects.filter(email__iexact=told["email"]).first()
    return known or Person.objects.create_user(
        told["email"], None, given_name=told["given_name"], family_name=told["family_name"]
    )


class Following(Period):
    """The period that follows another: it begins the day after, unless told otherwise."""

    def __init__(self, *args: Any, renewed: Accreditation | PartnerAuthorisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if renewed.until_on:
            self.fields["from_on"].initial = renewed.until_on + timedelta(days=1)


class RenewForm(Granting, Following):
    """The period that follows, the day it was decided, and the training it rests on."""

    field_order = ("granted_on", "from_on", "until_on")


class RenewPartnerForm(Following):
    """The period that follows, and the contract it rests on."""

    field_order = ("from_on", "until_on", "contract")
    contract = forms.CharField(label=gettext_lazy("Convention"), max_length=200, required=False, help_text=CONTRACT)


class WithdrawForm(forms.Form):
    """Why it no longer holds."""

    reason = LongText(label=gettext_lazy("Motif"), rows=3, max_length=300)


class AuthoriseForm(Period):
    """Which provider may do what, for which certification, under which contract."""

    field_order = ("provider", "awarding_body", "scheme", "scope", "from_on", "until_on", "contract")
    provider = forms.ModelChoiceField(
        label=gettext_lazy("Organisme"),
        queryset=Organisation.objects.filter(kind=OrganisationKind.PROVIDER),
        help_text=gettext_lazy("Un organisme absent de la liste se crée dans l’administration."),
    )
    awarding_body = forms.ModelChoiceField(label=gettext_lazy("Certificateur"), queryset=Organisation.objects.none())
    scheme = forms.ChoiceField(label=gettext_lazy("Certification"))
    scope = forms.ChoiceField(
        label=gettext_lazy("Ce qu’il peut faire"), widget=Radios, choices=PartnerAuthorisation.Scope.choices
    )
    contract = forms.CharField(label=gettext_lazy("Convention"), max_length=200, required=False, help_text=CONTRACT)

    def __init__(self, *args: Any, standing: Standing, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.standing = standing
        own = organisations_visible_to(standing, Action.MANAGE_AUTHORISATIONS).filter(parent__isnull=True)
        self.fields["awarding_body"].queryset = own  # type: ignore[attr-defined]
        self.fields["awarding_body"].initial = own.first()
        self.fields["scheme"].choices = [(id, one.title) for id, one in latest_schemes(on).items()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Where this person authorises providers."""
        told = super().clean()
        body, scheme = told.get("awarding_body"), told.get("scheme", "")
        if body and not self.standing.may(Action.MANAGE_AUTHORISATIONS, organisation=body.pk, scheme=scheme):
            self.add_error("scheme", _("Vous n’habilitez aucun organisme pour cette certification."))
        return told
