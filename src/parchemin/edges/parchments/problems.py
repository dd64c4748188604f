"""Why something cannot be printed: what, where, what to do; one sentence per kind, all in one place."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from parchemin.typography import french

Value = str | int | float


@dataclass(frozen=True)
class ParchmentProblem:
    """One thing that cannot be printed as it stands; ``values`` fill its sentence."""

    code: str
    values: Mapping[str, Value] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """What is wrong, where, and what to do, in French."""
        return french(SENTENCES[self.code]).format(**self.values)


class ParchmentRefusedError(Exception):
    """Nothing is printed; ``problem`` says why and what to do."""

    def __init__(self, code: str, **values: Value) -> None:
        self.problem = ParchmentProblem(code, values)
        super().__init__(self.problem.sentence)


SENTENCES = {
    "empty": "« {where} » est vide. Renseignez-le : le document ne peut pas être imprimé sans lui.",
    "missing_characters": "« {where} » contient des caractères que les polices n'ont pas : {characters}. "
    "Donnez l'écriture latine qui figure sur la pièce d'identité ou dans la décision ; rien n'est remplacé d'office.",
    "too_long": "Le texte ne tient pas sur une page. Raccourcissez les formules de l'organisme, "
    "ou l'un des intitulés s'il est plus long que celui qui est enregistré.",
    "bad_colour": "La couleur « {where} » vaut « {value} ». Écrivez-la avec un dièse et six chiffres : #1F4E79.",
    "low_contrast": "La couleur « {where} » ({value}) n'a qu'un contraste de {ratio} sur le blanc, il faut {least}. "
    "Choisissez-la plus sombre.",
    "picture_svg": "« {where} » est une image SVG, qui peut contenir des programmes. Exportez-la en PNG.",
    "picture_format": "« {where} » n'est ni une image PNG ni une image JPEG. Enregistrez-la en PNG.",
    "picture_broken": "« {where} » est abîmée et ne peut pas être lue. Ouvrez l'image et enregistrez-la à nouveau.",
    "picture_too_large": "« {where} » mesure {width} × {height} points, plus que {limit_mp} millions. Réduisez-la.",
    "picture_blank": "« {where} » est d'une seule couleur : on n'y voit rien. Choisissez la bonne image.",
    "unknown_line": "La formule « {line} » n'existe pas. Formules possibles : {known}.",
    "line_too_long": "La formule « {line} » compte {length} caractères, plus que {limit}. Raccourcissez-la.",
    "unknown_placeholder": "La formule « {line} » demande « {name} », inconnu ici. Possibles : {known}.",
    "bad_placeholder": "La formule « {line} » a une accolade mal fermée ou un nom composé. "
    "Écrivez le nom seul entre deux accolades ; doublez une accolade à imprimer telle quelle.",
    "bad_address": "L'adresse de vérification « {value} » n'est pas utilisable. Donnez une adresse complète en https.",
    "bad_credential": "La preuve numérique n'est pas un objet JSON en UTF-8. Donnez le fichier signé, tel quel.",
    "foreign_line": "Une ligne de l'extrait est celle d'un autre dossier ({found}) que celui demandé ({wanted}). "
    "Ne donnez que les lignes de la personne.",
    "no_line": "Le procès-verbal ne contient aucune ligne du dossier {wanted}. Vérifiez son numéro.",
    "naive_instant": "L'instant de fabrication n'a pas de fuseau horaire. Donnez-le avec son fuseau.",
    "unknown_language": "La langue « {value} » n'est pas prévue. Langues possibles : {known}.",
}
