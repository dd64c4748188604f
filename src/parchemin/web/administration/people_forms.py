"""The forms of roles and invitations: each role where it may be held, by somebody who may give it there."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from parchemin.records.certifications.models import Certification
from parchemin.records.people.models import Organisation, Role
from parchemin.records.people.permissions import Action
from parchemin.records.people.standing import Standing
from parchemin.web.administration.frame import certifications_for, organisations_for
from parchemin.web.shared.forms import Cards, DayField

GIVEN = tuple(role for role in Role if role is not Role.CANDIDATE)
"""Roles that are given; anybody may be a candidate."""


def role_hints() -> dict[str, Any]:
    """What each role may do, in one line."""
    return {
        Role.ADMINISTRATOR: _(
            "Tient la plateforme : organisations, certifications, rôles, réglages. Ne lit aucun dossier."
        ),
        Role.AWARDING_BODY: _("Répond des certifications d’un organisme : ses dossiers, ses personnes, ses versions."),
        Role.SECRETARY: _("Traite les dossiers : recevabilité, complétude, lettres, relances, habilitations."),
        Role.JURY_MEMBER: _("Siège aux jurys auxquels il est convoqué."),
        Role.EVALUATOR: _("Évalue les candidats qui lui sont confiés."),
        Role.PROFESSIONAL: _("Évalue comme professionnel du secteur."),
        Role.COMPANION: _("Accompagne les candidats qui lui ouvrent leur dossier."),
    }


def given_by(standing: Standing) -> list[tuple[str, Any]]:
    """The roles that person may give: the administration only by those who hold it."""
    roles = GIVEN if Role.ADMINISTRATOR in standing.roles else [role for role in GIVEN if role.is_scoped]
    return [(role.value, role.label) for role in roles]


class GrantFilters(forms.Form):
    """What is looked for."""

    text = forms.CharField(label=_("Nom ou adresse e-mail"), required=False, max_length=100)
    role = forms.ChoiceField(
        label=_("Rôle"), required=False, choices=[("", _("Tous")), *((one.value, one.label) for one in GIVEN)]
    )
    organisation = forms.ModelChoiceField(
        label=_("Organisation"), required=False, queryset=Organisation.objects.none(), empty_label=_("Toutes")
    )

    def __init__(self, *args: Any, standing: Standing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = organisations_for(standing, Action.MANAGE_PEOPLE).filter(parent__isnull=True)
        self.fields["organisation"].queryset = own  # type: ignore[attr-defined]


class PlaceForm(forms.Form):
    """A role and where it holds."""

    role = forms.ChoiceField(label=_("Rôle"))
    organisation = forms.ModelChoiceField(
        label=_("Organisation"),
        queryset=Organisation.objects.none(),
        required=False,
        help_text=_("Vide pour l’administration, qui porte sur tout."),
    )
    scheme = forms.ModelChoiceField(
        label=_("Seulement pour la certification"),
        queryset=Certification.objects.none(),
        to_field_name="scheme",
        required=False,
        empty_label=_("Toutes ses certifications"),
    )
    centre = forms.ModelChoiceField(
        label=_("Seulement pour le centre"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=_("Tous ses centres"),
    )

    def __init__(self, *args: Any, standing: Standing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.standing = standing
        own = organisations_for(standing, Action.MANAGE_PEOPLE)
        roles = given_by(standing)
        self.fields["role"].widget = Cards(hints={str(key): hint for key, hint in role_hints().items()})
        self.fields["role"].choices = roles  # type: ignore[attr-defined]
        self.fields["organisation"].queryset = own.filter(parent__isnull=True)  # type: ignore[attr-defined]
        self.fields["centre"].queryset = own.filter(parent__isnull=False)  # type: ignore[attr-defined]
        self.fields["scheme"].queryset = certifications_for(standing, Action.MANAGE_PEOPLE)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A role that needs an organisation has one, where whoever gives it may."""
        found = super().clean() or {}
        role, body = found.get("role"), found.get("organisation")
        if not role or "organisation" not in found:
            return found
        if Role(role).is_scoped and body is None:
            self.add_error("organisation", gettext("Ce rôle se donne dans une organisation : choisissez laquelle."))
        elif not Role(role).is_scoped and (body or found.get("scheme") or found.get("centre")):
            field = next(name for name in ("organisation", "scheme", "centre") if found.get(name))
            self.add_error(field, gettext("Ce rôle porte sur tout : laissez ce champ vide."))
        elif body and not self._may(found):
            self.add_error(None, gettext("Vous ne tenez pas cet endroit-là : choisissez une portée plus étroite."))
        return found

    def _may(self, found: dict[str, Any]) -> bool:
        centre, scheme = found.get("centre"), found.get("scheme")
        return self.standing.may(
            Action.MANAGE_PEOPLE,
            organisation=found["organisation"].pk,
            scheme=scheme.scheme if scheme else "",
            centre=centre.pk if centre else None,
        )

    def place(self) -> dict[str, Any]:
        """The role and where it holds, as the actions take them."""
        found = self.cleaned_data
        return {
            "role": Role(found["role"]),
            "organisation": found["organisation"],
            "scheme": found["scheme"].scheme if found["scheme"] else "",
            "centre": found["centre"],
        }


class GrantForm(PlaceForm):
    """A role given to somebody who has an account."""

    from_on = DayField(label=_("À partir du"))
    until_on = DayField(label=_("Jusqu’au"), required=False, help_text=_("Ce jour compris. Vide : sans fin."))

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["from_on"].initial = on


class InviteForm(PlaceForm):
    """A role offered to an address."""

    email = forms.EmailField(
        label=_("Adresse e-mail"),
        max_length=254,
        help_text=_(
            "Un lien y est envoyé, valable quatorze jours. La personne accepte avec son compte, ou en ouvre un."
        ),
    )
    field_order = ("email", "role", "organisation", "scheme", "centre")
