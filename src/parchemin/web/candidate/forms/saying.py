"""Statements, messages, needs, appeals, withdrawal, documents."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from parchemin.web.candidate.attempts import FileForm
from parchemin.web.shared.forms import LongText, OneLine, Radios

YES, NO, LATER = "yes", "no", "later"
ANSWERS = [
    (YES, gettext_lazy("Oui")),
    (NO, gettext_lazy("Non")),
    (LATER, gettext_lazy("Pas encore, ou je ne sais pas")),
]
VALUES = {YES: True, NO: False, LATER: None}


class StatementsForm(FileForm):
    """One question for each statement the rules ask, and the regulation of the version while it is to accept.

    The regulation may wait when there are questions to answer; alone, it is what the form is for.
    """

    is_accepted = forms.BooleanField(
        label=gettext_lazy("J’ai lu le règlement de cette version et je l’accepte"),
        error_messages={"required": gettext_lazy("Cochez la case pour accepter.")},
    )

    def __init__(self, *args: Any, statements: dict[str, str], may_accept: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.statements = statements
        self.fields["is_accepted"].required = not statements
        if not may_accept:
            del self.fields["is_accepted"]
        for code, said in statements.items():
            self.fields[code] = forms.ChoiceField(label=said, widget=Radios, choices=ANSWERS, required=False)

    def answers(self) -> dict[str, bool | None]:
        """The answer to each, None for not yet."""
        return {code: VALUES.get(self.cleaned_data[code]) for code in self.statements}

    @property
    def accepts(self) -> bool:
        """Whether the regulation is accepted by what was sent."""
        return bool(self.cleaned_data.get("is_accepted"))


def answered(declared: bool | None) -> str:
    """The choice that says so."""
    return LATER if declared is None else YES if declared else NO


class MessageForm(forms.Form):
    """A message to the secretariat."""

    body = LongText(label=gettext_lazy("Votre message"), rows=5)


class NeedForm(forms.Form):
    """A need, never a diagnosis."""

    need = LongText(
        label=gettext_lazy("Ce dont vous avez besoin"),
        max_length=2000,
        help_text=gettext_lazy(
            "Dites ce qui vous aiderait : plus de temps, une salle au rez-de-chaussée, des documents agrandis… "
            "Ne donnez ni maladie ni diagnostic : on ne vous les demandera jamais."
        ),
    )


class AppealForm(forms.Form):
    """What is contested, and why."""

    grounds = LongText(
        label=gettext_lazy("Ce que vous contestez, et pourquoi"),
        rows=10,
        max_length=10_000,
        help_text=gettext_lazy("Citez le motif de la décision que vous contestez, et ce qui montre qu’il est inexact."),
    )


class WithdrawForm(FileForm):
    """Giving up the file."""

    reason = LongText(label=gettext_lazy("Motif"), rows=3, max_length=1000, required=False)
    is_sure = forms.BooleanField(
        label=gettext_lazy("Je retire ma candidature. Je sais que ce dossier ne pourra pas être rouvert."),
        error_messages={"required": gettext_lazy("Cochez la case pour confirmer le retrait.")},
    )


class DepositForm(FileForm):
    """Handing in; insisting when the rules already refuse."""

    is_read = forms.BooleanField(
        label=gettext_lazy("J’ai relu ce que j’envoie, et je certifie que c’est exact"),
        error_messages={"required": gettext_lazy("Cochez la case une fois que vous avez relu.")},
    )
    is_insisting = forms.BooleanField(
        label=gettext_lazy("Je demande quand même une décision, que je pourrai contester"), required=False
    )

    def __init__(self, *args: Any, may_insist: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_insist:
            del self.fields["is_insisting"]


class ProofForm(FileForm):
    """Another proof, under a title of one's own."""

    proof_title = OneLine(
        label=gettext_lazy("Intitulé"), max_length=160, help_text=gettext_lazy("Par exemple : certificat de travail.")
    )

    def clean_proof_title(self) -> str:
        """A title that says something."""
        title: str = self.cleaned_data["proof_title"]
        if not any(one.isalnum() for one in title):
            raise forms.ValidationError(_("Donnez un intitulé, par exemple « certificat de travail »."))
        return title
