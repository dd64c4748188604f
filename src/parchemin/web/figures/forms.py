"""What a holder is asked, and nothing more."""

import re
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from parchemin.records.followups.actions.answering import Said
from parchemin.records.followups.models import AT_WORK, Answer
from parchemin.web.shared.forms import Radios

WRITTEN = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})|(?P<month2>\d{1,2})[/. -](?P<year2>\d{4})", re.ASCII)


class Month(forms.TextInput):
    """A month by the browser's own calendar, where it has one."""

    input_type = "month"


class MonthField(forms.Field):
    """The first day of a month, written 2026-05 or 05/2026."""

    widget = Month

    def to_python(self, value: Any) -> date | None:
        """The day, None for nothing; it says how to write what it cannot read."""
        text = str(value or "").strip()
        if not text:
            return None
        found = WRITTEN.fullmatch(text)
        try:
            return _first_day(**found.groupdict() if found else {})
        except ValueError as error:
            raise forms.ValidationError(_("Ce mois ne se lit pas : par exemple 05/2026.")) from error


def _first_day(
    *, year: str | None = None, month: str | None = None, month2: str | None = None, year2: str | None = None
) -> date:
    """ValueError for a month that is none."""
    return date(int(year or year2 or 0), int(month or month2 or 0), 1)


class SurveyForm(forms.Form):
    """The situation of today; what is said of work is asked of those who work."""

    situation = forms.ChoiceField(
        label=gettext_lazy("Votre situation aujourd’hui"),
        choices=Answer.Situation.choices,
        widget=Radios,
        error_messages={"required": gettext_lazy("Choisissez votre situation.")},
    )
    is_target_job = forms.ChoiceField(
        label=gettext_lazy("Ce travail est-il celui que vise la certification ?"),
        choices=[("yes", gettext_lazy("Oui")), ("no", gettext_lazy("Non"))],
        widget=Radios,
        required=False,
    )
    contract = forms.ChoiceField(label=gettext_lazy("Votre contrat, si vous êtes salarié"), required=False)
    started = MonthField(
        label=gettext_lazy("Mois de début de ce travail"),
        required=False,
        help_text=gettext_lazy("Par exemple 05/2026."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contract"].choices = [("", _("Je ne le dis pas")), *Answer.Contract.choices]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Whoever works says whether it is the job aimed at; what else was ticked by somebody else does not count."""
        told = super().clean() or self.cleaned_data
        if told.get("situation") in AT_WORK and not told.get("is_target_job"):
            self.add_error("is_target_job", _("Dites si ce travail est celui que vise la certification."))
        return told

    @property
    def said(self) -> Said:
        """What the action asks."""
        told = self.cleaned_data
        if told["situation"] not in AT_WORK:
            return Said(situation=told["situation"])
        return Said(
            situation=told["situation"],
            is_target_job=told["is_target_job"] == "yes",
            contract=told["contract"] if told["situation"] == Answer.Situation.EMPLOYED else "",
            started_on=told["started"],
        )
