"""The filters of the list, as a form that applies itself."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from parchemin.records.candidacies.models import Status
from parchemin.records.candidacies.queries.visible import in_scope
from parchemin.records.certifications.models import Certification, PublishedVersion
from parchemin.records.certifications.queries import schemes_of
from parchemin.records.people.models import OrganisationKind
from parchemin.records.people.permissions import Action
from parchemin.records.people.queries.people import organisations_visible_to
from parchemin.records.people.standing import Standing
from parchemin.web.shared.forms import DayField

ALL = ("", _("Tous"))
EACH = ("", _("Toutes"))
HANDED_IN = [one for one in Status.choices if one[0] != Status.DRAFT]


class FiltersForm(forms.Form):
    """What is looked for; it is shown, never refused: ``filters_of`` reads the address itself."""

    text = forms.CharField(label=_("Nom, numéro ou e-mail"), required=False)
    status = forms.ChoiceField(label=_("État"), required=False, choices=[ALL, ("waiting", _("À traiter")), *HANDED_IN])
    scheme = forms.ChoiceField(label=_("Certification"), required=False)
    route = forms.ChoiceField(label=_("Voie"), required=False)
    holder = forms.ChoiceField(
        label=_("Suivi par"), required=False, choices=[ALL, ("me", _("moi")), ("nobody", _("personne"))]
    )
    centre = forms.ChoiceField(label=_("Centre"), required=False)
    due_before = DayField(label=_("Échéance avant le"), required=False, help_text="")
    message = forms.BooleanField(label=_("Message à lire"), required=False)
    appeal = forms.BooleanField(label=_("Recours"), required=False)
    accommodation = forms.BooleanField(label=_("Aménagement"), required=False)

    def __init__(self, *args: Any, standing: Standing, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = certifications_seen(standing)
        self.fields["scheme"].choices = [EACH, *((one.scheme, one.title) for one in offered)]  # type: ignore[attr-defined]
        centres = organisations_visible_to(standing, Action.SEE_FILE).filter(kind=OrganisationKind.CENTRE)
        told = [(str(id), name) for id, name in centres.values_list("pk", "name")]
        self.fields["centre"].choices = [ALL, ("none", _("aucun")), *told]  # type: ignore[attr-defined]
        if not told:
            self.fields.pop("centre")
        self.fields["route"].choices = [EACH, *routes_of(offered, self.data.get("scheme", ""), on)]  # type: ignore[attr-defined]


def certifications_seen(standing: Standing) -> list[Certification]:
    """Those of which this person handles files."""
    own = in_scope(standing, Action.HEAR).filter(certification=OuterRef("pk"))
    return list(Certification.objects.filter(Exists(own)))


def routes_of(certifications: list[Certification], scheme: str, on: date) -> list[tuple[str, str]]:
    """The routes of these certifications, or of the one chosen, by title; two queries."""
    chosen = [one for one in certifications if not scheme or one.scheme == scheme]
    rows = PublishedVersion.objects.filter(certification__in=chosen).values_list("certification__scheme", "name")
    titles: dict[str, list[str]] = {}
    for found in schemes_of(list(rows), on=on).values():
        for id, route in found.routes.items():
            if route.title not in titles.setdefault(id, []):
                titles[id].append(route.title)
    return sorted(((id, " / ".join(names)) for id, names in titles.items()), key=lambda pair: pair[1])
