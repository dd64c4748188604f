"""The forms of the file: deciding, sending back, derogating, passing on, answering."""

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from parchemin.core.decision import Stage
from parchemin.core.scheme import Scheme
from parchemin.core.terms import listed
from parchemin.records.candidacies.models import Appeal, Candidacy
from parchemin.records.candidacies.queries.appeals import Rung
from parchemin.records.candidacies.queries.providers import authorised_for
from parchemin.records.people.models import Organisation, OrganisationKind, PartnerAuthorisation
from parchemin.web.secretariat.attempting import FileForm
from parchemin.web.shared.forms import DayField, LongText, OneLine, Radios, Ticks

REASONS = _("Il figure dans la décision et dans la lettre. N’y écrivez ni état de santé ni numéro de sécurité sociale.")
TIMES = [("1", _("temps ordinaire")), ("4/3", _("un tiers en plus")), ("3/2", _("moitié en plus")), ("2", _("double"))]
ANSWERS = {"yes": True, "no": False, "again": None}


BY_OFFICE = [("upheld", _("Accueilli : le dossier revient, pour être décidé de nouveau"))]
BY_JURY = [
    ("same_jury", _("Accueilli : le même jury délibère de nouveau")),
    ("other_jury", _("Accueilli : un autre jury délibère, sans personne de ceux qui ont délibéré")),
    ("minutes", _("Accueilli : le procès-verbal est rectifié, sans nouvelle délibération")),
]
REJECTED = ("rejected", _("Rejeté : la décision est maintenue"))


class VerifyForm(FileForm):
    """What was found: right, wrong, or to be looked at again."""

    found = forms.ChoiceField(choices=[(name, name) for name in ANSWERS])
    comment = forms.CharField(max_length=300, required=False)

    @property
    def answer(self) -> bool | None:
        """True, False, or None when it is to be verified again."""
        return ANSWERS[self.cleaned_data["found"]]


class DecideForm(FileForm):
    """The answer to the request, and its reasons."""

    answer = forms.ChoiceField(
        label=_("Votre décision"),
        widget=Radios,
        choices=[("favourable", _("Recevable")), ("unfavourable", _("Non recevable"))],
    )
    reason = LongText(label=_("Motif"), required=False, rows=4, help_text=REASONS)


class AnswerFileForm(FileForm):
    """The file for the jury is complete, or it goes back."""

    answer = forms.ChoiceField(
        label=_("Votre réponse"),
        widget=Radios,
        choices=[("complete", _("Complet : il peut aller au jury")), ("incomplete", _("À compléter"))],
    )
    reason = LongText(label=_("Ce qui manque"), required=False, rows=4, help_text=REASONS)


class ReturnForm(FileForm):
    """What is missing: ticked, and in words of one's own."""

    items = forms.MultipleChoiceField(label=_("Ce qui manque ou ne convient pas"), required=False, widget=Ticks)
    words = LongText(label=_("Autre chose à dire au candidat"), required=False, rows=4, help_text=REASONS)

    def __init__(self, *args: Any, items: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["items"].choices = items  # type: ignore[attr-defined]
        if not items:
            self.fields.pop("items")

    def clean(self) -> dict[str, Any]:
        """Something must be said."""
        told = super().clean() or {}
        if not self.errors and not self.reasons:
            raise forms.ValidationError(_("Cochez ce qui manque, ou écrivez-le : le candidat doit savoir quoi faire."))
        return told

    @property
    def reasons(self) -> str:
        """What is ticked, a line each, then the words."""
        chosen = set(self.cleaned_data.get("items", []))
        field = self.fields.get("items")
        known = field.choices if field else []  # type: ignore[attr-defined]
        return reasons_of([says for key, says in known if key in chosen], self.cleaned_data.get("words", ""))


def reasons_of(lacking: Iterable[str], words: str) -> str:
    """What is missing, a line each, then the words; empty when there is nothing to say."""
    return "\n".join([*(f"– {says}" for says in lacking), words.strip()]).strip()


class OverrideForm(FileForm):
    """Why a rule is lifted for this file, and on what text or decision."""

    reason = LongText(label=_("Motif de la dérogation"), rows=4, help_text=REASONS)
    source = forms.CharField(
        label=_("Sur quoi elle se fonde"),
        max_length=300,
        help_text=_("Le texte ou la décision : « PV de la commission du 3 mars », « règlement, art. 7 »."),
    )


class ReasonForm(FileForm):
    """Something done for a reason."""

    reason = LongText(label=_("Motif"), rows=4, help_text=REASONS)


class TransferForm(FileForm):
    """To whom the file goes, and why."""

    to = forms.ModelChoiceField(label=_("Organisme qui reprend le dossier"), queryset=Organisation.objects.none())
    reason = LongText(label=_("Motif"), rows=4, help_text=REASONS)

    def __init__(self, *args: Any, candidacy: Candidacy, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = takers(candidacy, on)  # type: ignore[attr-defined]


def takers(candidacy: Candidacy, on: date) -> "QuerySet[Organisation]":
    """Who may take a file over: awarding bodies, committees, and providers authorised for its certification."""
    authorised = PartnerAuthorisation.objects.filter(
        Q(until_on__isnull=True) | Q(until_on__gte=on),
        Q(suspended_on__isnull=True) | Q(suspended_on__gt=on),
        scheme=candidacy.certification.scheme,
        from_on__lte=on,
    )
    kinds = (OrganisationKind.AWARDING_BODY, OrganisationKind.COMMITTEE)
    may = Q(kind__in=kinds) | Q(pk__in=authorised.values("provider"))
    return Organisation.objects.filter(may).exclude(pk=candidacy.organisation_id)


class PlaceForm(FileForm):
    """In which centre the file is followed, and who prepares the candidate."""

    centre = forms.ModelChoiceField(
        label=_("Centre"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=_("Aucun : l’organisme entier le suit"),
        help_text=_("Ceux qui n’ont un rôle que dans ce centre verront le dossier."),
    )
    provider = forms.ModelChoiceField(
        label=_("Organisme de formation"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=_("Aucun, ou pas encore connu"),
        help_text=_(
            "Celui qui prépare le candidat, parmi ceux qui y sont habilités. Le nommer ne lui ouvre aucun accès."
        ),
    )

    def __init__(self, *args: Any, candidacy: Candidacy, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [*authorised_for(candidacy, on), *([candidacy.provider_id] if candidacy.provider_id else [])]
        self.fields["centre"].queryset = candidacy.organisation.centres.all()  # type: ignore[attr-defined]
        self.fields["provider"].queryset = Organisation.objects.filter(pk__in=known)  # type: ignore[attr-defined]


class MessageForm(forms.Form):
    """A message to the candidate."""

    body = LongText(label=_("Votre message"), rows=4)


class StepForm(FileForm):
    """A step of the route that was done, and when."""

    step = forms.ChoiceField(label=_("Étape"))
    done_on = DayField(label=_("Faite le"))

    def __init__(self, *args: Any, steps: list[tuple[str, str]], on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["step"].choices = steps  # type: ignore[attr-defined]
        self.on = on

    def clean_done_on(self) -> date:
        """Not a day to come."""
        found: date = self.cleaned_data["done_on"]
        if found > self.on:
            raise forms.ValidationError(_("Cette date n’est pas encore passée : une étape se note une fois faite."))
        return found


class AppealForm(forms.Form):
    """The answer to an appeal, and what follows from it; ``answered_on`` for one that a court answered."""

    answer = forms.ChoiceField(label=_("Votre réponse"), widget=Radios)
    answered_on = DayField(label=_("Jugé le"))
    reason = LongText(label=_("Motif"), rows=4, help_text=REASONS)

    def __init__(self, *args: Any, appeal: Appeal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        by_jury = appeal.decision.stage == Stage.AWARD
        self.fields["answer"].choices = [*(BY_JURY if by_jury else BY_OFFICE), REJECTED]  # type: ignore[attr-defined]
        if appeal.court:
            self.fields["answer"].label = _("Ce qui a été jugé")
            self.fields["reason"].label = _("Ce que dit la décision de justice")
            self.fields["reason"].help_text = ""
        else:
            del self.fields["answered_on"]

    @property
    def told(self) -> dict[str, Any]:
        """What the action takes."""
        answer = self.cleaned_data["answer"]
        return {
            "is_upheld": answer != "rejected",
            "remedy": answer if answer in Appeal.Remedy else "",
            "answer": self.cleaned_data["reason"],
            "answered_on": self.cleaned_data.get("answered_on"),
        }


class CourtForm(forms.Form):
    """An appeal that was lodged elsewhere, as the organisation learns of it."""

    level = forms.ChoiceField(label=_("Recours"), widget=Radios)
    court = OneLine(label=_("Juridiction"), max_length=160)
    number = OneLine(label=_("Numéro de l’affaire"), max_length=60)
    filed_on = DayField(label=_("Saisie le"), help_text=_("Le jour où la requête a été enregistrée."))

    def __init__(self, *args: Any, rungs: Sequence[Rung], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = [(one.level, f"{one.title} — {one.to}") for one in rungs]  # type: ignore[attr-defined]


class AccommodationForm(forms.Form):
    """What is granted, on time and means only, or why nothing is."""

    answer = forms.ChoiceField(
        label=_("Votre décision"), widget=Radios, choices=[("granted", _("Accordé")), ("refused", _("Refusé"))]
    )
    measures = LongText(
        label=_("Mesures accordées"),
        required=False,
        rows=3,
        help_text=_("Sur le temps, le lieu ou les moyens ; jamais sur ce qui est évalué."),
    )
    time = forms.ChoiceField(label=_("Temps des épreuves"), widget=Radios, choices=TIMES, initial="1")
    methods = forms.MultipleChoiceField(label=_("Épreuves concernées"), required=False, widget=Ticks)
    reason = LongText(label=_("Motif, en cas de refus"), required=False, rows=3, help_text=REASONS)

    def __init__(self, *args: Any, scheme: Scheme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["methods"].choices = [(id, one.title) for id, one in scheme.methods.items()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A grant says what, a refusal says why, more time says for which assessments."""
        told = super().clean() or {}
        if told.get("answer") == "granted" and not told.get("measures", "").strip():
            self.add_error("measures", _("Dites ce qui est accordé."))
        if told.get("answer") == "refused" and not told.get("reason", "").strip():
            self.add_error("reason", _("Dites pourquoi : le candidat le lira."))
        if told.get("answer") == "granted" and told.get("time", "1") != "1" and not told.get("methods"):
            self.add_error("methods", _("Cochez les épreuves dont le temps est allongé."))
        return told

    @property
    def multiplied(self) -> Fraction:
        """By what the time of the assessments is multiplied."""
        return Fraction(self.cleaned_data["time"])


class SeveralForm(forms.Form):
    """What is said to each of several: a message, or a word to those whose file goes back."""

    body = LongText(label=_("Message, le même pour chacun"))

    def __init__(self, *args: Any, act: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if act == "return":
            self.fields["body"].required = False
            self.fields["body"].label = _("Un mot de plus, le même pour chacun")
            self.fields["body"].help_text = REASONS


def steps_of(scheme: Scheme, route: str) -> list[tuple[str, str]]:
    """The steps of a route, by title."""
    found = scheme.route_of(route)
    return [(step.id, step.title) for step in (listed(found.steps) if found else ())]
