"""What is asked around transmissions."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from parchemin.records.transmissions.models import Channel, State
from parchemin.records.transmissions.queries.lines import Shown
from parchemin.web.shared.forms import LongText, OneLine, Radios


class LineFilters(forms.Form):
    """What is looked for; it is shown, never refused."""

    text = forms.CharField(label=gettext_lazy("Numéro, nom ou dossier"), required=False)
    state = forms.ChoiceField(label=gettext_lazy("Où elles en sont"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [  # type: ignore[attr-defined]
            ("", _("Toutes")),
            (Shown.LATE.value, _("En retard")),
            (Shown.SOON.value, _("À transmettre sous trente jours")),
            *State.choices,
        ]


class ChannelForm(forms.Form):
    """Under which numbers the body sends, as the Caisse des Dépôts gave them."""

    certifier = OneLine(
        label=gettext_lazy("Matricule du certificateur"),
        max_length=8,
        help_text=gettext_lazy("Huit lettres ou chiffres, sur votre espace de la Caisse des Dépôts."),
    )
    emitter = OneLine(
        label=gettext_lazy("Matricule de l’émetteur"),
        max_length=8,
        help_text=gettext_lazy("Le même, si l’organisme dépose lui-même ses fichiers."),
    )
    contract = OneLine(
        label=gettext_lazy("Numéro de contrat"),
        max_length=20,
        help_text=gettext_lazy("Celui de la convention signée avec la Caisse des Dépôts."),
    )
    version = forms.ChoiceField(
        label=gettext_lazy("Version du schéma"),
        choices=Channel.Version,
        widget=Radios,
        help_text=gettext_lazy("Celle que le portail de dépôt accepte. La 1.1.2 ne sait pas retirer par fichier."),
    )


class ExcludeForm(forms.Form):
    """Why a line is not sent."""

    reason = LongText(
        label=gettext_lazy("Motif"),
        rows=3,
        max_length=500,
        help_text=gettext_lazy("Par exemple : déjà transmise par un tiers de confiance."),
    )


class ReleaseForm(forms.Form):
    """Why what was refused goes again as it is."""

    reason = LongText(
        label=gettext_lazy("Motif"),
        rows=3,
        max_length=500,
        help_text=gettext_lazy("Par exemple : erreur du portail, réparée le 3 mars selon l’assistance."),
    )
