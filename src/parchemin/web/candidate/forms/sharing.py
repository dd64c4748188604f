"""Opening one's file to somebody."""

from django import forms
from django.utils.translation import gettext_lazy as _

from parchemin.web.shared.forms import DayField


class AccessForm(forms.Form):
    """To whom, until when, knowing what they will read."""

    email = forms.EmailField(label=_("Son adresse e-mail"), max_length=254)
    until_on = DayField(
        label=_("Jusqu’au"), help_text=_("Ce jour compris, dans un an au plus. Vous pouvez fermer l’accès avant.")
    )
    is_understood = forms.BooleanField(
        label=_("J’ai compris : cette personne lira aussi ce que je n’ai pas encore envoyé."),
        error_messages={"required": _("Cochez la case pour confirmer.")},
    )
