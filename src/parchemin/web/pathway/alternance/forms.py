"""Forms of alternance: the contract and its states, an answer in the liaison book, visits."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.timezone import localtime, make_aware
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from parchemin.records.candidacies.models import Candidacy
from parchemin.records.pathways.actions.contracting import Signed
from parchemin.records.pathways.actions.visiting import LONGEST, Planned
from parchemin.records.pathways.models import Contract, Visit
from parchemin.records.pathways.models.alternance import NEXT
from parchemin.records.people.models import Person
from parchemin.web.shared.forms import DayField, LongText, Radios, RevisionField
from parchemin.web.shared.liaison import TEXT

LINE = 120


class ContractForm(forms.Form):
    """What the contract says; the day it was signed is asked once."""

    revision = RevisionField()
    employer = forms.CharField(label=gettext_lazy("Employeur"), max_length=200)
    signed_on = DayField(label=gettext_lazy("Signé le"))
    from_on = DayField(label=gettext_lazy("Début du contrat"))
    until_on = DayField(
        label=gettext_lazy("Fin prévue"),
        required=False,
        help_text=gettext_lazy("Laissez vide pour un contrat sans terme."),
    )
    tutor = forms.CharField(label=gettext_lazy("Nom du tuteur dans l’entreprise"), max_length=LINE)
    tutor_post = forms.CharField(label=gettext_lazy("Sa fonction"), max_length=LINE, required=False)
    tutor_person = forms.ModelChoiceField(
        label=gettext_lazy("Son accès au dossier"),
        queryset=Person.objects.none(),
        required=False,
        empty_label=gettext_lazy("Il ne lit pas encore ce dossier"),
        help_text=gettext_lazy(
            "Ouvrez-lui d’abord le dossier : il écrira alors dans le carnet au nom de l’entreprise."
        ),
    )

    def __init__(self, *args: Any, candidacy: Candidacy, contract: Contract | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        guests = candidacy.accesses.filter(closed_at__isnull=True, person__isnull=False, role__in=GUESTS)
        people = [*guests.values_list("person", flat=True), *([contract.tutor_person_id] if contract else [])]
        chosen: Any = self.fields["tutor_person"]
        chosen.queryset = Person.objects.filter(pk__in=[one for one in people if one]).order_by(
            "family_key", "given_key"
        )
        chosen.label_from_instance = lambda one: one.name
        if contract:
            del self.fields["signed_on"]

    def clean(self) -> dict[str, Any]:
        """The end comes after the start."""
        told = super().clean() or {}
        start, end = told.get("from_on"), told.get("until_on")
        if start and end and end < start:
            self.add_error("until_on", _("Cette date est avant le début : corrigez l’une des deux."))
        return told

    @property
    def signed(self) -> Signed:
        """The contract as typed, once the form is valid."""
        asked = ("employer", "from_on", "until_on", "tutor", "tutor_post", "tutor_person")
        return Signed(**{name: self.cleaned_data[name] for name in asked})

    @staticmethod
    def initial_of(contract: Contract) -> dict[str, Any]:
        """What the form shows of a contract."""
        names = ("revision", "employer", "from_on", "until_on", "tutor", "tutor_post", "tutor_person")
        return {name: getattr(contract, name) for name in names}


GUESTS = ("companion", "professional")
"""The roles on a file under which a tutor may read it."""


class StateForm(forms.Form):
    """From when the contract is in which state."""

    revision = RevisionField()
    state = forms.ChoiceField(label=gettext_lazy("Le contrat est"), widget=Radios)
    on = DayField(label=gettext_lazy("Depuis le"))
    words = LongText(
        label=gettext_lazy("Pourquoi"),
        required=False,
        rows=3,
        max_length=1000,
        help_text=gettext_lazy(
            "À dire s’il est suspendu ou rompu. L’alternant et le tuteur le liront : ne dites rien de la santé."
        ),
    )

    def __init__(self, *args: Any, contract: Contract, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        following = NEXT[Contract.State(contract.state)]
        chosen: Any = self.fields["state"]
        is_stopped = contract.state == Contract.State.SUSPENDED
        again = {Contract.State.STARTED: _("Repris")} if is_stopped else {}
        chosen.choices = [(one.value, again.get(one, one.label)) for one in following]


class AnswerForm(forms.Form):
    """What is answered."""

    words = LongText(label=gettext_lazy("Votre réponse"), rows=4, max_length=TEXT)


class VisitForm(forms.Form):
    """When and where a visit takes place, and what for."""

    on = DayField(label=gettext_lazy("Jour"))
    at = forms.TimeField(
        label=gettext_lazy("Heure"),
        widget=forms.TimeInput(attrs={"type": "time", "class": "short"}, format="%H:%M"),
        help_text=gettext_lazy("Par exemple 14:30."),
    )
    minutes = forms.IntegerField(
        label=gettext_lazy("Durée en minutes"),
        min_value=1,
        max_value=LONGEST,
        initial=60,
        widget=forms.NumberInput(attrs={"class": "short"}),
    )
    place = forms.CharField(label=gettext_lazy("Lieu"), max_length=200)
    purpose = forms.CharField(label=gettext_lazy("Objet"), max_length=300, required=False)

    @property
    def planned(self) -> Planned:
        """The visit as typed, once the form is valid."""
        told = self.cleaned_data
        starts = make_aware(datetime.combine(told["on"], told["at"]))
        return Planned(planned_at=starts, minutes=told["minutes"], place=told["place"], purpose=told["purpose"])

    @staticmethod
    def initial_of(visit: Visit) -> dict[str, Any]:
        """What the form shows of a visit."""
        starts = localtime(visit.planned_at)
        names = ("minutes", "place", "purpose")
        return {"on": starts.date(), "at": starts.time()} | {name: getattr(visit, name) for name in names}


class ReportForm(forms.Form):
    """When a visit was held, who was there, and what came of it."""

    held_on = DayField(label=gettext_lazy("Visite faite le"))
    present = forms.CharField(
        label=gettext_lazy("Qui était là"),
        max_length=300,
        help_text=gettext_lazy("Par exemple : l’alternant, son maître d’apprentissage, le formateur."),
    )
    report = LongText(
        label=gettext_lazy("Compte rendu"),
        rows=8,
        max_length=TEXT,
        help_text=gettext_lazy("Ce qui a été vu et convenu. Tous ceux qui suivent ce dossier le liront."),
    )

    @staticmethod
    def initial_of(visit: Visit) -> dict[str, Any]:
        """What the form shows of a report."""
        return {name: getattr(visit, name) for name in ("held_on", "present", "report")}
