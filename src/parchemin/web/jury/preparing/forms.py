"""What is typed to plan a session, to name who sits, to join the act, to order the agenda, to cancel."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from parchemin.records.juries.actions.composing import Planned
from parchemin.records.juries.models import Hearing, JurySession, Member, Place, PoolMember
from parchemin.web.shared.forms import DayField, HourField, LongText, OneLine, Radios, RevisionField, Ticks
from parchemin.web.shared.uploads import received

LONGEST = 1440
SAFEGUARDS = (
    gettext_noop("identité vérifiée"),
    gettext_noop("surveillance en direct"),
    gettext_noop("incidents notés"),
)
"""What a session at a distance must keep, whatever the certification."""


class WhenForm(forms.Form):
    """When and where a session is held, how long, for how many."""

    on = DayField(label=gettext_lazy("Jour"), help_text="")
    hour = HourField(label=gettext_lazy("Heure"))
    minutes = forms.IntegerField(label=gettext_lazy("Durée en minutes"), required=False, min_value=1, max_value=LONGEST)
    capacity = forms.IntegerField(label=gettext_lazy("Candidats au plus"), required=False, min_value=1, max_value=500)
    place = forms.ChoiceField(label=gettext_lazy("Déroulement"), widget=Radios, choices=Place.choices)
    room = OneLine(
        label=gettext_lazy("Adresse, salle ou lien"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Tel que les membres et les candidats le liront."),
    )
    safeguards = forms.MultipleChoiceField(
        label=gettext_lazy("À distance, ce qui sera tenu"),
        widget=Ticks,
        required=False,
        help_text=gettext_lazy("Les candidats le lisent dans leur convocation."),
    )
    previous_college = forms.ChoiceField(
        label=gettext_lazy("Collège qui présidait la fois précédente"),
        required=False,
        help_text=gettext_lazy(
            "La présidence alterne, et aucune session close de ce jury n’est ici : dites-le une fois."
        ),
    )

    def __init__(
        self, *args: Any, colleges: Mapping[str, str], asked: Iterable[str], needs_previous: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        kept = dict.fromkeys([*SAFEGUARDS, *asked])
        self.fields["safeguards"].choices = [(one, _(one)) for one in kept]  # type: ignore[attr-defined]
        self.fields["place"].initial = Place.ON_SITE
        if needs_previous:
            offered = [("", _("Je ne sais pas")), *colleges.items()]
            self.fields["previous_college"].choices = offered  # type: ignore[attr-defined]
        else:
            del self.fields["previous_college"]

    def clean(self) -> dict[str, Any]:
        """At a distance, what is kept is said; and where it is held."""
        told = super().clean() or {}
        is_remote = told.get("place") in (Place.REMOTE, Place.MIXED)
        if is_remote and not told.get("safeguards"):
            self.add_error("safeguards", _("À distance, dites ce qui sera tenu : identité, surveillance, incidents."))
        return told

    @property
    def planned(self) -> Planned:
        """What the actions ask."""
        told = self.cleaned_data
        is_remote = told["place"] != Place.ON_SITE
        return Planned(
            starts_at=timezone.make_aware(datetime.combine(told["on"], told["hour"])),
            minutes=told["minutes"],
            place=Place(told["place"]),
            room=told["room"],
            capacity=told["capacity"],
            safeguards=tuple(told["safeguards"]) if is_remote else None,
            previous_college=told.get("previous_college", ""),
        )


class ChangeForm(WhenForm):
    """The same on a session that others may have changed."""

    revision = RevisionField()


def when_initial(session: JurySession) -> dict[str, Any]:
    """What the form starts from on a session already planned."""
    starts = timezone.localtime(session.starts_at)
    same = ("minutes", "capacity", "place", "room", "safeguards", "previous_college", "revision")
    return {"on": starts.date(), "hour": starts.time(), **{name: getattr(session, name) for name in same}}


class ReasonForm(forms.Form):
    """Why it will not be held, or why a file is not presented."""

    reason = LongText(
        label=gettext_lazy("Motif"),
        rows=4,
        max_length=500,
        error_messages={"required": gettext_lazy("Écrivez le motif : il restera au procès-verbal.")},
    )
    revision = RevisionField()


class SeatForm(forms.Form):
    """Who of the pool is named, at which seat, in whose stead."""

    person = forms.ModelChoiceField(
        label=gettext_lazy("Personne du vivier"),
        queryset=PoolMember.objects.none(),
        empty_label=gettext_lazy("Choisissez"),
        error_messages={"required": gettext_lazy("Choisissez qui siège.")},
    )
    seat = forms.ChoiceField(label=gettext_lazy("Siège"), required=False)
    substitutes = forms.ModelChoiceField(
        label=gettext_lazy("Supplée"),
        queryset=Member.objects.none(),
        required=False,
        empty_label=gettext_lazy("Personne : membre titulaire"),
        help_text=gettext_lazy("Un suppléant ne compte que si la personne qu’il supplée ne siège pas."),
    )
    is_chair = forms.BooleanField(label=gettext_lazy("Préside la session"), required=False)
    revision = RevisionField()

    def __init__(
        self,
        *args: Any,
        pool: Any,
        seats: Mapping[str, str],
        colleges: Mapping[str, str],
        members: Any,
        has_chair: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.colleges = colleges
        person = self.fields["person"]
        person.queryset = pool  # type: ignore[attr-defined]
        person.label_from_instance = self._told  # type: ignore[attr-defined]
        self.fields["substitutes"].queryset = members  # type: ignore[attr-defined]
        self.fields["substitutes"].label_from_instance = lambda one: one.person.name  # type: ignore[attr-defined]
        if seats:
            self.fields["seat"].choices = [("", _("Sans siège nommé")), *seats.items()]  # type: ignore[attr-defined]
        else:
            del self.fields["seat"]
        if has_chair:
            del self.fields["is_chair"]

    def _told(self, row: PoolMember) -> str:
        college = self.colleges.get(row.college, row.college)
        away = _("indisponible ce jour-là") if row.away else ""  # type: ignore[attr-defined]
        return " — ".join(one for one in (row.person.name, college, row.employer, away) if one)


class NominateForm(forms.Form):
    """The act that names the members: its day, its authority, the paper."""

    nominated_on = DayField(label=gettext_lazy("Acte du"))
    nominated_by = OneLine(
        label=gettext_lazy("Autorité qui nomme"),
        max_length=160,
        help_text=gettext_lazy("Par exemple : la commission paritaire, ou son président."),
    )
    act = forms.FileField(
        label=gettext_lazy("L’acte signé"),
        max_length=100,
        help_text=gettext_lazy("PDF de préférence : il est lu à l’arrivée, et son empreinte gardée."),
        error_messages={"required": gettext_lazy("Choisissez le fichier de l’acte.")},
    )
    revision = RevisionField()

    def clean_act(self) -> Any:
        """A file that is what it says it is, under a name that is safe to keep."""
        found = received(self.cleaned_data["act"])
        if found.is_refused:
            raise forms.ValidationError(list(found.sentences))
        return found


class OrderForm(forms.Form):
    """The rank and the hour of each file of the agenda; the hours may be spread out from the first."""

    first = HourField(label=gettext_lazy("Répartir à partir de"), required=False, help_text="")
    each = forms.IntegerField(
        label=gettext_lazy("Minutes par candidat"), required=False, min_value=1, max_value=LONGEST
    )
    revision = RevisionField()

    def __init__(self, *args: Any, hearings: Sequence[Hearing], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hearings = hearings
        for rank, one in enumerate(hearings, 1):
            starts = timezone.localtime(one.starts_at).time() if one.starts_at else None
            self.fields[f"rank-{one.pk.hex}"] = forms.IntegerField(
                label=_("Rang"), min_value=1, max_value=9999, initial=rank, widget=forms.NumberInput({"class": "short"})
            )
            self.fields[f"hour-{one.pk.hex}"] = HourField(
                label=_("Heure de passage"), required=False, initial=starts, help_text=""
            )

    @property
    def lines(self) -> list[tuple[Hearing, Any, Any]]:
        """Each file with its two fields."""
        return [(one, self[f"rank-{one.pk.hex}"], self[f"hour-{one.pk.hex}"]) for one in self.hearings]

    def clean(self) -> dict[str, Any]:
        """A first hour and minutes go together."""
        told = super().clean() or {}
        if "first" in told and "each" in told and bool(told["each"]) != (told["first"] is not None):
            missing = "each" if told["first"] is not None else "first"
            self.add_error(missing, _("Donnez la première heure et les minutes par candidat, ou aucune des deux."))
        return told

    @property
    def order(self) -> list[Hearing]:
        """The files by their new rank; those given the same rank stay as they were."""
        return sorted(self.hearings, key=lambda one: self.cleaned_data[f"rank-{one.pk.hex}"])

    def hours(self, session: JurySession) -> dict[Hearing, datetime | None]:
        """When each is heard, on the day of the session."""
        day = timezone.localtime(session.starts_at).date()
        told = self.cleaned_data
        if told["first"] is not None:
            start = timezone.make_aware(datetime.combine(day, told["first"]))
            return {one: start + timedelta(minutes=told["each"] * rank) for rank, one in enumerate(self.order)}
        found = {}
        for one in self.hearings:
            hour = told[f"hour-{one.pk.hex}"]
            found[one] = timezone.make_aware(datetime.combine(day, hour)) if hour is not None else None
        return found
