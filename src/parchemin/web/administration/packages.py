"""The files of a version as somebody sends them: a ZIP archive of its folder, or its files; all of it distrusted."""

from collections.abc import Iterable, Mapping
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from parchemin.catalogue import digest
from parchemin.catalogue.reading import MAX_BYTES
from parchemin.core.decision import Stage
from parchemin.edges.documents import Limits, UploadRefusedError
from parchemin.edges.documents.archives import BROKEN, opened
from parchemin.web.shared.uploads import language

LARGEST = 2_000_000
"""Bytes that all the files of a version may weigh together, once unpacked."""
LIMITS = Limits(
    max_bytes=LARGEST, max_entries=200, max_unpacked_bytes=2 * LARGEST, max_ratio=100, free_ratio_bytes=LARGEST
)
IGNORED = (digest.FROZEN, ".DS_Store", "Thumbs.db")
"""What comes along in a folder and is not kept: the record of fingerprints is made anew."""
HIDDEN = "__MACOSX"


class PackageError(Exception):
    """The files cannot be taken as those of a version; ``sentences`` say why, in the reader's language."""

    def __init__(self, *sentences: str) -> None:
        self.sentences = sentences
        super().__init__(*sentences)


def files_sent(sent: Iterable["UploadedFile[Any]"]) -> dict[str, str]:
    """The texts of a version by path inside its folder; PackageError with everything that is wrong with them."""
    sent = list(sent)
    if not sent:
        raise PackageError(_("Choisissez les fichiers de la version, ou une archive ZIP de son dossier."))
    if sum(one.size or 0 for one in sent) > LARGEST:
        raise PackageError(_too_heavy())
    archives = [one for one in sent if str(one.name).lower().endswith(".zip")]
    if archives and len(sent) > 1:
        raise PackageError(_("Déposez soit une archive ZIP, soit des fichiers YAML, pas les deux."))
    contents = _unpacked(archives[0]) if archives else {_placed(str(one.name)): one.read() for one in sent}
    if not archives and len(contents) < len(sent):
        raise PackageError(_("Deux fichiers portent le même nom : gardez-en un."))
    return _texts(contents)


def _unpacked(archive: "UploadedFile[Any]") -> dict[str, bytes]:
    """The files of the archive, from the folder that holds ``scheme.yaml``."""
    contents: dict[str, bytes] = {}
    try:
        with opened(BytesIO(archive.read()), LIMITS) as package:
            for entry in package.infolist():
                path = PurePosixPath(entry.filename)
                if not entry.is_dir() and HIDDEN not in path.parts and path.name not in IGNORED:
                    contents[str(path)] = package.read(entry)
    except UploadRefusedError as refused:
        raise PackageError(refused.problem.sentence(language())) from refused
    except BROKEN as error:
        raise PackageError(_("L’archive est abîmée : refaites-la, puis déposez-la de nouveau.")) from error
    heads = [PurePosixPath(name).parent for name in contents if PurePosixPath(name).name == "scheme.yaml"]
    if len(heads) != 1:
        raise PackageError(
            _("L’archive doit contenir un seul scheme.yaml : celui de la version à publier.")
            if heads
            else _("L’archive ne contient pas de scheme.yaml : faites-la du dossier d’une version.")
        )
    outside = [name for name in contents if not PurePosixPath(name).is_relative_to(heads[0])]
    if outside:
        raise PackageError(*(_strange(name) for name in outside[:20]))
    return {str(PurePosixPath(name).relative_to(heads[0])): content for name, content in contents.items()}


def _placed(name: str) -> str:
    """Where a file sent alone goes: rule tests, named by their stage, under ``cases``."""
    stem = name.removesuffix(".yaml")
    return f"cases/{name}" if stem in {stage.value for stage in Stage} else name


def _texts(contents: Mapping[str, bytes]) -> dict[str, str]:
    """The contents as texts, none that has no place in a version."""
    wrong = [_strange(name) for name in contents if not _is_known(name) and name not in IGNORED]
    texts = {}
    for name, content in contents.items():
        if len(content) > MAX_BYTES:
            wrong.append(_("%(name)s dépasse un million d’octets : découpez-le.") % {"name": name})
        elif name not in IGNORED:
            try:
                texts[name] = content.decode("utf-8")
            except UnicodeDecodeError:
                wrong.append(_("%(name)s n’est pas en UTF-8 : enregistrez-le ainsi.") % {"name": name})
    if sum(map(len, contents.values())) > LARGEST:
        wrong.append(_too_heavy())
    wrong += [_("Il manque %(name)s.") % {"name": name} for name in digest.FREEZABLE if name not in contents]
    if wrong:
        raise PackageError(*wrong[:20])
    return texts


def _is_known(name: str) -> bool:
    path = PurePosixPath(name)
    return name in digest.FREEZABLE or (path.parent == PurePosixPath("cases") and path.suffix == ".yaml")


def _strange(name: str) -> str:
    return _("%(name)s n’a pas sa place dans une version : retirez-le.") % {"name": name[:120]}


def _too_heavy() -> str:
    return _("Les fichiers pèsent plus de deux millions d’octets ensemble : une version n’a que des textes.")
