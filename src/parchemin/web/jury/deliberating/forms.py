"""What is typed while a session is held: ties, who came, incidents, recusals, voices, why a decision is reopened."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from parchemin.core.facts import Attendance, Ballot, Link
from parchemin.records.juries.models import Hearing, Member, Presence
from parchemin.web.jury.deliberating.wording import BALLOTS, OWN_LINKS
from parchemin.web.shared.forms import LongText, OneLine, Radios, RevisionField, Ticks

NOTHING = "none"
YES_NO = (("yes", gettext_lazy("Oui")), ("no", gettext_lazy("Non")))


class TiesForm(forms.Form):
    """For each candidate, nothing ties the member to them or these links do; left blank, nothing is declared yet."""

    def __init__(self, *args: Any, hearings: Sequence[Hearing], declared: Mapping[Any, list[str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.hearings = {self.name_of(one): one for one in hearings}
        self.declared = {self.name_of(one): declared.get(one.pk) for one in hearings}
        choices = [(NOTHING, _("rien ne nous lie")), *((one.value, words) for one, words in OWN_LINKS.items())]
        for name, hearing in self.hearings.items():
            self.fields[name] = forms.MultipleChoiceField(
                label=f"{hearing.candidacy.candidate.name}, {hearing.candidacy.number}",
                widget=Ticks,
                required=False,
                choices=choices,
                initial=_ticked(self.declared[name]),
            )

    @staticmethod
    def name_of(hearing: Hearing) -> str:
        """The field of a candidate."""
        return f"c-{hearing.pk.hex}"

    def clean(self) -> dict[str, Any]:
        """Not both « nothing » and a link; what was declared is not taken away in silence."""
        told = super().clean() or {}
        for name in self.hearings:
            ticked = told.get(name) or []
            if NOTHING in ticked and len(ticked) > 1:
                self.add_error(name, _("Cochez un lien, ou « rien ne nous lie », pas les deux."))
            elif not ticked and self.declared[name] is not None and "others" not in self.data:
                self.add_error(name, _("Vous aviez déclaré : cochez un lien, ou « rien ne nous lie »."))
        return told

    @property
    def links(self) -> dict[Hearing, tuple[Link, ...]]:
        """What is declared, by candidate; those left blank too when nothing ties them to the others."""
        found = {}
        for name, hearing in self.hearings.items():
            ticked = self.cleaned_data[name]
            if ticked or "others" in self.data:
                found[hearing] = tuple(Link(one) for one in ticked if one != NOTHING)
        return found


def _ticked(links: list[str] | None) -> list[str]:
    return [] if links is None else (links or [NOTHING])


class OpenForm(forms.Form):
    """Who came, and why the jury sits although it is not composed as the rules ask."""

    revision = RevisionField()
    reason = LongText(
        label=gettext_lazy("Pourquoi le jury siège ainsi"),
        rows=3,
        max_length=1000,
        required=False,
        help_text=gettext_lazy(
            "Demandé seulement si la composition n’est pas celle des règles. Porté au procès-verbal."
        ),
    )

    def __init__(self, *args: Any, members: Sequence[Member], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.members = {f"m-{one.pk.hex}": one for one in members}
        names = {one.pk: one.person.name for one in members}
        for name, member in self.members.items():
            self.fields[name] = forms.ChoiceField(
                label=_called(member, names),
                widget=Radios,
                choices=Presence.choices,
                initial=member.presence or Presence.PRESENT,
                error_messages={"required": _("Dites si cette personne est là.")},
            )

    @property
    def presences(self) -> dict[Member, Presence]:
        """Who came; those of whom nothing that can be read is said are absent."""
        told = self.cleaned_data if self.is_bound else {name: self[name].initial for name in self.members}
        return {one: Presence(told.get(name) or Presence.ABSENT) for name, one in self.members.items()}


def _called(member: Member, names: Mapping[Any, str]) -> str:
    """Their name, and whom they stand in for."""
    if member.substitutes_id is None:
        return member.person.name
    return f"{member.person.name}, {_('supplée %(name)s') % {'name': names[member.substitutes_id]}}"


class PresenceForm(forms.Form):
    """Whether a member is there from now on."""

    revision = RevisionField()
    presence = forms.ChoiceField(label=gettext_lazy("Présence"), choices=Presence.choices)


class Candidate(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A file of the agenda, by the name of its candidate."""

    def label_from_instance(self, obj: Any) -> str:
        """The name."""
        return str(obj.candidacy.candidate.name)


class IncidentForm(forms.Form):
    """What went wrong, for the session or one candidate."""

    words = LongText(
        label=gettext_lazy("Ce qui s’est passé"),
        rows=3,
        max_length=3000,
        error_messages={"required": gettext_lazy("Écrivez ce qui s’est passé.")},
    )
    hearing = Candidate(
        label=gettext_lazy("Concerne"),
        queryset=Hearing.objects.none(),
        required=False,
        empty_label=gettext_lazy("toute la session"),
    )
    is_fraud = forms.BooleanField(label=gettext_lazy("C’est une fraude ou une tentative de fraude"), required=False)

    def __init__(self, *args: Any, hearings: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        field = self.fields["hearing"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = hearings


class ReasonForm(forms.Form):
    """A reason, at the revision that was read."""

    revision = RevisionField()
    reason = OneLine(
        label=gettext_lazy("Motif"),
        max_length=500,
        error_messages={"required": gettext_lazy("Écrivez le motif : il restera au procès-verbal.")},
    )


class ReopenForm(forms.Form):
    """Why what was decided is taken up again."""

    revision = RevisionField()
    reason = LongText(
        label=gettext_lazy("Pourquoi rouvrir"),
        rows=2,
        max_length=1000,
        error_messages={"required": gettext_lazy("Écrivez le motif : il restera au procès-verbal.")},
    )


class RevisedForm(forms.Form):
    """Nothing to say but the revision that was read."""

    revision = RevisionField()


class VoteForm(forms.Form):
    """A voice on the opinions that were read, at their revision."""

    revision = RevisionField()
    ballot = forms.ChoiceField(
        choices=[(one.value, words) for one, words in BALLOTS.items()],
        error_messages={"required": gettext_lazy("Votez pour, contre, ou abstenez-vous.")},
    )

    @property
    def chosen(self) -> Ballot:
        """What was chosen."""
        return Ballot(self.cleaned_data["ballot"])


class MethodForm(forms.Form):
    """How a method that the jury itself holds went off, point by point where it has points."""

    revision = RevisionField()
    attendance = forms.ChoiceField(
        label=gettext_lazy("Déroulement"),
        widget=Radios,
        choices=[
            (Attendance.HELD.value, gettext_lazy("Tenu")),
            (Attendance.ABSENT.value, gettext_lazy("Candidat absent")),
            (Attendance.EXCUSED.value, gettext_lazy("Candidat excusé")),
        ],
        error_messages={"required": gettext_lazy("Dites comment il s’est déroulé.")},
    )
    minutes = forms.IntegerField(label=gettext_lazy("Durée en minutes"), min_value=1, max_value=600, required=False)

    def __init__(self, *args: Any, points: Sequence[str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.points = points
        for number, title in enumerate(points, 1):
            self.fields[f"point-{number}"] = forms.ChoiceField(
                label=title, widget=Radios, choices=YES_NO, required=False
            )
        if not points:
            self.fields["passed"] = forms.ChoiceField(label=_("Réussi"), widget=Radios, choices=YES_NO, required=False)

    def clean(self) -> dict[str, Any]:
        """Held, every point is told."""
        told = super().clean() or {}
        if told.get("attendance") == Attendance.HELD:
            for name in self.asked:
                if name not in self.errors and not told.get(name):
                    self.add_error(name, _("Répondez par oui ou par non."))
        return told

    @property
    def asked(self) -> list[str]:
        """What is asked once it was held."""
        return [f"point-{number}" for number in range(1, len(self.points) + 1)] or ["passed"]

    @property
    def told(self) -> dict[str, Any]:
        """What the action asks."""
        said = self.cleaned_data
        points = {number: said[f"point-{number}"] == "yes" for number in range(1, len(self.points) + 1)}
        is_held = said["attendance"] == Attendance.HELD
        return {
            "attendance": Attendance(said["attendance"]),
            "minutes": said["minutes"],
            "points": points if is_held else {},
            "is_passed": None if self.points or not is_held else said["passed"] == "yes",
        }
