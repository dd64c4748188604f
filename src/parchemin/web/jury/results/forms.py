"""What is asked around results."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from parchemin.records.juries.models import JurySession
from parchemin.web.shared.forms import RevisionField
from parchemin.web.shared.typesetting import day


class PublishForm(forms.Form):
    """Nothing but the session as it was shown."""

    revision = RevisionField()


class AgainForm(forms.Form):
    """To which session the file is presented again."""

    def __init__(self, *args: Any, sessions: list[JurySession], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["session"] = forms.ChoiceField(
            label=_("Session"),
            choices=[(str(one.pk), f"{day(one.starts_at.date())} — {one.number}") for one in sessions],
            widget=forms.RadioSelect,
            error_messages={"required": _("Choisissez une session.")},
        )
