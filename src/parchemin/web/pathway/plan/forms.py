"""Forms of the pathway: an action, the hours done, why the hours are what they are, a step done, an approval."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from parchemin.core.words import number
from parchemin.records.pathways.actions.planning import Planned
from parchemin.records.pathways.models import Training
from parchemin.web.shared.forms import DayField, LongText, Radios, RevisionField, Ticks

Choices = Sequence[tuple[str, Any]]
MOST = Decimal("9999.75")


class HoursField(forms.DecimalField):
    """A number of hours, in quarters; « 10,5 » is read as « 10.5 »."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            min_value=0,
            max_value=MOST,
            max_digits=6,
            decimal_places=2,
            widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "short", "autocomplete": "off"}),
            error_messages={"invalid": _("Un nombre d’heures, par exemple 10 ou 10,5.")},
            **kwargs,
        )

    def clean(self, value: Any) -> Any:
        """The number, whatever marks its decimals."""
        return super().clean(value.replace(",", ".") if isinstance(value, str) else value)


class PlanForm(forms.Form):
    """Something done on the pathway, at the revision it was shown; ``changes`` tell what others did since."""

    revision = RevisionField()
    changes: list[str] | None = None


class TrainingForm(PlanForm):
    """An action of the pathway."""

    title = forms.CharField(label=_("Intitulé"), max_length=200, help_text=_("Ce qu’on y fait, en quelques mots."))
    kind = forms.ChoiceField(label=_("Forme"), choices=Training.Kind.choices, widget=Radios)
    codes = forms.MultipleChoiceField(
        label=_("Compétences"),
        widget=Ticks,
        error_messages={"required": _("Dites quelles compétences cette action fait acquérir.")},
    )
    host = forms.CharField(label=_("Où et avec qui"), max_length=200, required=False)
    from_on = DayField(label=_("Du"), required=False, help_text="")
    until_on = DayField(label=_("Au"), required=False, help_text="")
    hours_planned = HoursField(label=_("Heures prévues"), help_text=_("Par exemple 14, ou 10,5."))

    def __init__(self, *args: Any, codes: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if codes:
            self.fields["codes"].choices = codes  # type: ignore[attr-defined]
        else:
            del self.fields["codes"]

    def clean(self) -> dict[str, Any]:
        """The end comes after the start."""
        told = super().clean() or {}
        start, end = told.get("from_on"), told.get("until_on")
        if start and end and end < start:
            self.add_error("until_on", _("La fin est avant le début : corrigez l’une des deux dates."))
        return told

    @property
    def planned(self) -> Planned:
        """The action as it is typed."""
        told = self.cleaned_data
        names = ("title", "host", "from_on", "until_on", "hours_planned")
        kind = Training.Kind(told["kind"])
        return Planned(kind=kind, codes=told.get("codes", ()), **{name: told[name] for name in names})

    @staticmethod
    def initial_of(training: Training) -> dict[str, Any]:
        """What the action is now."""
        names = ("title", "kind", "codes", "host", "from_on", "until_on")
        hours = number(Fraction(training.hours_planned))
        return {name: getattr(training, name) for name in names} | {"hours_planned": hours}


class HoursForm(forms.Form):
    """How many hours of an action were done so far."""

    hours = HoursField(label=_("Heures faites"))


class JustifyForm(PlanForm):
    """Why the hours are outside what the scheme says."""

    words = LongText(
        label=_("Pourquoi ces heures"),
        rows=5,
        max_length=2000,
        required=False,
        help_text=_("Qui approuve le parcours et le jury le liront. Vide, la justification est retirée."),
    )


class FinishForm(forms.Form):
    """The day a step was done."""

    done_on = DayField(label=_("Faite le"))


class ApproveForm(PlanForm):
    """In whose name the pathway is approved."""

    actor = forms.ChoiceField(label=_("En tant que"), widget=Radios)

    def __init__(self, *args: Any, actors: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["actor"].choices = actors  # type: ignore[attr-defined]
        if len(actors) == 1:
            self.fields["actor"].widget = forms.HiddenInput()
            self.initial["actor"] = actors[0][0]
