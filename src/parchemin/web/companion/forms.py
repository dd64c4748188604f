"""What each act of a one-use link asks of its bearer."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from parchemin.records.pathways.models import Contract, Observation
from parchemin.web.companion.subjects import Subject, scheme_on, titled
from parchemin.web.shared.forms import LongText, Radios
from parchemin.web.shared.liaison import EntryForm, parts_of
from parchemin.web.shared.observing import MarksForm


class ActForm(forms.Form):
    """What every act asks: who answers, and that they mean it; ``subject`` is what it is about."""

    bearer = forms.CharField(label=gettext_lazy("Votre nom"), max_length=120)
    quality = forms.CharField(label=gettext_lazy("Votre fonction"), max_length=120)
    is_sincere = forms.BooleanField(label=gettext_lazy("Je déclare sur l’honneur que ce que je dis est exact."))

    def __init__(self, *args: Any, subject: Subject, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.subject = subject


class AttestForm(ActForm):
    """Whether the activity took place as it is told; ``fingerprint`` is that of what was shown."""

    fingerprint = forms.CharField(widget=forms.HiddenInput, max_length=64)
    is_confirmed = forms.TypedChoiceField(
        label=gettext_lazy("Cette activité a-t-elle eu lieu comme elle est décrite ?"),
        choices=[("yes", gettext_lazy("Oui, je la confirme")), ("no", gettext_lazy("Non, ou pas ainsi"))],
        coerce=lambda value: value == "yes",
        widget=Radios,
    )
    words = LongText(
        label=gettext_lazy("Précision"),
        help_text=gettext_lazy("Si ce n’est pas ainsi, dites ce qui diffère : dates, fonction, temps de travail."),
        required=False,
        max_length=600,
        rows=3,
    )
    field_order = ("is_confirmed", "words", "bearer", "quality", "is_sincere")

    def clean(self) -> dict[str, Any]:
        """A denial says what differs."""
        told = super().clean() or {}
        if told.get("is_confirmed") is False and not told.get("words", "").strip():
            self.add_error("words", _("Dites ce qui diffère : le candidat et le secrétariat le liront."))
        return told


class SignForm(ActForm):
    """The document was read, and is signed."""

    is_read = forms.BooleanField(label=gettext_lazy("J’ai lu le document."))
    field_order = ("is_read", "bearer", "quality", "is_sincere")


class EndorseForm(ActForm):
    """Why the candidacy is supported."""

    words = LongText(
        label=gettext_lazy("Votre mot de soutien"),
        help_text=gettext_lazy(
            "Ce que vous avez vu de son travail, où et quand. Le candidat et le secrétariat le liront."
        ),
        max_length=1500,
        rows=6,
    )
    field_order = ("words", "bearer", "quality", "is_sincere")


class VouchForm(ActForm):
    """What is known of a piece of evidence; ``fingerprint`` is that of what was shown."""

    fingerprint = forms.CharField(widget=forms.HiddenInput, max_length=64)
    words = LongText(
        label=gettext_lazy("Ce que vous en savez"),
        help_text=gettext_lazy("Ce que vous avez vu faire, où et quand. Quelques lignes suffisent."),
        max_length=1500,
        rows=4,
    )
    field_order = ("words", "bearer", "quality", "is_sincere")


class SeenForm(MarksForm, ActForm):
    """What was seen of each competence asked about."""

    field_order = ("words", "observed_on", "bearer", "quality", "is_sincere")

    def __init__(self, *args: Any, subject: Subject, **kwargs: Any) -> None:
        super().__init__(*args, subject=subject, **kwargs)
        assert isinstance(subject, Observation)
        self.add_marks(titled(subject.candidacy, [line.code for line in subject.lines.all()]))


class LiaisonForm(EntryForm, ActForm):
    """One entry of the liaison book of an apprentice, for the company."""

    field_order = ("words", "about", "on", "bearer", "quality", "is_sincere")

    def __init__(self, *args: Any, subject: Subject, **kwargs: Any) -> None:
        assert isinstance(subject, Contract)
        row = subject.candidacy
        super().__init__(*args, subject=subject, parts=parts_of(scheme_on(row), row.blocks), **kwargs)

    @property
    def has_chosen(self) -> bool:
        """Whether blocks or competences are ticked, or wrongly so."""
        return "about" in self.fields and bool(self["about"].value() or self["about"].errors)
