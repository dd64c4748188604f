"""Forms of the ledgers, of the transmission and of what the jury sends back."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from parchemin.core.facts import Milestone
from parchemin.core.grid import Kind
from parchemin.core.scheme import Scheme
from parchemin.core.terms import listed
from parchemin.records.assessments.actions.entering import Entered, Key, codes_of, fault, levels_of
from parchemin.records.assessments.models import Result
from parchemin.records.assessments.wordings import sentence
from parchemin.web.assessment.ledger.reading import Read
from parchemin.web.shared.forms import DayField, LongText, RevisionField, Ticks

YES, NO, AT = "yes", "no", "at:"
DATES = {
    Milestone.YEAR_STARTED: _("Début de l’année universitaire"),
    Milestone.REGULATION_CHANGED: _("Modalités de contrôle modifiées le"),
}


class MarkField(forms.DecimalField):
    """A mark, with a comma as in France or a point."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"class": "mark", "inputmode": "decimal", "autocomplete": "off"}
        super().__init__(max_digits=5, decimal_places=2, widget=forms.TextInput(attrs=attrs), **kwargs)
        self.error_messages["invalid"] = _("Écrivez un nombre : par exemple 12,5.")
        self.error_messages["max_decimal_places"] = _("Deux décimales au plus.")

    def to_python(self, value: Any) -> Any:
        """The number, whichever its mark of decimals."""
        return super().to_python(value.strip().replace(",", ".") if isinstance(value, str) else value)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a ledger in the form: its code, its title, what it feeds, its fields."""

    code: str
    title: str
    blocks: str
    mark: forms.BoundField | None
    value: forms.BoundField


class LedgerForm(forms.Form):
    """Every line of both ledgers, and one reason for whatever changes."""

    revision = RevisionField()
    reason = LongText(
        label=_("Motif, si un résultat déjà porté change"),
        help_text=_("Deuxième session, erreur de saisie… Il reste au registre, à côté de l’ancien résultat."),
        required=False,
        rows=2,
        max_length=1000,
    )

    def __init__(self, *args: Any, scheme: Scheme, known: Mapping[Key, Result], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scheme, self.known = scheme, known
        for kind, code in self._codes():
            if kind is Kind.UNIT:
                self.fields[f"mark-{code}"] = MarkField(required=False, label=code)
            choices = choices_of(scheme, kind, code)
            self.fields[f"value-{code}"] = forms.ChoiceField(choices=choices, required=False, label=code)

    def _codes(self) -> Iterator[tuple[Kind, str]]:
        for kind in (Kind.UNIT, Kind.LEARNING):
            for code in codes_of(self.scheme, kind):
                yield kind, code

    @property
    def units(self) -> list[Row]:
        """The course units, each once."""
        found = self.scheme.framework.units
        return [
            Row(one.id, "", ", ".join(one.blocks), self[f"mark-{one.id}"], self[f"value-{one.id}"]) for one in found
        ]

    @property
    def learnings(self) -> list[Row]:
        """The critical learnings."""
        found = self.scheme.framework.learnings
        return [Row(one.id, one.title, one.block, None, self[f"value-{one.id}"]) for one in found]

    @property
    def lines(self) -> list[Entered]:
        """What was typed, line by line, with the reason for what changes."""
        told = self.cleaned_data
        return [
            entered(kind, code, told.get(f"mark-{code}"), told.get(f"value-{code}", ""), told.get("reason", ""))
            for kind, code in self._codes()
        ]

    def clean(self) -> dict[str, Any]:
        """Each line that cannot be entered says why, beside what was typed."""
        told = super().clean() or self.cleaned_data
        for line in self.lines:
            if found := fault(line, self.scheme, self.known):
                name = "mark" if found.code == "mark" else "value"
                self.add_error("reason" if found.code == "why" else f"{name}-{line.code}", sentence(found))
        return told


def choices_of(scheme: Scheme, kind: Kind, code: str) -> list[tuple[str, object]]:
    """What may be said of that line: acquired or not, or the level it is at where the source gives several."""
    levels = levels_of(scheme, Entered(code=code, kind=kind))
    if len(levels) < 2:
        done: list[tuple[str, object]] = [(f"{AT}{levels[0]}" if levels else YES, _("Acquis"))]
    else:
        done = [(f"{AT}{one}", _("Acquis")) if one == levels[-1] else (f"{AT}{one}", one) for one in levels]
        done = [(value, f"{label} ({value.removeprefix(AT)})" if label != value else label) for value, label in done]
    return [("", "—"), (NO, _("À acquérir")), *done]


def entered(kind: Kind, code: str, mark: Decimal | None, value: str, reason: str) -> Entered:
    """What a line of the form says."""
    return Entered(
        code=code,
        kind=kind,
        mark=mark,
        is_acquired={YES: True, NO: False}.get(value),
        level=value.removeprefix(AT) if value.startswith(AT) else "",
        reason=reason,
    )


def initial_of(scheme: Scheme, known: Mapping[Key, Result]) -> dict[str, object]:
    """The form as the ledgers stand."""
    found: dict[str, object] = {}
    for row in known.values():
        found[f"mark-{row.code}"] = "" if row.mark is None else written(row.mark)
        found[f"value-{row.code}"] = value_of(row.is_acquired, row.level)
    return found


def imported(lines: tuple[Read, ...], scheme: Scheme) -> dict[str, object]:
    """What the lines of a file put in the form."""
    found: dict[str, object] = {}
    single = {one.id: listed(one.levels) for one in scheme.framework.learnings}
    for line in lines:
        levels = single.get(line.code, ())
        level = line.level or (levels[-1] if line.is_acquired and levels else "")
        if line.mark is not None:
            found[f"mark-{line.code}"] = written(line.mark)
        if line.is_acquired is not None or level:
            found[f"value-{line.code}"] = value_of(line.is_acquired, level)
    return found


def value_of(is_acquired: bool | None, level: str) -> str:
    """The choice that says it."""
    if level:
        return f"{AT}{level}"
    return {True: YES, False: NO, None: ""}[is_acquired]


def written(mark: Decimal) -> str:
    """A mark as it is typed."""
    return f"{mark.normalize():f}".replace(".", ",")


class TransmitForm(forms.Form):
    """What whoever transmits the file attests of it."""

    revision = RevisionField()
    attested = forms.MultipleChoiceField(
        label=_("Ce que vous attestez"),
        help_text=_("Les règles le demandent et personne ne l’a encore vérifié. Ne cochez que ce que vous savez."),
        required=False,
        widget=Ticks,
    )

    def __init__(self, *args: Any, to_attest: Mapping[str, str], is_again: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_again and to_attest:
            again = _("Ce qui a été attesté du premier envoi s’atteste de nouveau. Ne cochez que ce que vous savez.")
            self.fields["attested"].help_text = again
        if to_attest:
            self.fields["attested"].choices = list(to_attest.items())  # type: ignore[attr-defined]
        else:
            del self.fields["attested"]


class ReturnForm(forms.Form):
    """Why the jury sends the file back, and whether the candidate may replace what they had handed in."""

    revision = RevisionField()
    reason = LongText(
        label=_("Ce que dit le jury"),
        rows=5,
        max_length=3000,
        help_text=_("Le candidat le lit dans sa lettre, ceux qui évaluent dans le dossier. Dites quoi refaire."),
        error_messages={"required": _("Écrivez ce que dit le jury : chacun doit savoir quoi faire.")},
    )
    reopens_documents = forms.BooleanField(
        label=_("Rouvrir aussi les pièces : le candidat pourra les remplacer, puis déposer de nouveau"), required=False
    )

    def __init__(self, *args: Any, has_deposit: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_deposit:
            del self.fields["reopens_documents"]


class YearForm(forms.Form):
    """The dates of the year that rules look at; an empty one takes back what was told."""

    revision = RevisionField()
    is_for_all = forms.BooleanField(required=False)
    is_sure = forms.BooleanField(
        label=_("C’est arrivé malgré tout : noter ces dates, les règles le diront au dossier"), required=False
    )

    def __init__(self, *args: Any, offered: Sequence[Milestone], on: date, others: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered, self.on = offered, on
        for one in offered:
            self.fields[one.value] = DayField(label=DATES[one], required=False)
        label = ngettext(
            "Noter aussi dans l’autre dossier recevable de cette certification et de cette voie",
            "Noter aussi dans les %(n)s autres dossiers recevables de cette certification et de cette voie",
            others,
        )
        self.fields["is_for_all"].label = label % {"n": others}
        if not others:
            del self.fields["is_for_all"]

    def clean(self) -> dict[str, Any]:
        """A change is noted once it happened."""
        told = super().clean() or {}
        changed = told.get(Milestone.REGULATION_CHANGED.value)
        if changed and changed > self.on:
            said = _("Cette date n’est pas encore passée : un changement se note une fois voté.")
            self.add_error(Milestone.REGULATION_CHANGED.value, said)
        return told

    @property
    def days(self) -> list[forms.BoundField]:
        """The fields of the dates."""
        return [self[one.value] for one in self.offered]

    @property
    def changes(self) -> dict[Milestone, date | None]:
        """What is told otherwise than it was."""
        known = {one: self.cleaned_data[one.value] for one in self.offered}
        return {one: day for one, day in known.items() if day != self.initial.get(one.value)}

    @property
    def for_others(self) -> dict[Milestone, date | None]:
        """What is told of the other files: nothing of theirs is taken back."""
        if not self.cleaned_data.get("is_for_all"):
            return {}
        return {one: day for one in self.offered if (day := self.cleaned_data[one.value])}
