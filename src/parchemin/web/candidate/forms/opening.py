"""What a file is opened for, from when, by which route and prepared by whom."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from parchemin.records.people.models import Organisation, PartnerAuthorisation
from parchemin.web.candidate.attempts import FileForm
from parchemin.web.shared.forms import Cards, DayField, LongText, Radios, Ticks
from parchemin.web.shared.typesetting import day

WHOLE, SOME = "certification", "blocks"


class TargetForm(forms.Form):
    """The whole certification or some blocks."""

    target = forms.ChoiceField(
        label=gettext_lazy("Vous visez"),
        widget=Radios,
        choices=[(WHOLE, gettext_lazy("Toute la certification")), (SOME, gettext_lazy("Certains blocs seulement"))],
        initial=WHOLE,
    )
    blocks = forms.MultipleChoiceField(label=gettext_lazy("Blocs visés"), widget=Ticks, required=False)

    def __init__(self, *args: Any, blocks: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["blocks"].choices = blocks  # type: ignore[attr-defined]
        if not blocks:
            del self.fields["target"], self.fields["blocks"]

    def clean(self) -> dict[str, Any]:
        """Blocks are chosen when some only are aimed at."""
        cleaned = super().clean() or {}
        if cleaned.get("target") == SOME and not cleaned.get("blocks"):
            self.add_error("blocks", _("Cochez au moins un bloc, ou visez toute la certification."))
        return cleaned

    @property
    def blocks_wanted(self) -> list[str]:
        """The blocks aimed at; none for the whole certification."""
        wanted: list[str] = self.cleaned_data.get("blocks", [])
        return wanted if self.cleaned_data.get("target") == SOME else []


class OpenForm(TargetForm):
    """What is aimed at, and the day the path began."""

    began_on = DayField(
        label=gettext_lazy("Début de votre parcours"),
        help_text=gettext_lazy(
            "Le jour où votre formation, votre contrat ou votre démarche a commencé. Il fixe la version des règles qui "
            "s’applique. Laissez la date du jour si vous commencez maintenant."
        ),
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on

    def clean_began_on(self) -> date:
        """A path does not begin later than today."""
        began: date = self.cleaned_data["began_on"]
        if began > self.on:
            raise forms.ValidationError(
                _("Cette date est dans le futur : donnez celle du jour, ou revenez ce jour-là.")
            )
        return began


class AimForm(TargetForm, FileForm):
    """Aiming at something else."""


class ProviderForm(FileForm):
    """Who prepares the candidate, of those authorised to; nobody in particular when empty."""

    provider = forms.ChoiceField(
        label=gettext_lazy("Votre organisme de formation"), widget=Cards, choices=(), required=False
    )

    def __init__(self, *args: Any, authorised: Iterable[PartnerAuthorisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.authorised = {str(one.provider_id): one for one in authorised}
        nobody = ("", _("Aucun pour l’instant"))
        field = self.fields["provider"]
        field.choices = [nobody, *((id, one.provider.name) for id, one in self.authorised.items())]  # type: ignore[attr-defined]
        field.widget.hints = {id: _hint(one) for id, one in self.authorised.items()}

    @property
    def wanted(self) -> Organisation | None:
        """The provider chosen."""
        chosen = self.authorised.get(self.cleaned_data["provider"])
        return chosen.provider if chosen else None


def _hint(one: PartnerAuthorisation) -> str:
    blocks = _("pour %(blocks)s") % {"blocks": ", ".join(one.blocks)} if one.blocks else ""
    until = _("autorisé jusqu’au %(day)s") % {"day": day(one.until_on)} if one.until_on else ""
    return " · ".join(part for part in (one.provider.town, blocks, until) if part)


class RouteForm(FileForm):
    """Going on by another route."""

    route = forms.ChoiceField(label=gettext_lazy("Nouvelle voie"), widget=Radios)
    reason = LongText(label=gettext_lazy("Pourquoi changez-vous ?"), rows=3, max_length=1000, required=False)

    def __init__(self, *args: Any, routes: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["route"].choices = routes  # type: ignore[attr-defined]
        if len(routes) == 1:
            self.initial["route"] = routes[0][0]
