"""An activity of the candidate, and whom to ask to attest, to sign or to support."""

from datetime import date
from fractions import Fraction
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from parchemin.core.facts import ExperienceKind
from parchemin.records.candidacies.actions.filling import Activity
from parchemin.records.candidacies.models import Experience
from parchemin.records.candidacies.models.experiences import KINDS
from parchemin.web.candidate.attempts import FileForm
from parchemin.web.shared.forms import DayField, LongText, OneLine, Radios, Ticks
from parchemin.web.shared.uploads import ACCEPT

FULL, HALF, HOURS, SHARE, UNSAID = "full", "half", "hours", "share", "unsaid"
WEEK = 35
"""Hours of a full-time week (code du travail, art. L3121-27)."""
MOST = 10_000


class ExperienceForm(FileForm):
    """What was done, where, when, and for which share of full time."""

    position = OneLine(label=gettext_lazy("Fonction exercée"), max_length=120)
    employer = OneLine(
        label=gettext_lazy("Employeur ou structure"),
        max_length=160,
        required=False,
        help_text=gettext_lazy("Laissez vide pour une activité à votre compte."),
    )
    kind = forms.ChoiceField(label=gettext_lazy("Nature"), choices=[(one.value, said) for one, said in KINDS.items()])
    from_on = DayField(label=gettext_lazy("Du"), help_text=gettext_lazy("Premier jour compris."))
    is_running = forms.BooleanField(label=gettext_lazy("Toujours en cours"), required=False)
    until_on = DayField(label=gettext_lazy("Au"), required=False, help_text=gettext_lazy("Dernier jour compris."))
    time = forms.ChoiceField(
        label=gettext_lazy("Temps de travail"),
        widget=Radios,
        choices=[
            (FULL, gettext_lazy("Temps plein")),
            (HALF, gettext_lazy("Mi-temps")),
            (HOURS, gettext_lazy("Autre : en heures par semaine")),
            (SHARE, gettext_lazy("Autre : en fraction d’un temps plein")),
            (UNSAID, gettext_lazy("Je ne sais pas encore")),
        ],
        initial=FULL,
    )
    hours = forms.DecimalField(
        label=gettext_lazy("Heures par semaine"),
        min_value=0,
        max_value=168,
        max_digits=5,
        decimal_places=2,
        required=False,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "short"}),
        help_text=gettext_lazy("Comptées sur 35 heures."),
    )
    share = OneLine(
        label=gettext_lazy("Fraction"),
        max_length=11,
        required=False,
        widget=forms.TextInput(attrs={"class": "short"}),
        help_text=gettext_lazy("Par exemple 4/5."),
    )
    tags = forms.MultipleChoiceField(label=gettext_lazy("En rapport avec"), widget=Ticks, required=False)
    tasks = LongText(
        label=gettext_lazy("Activités principales"),
        required=False,
        help_text=gettext_lazy("Quelques lignes : ce que vous faisiez, pour qui, avec quels outils."),
    )
    proof = forms.ChoiceField(label=gettext_lazy("Justificatif déjà déposé"), required=False)
    file = forms.FileField(
        label=gettext_lazy("Ou déposez un justificatif"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPT}),
        help_text=gettext_lazy(
            "Contrat, certificat de travail, attestation. Masquez votre numéro de sécurité sociale."
        ),
    )

    def __init__(
        self, *args: Any, tags: list[tuple[str, str]], proofs: list[tuple[str, str]], on: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.on = on
        self.fields["tags"].choices = tags  # type: ignore[attr-defined]
        self.fields["proof"].choices = [("", _("Aucun")), *proofs]  # type: ignore[attr-defined]
        for name, choices in (("tags", tags), ("proof", proofs)):
            if not choices:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """The period holds, and the share of full time can be read."""
        cleaned = super().clean() or {}
        start, end = cleaned.get("from_on"), cleaned.get("until_on")
        if cleaned.get("is_running"):
            cleaned["until_on"] = None
        elif end is None and "until_on" not in self.errors:
            self.add_error("until_on", _("Donnez le dernier jour, ou cochez « Toujours en cours »."))
        elif start and end and end < start:
            self.add_error("until_on", _("Cette date est avant le début : corrigez l’une des deux."))
        if start and start > self.on:
            self.add_error("from_on", _("Cette date est dans le futur : une activité compte une fois commencée."))
        self._read_share(cleaned)
        return cleaned

    def activity(self, proof: Any = None) -> Activity:
        """The activity as typed, once the form is valid; with ``proof`` when a file came with it."""
        told = self.cleaned_data
        return Activity(
            position=told["position"],
            kind=ExperienceKind(told["kind"]),
            from_on=told["from_on"],
            until_on=told["until_on"],
            employer=told["employer"],
            tasks=told["tasks"],
            fraction=told["fraction"],
            tags=tuple(told.get("tags", ())),
            proof=proof or told.get("proof") or None,
        )

    def _read_share(self, cleaned: dict[str, Any]) -> None:
        time = cleaned.get("time")
        cleaned["fraction"] = {FULL: Fraction(1), HALF: Fraction(1, 2)}.get(str(time))
        if time == HOURS and "hours" not in self.errors:
            hours = cleaned.get("hours")
            if hours:
                cleaned["fraction"] = min(Fraction(1), Fraction(hours) / WEEK)
            else:
                self.add_error("hours", _("Écrivez le nombre d’heures par semaine, par exemple 21."))
        if time == SHARE and "share" not in self.errors:
            cleaned["fraction"] = self._fraction(cleaned.get("share", ""))

    def _fraction(self, typed: str) -> Fraction | None:
        try:
            found = Fraction(typed.replace(" ", "").replace(",", "."))
        except (ValueError, ZeroDivisionError):
            self.add_error("share", _("Écrivez une fraction, par exemple 4/5."))
            return None
        if not 0 < found <= 1 or found.denominator > MOST:
            self.add_error("share", _("La fraction va de plus que zéro à un temps plein : 4/5, 1/3."))
            return None
        return found


def initial_of(row: Experience | None) -> dict[str, Any]:
    """The form as the activity says."""
    if row is None:
        return {}
    share = row.fraction
    time = {None: UNSAID, Fraction(1): FULL, Fraction(1, 2): HALF}.get(share, SHARE)
    kept = ("position", "employer", "kind", "from_on", "until_on", "tags", "tasks")
    return {name: getattr(row, name) for name in kept} | {
        "is_running": row.until_on is None,
        "time": time,
        "share": str(share) if time == SHARE else "",
        "proof": str(row.proof_id or ""),
    }
