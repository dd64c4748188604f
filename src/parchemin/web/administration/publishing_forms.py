"""The forms that publish a version: where its files come from, and then that it is really wanted."""

from pathlib import Path
from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from parchemin.catalogue.folders import effect_of
from parchemin.catalogue.problems import RefusedError
from parchemin.catalogue.reading import read_file
from parchemin.places import library
from parchemin.records.certifications.folders import files_of
from parchemin.records.certifications.models import PublishedVersion
from parchemin.records.people.models import Organisation, OrganisationKind
from parchemin.records.people.permissions import Action
from parchemin.records.people.standing import Standing
from parchemin.web.administration.frame import organisations_for
from parchemin.web.administration.packages import PackageError, files_sent
from parchemin.web.shared.forms import Radios

KEPT_FOR = 6 * 3600
"""Seconds during which files that were checked may be published without sending them again."""
LARGEST_SEAL = 900_000
"""Characters that sealed files may take: a form may send a million."""


class SeveralFiles(forms.ClearableFileInput):
    """Several files at once."""

    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """The files sent together, as a list."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Each file by itself; none gives an empty list."""
        given = [one for one in (data if isinstance(data, list | tuple) else [data]) if one]
        return [super(SeveralFilesField, self).clean(one, initial) for one in given]


def shipped() -> dict[str, Path]:
    """The folders of the versions that come with the software and are not published here, by ``scheme/version``."""
    known = set(PublishedVersion.objects.values_list("certification__scheme", "name"))
    found = {}
    for folder in sorted(library("schemes").glob("[a-z]*/*")):
        is_version = effect_of(folder.name) and (folder / "scheme.yaml").is_file()
        if is_version and (folder.parent.name, folder.name) not in known:
            found[f"{folder.parent.name}/{folder.name}"] = folder
    return found


def _entitled(key: str, folder: Path) -> str:
    """The title of a version of the library, with what it is called."""
    try:
        title = read_file(folder / "scheme.yaml", key)[0].get("title")
    except RefusedError:  # its problems are told when it is chosen
        title = None
    name = key.replace("/", "@")
    return f"{title.value} — {name}" if title else name


class SourceForm(forms.Form):
    """Which files, and who answers for a certification that is not known here yet."""

    shipped = forms.ChoiceField(label=_("Une version fournie avec le logiciel"), required=False, widget=Radios)
    sent = SeveralFilesField(
        label=_("Les fichiers de votre version"),
        required=False,
        help_text=_(
            "Une archive ZIP du dossier, ou scheme.yaml, framework.yaml et les cas de chaque étape. "
            "Deux millions d’octets au plus."
        ),
    )
    awarding_body = forms.ModelChoiceField(
        label=_("Certificateur"),
        queryset=Organisation.objects.none(),
        help_text=_("Il répond de la certification si elle n’est pas encore connue ici."),
    )

    def __init__(self, *args: Any, standing: Standing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.folders = shipped()
        self.texts: dict[str, str] = {}
        bodies = organisations_for(standing, Action.PUBLISH_SCHEMES).filter(
            kind__in=[OrganisationKind.AWARDING_BODY, OrganisationKind.COMMITTEE]
        )
        self.fields["awarding_body"].queryset = bodies  # type: ignore[attr-defined]
        self.fields["awarding_body"].initial = bodies.first()
        if self.folders:
            self.fields["shipped"].choices = [  # type: ignore[attr-defined]
                ("", gettext("Aucune : j’envoie mes fichiers")),
                *((key, _entitled(key, folder)) for key, folder in self.folders.items()),
            ]
        else:
            del self.fields["shipped"]

    def clean(self) -> dict[str, Any]:
        """The files are known and may be those of a version."""
        told = super().clean() or {}
        chosen, sent = told.get("shipped"), told.get("sent") or []
        if chosen and sent:
            self.add_error("sent", gettext("Choisissez soit une version fournie, soit vos fichiers."))
        elif chosen:
            self.texts = files_of(self.folders[chosen])
        elif "sent" in told:
            try:
                self.texts = files_sent(sent)
            except PackageError as refused:
                for sentence in refused.sentences:
                    self.add_error("sent", sentence)
        return told


class ConfirmForm(forms.Form):
    """The files that were checked, sealed, and that they are to be published."""

    sealed = forms.CharField(widget=forms.HiddenInput)
    awarding_body = forms.ModelChoiceField(queryset=Organisation.objects.none(), widget=forms.HiddenInput)
    is_sure = forms.BooleanField(
        label=_("J’ai lu ce qui change. Une version publiée ne se modifie plus : une correction est une autre version.")
    )

    def __init__(self, *args: Any, standing: Standing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bodies = organisations_for(standing, Action.PUBLISH_SCHEMES)
        self.fields["awarding_body"].queryset = bodies  # type: ignore[attr-defined]


def sealed(content: object, for_whom: str) -> str:
    """The content as a text that only this person may send back unchanged; PackageError when it is too long."""
    text = signing.dumps(content, salt=f"publishing:{for_whom}", compress=True)
    if len(text) > LARGEST_SEAL:
        raise PackageError(gettext("Les fichiers sont trop lourds : une version n’a que des textes."))
    return text


def unsealed(text: str, for_whom: str) -> Any:
    """What was sealed for that person less than six hours ago; None for anything else."""
    try:
        return signing.loads(text, salt=f"publishing:{for_whom}", max_age=KEPT_FOR)
    except signing.BadSignature:
        return None
