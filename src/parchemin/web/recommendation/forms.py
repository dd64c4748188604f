"""What is asked of a recommendation: about what, which words, on which days; and why it is taken back."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from parchemin.records.people.models import Organisation
from parchemin.records.recommendations.actions import Said
from parchemin.records.recommendations.models import LONGEST
from parchemin.records.recommendations.queries import bodies_to_recommend, versions_to_recommend
from parchemin.web.recommendation.showing import dated
from parchemin.web.shared.forms import DayField, LongText

VERSION, BODY = "version", "organisme"


class RecommendForm(forms.Form):
    """About what, in which words, on which days."""

    subject = forms.ChoiceField(
        label=gettext_lazy("Ce que vous recommandez"),
        help_text=gettext_lazy(
            "Une version précise d’une certification, ou l’organisme lui-même pour ce qu’il certifie."
        ),
    )
    words = LongText(
        label=gettext_lazy("Ce que dit la recommandation"),
        rows=5,
        max_length=LONGEST,
        help_text=gettext_lazy(
            "En français, pour qui ne vous connaît pas : ce que vous avez constaté, et à quoi cela sert au travail. "
            "Ne nommez aucune personne."
        ),
    )
    from_on = DayField(label=gettext_lazy("Premier jour"))
    until_on = DayField(
        label=gettext_lazy("Dernier jour"),
        required=False,
        help_text=gettext_lazy("Facultatif : sans lui, elle vaut jusqu’à ce que vous la retiriez."),
    )

    def __init__(self, *args: Any, endorser: Organisation, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._versions = {f"{VERSION}:{row.pk}": row for row in versions_to_recommend(endorser)}
        self._bodies = {f"{BODY}:{row.pk}": row for row in bodies_to_recommend(endorser)}
        titled = _("%(title)s, version %(version)s (%(body)s)")
        versions = [
            (
                key,
                titled
                % {
                    "title": row.certification.title,
                    "version": dated(row.name),
                    "body": row.certification.awarding_body.name,
                },
            )
            for key, row in self._versions.items()
        ]
        self.fields["subject"].choices = [  # type: ignore[attr-defined]
            ("", _("Choisissez")),
            (_("Certifications"), versions),
            (_("Organismes certificateurs"), [(key, row.name) for key, row in self._bodies.items()]),
        ]
        self.initial = {"from_on": on}
        for name in ("from_on", "until_on"):
            self.fields[name].widget.attrs["min"] = on.isoformat()

    @property
    def has_subjects(self) -> bool:
        """Whether there is anything to recommend."""
        return bool(self._versions or self._bodies)

    @property
    def said(self) -> Said:
        """What was typed."""
        told = self.cleaned_data
        version = self._versions.get(told["subject"])
        endorsed = version.certification.awarding_body if version else self._bodies[told["subject"]]
        days = {name: told[name] for name in ("from_on", "until_on")}
        return Said(endorsed=endorsed, version=version, words=told["words"], **days)


class WithdrawForm(forms.Form):
    """Why, and that whoever acts read what follows from it."""

    reason = LongText(
        label=gettext_lazy("Motif"),
        rows=4,
        max_length=1000,
        help_text=gettext_lazy("L’organisme recommandé le lit ; il n’est pas publié."),
    )
    is_sure = forms.BooleanField(
        label=gettext_lazy("Je retire cette recommandation, et je sais que cela ne se reprend pas."),
        error_messages={"required": gettext_lazy("Cochez la case pour confirmer.")},
    )
