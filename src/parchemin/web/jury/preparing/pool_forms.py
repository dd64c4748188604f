"""What is typed of somebody of the pool: who they are, what they bring, when they cannot sit, when they leave."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from parchemin.records.candidacies.models import Candidacy
from parchemin.records.certifications.models import Certification
from parchemin.records.juries.actions.pooling import Profile
from parchemin.records.juries.models import PoolMember
from parchemin.records.juries.models.pool import GENDERS
from parchemin.records.people.models import Organisation, Person
from parchemin.records.people.permissions import Action
from parchemin.records.people.standing import Standing
from parchemin.web.shared.forms import DayField, OneLine, Radios, Ticks

YES_NO = [("", gettext_lazy("Non renseigné")), ("yes", gettext_lazy("Oui")), ("no", gettext_lazy("Non"))]
TOLD = {"": None, "yes": True, "no": False}


class ProfileForm(forms.Form):
    """What somebody of the pool is, as the rules of composition look at it."""

    college = forms.ChoiceField(label=gettext_lazy("Collège"), required=False)
    seats = forms.MultipleChoiceField(label=gettext_lazy("Sièges possibles"), widget=Ticks, required=False)
    employer = OneLine(label=gettext_lazy("Organisme ou employeur"), required=False, max_length=160)
    profiles = OneLine(
        label=gettext_lazy("Profils"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Ce que les règles nomment, séparé par des virgules : professionnel, formateur…"),
    )
    is_external = forms.ChoiceField(
        label=gettext_lazy("Extérieur au certificateur et au centre de formation"),
        required=False,
        widget=Radios,
        choices=YES_NO,
    )
    is_qualified = forms.ChoiceField(
        label=gettext_lazy("Qualifié pour la certification visée"), required=False, widget=Radios, choices=YES_NO
    )
    gender = forms.ChoiceField(
        label=gettext_lazy("Femme ou homme"),
        required=False,
        choices=GENDERS,
        help_text=gettext_lazy("Seulement pour l’équilibre demandé aux jurys ; rien n’oblige à le dire."),
    )
    briefed_on = DayField(
        label=gettext_lazy("Informé de son rôle le"),
        required=False,
        help_text=gettext_lazy("Le jour où le rôle du jury et ses règles lui ont été expliqués."),
    )
    note = OneLine(label=gettext_lazy("Remarque"), required=False, max_length=300)

    def __init__(self, *args: Any, colleges: Mapping[str, str], seats: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if colleges:
            self.fields["college"].choices = [("", _("Sans collège")), *colleges.items()]  # type: ignore[attr-defined]
        else:
            del self.fields["college"]
        if seats:
            self.fields["seats"].choices = list(seats.items())  # type: ignore[attr-defined]
        else:
            del self.fields["seats"]

    @property
    def told(self) -> dict[str, Any]:
        """What the actions ask."""
        told = self.cleaned_data
        named = [one.strip() for one in told["profiles"].split(",") if one.strip()]
        profile = Profile(
            college=told.get("college", ""),
            profiles=named or None,
            employer=told["employer"],
            is_external=TOLD[told["is_external"]],
            is_qualified=TOLD[told["is_qualified"]],
            gender=told["gender"],
        )
        same = {"briefed_on": told["briefed_on"], "note": told["note"]}
        return {"profile": profile, "seats": told.get("seats", []), **same}


class WhoForm(ProfileForm):
    """The same of somebody brought into the pool, by their address."""

    field_order = ("email", "given_name", "family_name", "organisation")
    email = forms.EmailField(label=gettext_lazy("Adresse e-mail"), max_length=254)
    given_name = OneLine(
        label=gettext_lazy("Prénom"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("Seulement si la personne n’est pas encore connue ici : un courriel l’accueille."),
    )
    family_name = OneLine(label=gettext_lazy("Nom"), required=False, max_length=60)
    organisation = forms.ModelChoiceField(label=gettext_lazy("Organisme"), queryset=Organisation.objects.none())

    def __init__(self, *args: Any, standing: Standing, scheme: str, own: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.standing, self.scheme = standing, scheme
        self.fields["organisation"].queryset = own  # type: ignore[attr-defined]
        self.fields["organisation"].initial = own.first()

    def clean(self) -> dict[str, Any]:
        """Where whoever asks convenes juries, and somebody who can be named."""
        told = super().clean() or {}
        body, email = told.get("organisation"), told.get("email")
        if body and not self.standing.may(Action.CONVENE_JURY, organisation=body.pk, scheme=self.scheme):
            self.add_error("organisation", _("Vous ne convoquez pas les jurys de cette certification ici."))
        known = bool(email) and Person.objects.filter(email__iexact=email).exists()
        if email and not known and not (told.get("given_name") and told.get("family_name")):
            self.add_error("family_name", _("Cette adresse n’est pas connue : donnez le prénom et le nom."))
        return told


class AbsenceForm(forms.Form):
    """Days on which they cannot sit, both included."""

    from_on = DayField(label=gettext_lazy("Du"))
    until_on = DayField(label=gettext_lazy("Au"), help_text=gettext_lazy("Ce jour compris."))


class LeaveForm(forms.Form):
    """The last day on which they may be called."""

    left_on = DayField(label=gettext_lazy("Dernier jour"))


class PoolFilters(forms.Form):
    """What is looked for in the pool; it is shown, never refused."""

    text = forms.CharField(label=gettext_lazy("Nom ou e-mail"), required=False)
    scheme = forms.ChoiceField(label=gettext_lazy("Certification"), required=False)
    state = forms.ChoiceField(
        label=gettext_lazy("Afficher"),
        required=False,
        choices=[
            ("", gettext_lazy("Qui peut être appelé")),
            ("away", gettext_lazy("Indisponibles aujourd’hui")),
            ("unbriefed", gettext_lazy("À informer de leur rôle")),
            ("claimed", gettext_lazy("Frais à rembourser")),
            ("left", gettext_lazy("Sortis du vivier")),
        ],
    )

    def __init__(self, *args: Any, certifications: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [("", gettext_lazy("Toutes")), *certifications.items()]
        self.fields["scheme"].choices = offered  # type: ignore[attr-defined]


def profile_initial(row: PoolMember) -> dict[str, Any]:
    """What the form starts from on somebody known."""
    said = {None: "", True: "yes", False: "no"}
    return {
        "college": row.college,
        "seats": row.seats,
        "employer": row.employer,
        "profiles": ", ".join(row.profiles or ()),
        "is_external": said[row.is_external],
        "is_qualified": said[row.is_qualified],
        "gender": row.gender,
        "briefed_on": row.briefed_on,
        "note": row.note,
    }


def certifications_of(standing: Standing) -> dict[str, str]:
    """The certifications whose juries that person convenes, by identifier; one query."""
    files = standing.scope_filter(Action.CONVENE_JURY, scheme_field="certification__scheme")
    own = standing.scope_filter(Action.CONVENE_JURY, organisation_field="awarding_body", scheme_field="scheme")
    handled = Q(pk__in=Candidacy.objects.filter(files).order_by().values("certification"))
    rows = Certification.objects.filter(own | handled, versions__isnull=False).distinct().order_by("title")
    return dict(rows.values_list("scheme", "title"))
