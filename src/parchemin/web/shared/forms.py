"""How forms are drawn, and what the forms of all audiences share."""

from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _


class Renderer(TemplatesSetting):
    """Our own templates for forms and fields; they read the project's, so that apps may add theirs."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"


class Radios(forms.RadioSelect):
    """Choices one under the other, each a large target."""

    template_name = "forms/choices.html"
    option_template_name = "forms/option.html"


class Ticks(forms.CheckboxSelectMultiple):
    """Several choices, each a large target."""

    template_name = "forms/choices.html"
    option_template_name = "forms/option.html"


class Cards(Radios):
    """Choices as cards: ``hints`` gives a line under the title of a choice, by value."""

    template_name = "forms/cards.html"

    def __init__(self, attrs: dict[str, Any] | None = None, hints: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.hints = hints or {}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The option with its line; a screen reader says it after the title."""
        option = super().create_option(name, value, *args, **kwargs)
        option["hint"] = self.hints.get(str(value), "")
        return option


class Day(forms.DateInput):
    """A date by the browser's own calendar, typed as it shows it."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class Hour(forms.TimeInput):
    """An hour by the browser's own clock."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(attrs={"class": "short"}, format="%H:%M")


class HourField(forms.TimeField):
    """An hour of the day, here."""

    def __init__(self, *, help_text: Any = None, **kwargs: Any) -> None:
        super().__init__(
            widget=Hour,
            input_formats=["%H:%M", "%Hh%M", "%H:%M:%S", "%Hh"],
            help_text=_("Heure de Paris, par exemple 09:30.") if help_text is None else help_text,
            error_messages={"invalid": _("Cette heure ne se lit pas : par exemple 09:30.")},
            **kwargs,
        )


class DayField(forms.DateField):
    """A date; the hint says how it is written for those whose browser shows no calendar.

    « 03/02/2027 » is the 3rd of February, as in France, whatever the language of the page.
    """

    widget = Day

    def __init__(self, *, help_text: Any = None, **kwargs: Any) -> None:
        super().__init__(
            input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"],
            help_text=_("Jour, mois, année : par exemple 27/03/2026.") if help_text is None else help_text,
            error_messages={"invalid": _("Cette date n’existe pas ou s’écrit autrement : par exemple 27/03/2026.")},
            **kwargs,
        )


class RevisionField(forms.IntegerField):
    """The revision of the file as it was shown, so that two people cannot overwrite each other."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            widget=forms.HiddenInput,
            min_value=0,
            max_value=2**31 - 1,
            error_messages={"required": _("La page est incomplète : rechargez-la.")},
            **kwargs,
        )


class LongText(forms.CharField):
    """A text of several lines, bounded in characters; those left are counted under the field.

    The end of a line is one character, as browsers count it; they send two.
    """

    def __init__(self, *, rows: int = 6, max_length: int = 5000, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), max_length=max_length, **kwargs)

    def to_python(self, value: Any) -> str:
        """The text, its lines ended by one character."""
        return str(super().to_python(value)).replace("\r\n", "\n")


class OneLine(forms.CharField):
    """A short text on one line: runs of blanks and ends of lines are one space."""

    default_error_messages = {"required": _("À remplir.")}

    def to_python(self, value: Any) -> str:
        """The text on one line."""
        return " ".join(str(super().to_python(value)).split())
