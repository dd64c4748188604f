"""Forms of training at work: a moment, the day of the cold assessment, what was seen, asking somebody what they saw."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from parchemin.records.pathways.actions.working import LASTING
from parchemin.records.pathways.models import Moment
from parchemin.web.shared.forms import DayField, LongText, OneLine, Ticks
from parchemin.web.shared.linking import AskForm
from parchemin.web.shared.observing import MarksForm
from parchemin.web.shared.typesetting import day

Choices = Sequence[tuple[str, Any]]
KIND = Moment.Kind
NOON, HOUR, QUARTER = time(12), timedelta(hours=1), 15


class Hour(forms.TimeInput):
    """An hour by the browser's own clock."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class MomentForm(forms.Form):
    """A moment of that kind as it is told, on the day and at the hours it was lived."""

    on = DayField(label=_("Jour"), help_text="")
    from_time = forms.TimeField(label=_("De"), widget=Hour)
    until_time = forms.TimeField(label=_("À"), widget=Hour)
    trainer = OneLine(
        label=_("Formateur désigné"), max_length=120, error_messages={"required": _("Dites qui est désigné.")}
    )
    words = LongText(label=_("Ce qui s’est passé"), rows=4, required=False)
    codes = forms.MultipleChoiceField(label=_("Compétences travaillées"), widget=Ticks, required=False)

    def __init__(self, *args: Any, kind: Moment.Kind, codes: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        if kind not in LASTING:
            del self.fields["from_time"], self.fields["until_time"]
        if kind is not KIND.DESIGNATION:
            del self.fields["trainer"]
        if codes and kind is not KIND.DESIGNATION:
            self.fields["codes"].choices = codes  # type: ignore[attr-defined]
        else:
            del self.fields["codes"]

    @staticmethod
    def initial_now(at: datetime) -> dict[str, Any]:
        """The hour that has just gone by, in quarters."""
        local = timezone.localtime(at)
        end = local.replace(minute=local.minute // QUARTER * QUARTER, second=0, microsecond=0)
        start = end - HOUR if end.hour else end.replace(hour=0, minute=0)
        return {"on": local.date(), "from_time": start.time(), "until_time": end.time()}

    def told(self, at: datetime) -> dict[str, Any]:
        """What the action asks; a moment without hours is that day at noon, or now."""
        given = self.cleaned_data
        on: date = given["on"]
        if self.kind in LASTING:
            from_at, until_at = _at(on, given["from_time"]), _at(on, given["until_time"])
        else:
            from_at, until_at = at if on == timezone.localdate(at) else _at(on, NOON), None
        rest: dict[str, Any] = {name: given[name] for name in ("codes", "trainer", "words") if name in given}
        return {"from_at": from_at, "until_at": until_at, **rest}


class ColdForm(forms.Form):
    """The day the cold assessment is planned for; none once emptied."""

    on = DayField(label=_("Date prévue"), required=False)


class ObserveForm(MarksForm):
    """What somebody with an account saw, and in which capacity they sign."""

    moment = forms.ChoiceField(label=_("Situation observée"), required=False)
    quality = OneLine(label=_("Votre fonction"), max_length=120, required=False)
    field_order = ("observed_on", "moment", "words", "quality")

    def __init__(
        self, *args: Any, titles: Sequence[tuple[str, str]], situations: Sequence[Moment], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.add_marks(titles)
        choose_moment(self, situations)


class AskObservationForm(AskForm):
    """Whom to ask what they saw, of which competences and in which situation."""

    moment = forms.ChoiceField(label=_("Situation observée"), required=False)
    codes = forms.MultipleChoiceField(
        label=_("Compétences à observer"),
        widget=Ticks,
        help_text=_("Choisissez-en peu : qui répond appuie une fois pour chacune."),
        error_messages={"required": _("Choisissez au moins une compétence.")},
    )

    def __init__(self, *args: Any, codes: Choices, situations: Sequence[Moment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["codes"].choices = codes  # type: ignore[attr-defined]
        choose_moment(self, situations)


def choose_moment(form: forms.Form, situations: Sequence[Moment]) -> None:
    """The situation it is about, one of the last; no such field without any."""
    if not situations:
        del form.fields["moment"]
        return
    found = [(str(one.pk), moment_words(one)) for one in situations[:30]]
    form.fields["moment"].choices = [("", gettext("Aucune en particulier")), *found]  # type: ignore[attr-defined]


def chosen_moment(form: forms.Form, situations: Sequence[Moment]) -> Moment | None:
    """The situation chosen."""
    chosen = form.cleaned_data.get("moment")
    return next((one for one in situations if str(one.pk) == chosen), None)


def moment_words(one: Moment) -> str:
    """A situation in a few words: its day, its hours, what happened."""
    start = timezone.localtime(one.from_at)
    words = " ".join(one.words.split())
    return f"{day(start.date())}, {start:%H:%M}" + (f" — {words[:60]}" if words else "")


def _at(on: date, hour: time) -> datetime:
    return timezone.make_aware(datetime.combine(on, hour))
