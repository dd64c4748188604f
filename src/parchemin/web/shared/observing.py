"""The grid on which somebody says what they saw of a candidate at work, one tap for each competence."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from parchemin.records.pathways.models import ObservationLine
from parchemin.web.shared.forms import DayField, LongText, Radios

MARK = ObservationLine.Mark
PREFIX = "seen-"


class MarksForm(forms.Form):
    """A mark for each competence, none being asked for; one comment; the day."""

    words = LongText(label=_("Commentaire"), rows=3, max_length=2000, required=False)
    observed_on = DayField(label=_("Jour de l’observation"), help_text="")

    def add_marks(self, titles: Sequence[tuple[str, str]]) -> None:
        """The competences to mark, each a code and its title."""
        self.titles = list(titles)
        for code, title in self.titles:
            self.fields[f"{PREFIX}{code}"] = forms.ChoiceField(
                label=f"{code} · {title}", choices=MARK.choices, widget=Radios, required=False
            )

    @property
    def grid(self) -> list[tuple[str, str, BoundField]]:
        """Each competence with its field."""
        return [(code, title, self[f"{PREFIX}{code}"]) for code, title in self.titles]

    @property
    def rest(self) -> list[BoundField]:
        """What comes after the grid."""
        return [one for one in self.visible_fields() if not one.name.startswith(PREFIX)]

    @property
    def marks(self) -> Mapping[str, ObservationLine.Mark | None]:
        """What was seen, by code."""
        return marks_in(self.cleaned_data)


def marks_in(told: Mapping[str, Any]) -> dict[str, ObservationLine.Mark | None]:
    """The marks among the values of a form."""
    return {
        name.removeprefix(PREFIX): MARK(value) if value else None
        for name, value in told.items()
        if name.startswith(PREFIX)
    }
