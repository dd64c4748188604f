"""What is asked around certificates."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from parchemin.records.awards.actions.housing import Signing
from parchemin.records.awards.models import House
from parchemin.records.awards.queries.listed import Shown
from parchemin.records.people.models import Organisation
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


class HouseForm(forms.Form):
    """Under which name certificates are issued, where, and who signs."""

    issuer = forms.ModelChoiceField(
        label=gettext_lazy("Délivré par"), queryset=Organisation.objects.none(), empty_label=None
    )
    trade_name = OneLine(
        label=gettext_lazy("Nom commercial"),
        required=False,
        max_length=160,
        help_text=gettext_lazy("S’il diffère du nom de l’organisme."),
    )
    place = OneLine(label=gettext_lazy("Fait à"), max_length=80)
    signatory = OneLine(label=gettext_lazy("Qui signe"), max_length=120, help_text=gettext_lazy("Le prénom et le nom."))
    signatory_title = OneLine(
        label=gettext_lazy("Qualité de qui signe"),
        max_length=160,
        help_text=gettext_lazy("Par exemple : présidente de la commission."),
    )

    def __init__(
        self,
        *args: Any,
        issuers: QuerySet[Organisation],
        organisation: Organisation,
        house: House | None,
        **kwargs: Any,
    ) -> None:
        names = ("trade_name", "place", "signatory", "signatory_title")
        known = {name: getattr(house, name) for name in names} if house else {"place": organisation.town}
        initial = {"issuer": house.issuer_id if house else organisation.pk, **known}
        super().__init__(*args, **kwargs)
        self.initial = initial
        self.fields["issuer"].queryset = issuers  # type: ignore[attr-defined]

    @property
    def signing(self) -> Signing:
        """What the action asks."""
        return Signing(**self.cleaned_data)
