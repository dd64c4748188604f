"""What is typed to plan a sitting, to move or cancel it, to tell how it went off, to correct a result."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from parchemin.core.facts import Attendance
from parchemin.records.assessments.models import Evaluator, Result, Sitting
from parchemin.records.assessments.models.sittings import ATTENDANCES
from parchemin.records.people.models import Person
from parchemin.web.shared.forms import DayField, HourField, LongText, Radios, RevisionField, Ticks

LONGEST = 1440
TOLD_BY_EVALUATORS = (Attendance.HELD, Attendance.ABSENT, Attendance.ADJOURNED, Attendance.FRAUD)
"""What whoever assesses may say: an excuse is the office's to weigh, and so is what counts for nothing."""
HINTS: Mapping[Attendance, object] = {
    Attendance.HELD: gettext_lazy("Les évaluateurs peuvent noter."),
    Attendance.ABSENT: gettext_lazy("Sans excuse. Ce n’est pas un échec ; une autre épreuve peut être prévue."),
    Attendance.EXCUSED: gettext_lazy("Ce n’est pas un échec, et cela ne compte pas comme un passage."),
    Attendance.ADJOURNED: gettext_lazy("Elle n’a pas pu se tenir ou aller à son terme."),
    Attendance.FRAUD: gettext_lazy("Décrivez ce qui a été vu : rien n’est noté."),
    Attendance.VOID: gettext_lazy("Comme si elle n’avait pas eu lieu : dites pourquoi."),
}
HINTS_OF_EVALUATORS = {**HINTS, Attendance.ABSENT: gettext_lazy("Le secrétariat verra s’il est excusé.")}


class WhenForm(forms.Form):
    """When and where; ``usual`` is what the scheme and an accommodation make the duration."""

    on = DayField(label=gettext_lazy("Jour"), required=False, help_text=gettext_lazy("Vide tant qu’il n’est pas fixé."))
    hour = HourField(label=gettext_lazy("Heure"), required=False)
    minutes = forms.IntegerField(
        label=gettext_lazy("Durée en minutes"),
        required=False,
        min_value=1,
        max_value=LONGEST,
        error_messages={
            "invalid": gettext_lazy("Donnez un nombre entier de minutes."),
            "min_value": gettext_lazy("La durée est d’au moins une minute."),
            "max_value": gettext_lazy("La durée ne dépasse pas une journée : donnez des minutes."),
        },
    )
    place = forms.ChoiceField(label=gettext_lazy("Lieu"), required=False)
    room = forms.CharField(
        label=gettext_lazy("Adresse, salle ou lien"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Tel que le candidat et les évaluateurs le liront."),
    )

    def __init__(
        self, *args: Any, places: Mapping[str, str], minutes_told: str, place_told: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [("", _("À fixer")), *places.items()]  # type: ignore[attr-defined]
        self.fields["place"].help_text = place_told
        self.fields["minutes"].help_text = minutes_told

    def clean(self) -> dict[str, Any]:
        """A day and an hour together, or neither."""
        told = super().clean() or {}
        if "on" in told and "hour" in told and bool(told["on"]) != (told["hour"] is not None):
            missing = "hour" if told["on"] else "on"
            self.add_error(missing, _("Donnez le jour et l’heure, ou laissez les deux vides."))
        return told

    @property
    def planned(self) -> dict[str, Any]:
        """What the action asks."""
        told = self.cleaned_data
        starts_at = None
        if told["on"]:
            starts_at = timezone.make_aware(datetime.combine(told["on"], told["hour"]))
        return {"starts_at": starts_at, **{name: told[name] for name in ("minutes", "place", "room")}}


class MoveForm(WhenForm):
    """The same on a sitting that others may have changed."""

    revision = RevisionField()


class CancelForm(forms.Form):
    """Why it will not be held."""

    reason = LongText(
        label=gettext_lazy("Motif"),
        rows=4,
        max_length=1000,
        help_text=gettext_lazy("Le candidat et les évaluateurs le liront s’ils étaient convoqués."),
        error_messages={"required": gettext_lazy("Écrivez le motif : il restera dans le dossier.")},
    )
    revision = RevisionField()


class VoidForm(CancelForm):
    """Why what was held counts for nothing."""

    reason = LongText(
        label=gettext_lazy("Motif"),
        rows=4,
        max_length=1000,
        error_messages={"required": gettext_lazy("Écrivez le motif : il restera dans le dossier.")},
    )


class HowForm(forms.Form):
    """How a sitting went off: what became of it, who sat, what was kept, what happened."""

    attendance = forms.ChoiceField(
        label=gettext_lazy("L’épreuve"),
        widget=Radios,
        error_messages={"required": gettext_lazy("Dites si elle s’est tenue, ou pourquoi non.")},
    )
    minutes = forms.IntegerField(
        label=gettext_lazy("Durée réelle en minutes"), required=False, min_value=1, max_value=LONGEST
    )
    present = forms.MultipleChoiceField(
        label=gettext_lazy("Évaluateurs présents"),
        widget=Ticks,
        required=False,
        help_text=gettext_lazy("Qui n’était pas là n’évalue pas cette épreuve : décochez-le."),
    )
    safeguards = forms.MultipleChoiceField(
        label=gettext_lazy("Garanties tenues"),
        widget=Ticks,
        required=False,
        help_text=gettext_lazy("Celles que les règles demandent dans ce lieu ; cochez ce qui l’a été."),
    )
    incidents = LongText(
        label=gettext_lazy("Incidents"),
        rows=4,
        max_length=3000,
        required=False,
        help_text=gettext_lazy("Coupure, retard, document absent… et ce qui en a été fait. Vide si tout va bien."),
    )
    revision = RevisionField()

    def __init__(
        self,
        *args: Any,
        people: Mapping[str, str],
        safeguards: Sequence[str],
        told: Sequence[Attendance] = tuple(ATTENDANCES),
        hints: Mapping[Attendance, object] = HINTS,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        hinted = [(one.value, f"{ATTENDANCES[one]} — {hints[one]}") for one in told]
        self.fields["attendance"].choices = hinted  # type: ignore[attr-defined]
        self.fields["present"].choices = list(people.items())  # type: ignore[attr-defined]
        self.fields["safeguards"].choices = [(one, one) for one in safeguards]  # type: ignore[attr-defined]
        for name, needed in (("present", people), ("safeguards", safeguards)):
            if not needed:
                del self.fields[name]

    @property
    def said(self) -> dict[str, Any]:
        """What both actions ask."""
        said = self.cleaned_data
        told = {name: said[name] for name in ("minutes", "incidents", "revision")}
        return {**told, "attendance": Attendance(said["attendance"]), "safeguards": said.get("safeguards")}


class TellForm(HowForm):
    """The same told for the first time; whoever tells it and assesses was there."""

    def __init__(self, *args: Any, evaluators: Sequence[Evaluator], teller: Person, is_office: bool, **kwargs: Any):
        self.others = [one for one in evaluators if is_office or one.person_id != teller.pk]
        if not is_office:
            kwargs |= {"told": TOLD_BY_EVALUATORS, "hints": HINTS_OF_EVALUATORS}
        super().__init__(*args, people={str(one.pk): one.person.name for one in self.others}, **kwargs)
        if not is_office and "present" in self.fields:
            self.fields["present"].label = _("Évaluateurs présents avec vous")

    @property
    def told(self) -> dict[str, Any]:
        """What the action asks."""
        present = set(self.cleaned_data.get("present", ()))
        return {**self.said, "away": [one.pk for one in self.others if str(one.pk) not in present]}


class TellOtherwiseForm(HowForm):
    """The same told otherwise, and why."""

    reason = LongText(
        label=gettext_lazy("Motif de la correction"),
        rows=3,
        max_length=1000,
        help_text=gettext_lazy("Ce qui avait été noté reste écrit ; le motif l’accompagne."),
        error_messages={"required": gettext_lazy("Écrivez le motif : il restera dans le dossier.")},
    )
    field_order = ("attendance", "minutes", "present", "safeguards", "incidents", "reason", "revision")

    @property
    def told(self) -> dict[str, Any]:
        """What the action asks."""
        present = [UUID(one) for one in self.cleaned_data.get("present", ())]
        return {**self.said, "present": present, "reason": self.cleaned_data["reason"]}


class NameForm(forms.Form):
    """Who assesses, as which actor, and why when a rule asks."""

    person = forms.UUIDField(widget=forms.HiddenInput)
    actor = forms.CharField(widget=forms.HiddenInput, max_length=60)
    justification = forms.CharField(
        label=gettext_lazy("Pourquoi cette personne évalue ce candidat"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class CorrectForm(forms.Form):
    """The value that stands from now on, and why."""

    value = forms.ChoiceField(
        label=gettext_lazy("Résultat"),
        widget=Radios,
        choices=[("yes", gettext_lazy("Acquis")), ("no", gettext_lazy("À acquérir"))],
        required=False,
    )
    mark = forms.DecimalField(
        label=gettext_lazy("Note"),
        required=False,
        min_value=0,
        max_value=100,
        max_digits=5,
        decimal_places=2,
        localize=True,
    )
    reason = LongText(
        label=gettext_lazy("Motif de la correction"),
        rows=4,
        max_length=2000,
        help_text=gettext_lazy("L’ancien résultat reste écrit ; le motif l’accompagne."),
        error_messages={"required": gettext_lazy("Écrivez le motif : il restera dans le dossier.")},
    )

    def __init__(self, *args: Any, result: Result, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.result = result
        if result.mark is None:
            del self.fields["mark"]
        elif result.is_acquired is None:
            del self.fields["value"]

    def clean(self) -> dict[str, Any]:
        """Another value than the one that stands."""
        told = super().clean() or {}
        if self.errors:
            return told
        if self.chosen == (None, None):
            self.add_error(next(iter(self.fields)), _("Choisissez le résultat qui doit rester."))
        elif self.chosen == (self.result.is_acquired, self.result.mark):
            self.add_error(next(iter(self.fields)), _("C’est déjà le résultat inscrit : il n’y a rien à corriger."))
        return told

    @property
    def chosen(self) -> tuple[bool | None, Decimal | None]:
        """Acquired or not, and the mark."""
        told = self.cleaned_data.get("value") or ""
        return {"yes": True, "no": False}.get(told), self.cleaned_data.get("mark")


def when_initial(sitting: Sitting) -> dict[str, Any]:
    """What the form starts from on a sitting already planned."""
    starts = timezone.localtime(sitting.starts_at) if sitting.starts_at else None
    return {
        "on": starts.date() if starts else None,
        "hour": starts.time() if starts else None,
        "minutes": sitting.minutes,
        "place": sitting.place,
        "room": sitting.room,
        "revision": sitting.revision,
    }
