"""The forms of rulings: a file as it is, or the values that fill the gaps of a version."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from parchemin.catalogue.drafting import Act, value_of
from parchemin.catalogue.problems import RefusedError
from parchemin.catalogue.reading import MAX_BYTES
from parchemin.catalogue.rulings import NAME, Gap
from parchemin.web.shared.forms import DayField, LongText

PREFIX, WHERE = "gap-", "where-"
LONGEST_TEXT = 100_000


def name_field() -> forms.CharField:
    """How a ruling is called: it is the name of its file, and does not change."""
    return forms.CharField(
        label=_("Nom de la décision"),
        max_length=80,
        validators=[RegexValidator(rf"^{NAME.pattern}$", _("Lettres, chiffres et tirets seulement, sans espace."))],
        help_text=_("Par exemple 2027-reglement. Lettres, chiffres et tirets, sans espace."),
    )


class RulingForm(forms.Form):
    """A ruling's file, sent or typed."""

    name = name_field()
    file = forms.FileField(
        label=_("Fichier de la décision"),
        required=False,
        help_text=_("Un fichier YAML ; ou collez son texte ci-dessous."),
    )
    text = LongText(label=_("Texte de la décision"), required=False, rows=18, max_length=LONGEST_TEXT)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs["spellcheck"] = "false"

    def clean(self) -> dict[str, Any]:
        """One text, from the file when one was sent."""
        told = super().clean() or {}
        file = told.get("file")
        if file:
            if file.size > MAX_BYTES:
                self.add_error("file", gettext("Le fichier dépasse un million d’octets."))
                return told
            try:
                told["text"] = file.read().decode("utf-8")
            except UnicodeDecodeError:
                self.add_error("file", gettext("Le fichier n’est pas en UTF-8 : enregistrez-le ainsi."))
        elif not told.get("text", "").strip() and "text" not in self.errors:
            self.add_error("text", gettext("Déposez un fichier, ou collez le texte de la décision."))
        return told


class GapsForm(forms.Form):
    """Who decided what and when, then a value for as many gaps as the decision fills."""

    name = name_field()
    by = forms.CharField(label=_("Qui a décidé"), max_length=200)
    title = forms.CharField(
        label=_("Le texte qui le dit"), max_length=200, help_text=_("Par exemple : Règlement du CQP, 18 novembre 2026.")
    )
    where = forms.CharField(
        label=_("Où dans ce texte"), max_length=120, required=False, help_text=_("Article ou page, si tout y est.")
    )
    decided_on = DayField(label=_("Décidé le"))
    from_on = DayField(label=_("S’applique à partir du"))

    def __init__(self, *args: Any, gaps: Iterable[Gap], on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.gaps = tuple(gaps)
        self.on = on
        self.fields["by"].initial = self.initial.get("by", "")
        for number, gap in enumerate(self.gaps):
            self.fields[f"{PREFIX}{number}"] = forms.CharField(
                label=gap.address, help_text=gap.why, max_length=2000, required=False
            )
            self.fields[f"{WHERE}{number}"] = forms.CharField(label=_("Article"), max_length=120, required=False)

    def clean(self) -> dict[str, Any]:
        """At least one gap is filled, each by something that a file may say, with its article or that of all."""
        told = super().clean() or {}
        values: dict[str, Any] = {}
        for number, gap in enumerate(self.gaps):
            typed = told.get(f"{PREFIX}{number}", "").strip()
            if typed:
                try:
                    values[gap.address] = value_of(typed)
                except RefusedError:
                    self.add_error(
                        f"{PREFIX}{number}", gettext("Un crochet, une accolade ou un guillemet n’est pas fermé.")
                    )
                    continue
        told["values"] = values
        if not values and not self.errors:
            self.add_error(None, gettext("Remplissez au moins un silence."))
        if told.get("decided_on") and told["decided_on"] > self.on:
            self.add_error(
                "decided_on", gettext("La décision n’est pas encore prise : écrivez le jour où elle l’a été.")
            )
        return told

    def act(self) -> Act:
        """The decision, once the form is valid."""
        told = self.cleaned_data
        return Act(
            by=told["by"],
            decided_on=told["decided_on"],
            from_on=told["from_on"],
            title=told["title"],
            read_on=self.on,
            where=told["where"],
        )

    def wheres(self) -> Mapping[str, str]:
        """The article of each gap that has its own."""
        return {gap.address: self.cleaned_data.get(f"{WHERE}{number}", "") for number, gap in enumerate(self.gaps)}

    def head(self) -> list[forms.BoundField]:
        """The fields about the decision as a whole."""
        return [self[name] for name in ("name", "by", "title", "where", "decided_on", "from_on")]

    def parted(
        self, parts: Mapping[str, str]
    ) -> list[tuple[str, list[tuple[forms.BoundField, forms.BoundField]], bool]]:
        """The fields of the gaps, by part of the certification, and whether one of them is filled or wrong."""
        found: dict[str, list[tuple[forms.BoundField, forms.BoundField]]] = {}
        for number, gap in enumerate(self.gaps):
            part = parts.get(gap.address.split("/", 1)[0], gettext("Identité"))
            found.setdefault(part, []).append((self[f"{PREFIX}{number}"], self[f"{WHERE}{number}"]))
        return [(part, fields, any(one.errors or one.value() for one, _w in fields)) for part, fields in found.items()]
