"""An entry of the liaison book as it is typed, with an account or by a one-use link, and what it may be about."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from parchemin.core.scheme import Scheme
from parchemin.core.terms import Unknown
from parchemin.records.pathways.models import Liaison
from parchemin.web.shared.forms import DayField, LongText, Ticks

TEXT = 5000


@dataclass
class Covered:
    """A block or a competence, and how many entries of the book are about it."""

    code: str
    title: str
    is_block: bool = False
    entries: int = 0
    parts: list["Covered"] = field(default_factory=list)

    @property
    def is_covered(self) -> bool:
        """Whether an entry is about it, or about one of its competences."""
        return bool(self.entries) or any(one.entries for one in self.parts)


def parts_of(scheme: Scheme, aimed: list[str]) -> list[Covered]:
    """The blocks that are aimed at, each with its assessed competences; competences of no block stand alone."""
    blocks = {
        id: Covered(id, _title(block.title), is_block=True)
        for id, block in scheme.blocks.items()
        if not aimed or id in aimed
    }
    alone = []
    for code in scheme.assessed:
        competence = scheme.competences[code]
        made = Covered(code, _title(competence.title))
        if isinstance(competence.block, str):
            if competence.block in blocks:
                blocks[competence.block].parts.append(made)
        else:
            alone.append(made)
    return [*blocks.values(), *alone]


class EntryForm(forms.Form):
    """What is told, of which day, about which blocks and competences."""

    on = DayField(label=gettext_lazy("Date de ce que vous racontez"))
    words = LongText(
        label=gettext_lazy("Ce qui a été fait, observé ou convenu"),
        rows=7,
        max_length=TEXT,
        help_text=gettext_lazy("Des faits, avec un exemple. Tous ceux qui suivent ce dossier le liront."),
    )
    about = forms.MultipleChoiceField(label=gettext_lazy("Blocs et compétences"), widget=Ticks, required=False)
    field_order: Iterable[str] | None = ("words", "on", "about")

    def __init__(self, *args: Any, parts: Iterable[Covered], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [one for part in parts for one in _choices(part)]
        if choices:
            chosen: Any = self.fields["about"]
            chosen.choices = choices
        else:
            del self.fields["about"]

    @property
    def told(self) -> dict[str, Any]:
        """The entry as typed, once the form is valid."""
        return {"about": (), **self.cleaned_data}

    @staticmethod
    def initial_of(entry: Liaison) -> dict[str, Any]:
        """What the form shows of an entry."""
        return {"on": entry.on, "words": entry.words, "about": entry.about}


def _title(title: str | Unknown) -> str:
    return "" if isinstance(title, Unknown) else title


def _choices(part: Covered) -> list[tuple[str, Any]]:
    label = f"{part.code} {part.title}".strip()
    if not part.parts:
        return [(part.code, label)]
    inside = [(part.code, _("Le bloc entier")), *((one.code, f"{one.code} {one.title}".strip()) for one in part.parts)]
    return [(label, inside)]
