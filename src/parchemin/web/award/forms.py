"""What is asked around certificates."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from parchemin.records.awards.queries.listed import Shown
from parchemin.web.shared.forms import DayField, LongText, OneLine

SURE = gettext_lazy("Cochez la case pour confirmer.")


class CertificateFilters(forms.Form):
    """What is looked for; it is shown, never refused."""

    text = forms.CharField(label=gettext_lazy("Numéro, nom ou dossier"), required=False)
    scheme = forms.ChoiceField(label=gettext_lazy("Certification"), required=False)
    state = forms.ChoiceField(label=gettext_lazy("Où ils en sont"), required=False)

    def __init__(self, *args: Any, titles: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scheme"].choices = [("", _("Toutes")), *titles.items()]  # type: ignore[attr-defined]
        self.fields["state"].choices = [  # type: ignore[attr-defined]
            ("", _("Tous")),
            (Shown.ENDING.value, _("Finissent dans les six mois")),
            (Shown.EXPIRED.value, _("Échus")),
            (Shown.SUSPENDED.value, _("Suspendus")),
            (Shown.REVOKED.value, _("Retirés")),
            (Shown.REPLACED.value, _("Remplacés")),
        ]


class IssueForm(forms.Form):
    """The day certificates are awarded: not before the first decision has effect, not to come."""

    awarded_on = DayField(label=gettext_lazy("Date de délivrance"))

    def __init__(self, *args: Any, first: date | None, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"awarded_on": on}
        known = self.fields["awarded_on"].widget.attrs
        known["max"] = on.isoformat()
        if first and first <= on:
            known["min"] = first.isoformat()


class ActForm(forms.Form):
    """Why, and that whoever acts read what follows from it."""

    reason = LongText(label=gettext_lazy("Motif"), rows=4, max_length=1000)
    is_sure = forms.BooleanField(error_messages={"required": SURE})

    def __init__(self, *args: Any, sure: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["is_sure"].label = sure
        self.order_fields(["reason", "proof", "is_sure"])


class DuplicateForm(ActForm):
    """The same, and how the identity of the holder was proved."""

    reason = LongText(label=gettext_lazy("Motif de la demande"), rows=3, max_length=500)
    proof = OneLine(
        label=gettext_lazy("Comment l’identité a été vérifiée"),
        max_length=200,
        help_text=gettext_lazy("Par exemple : carte d’identité présentée au guichet. N’écrivez pas son numéro."),
    )
