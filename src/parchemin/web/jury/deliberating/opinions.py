"""The opinion of the jury part by part and its decision, as one form; preset to what is proposed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from parchemin.core import facts as core
from parchemin.core.decision import MET, NOT_MET, UNKNOWN, Outcome
from parchemin.core.proposing import Part
from parchemin.records.juries.actions.deliberating import Granted
from parchemin.records.juries.models import DECIDED, Verdict
from parchemin.records.juries.queries.deliberating import Deliberation
from parchemin.records.juries.queries.told import title_of_part
from parchemin.web.jury.deliberating.wording import GROUNDS, Look, look_of_proposal
from parchemin.web.shared.forms import LongText, Radios, RevisionField, Ticks

VALUES = (("yes", gettext_lazy("Acquis")), ("no", gettext_lazy("Non acquis")))
WORDS: Mapping[str, Any] = {**dict(VALUES), "": gettext_lazy("Pas encore")}
PRESET: Mapping[Outcome, str] = {MET: "yes", NOT_MET: "no", UNKNOWN: ""}


@dataclass(frozen=True)
class Line:
    """One part as it is drawn: what is proposed, the fields of the opinion; ``is_departing`` as they stand."""

    part: Part
    title: str
    value: Any
    reason: Any

    @property
    def proposed(self) -> str:
        """What is proposed, as the value of the field."""
        return PRESET[self.part.outcome]

    @property
    def look(self) -> Look:
        """What is proposed, as a status."""
        return look_of_proposal(self.part.outcome, is_held=self.part.is_held)

    @property
    def ground(self) -> Any:
        """On what it rests."""
        return GROUNDS[self.part.ground]

    @property
    def chosen(self) -> str:
        """What stands in the field."""
        return str(self.value.value() or "")

    @property
    def has_words(self) -> bool:
        """Whether a reason is written, or is missing."""
        return bool(self.reason.value() or self.reason.errors)


class OpinionsForm(forms.Form):
    """What is granted of each part, what is attested, and the decision."""

    revision = RevisionField()
    verdict = forms.ChoiceField(label=gettext_lazy("Décision"), widget=Radios, choices=Verdict.choices, required=False)
    decision_reason = LongText(
        label=gettext_lazy("Motif de la décision"),
        rows=3,
        max_length=3000,
        required=False,
        help_text=gettext_lazy("Demandé si la décision s’écarte des règles ou des résultats, est reportée ou annulée."),
    )

    def __init__(self, data: Any = None, *, deliberation: Deliberation, **kwargs: Any) -> None:
        self.deliberation = deliberation
        self.parts: Sequence[Part] = deliberation.proposal.to_decide
        super().__init__(data, initial=_initial(deliberation), **kwargs)
        for part in self.parts:
            title = title_of_part(deliberation.judged.scheme, part.code)
            self.fields[f"value-{part.code}"] = forms.ChoiceField(
                label=title, widget=Radios, choices=[*VALUES, ("", _("Pas encore"))], required=False
            )
            self.fields[f"reason-{part.code}"] = forms.CharField(
                label=_("Motif pour %(code)s") % {"code": part.code},
                max_length=2000,
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
            )
        self.to_attest = attestable(deliberation)
        if self.to_attest:
            self.fields["attested"] = forms.MultipleChoiceField(
                label=_("Le jury atteste"), widget=Ticks, required=False, choices=list(self.to_attest.items())
            )

    @property
    def lines(self) -> list[Line]:
        """The parts to decide, with their fields."""
        return [
            Line(
                part,
                str(self.fields[f"value-{part.code}"].label),
                self[f"value-{part.code}"],
                self[f"reason-{part.code}"],
            )
            for part in self.parts
        ]

    @property
    def opinions(self) -> list[Granted]:
        """What is told of each part; those left blank are not decided yet."""
        said = self.cleaned_data
        return [
            Granted(code=one.code, is_granted=said[f"value-{one.code}"] == "yes", reason=said[f"reason-{one.code}"])
            for one in self.parts
            if said.get(f"value-{one.code}")
        ]

    @property
    def told_attested(self) -> list[str]:
        """What is attested."""
        return list(self.cleaned_data.get("attested", ()))

    @property
    def attested_field(self) -> Any:
        """The field of what is attested; None when nothing is to be."""
        return self["attested"] if self.to_attest else None

    def typed(self) -> tuple[core.Opinion, ...]:
        """What the fields say now, valid or not: looked at before it is sent."""
        found = (
            (one.code, self[f"value-{one.code}"].value(), self[f"reason-{one.code}"].value()) for one in self.parts
        )
        return tuple(
            core.Opinion(code=code, is_granted=value == "yes", reason=(reason or "").strip() or None)
            for code, value, reason in found
            if value in ("yes", "no")
        )

    @property
    def attesting(self) -> list[str]:
        """What is ticked now, valid or not."""
        ticked = self["attested"].value() if self.to_attest else ()
        return [one for one in ticked or () if one in self.to_attest]


def attestable(deliberation: Deliberation) -> dict[str, str]:
    """What the rules want to hear from the jury, that told included, by code."""
    known = deliberation.judged.scheme.statements
    told = {code: known.get(code, code) for code in deliberation.hearing.attested}
    return {**told, **deliberation.to_attest}


def _initial(deliberation: Deliberation) -> dict[str, Any]:
    """What was told, or what is proposed while nothing was."""
    found: dict[str, Any] = {"revision": deliberation.hearing.revision, "attested": deliberation.hearing.attested}
    told = {one.code: one for one in deliberation.opinions}
    for part in deliberation.proposal.to_decide:
        one = told.get(part.code)
        preset = "" if told else PRESET[part.outcome]
        found[f"value-{part.code}"] = preset if one is None else "yes" if one.is_granted else "no"
        found[f"reason-{part.code}"] = (one.reason or "") if one else ""
    return found


def verdict_led_to(deliberation: Deliberation, chosen: str) -> str:
    """The decision that the parts granted amount to, unless one of another kind is chosen; none while undecided."""
    if chosen and chosen not in DECIDED:
        return chosen
    return "" if deliberation.undecided else deliberation.amount.value


def differences(form: OpinionsForm, kept: Deliberation) -> list[dict[str, str]]:
    """What somebody else told meanwhile, beside what is in the form."""
    told = {one.code: one for one in kept.opinions}
    yours = {one.code: one for one in form.typed()}
    rows = []
    for part in form.parts:
        mine, theirs = _said(yours.get(part.code)), _said(told.get(part.code))
        if mine != theirs:
            rows.append({"title": part.code, "yours": mine, "theirs": theirs})
    if kept.hearing.verdict:
        theirs = str(Verdict(kept.hearing.verdict).label)
        chosen = str(form["verdict"].value() or "")
        mine = str(Verdict(chosen).label) if chosen in Verdict.values else ""
        rows.append({"title": _("Décision"), "yours": mine, "theirs": theirs})
    return rows


def _said(one: core.Opinion | None) -> str:
    if one is None:
        return ""
    return " — ".join(str(text) for text in (WORDS["yes" if one.is_granted else "no"], one.reason) if text)
