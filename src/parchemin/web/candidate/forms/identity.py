"""Civil identity: checked at entry, each problem at its field; the place of birth is chosen among those known."""

from datetime import date
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from parchemin.catalogue.birthplaces import (
    birthplace_problems,
    commune,
    communes_like,
    countries_like,
    country,
    name_problems,
)
from parchemin.records.people.actions.identifying import Identity
from parchemin.records.people.models import CivilIdentity
from parchemin.web.candidate.attempts import FileForm
from parchemin.web.shared.forms import Day, DayField, OneLine, Radios
from parchemin.web.shared.uploads import language

FRANCE, ABROAD = "france", "abroad"
FIELDS = {"first_names": "first_name", "birth_commune": "place", "birth_country": "place"}
"""Where a problem of the identity is shown, when the form has another field for it."""
SUGGESTED = 8


class IdentityForm(FileForm):
    """What civil status says of the candidate, and where letters go."""

    birth_name = OneLine(
        label=gettext_lazy("Nom de naissance"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )
    used_name = OneLine(
        label=gettext_lazy("Nom d’usage"),
        help_text=gettext_lazy("S’il est différent : nom d’époux ou d’épouse, ou double nom."),
        max_length=100,
        required=False,
    )
    first_name = OneLine(
        label=gettext_lazy("Premier prénom"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    other_names = OneLine(
        label=gettext_lazy("Autres prénoms"),
        help_text=gettext_lazy("Dans l’ordre de votre état civil, séparés par des virgules."),
        max_length=200,
        required=False,
    )
    sex = forms.ChoiceField(
        label=gettext_lazy("Sexe à l’état civil"),
        widget=Radios,
        choices=CivilIdentity.Sex.choices,
        error_messages={"required": gettext_lazy("Choisissez ce que porte votre état civil.")},
    )
    born_on = DayField(
        label=gettext_lazy("Date de naissance"), widget=Day(attrs={"autocomplete": "bday", "min": "1900-01-01"})
    )
    born_in = forms.ChoiceField(
        label=gettext_lazy("Vous êtes né ou née"),
        widget=Radios,
        choices=[(FRANCE, gettext_lazy("en France")), (ABROAD, gettext_lazy("dans un autre pays"))],
        initial=FRANCE,
    )
    place = OneLine(
        label=gettext_lazy("Commune ou pays de naissance"),
        help_text=gettext_lazy(
            "Écrivez le début du nom, puis choisissez dans la liste : la commune telle qu’elle s’appelait, ou le pays."
        ),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    place_code = forms.CharField(max_length=5, required=False, widget=forms.HiddenInput)
    birth_city = OneLine(label=gettext_lazy("Ville de naissance, à l’étranger"), max_length=60, required=False)
    address = OneLine(
        label=gettext_lazy("Adresse"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    postcode = OneLine(
        label=gettext_lazy("Code postal"),
        max_length=10,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "postal-code", "class": "short"}),
    )
    town = OneLine(
        label=gettext_lazy("Ville"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "address-level2"}),
    )
    phone = OneLine(
        label=gettext_lazy("Téléphone"),
        max_length=20,
        required=False,
        validators=[
            RegexValidator(r"^[0-9+() .\-]{6,20}$", gettext_lazy("Des chiffres seulement, avec + s’il le faut."))
        ],
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on
        self.suggested: list[tuple[str, str]] = []
        self.warnings: list[str] = []

    def clean(self) -> dict[str, Any]:
        """The place is found, and the identity can be sent to the skills passport."""
        cleaned = super().clean() or {}
        self._find_place(cleaned)
        for name in ("birth_name", "used_name", "first_name"):
            self._tell(name_problems(name, cleaned.get(name, "")))
        for one in _names(cleaned.get("other_names", "")):
            self._tell(name_problems("other_names", one))
        if not self.errors:
            found = self._problems()
            self._tell(one for one in found if one.is_refusal)
            self.warnings = [one.sentence(language()) for one in found if not one.is_refusal]
        return cleaned

    def identity(self) -> Identity:
        """The identity as typed, once the form is valid."""
        told = self.cleaned_data
        is_french = told["born_in"] == FRANCE
        return Identity(
            birth_name=told["birth_name"],
            used_name=told["used_name"],
            first_names=[told["first_name"], *_names(told["other_names"])],
            sex=told["sex"],
            born_on=told["born_on"],
            birth_commune=told["place_code"] if is_french else "",
            birth_country="" if is_french else told["place_code"],
            birth_city="" if is_french else told["birth_city"],
            address=told["address"],
            postcode=told["postcode"],
            town=told["town"],
            phone=told["phone"],
        )

    def _problems(self) -> Any:
        told = self.identity()
        asked = ("birth_name", "first_names", "sex", "born_on", "birth_commune", "birth_country", "used_name")
        return birthplace_problems(**{name: getattr(told, name) for name in asked}, on=self.on)

    def _tell(self, problems: Any) -> None:
        for problem in problems:
            self.add_error(FIELDS.get(problem.field, problem.field), problem.sentence(language()))

    def _find_place(self, cleaned: dict[str, Any]) -> None:
        """The code chosen when it is that of the name typed; otherwise the only place of that name."""
        typed, code = cleaned.get("place", ""), cleaned.get("place_code", "")
        if not typed:
            return
        is_french = cleaned.get("born_in") == FRANCE
        known = suggestions(typed, is_french=is_french, on=cleaned.get("born_on"))
        found = [one for one in known if one[0] == code] or [one for one in known if _is_named(one[1], typed)] or known
        if len(found) == 1:
            cleaned["place_code"], cleaned["place"] = found[0]
            return
        self.suggested = found
        told = _("Plusieurs lieux portent ce nom : choisissez le vôtre.") if found else _unknown(is_french)
        self.add_error("place", told)


def suggestions(typed: str, *, is_french: bool, on: date | None = None) -> list[tuple[str, str]]:
    """The codes and names of the places that begin so: communes as they were that day, or countries."""
    if not is_french:
        return [(one.code, one.name) for one in countries_like(typed, limit=SUGGESTED)]
    name, _bracket, department = typed.rstrip(") ").partition("(")
    found = communes_like(f"{name.strip()} {department.strip()}".strip(), limit=SUGGESTED, on=on)
    return [(one.code, one.label) for one in found]


def initial_of(identity: CivilIdentity | None, given: str, family: str) -> dict[str, Any]:
    """The form as the identity says, or with the names of the account to begin with."""
    if identity is None:
        return {"birth_name": family, "first_name": given, "revision": 0}
    is_french = bool(identity.birth_commune)
    kept = (
        "birth_name",
        "used_name",
        "sex",
        "born_on",
        "birth_city",
        "address",
        "postcode",
        "town",
        "phone",
        "revision",
    )
    return {name: getattr(identity, name) for name in kept} | {
        "first_name": identity.first_names[0],
        "other_names": ", ".join(identity.first_names[1:]),
        "born_in": FRANCE if is_french else ABROAD,
        "place": birthplace(identity),
        "place_code": identity.birth_commune or identity.birth_country,
    }


def birthplace(identity: CivilIdentity | None) -> str:
    """The name of the place of birth; its code when it is not known any more."""
    if identity is None:
        return ""
    if identity.birth_commune:
        found = commune(identity.birth_commune, identity.born_on)
        return found.label if found else identity.birth_commune
    known = country(identity.birth_country)
    return known.name if known else identity.birth_country


def _unknown(is_french: bool) -> str:
    if is_french:
        return _("Aucune commune ne porte ce nom : vérifiez l’orthographe, ou écrivez son code INSEE.")
    return _("Aucun pays ne porte ce nom : vérifiez l’orthographe.")


def _is_named(label: str, typed: str) -> bool:
    """Whether that is what was typed, with or without the number of the department."""
    return typed.lower() in (label.lower(), label.rpartition(" (")[0].lower())


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]
