"""Forms of evidence: telling it, looking for it, commenting on it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from parchemin.records.pathways.actions.evidencing import Given
from parchemin.records.pathways.models import Evidence
from parchemin.web.shared.forms import DayField, LongText, OneLine, RevisionField, Ticks

Choices = Sequence[tuple[str, Any]]
KIND = Evidence.Kind


class GivenForm(forms.Form):
    """A piece of evidence of one kind; a file comes beside."""

    title = OneLine(label=_("Intitulé"), max_length=200, help_text=_("Ce que c’est, en quelques mots."))
    url = forms.URLField(
        label=_("Adresse de la page"),
        max_length=500,
        assume_scheme="https",
        help_text=_("Par exemple https://exemple.fr/page. Qui la lira doit pouvoir l’ouvrir."),
        error_messages={"invalid": _("Cette adresse n’est pas complète : copiez-la depuis le navigateur.")},
    )
    words = LongText(label=_("Ce qu’elle montre"), rows=4, required=False)
    made_on = DayField(label=_("Date"))
    author = OneLine(label=_("Auteur"), max_length=120, help_text=_("Qui l’a faite : vous, ou quelqu’un d’autre."))
    codes = forms.MultipleChoiceField(
        label=_("Compétences"),
        widget=Ticks,
        error_messages={"required": _("Dites sur quelles compétences cette preuve porte.")},
    )

    def __init__(self, *args: Any, kind: Evidence.Kind, codes: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind is not KIND.LINK:
            del self.fields["url"]
        if kind is KIND.ACCOUNT:
            self.fields["words"] = LongText(
                label=_("Votre récit"),
                rows=10,
                help_text=_("Ce que vous avez fait, où, avec qui, et ce que vous en retirez."),
            )
        if codes:
            self.fields["codes"].choices = codes  # type: ignore[attr-defined]
        else:
            del self.fields["codes"]

    @property
    def given(self) -> Given:
        """The evidence as it is told."""
        told = self.cleaned_data
        return Given(
            title=told["title"], author=told["author"], made_on=told["made_on"], codes=told.get("codes", ()),
            words=told["words"], url=told.get("url", ""),
        )  # fmt: skip

    @staticmethod
    def initial_of(row: Evidence) -> dict[str, Any]:
        """What it says now."""
        kept = {name: getattr(row, name) for name in ("title", "url", "words", "made_on", "author", "revision")}
        return kept | {"codes": [one.code for one in row.codes.all()]}


class ChangeForm(GivenForm):
    """The same told otherwise, at the revision it was shown."""

    revision = RevisionField()
    is_stale = False


class SureForm(forms.Form):
    """Something done with a piece of evidence, at the revision it was shown."""

    revision = RevisionField()
    is_stale = False


class CommentForm(forms.Form):
    """What is said of it to the candidate."""

    words = LongText(
        label=_("Votre commentaire"),
        rows=3,
        max_length=2000,
        help_text=_("Le candidat le lit, et ceux qui l’accompagnent. Qui évalue ne le lit pas."),
        error_messages={"required": _("Écrivez votre commentaire.")},
    )


class FiltersForm(forms.Form):
    """What is looked for among the evidence that one may read."""

    code = forms.ChoiceField(label=_("Compétence"), required=False)
    kind = forms.ChoiceField(label=_("Nature"), required=False, choices=[("", _("Toutes")), *KIND.choices])
    zone = forms.ChoiceField(label=_("Zone"), required=False)

    def __init__(self, *args: Any, codes: Choices, zones: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = [("", gettext("Toutes")), *codes]  # type: ignore[attr-defined]
        if len(zones) > 1:
            self.fields["zone"].choices = [("", gettext("Toutes")), *zones]  # type: ignore[attr-defined]
        else:
            del self.fields["zone"]

    @property
    def asked(self) -> dict[str, str]:
        """The values chosen; nothing for those that are not offered."""
        self.is_valid()
        return {name: str(value) for name, value in self.cleaned_data.items() if value}
