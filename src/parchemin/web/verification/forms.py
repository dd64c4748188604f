"""What is asked of whoever verifies: the number on the certificate; then who holds it, as printed there."""

import unicodedata
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from parchemin.records.awards.numbers import LENGTH, SIGNS, read
from parchemin.web.shared.forms import Day, DayField, OneLine

LONGEST = 200
FIELD = "numero"


def signs_of(typed: str) -> str:
    """The letters and figures of what was typed, or of the address that was pasted; nothing else."""
    text = unicodedata.normalize("NFKC", typed).strip()
    if "/" in text:
        text = urlsplit(text).path.rstrip("/").rpartition("/")[2]
    return "".join(sign for sign in text.upper() if sign.isalnum())


def slip_in(signs: str) -> str:
    """What is wrong with a number that cannot be one."""
    if len(signs) != LENGTH:
        return _("Un numéro compte %(most)s lettres et chiffres ; celui-ci en compte %(n)s.") % {
            "most": LENGTH,
            "n": len(signs),
        }
    if any(sign not in SIGNS for sign in signs):
        return _("Un numéro ne contient ni 0, ni 1, ni I, ni L, ni O, ni accent : relisez ces signes.")
    return _("Un signe au moins est mal recopié : relisez le numéro sur le certificat.")


class NumberField(forms.CharField):
    """The number of a certificate in any case, with or without its separators, or the address of the QR code."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"autocapitalize": "characters", "spellcheck": "false", "class": "mono number", "inputmode": "text"}
        super().__init__(
            widget=forms.TextInput(attrs={**attrs, "autocomplete": "off"}),
            max_length=LONGEST,
            error_messages={"required": gettext_lazy("Recopiez le numéro imprimé sur le certificat.")},
            **kwargs,
        )

    def clean(self, value: Any) -> str:
        """The twelve signs of a number that can exist."""
        signs = signs_of(super().clean(value))
        number = read(signs)
        if number is None:
            raise forms.ValidationError(slip_in(signs))
        return number


class NumberForm(forms.Form):
    """The only thing that is needed to verify."""

    numero = NumberField(
        label=gettext_lazy("Numéro du certificat"),
        help_text=gettext_lazy("Par exemple ABCD-EFGH-JKMN ; majuscules, tirets et espaces ne comptent pas."),
    )


class HolderForm(forms.Form):
    """Who the certificate names, as whoever verifies reads it there."""

    name = OneLine(
        label=gettext_lazy("Nom de naissance ou nom d’usage"),
        help_text=gettext_lazy("Un seul nom, sans les prénoms, comme il est imprimé."),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    born_on = DayField(label=gettext_lazy("Date de naissance"), widget=Day(attrs={"autocomplete": "off"}))
