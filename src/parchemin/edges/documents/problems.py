"""What is wrong in an uploaded document: what, where, what to do; one sentence per kind and language, all in one place."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from parchemin.typography import NARROW, french

Language = Literal["fr", "en"]
Value = str | int


@dataclass(frozen=True)
class UploadProblem:
    """One thing wrong in a document; ``values`` fill the sentence, numbers written as the language writes them."""

    code: str
    values: Mapping[str, Value] = field(default_factory=dict)

    @property
    def is_refusal(self) -> bool:
        """Whether the document cannot be accepted; otherwise it can, and its owner is warned."""
        return self.code not in WARNINGS

    def sentence(self, language: Language) -> str:
        """What is wrong and what to do, in that language."""
        values = {key: numbered(value, language) for key, value in self.values.items()}
        text = SENTENCES[self.code][language]
        return (french(text) if language == "fr" else text).format(**values)

    def as_dict(self, language: Language) -> dict[str, object]:
        """The problem in JSON types."""
        return {"code": self.code, "is_refusal": self.is_refusal, "message": self.sentence(language)}


class UploadRefusedError(Exception):
    """A file cannot be used as what was asked for; ``problem`` says why and what to do."""

    def __init__(self, problem: UploadProblem) -> None:
        self.problem = problem
        super().__init__(problem.sentence("en"))


def problem(code: str, **values: Value) -> UploadProblem:
    """A problem of that kind."""
    return UploadProblem(code, values)


def numbered(value: Value, language: Language) -> str:
    """A number with its thousands apart as the language writes them; words unchanged."""
    if isinstance(value, str):
        return value
    return f"{value:,}".replace(",", NARROW) if language == "fr" else f"{value:,}"


WARNINGS = frozenset(
    {"no_text", "partly_scanned", "blank_pages", "blank_image", "garbled_text", "restricted", "not_utf8"}
)
"""The problems that do not refuse the document."""

PDF_WAY_OUT: dict[Language, str] = {
    "fr": "Ouvrez-le, choisissez Imprimer puis « Enregistrer au format PDF », et déposez ce nouveau PDF.",
    "en": "Open it, choose Print then “Save as PDF”, and upload that new PDF.",
}

SENTENCES: dict[str, dict[Language, str]] = {
    "empty": {
        "fr": "Le fichier est vide (0 octet). Vérifiez qu'il s'ouvre sur votre appareil, puis déposez-le à nouveau.",
        "en": "The file is empty (0 bytes). Check that it opens on your device, then upload it again.",
    },
    "too_large": {
        "fr": "Le fichier dépasse {limit_mb} Mo. Réduisez la taille de ses images, ou découpez-le.",
        "en": "The file is larger than {limit_mb} MB. Make its pictures smaller, or split it.",
    },
    "mismatch": {
        "fr": "Le nom du fichier finit par « .{extension} », mais son contenu est : {found_fr}. Donnez-lui une extension qui convient ({wanted}), ou choisissez le bon fichier.",
        "en": "The file name ends in “.{extension}”, but its content is: {found_en}. Give it a fitting extension ({wanted}), or choose the right file.",
    },
    "kind_not_accepted": {
        "fr": "Ce fichier est : {found_fr}. Ici on ne peut déposer que : {accepted_fr}. Enregistrez-le dans l'un de ces formats.",
        "en": "This file is: {found_en}. Only these can be uploaded here: {accepted_en}. Save it in one of these formats.",
    },
    "unrecognised": {
        "fr": "Le contenu de ce fichier n'est d'aucun format accepté. Vérifiez qu'il s'ouvre, puis enregistrez-le en PDF.",
        "en": "The content of this file is of no accepted format. Check that it opens, then save it as PDF.",
    },
    "program": {
        "fr": "Ce fichier est un programme, pas un document. Choisissez le document lui-même (PDF, Word, image).",
        "en": "This file is a program, not a document. Choose the document itself (PDF, Word, picture).",
    },
    "web_page": {
        "fr": "Ce fichier est une page web. Ouvrez-la, imprimez-la « au format PDF », et déposez ce PDF.",
        "en": "This file is a web page. Open it, print it “to PDF”, and upload that PDF.",
    },
    "svg": {
        "fr": "Les images SVG ne sont pas acceptées, car elles peuvent contenir des programmes. Exportez l'image en PNG ou en PDF.",
        "en": "SVG pictures are not accepted, since they may hold programs. Export the picture as PNG or PDF.",
    },
    "markup": {
        "fr": "Ce fichier est du XML, que les lecteurs ne peuvent pas lire tel quel. Ouvrez-le dans son logiciel et enregistrez-le en PDF.",
        "en": "This file is XML, which readers cannot read as it is. Open it in its own software and save it as PDF.",
    },
    "archive": {
        "fr": "Ce fichier est une archive (ZIP, RAR, 7z…). Ouvrez-la et déposez un à un les documents qu'elle contient.",
        "en": "This file is an archive (ZIP, RAR, 7z…). Open it and upload the documents it holds one by one.",
    },
    "legacy_office": {
        "fr": "Ce fichier est dans l'ancien format de Microsoft Office (.doc, .xls, .ppt). Enregistrez-le en .docx (.xlsx, .pptx) ou en PDF.",
        "en": "This file is in the old Microsoft Office format (.doc, .xls, .ppt). Save it as .docx (.xlsx, .pptx) or PDF.",
    },
    "rich_text": {
        "fr": "Le format RTF n'est pas accepté. Ouvrez le fichier dans votre traitement de texte et enregistrez-le en .docx ou en PDF.",
        "en": "The RTF format is not accepted. Open the file in your word processor and save it as .docx or PDF.",
    },
    "image_format": {
        "fr": "Ce format d'image ({format}) n'est pas accepté. Enregistrez l'image en JPEG ou en PNG.",
        "en": "This picture format ({format}) is not accepted. Save the picture as JPEG or PNG.",
    },
    "media_format": {
        "fr": "Ce format de son ou de vidéo ({format}) n'est pas accepté. Convertissez-le en MP3, M4A ou WAV (son) ou en MP4 (vidéo).",
        "en": "This sound or video format ({format}) is not accepted. Convert it to MP3, M4A or WAV (sound) or MP4 (video).",
    },
    "template": {
        "fr": "Ce fichier est un modèle, pas un document. Ouvrez-le et enregistrez-le comme document ordinaire (.docx, .odt, .xlsx, .pptx).",
        "en": "This file is a template, not a document. Open it and save it as an ordinary document (.docx, .odt, .xlsx, .pptx).",
    },
    "polyglot": {
        "fr": "Ce fichier contient un deuxième fichier d'un autre format ({other}), caché avant ou après le premier. "
        + PDF_WAY_OUT["fr"],
        "en": "This file holds a second file of another format ({other}), hidden before or after the first. "
        + PDF_WAY_OUT["en"],
    },
    "truncated": {
        "fr": "Le fichier est incomplet : sa fin manque. Le transfert a sans doute été interrompu : déposez-le à nouveau.",
        "en": "The file is incomplete: its end is missing. The transfer was probably cut short: upload it again.",
    },
    "broken": {
        "fr": "Le fichier est abîmé et ne peut pas être lu. Ouvrez-le, enregistrez-le à nouveau, puis déposez ce nouveau fichier.",
        "en": "The file is damaged and cannot be read. Open it, save it again, then upload that new file.",
    },
    "crashed": {
        "fr": "La lecture du fichier a échoué : il est abîmé ou demande trop de mémoire. " + PDF_WAY_OUT["fr"],
        "en": "Reading the file failed: it is damaged or needs too much memory. " + PDF_WAY_OUT["en"],
    },
    "too_slow": {
        "fr": "Le fichier est trop long à lire (plus de {seconds} s). Simplifiez ses images et ses dessins, ou découpez-le.",
        "en": "The file takes too long to read (over {seconds} s). Simplify its pictures and drawings, or split it.",
    },
    "encrypted": {
        "fr": "Le fichier est protégé par un mot de passe : personne ne pourrait le lire. Enregistrez-le sans mot de passe, puis déposez-le.",
        "en": "The file is protected by a password: nobody could read it. Save it without a password, then upload it.",
    },
    "active_content": {
        "fr": "Le PDF contient des actions automatiques ({what}), refusées par sécurité. " + PDF_WAY_OUT["fr"],
        "en": "The PDF holds automatic actions ({what}), refused for safety. " + PDF_WAY_OUT["en"],
    },
    "embedded_files": {
        "fr": "Le fichier contient d'autres fichiers, joints ou incorporés ({what}). Déposez-les à part, et celui-ci sans eux. "
        + PDF_WAY_OUT["fr"],
        "en": "The file holds others as attachments or embedded ({what}). Upload them apart, and this one without them. "
        + PDF_WAY_OUT["en"],
    },
    "macros": {
        "fr": "Le document contient des macros ({what}), refusées par sécurité. Enregistrez-le au format sans macro (.docx, .xlsx, .pptx, .odt) ou en PDF.",
        "en": "The document holds macros ({what}), refused for safety. Save it in the format without macros (.docx, .xlsx, .pptx, .odt) or as PDF.",
    },
    "remote_content": {
        "fr": "Le document va chercher une partie de son contenu ailleurs ({what}). " + PDF_WAY_OUT["fr"],
        "en": "The document fetches a part of its content from elsewhere ({what}). " + PDF_WAY_OUT["en"],
    },
    "explosive": {
        "fr": "Une fois décompressé, le contenu du fichier serait démesuré ({what_fr}). Réduisez ses images, ou enregistrez-le en PDF.",
        "en": "Once unpacked, the content of the file would be out of proportion ({what_en}). Make its pictures smaller, or save it as PDF.",
    },
    "bad_path": {
        "fr": "Le document contient un élément au nom interdit (« {entry} »). Ouvrez-le et enregistrez-le à nouveau, ou en PDF.",
        "en": "The document holds an item with a forbidden name (“{entry}”). Open it and save it again, or as PDF.",
    },
    "hostile_xml": {
        "fr": "Une partie du document (« {entry} ») contient des déclarations XML interdites (entités). Enregistrez-le en PDF.",
        "en": "A part of the document (“{entry}”) holds forbidden XML declarations (entities). Save it as PDF.",
    },
    "too_many_pages": {
        "fr": "Le document a {pages} pages, plus que les {limit} qui peuvent être lues. Découpez-le.",
        "en": "The document has {pages} pages, more than the {limit} that can be read. Split it.",
    },
    "too_much_text": {
        "fr": "Le document a plus de {limit} caractères, plus qu'il n'en peut être lu. Découpez-le.",
        "en": "The document has over {limit} characters, more than can be read. Split it.",
    },
    "too_many_pixels": {
        "fr": "L'image mesure {width} × {height} points, plus que les {limit_mp} millions admis. Réduisez-la.",
        "en": "The picture measures {width} × {height} pixels, more than the {limit_mp} million allowed. Make it smaller.",
    },
    "blank_document": {
        "fr": "Toutes les pages du document sont blanches. Vérifiez que vous avez choisi le bon fichier.",
        "en": "All pages of the document are blank. Check that you chose the right file.",
    },
    "no_text": {
        "fr": "Le document ne contient pas de texte lisible par une machine (c'est sans doute un scan) : ses caractères ne peuvent pas être comptés, et une synthèse vocale ne peut pas le lire. Si vous l'avez, déposez le fichier d'origine.",
        "en": "The document holds no text a machine can read (it is probably a scan): its characters cannot be counted, and a screen reader cannot read it. If you have it, upload the original file.",
    },
    "partly_scanned": {
        "fr": "Des pages sont des images sans texte (pages : {pages}) : leurs caractères ne sont pas dans le compte, qui est donc un minimum. Si vous l'avez, déposez le fichier d'origine.",
        "en": "Some pages are pictures without text (pages: {pages}): their characters are not in the count, which is thus a minimum. If you have it, upload the original file.",
    },
    "blank_pages": {
        "fr": "Des pages sont blanches (pages : {pages}) et comptent dans le nombre de pages. Retirez-les si elles sont de trop.",
        "en": "Some pages are blank (pages: {pages}) and count in the number of pages. Remove them if they should not be there.",
    },
    "blank_image": {
        "fr": "L'image est d'une seule couleur : on n'y voit rien. Vérifiez que vous avez choisi le bon fichier.",
        "en": "The picture is of one colour: nothing can be seen. Check that you chose the right file.",
    },
    "garbled_text": {
        "fr": "Le texte du document est illisible pour une machine (polices sans alphabet) : ses caractères ne peuvent pas être comptés. Enregistrez-le à nouveau en PDF avec un autre logiciel.",
        "en": "The text of the document cannot be read by a machine (fonts without an alphabet): its characters cannot be counted. Save it as PDF again with other software.",
    },
    "restricted": {
        "fr": "Le PDF s'ouvre, mais il interdit l'impression ou la copie : le jury pourrait être gêné. Enregistrez-le sans restriction.",
        "en": "The PDF opens, but forbids printing or copying: the jury may be hindered. Save it without restrictions.",
    },
    "not_utf8": {
        "fr": "Le texte n'est pas en UTF-8 : des lettres accentuées peuvent être mal lues. Vérifiez-les, ou enregistrez-le en UTF-8.",
        "en": "The text is not UTF-8: accented letters may be misread. Check them, or save it as UTF-8.",
    },
}
