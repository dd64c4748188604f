"""What is asked of the certificates a body issues: under which name, who signs, and how they look."""

from base64 import b64decode, b64encode
from typing import Any

from django import forms
from django.core import signing
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from parchemin.edges.parchments import ParchmentRefusedError
from parchemin.edges.parchments.colours import check_colour
from parchemin.edges.parchments.house import LOGO
from parchemin.edges.parchments.pictures import LOGO_SIDES, rewritten
from parchemin.records.awards.actions.housing import Signing
from parchemin.records.awards.models import House
from parchemin.records.people.models import Organisation
from parchemin.web.shared.forms import OneLine, RevisionField
from parchemin.web.shared.uploads import received

PICTURES = ".png,.jpg,.jpeg"
WORDS = ("trade_name", "place", "signatory", "signatory_title", "words", "primary", "accent")
COLOURS = {"primary": "principale", "accent": "secondaire"}
SALT = "award.logo"


class HouseForm(forms.Form):
    """Under which name certificates are issued, where, who signs, and how they look.

    A logo that was sent and looked at comes back in ``kept``, signed, so that it is not to be chosen again.
    """

    issuer = forms.ModelChoiceField(
        label=gettext_lazy("Délivré par"), queryset=Organisation.objects.none(), empty_label=None
    )
    trade_name = OneLine(
        label=gettext_lazy("Nom commercial"),
        required=False,
        max_length=160,
        help_text=gettext_lazy("S’il diffère du nom de l’organisme."),
    )
    place = OneLine(label=gettext_lazy("Fait à"), max_length=80)
    signatory = OneLine(label=gettext_lazy("Qui signe"), max_length=120, help_text=gettext_lazy("Le prénom et le nom."))
    signatory_title = OneLine(
        label=gettext_lazy("Qualité de qui signe"),
        max_length=160,
        help_text=gettext_lazy("Par exemple : présidente de la commission."),
    )
    words = OneLine(
        label=gettext_lazy("Phrase de l’organisme"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Imprimée sous l’intitulé. Ni label, ni réserve, ni éloge de qui enregistre."),
    )
    primary = forms.CharField(
        label=gettext_lazy("Couleur principale"),
        max_length=7,
        widget=forms.TextInput({"type": "color"}),
        help_text=gettext_lazy("Celle des titres et des filets ; assez sombre pour se lire sur du blanc."),
    )
    accent = forms.CharField(
        label=gettext_lazy("Couleur secondaire"),
        max_length=7,
        widget=forms.TextInput({"type": "color"}),
        help_text=gettext_lazy("Celle du sceau et des mentions."),
    )
    logo = forms.FileField(
        label=gettext_lazy("Logo"),
        required=False,
        widget=forms.FileInput({"accept": PICTURES}),
        help_text=gettext_lazy("Une image PNG ou JPEG. Celui de France compétences n’est pas permis."),
    )
    is_bare = forms.BooleanField(label=gettext_lazy("Retirer le logo"), required=False)
    kept = forms.CharField(required=False, widget=forms.HiddenInput)
    revision = RevisionField()

    def __init__(
        self,
        *args: Any,
        issuers: QuerySet[Organisation],
        organisation: Organisation,
        house: House | None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        bare = House(organisation=organisation, issuer=organisation, place=organisation.town, revision=0)
        shown = house or bare
        self.initial = {name: getattr(shown, name) for name in (*WORDS, "revision")} | {"issuer": shown.issuer_id}
        self.current = bytes(house.logo.content) if house and house.logo else None
        self.fields["issuer"].queryset = issuers  # type: ignore[attr-defined]
        if self.current is None and not self.data.get("kept"):
            del self.fields["is_bare"]

    def clean_logo(self) -> bytes | None:
        """The picture written anew, as it is printed."""
        file = self.cleaned_data["logo"]
        if file is None:
            return None
        found = received(file)
        if found.is_refused:
            raise forms.ValidationError(list(found.sentences))
        found.content.seek(0)
        kept: bytes = self._printable(lambda: rewritten(found.content.read(), LOGO_SIDES, LOGO))
        return kept

    def clean_kept(self) -> bytes | None:
        """The picture that was looked at before; none when it is not ours."""
        try:
            return b64decode(signing.Signer(salt=SALT).unsign(self.cleaned_data["kept"]))
        except signing.BadSignature:
            return None

    def clean_primary(self) -> str:
        """A colour that is readable on white."""
        return self._coloured("primary")

    def clean_accent(self) -> str:
        """The same."""
        return self._coloured("accent")

    @property
    def signing(self) -> Signing:
        """What the action asks."""
        told = {name: self.cleaned_data[name] for name in ("issuer", *WORDS)}
        return Signing(**told, logo=self.chosen_logo)

    @property
    def chosen_logo(self) -> bytes | None:
        """The logo as it would be printed: the one just sent, the one sent before, or the one there is."""
        told = self.cleaned_data if self.is_bound else {}
        if told.get("is_bare"):
            return None
        found: bytes | None = told.get("logo") or told.get("kept") or self.current
        return found

    def keep_logo(self) -> None:
        """The picture sent goes back with the page: the browser forgets the files that were chosen."""
        if self.cleaned_data.get("logo"):
            self._retyped("kept", signing.Signer(salt=SALT).sign(b64encode(self.cleaned_data["logo"]).decode()))

    def at_revision(self, revision: int) -> None:
        """The form may be sent again over that revision."""
        self._retyped("revision", str(revision))

    def _retyped(self, name: str, value: str) -> None:
        typed = QueryDict(mutable=True)
        typed.update(self.data)
        typed[name] = value
        self.data = typed

    def _coloured(self, name: str) -> str:
        colour = str(self.cleaned_data[name]).upper()
        self._printable(lambda: check_colour(colour, COLOURS[name]))
        return colour

    @staticmethod
    def _printable(do: Any) -> Any:
        try:
            return do()
        except ParchmentRefusedError as refused:
            raise forms.ValidationError(str(refused)) from refused
