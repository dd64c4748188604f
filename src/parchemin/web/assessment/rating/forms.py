"""What evaluators type: their links with the candidate, and where they stand on a difference."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from parchemin.core.facts import Link
from parchemin.web.shared.forms import LongText, Radios, Ticks

LINKS: Mapping[Link, object] = {
    Link.TRAINER: gettext_lazy("je l’ai formé"),
    Link.MANAGER: gettext_lazy("je suis, ou j’étais, son responsable"),
    Link.ADVISER: gettext_lazy("je l’accompagne dans sa démarche"),
    Link.EVALUATOR: gettext_lazy("je l’ai déjà évalué ou positionné"),
    Link.COLLEAGUE: gettext_lazy("nous travaillons, ou travaillions, ensemble"),
    Link.FAMILY: gettext_lazy("nous sommes de la même famille"),
    Link.PERSONAL: gettext_lazy("nous nous connaissons personnellement"),
}
VALUES = (("yes", gettext_lazy("Acquis")), ("no", gettext_lazy("À acquérir")))
PASSED = (("yes", gettext_lazy("Réussie")), ("no", gettext_lazy("Non réussie")))
TRUTHS: Mapping[str, bool] = {"yes": True, "no": False}


class LinksForm(forms.Form):
    """Nothing ties them to the candidate, or this does, and why they assess all the same."""

    has = forms.ChoiceField(
        label=gettext_lazy("Un lien vous rattache-t-il au candidat ?"),
        widget=Radios,
        choices=[("no", gettext_lazy("Non, aucun lien")), ("yes", gettext_lazy("Oui"))],
        error_messages={"required": gettext_lazy("Dites si un lien vous rattache au candidat, ou qu’il n’y en a pas.")},
    )
    links = forms.MultipleChoiceField(
        label=gettext_lazy("Si oui, lesquels"),
        widget=Ticks,
        required=False,
        choices=[(one.value, words) for one, words in LINKS.items()],
    )
    justification = LongText(
        label=gettext_lazy("Pourquoi évaluer ce candidat malgré ce lien"),
        rows=3,
        max_length=500,
        required=False,
        help_text=gettext_lazy("Lu par le secrétariat. Les règles le demandent pour certains liens."),
    )

    def clean(self) -> dict[str, Any]:
        """Which links, when there are some; none when there are not."""
        told = super().clean() or {}
        if told.get("has") == "yes" and not told.get("links") and "links" not in self.errors:
            self.add_error("links", _("Cochez le lien, ou choisissez « Non, aucun lien »."))
        if told.get("has") == "no" and told.get("links"):
            self.add_error("has", _("Vous avez coché un lien : choisissez « Oui », ou décochez-le."))
        return told

    @property
    def chosen(self) -> tuple[Link, ...]:
        """The links told."""
        return tuple(Link(one) for one in self.cleaned_data["links"])


class StandForm(forms.Form):
    """Where they stand now on one line, and why."""

    value = forms.ChoiceField(label=gettext_lazy("Votre position"), widget=Radios, required=False, choices=VALUES)
    mark = forms.DecimalField(
        label=gettext_lazy("Votre note"),
        required=False,
        min_value=0,
        max_value=100,
        max_digits=5,
        decimal_places=2,
        localize=True,
    )
    reason = LongText(
        label=gettext_lazy("Motif"),
        rows=3,
        max_length=2000,
        help_text=gettext_lazy(
            "Le candidat le lira avec son résultat, sans savoir de qui il vient : dites ce qui a été vu, rien de plus."
        ),
        error_messages={"required": gettext_lazy("Écrivez pourquoi : le motif reste avec le résultat.")},
    )

    def __init__(self, *args: Any, is_marked: bool, is_whole: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["value" if is_marked else "mark"]
        if is_whole:
            self.fields["value"].choices = PASSED  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A value."""
        told = super().clean() or {}
        field = "mark" if "mark" in self.fields else "value"
        if field not in self.errors and told.get(field) in (None, ""):
            missing = _("Donnez une note.") if field == "mark" else _("Choisissez votre position.")
            self.add_error(field, missing)
        return told

    @property
    def stand(self) -> dict[str, bool | Decimal | str | None]:
        """What the action asks."""
        told = self.cleaned_data
        value = TRUTHS.get(told.get("value") or "")
        return {"is_acquired": value, "mark": told.get("mark"), "reason": told["reason"]}
