"""Forms of positioning: opening an interview, its sheet, handing on its booklet."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from parchemin.records.pathways.actions.positioning import Positioned
from parchemin.records.pathways.models import PositioningLine
from parchemin.web.shared.forms import DayField, LongText, Radios, RevisionField

YES, NO = "yes", "no"
ANSWERS: Mapping[str, bool | None] = {YES: True, NO: False, "": None}


class OpenForm(forms.Form):
    """The day of the interview."""

    held_on = DayField(
        label=_("Date de l’entretien"),
        help_text=_("Aujourd’hui, ou un jour à venir : le candidat peut alors le préparer de son côté."),
    )


class SheetForm(forms.Form):
    """An answer and its example for each competence, at the revision of the sheet as it was shown."""

    revision = RevisionField()
    answer_label = _("Conclusion")
    example_label = _("Exemple")
    none_label = _("Pas encore conclu")
    needs_example = True

    def __init__(self, *args: Any, codes: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.codes = codes
        for code in codes:
            choices = [(YES, _("Acquise")), (NO, _("À acquérir")), ("", self.none_label)]
            self.fields[f"answer-{code}"] = forms.ChoiceField(
                label=self.answer_label, choices=choices, widget=Radios, required=False
            )
            self.fields[f"example-{code}"] = LongText(label=self.example_label, rows=2, max_length=2000, required=False)

    @classmethod
    def initial_of(cls, lines: Iterable[PositioningLine], codes: Iterable[str]) -> dict[str, str]:
        """What the sheet holds already."""
        kept = {line.code: cls.kept(line) for line in lines}
        told = {code: kept.get(code, (None, "")) for code in codes}
        answers = {value: name for name, value in ANSWERS.items()}
        return {f"answer-{code}": answers[answer] for code, (answer, _example) in told.items()} | {
            f"example-{code}": example for code, (_answer, example) in told.items()
        }

    @staticmethod
    def kept(line: PositioningLine) -> tuple[bool | None, str]:
        """What a line holds of what this form asks."""
        return line.is_acquired, line.example

    def fields_of(self, code: str) -> tuple[BoundField, BoundField]:
        """The two fields of a competence."""
        return self[f"answer-{code}"], self[f"example-{code}"]

    def clean(self) -> dict[str, Any]:
        """An answer says what it rests on, where the form asks for it."""
        told = super().clean() or {}
        told_why = _("%(code)s : donnez un exemple, sur lequel repose la conclusion.")
        for code in self.codes:
            if self.needs_example and told.get(f"answer-{code}") and not told.get(f"example-{code}", "").strip():
                self.add_error(f"example-{code}", told_why % {"code": code})
        return told

    @property
    def told(self) -> list[Positioned]:
        """What was typed, competence by competence."""
        data = self.cleaned_data
        return [
            Positioned(code=code, answer=ANSWERS[data[f"answer-{code}"]], example=data[f"example-{code}"])
            for code in self.codes
        ]


class ConcludeForm(SheetForm):
    """The leader's sheet."""

    held_on = DayField(label=_("Date de l’entretien"))


class OwnViewForm(SheetForm):
    """The candidate's."""

    answer_label = _("Votre avis")
    example_label = _("Un exemple, si vous en avez un")
    none_label = _("Je ne sais pas")
    needs_example = False

    @staticmethod
    def kept(line: PositioningLine) -> tuple[bool | None, str]:
        """What the candidate told."""
        return line.own_view, line.own_example


class HandForm(forms.Form):
    """To whom a document was handed, and when."""

    actor = forms.ChoiceField(label=_("Remis à"), widget=Radios)
    name = forms.CharField(label=_("Nom de la personne"), max_length=120, required=False)
    handed_on = DayField(label=_("Remis le"))

    def __init__(self, *args: Any, actors: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["actor"].choices = actors  # type: ignore[attr-defined]
