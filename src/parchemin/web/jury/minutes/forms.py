"""What is asked around minutes."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from parchemin.core.proposing import Part
from parchemin.records.juries.models import Verdict

LONGEST = 3000


class DrawForm(forms.Form):
    """Nothing but the session as it was shown."""

    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class SignForm(forms.Form):
    """The text that was read."""

    digest = forms.CharField(max_length=64, widget=forms.HiddenInput)
    is_read = forms.BooleanField(
        label=_("J’ai lu ce procès-verbal : il dit ce que le jury a décidé."),
        error_messages={"required": _("Cochez la case une fois le procès-verbal lu.")},
    )

    def is_of(self, digest: str) -> bool:
        """Whether the text that was read is this one; the form says so when it is not, and may be sent again."""
        if self.cleaned_data["digest"] == digest:
            return True
        self.data = {**dict(self.data.items()), "digest": digest}
        self.add_error(None, _("Ce n’est pas le texte que vous avez lu : relisez-le avant de signer."))
        return False


class LinkedSignForm(SignForm):
    """The same, for whoever signs from a link."""

    is_sincere = forms.BooleanField(
        label=_("Je suis la personne à qui ce lien a été envoyé."),
        error_messages={"required": _("Cochez la case : un autre membre ne peut pas signer à votre place.")},
    )


class CloseForm(forms.Form):
    """Why a signature is missing, where one is."""

    reason = forms.CharField(
        label=_("Pourquoi une signature manque"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class DropForm(forms.Form):
    """Why the minutes are put aside."""

    reason = forms.CharField(
        label=_("Pourquoi ce procès-verbal est abandonné"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Il garde son numéro. Le jury reprend la délibération, puis un autre est établi."),
    )


class CorrectForm(forms.Form):
    """What other minutes say of one candidate instead, and why."""

    verdict = forms.ChoiceField(label=_("Décision"), choices=Verdict.choices)
    reason = forms.CharField(
        label=_("Ce qui est corrigé, et pourquoi"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Ce motif est écrit au procès-verbal rectificatif, et dans la lettre au candidat."),
    )

    def __init__(self, *args: Any, parts: Sequence[tuple[Part, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["granted"] = forms.MultipleChoiceField(
            label=_("Parties acquises"),
            required=False,
            choices=[(part.code, title) for part, title in parts],
            widget=forms.CheckboxSelectMultiple,
        )
        self.order_fields(["verdict", "granted", "reason"])
