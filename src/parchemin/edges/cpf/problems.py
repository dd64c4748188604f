"""What cannot be sent or read, and what to do about it: one French sentence per kind, all in one place."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as made

from parchemin.typography import NARROW, french

Value = str | int
LONGEST_SHOWN = 500
SPACES = "\u00a0\u202f"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in a passage or a header; ``field`` is the dotted name of the value, such as ``holder.born``."""

    code: str
    field: str
    values: Mapping[str, Value] = made(default_factory=dict)

    @property
    def is_blocking(self) -> bool:
        """Whether it would be refused; otherwise it can be sent, and the sentence says what is at stake."""
        return self.code not in WARNINGS

    @property
    def sentence(self) -> str:
        """What is wrong, where, and the fix to make, in French."""
        return f"{LABELS[self.field]}{NARROW}: {french(PROBLEMS[self.code]).format(**shown(self.values))}"


class CpfError(ValueError):
    """A file cannot be written or read; ``code`` names why, ``values`` fill its sentence."""

    def __init__(self, code: str, **values: Value) -> None:
        self.code = code
        self.values: Mapping[str, Value] = values
        super().__init__(self.sentence)

    @property
    def sentence(self) -> str:
        """What is wrong and what to do, in French."""
        return french(ERRORS[self.code]).format(**shown(self.values))


def shown(values: Mapping[str, Value]) -> dict[str, Value]:
    """The values as a sentence shows them, whatever strangers put there: on one line, and not for pages."""
    return {name: _shown(value) if isinstance(value, str) else value for name, value in values.items()}


def _shown(text: str) -> str:
    start = text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"
    return "".join(one if one.isprintable() or one in SPACES else "\ufffd" for one in start)


WARNINGS = frozenset(
    {"birthday_missing", "birthplace_missing", "score_missing", "vae_path_missing", "vae_path_without_vae"}
)
"""The problems that do not keep a passage from being sent."""

LABELS: dict[str, str] = {
    "technical_id": "Identifiant technique",
    "code": "Code de la certification",
    "proof_url": "Lien vers la preuve numérique",
    "option": "Libellé de l’option",
    "examined_from": "Date de début de l’examen",
    "examined_until": "Date de fin de l’examen",
    "centre_postcode": "Code postal du centre d’examen",
    "delivered_on": "Date de délivrance",
    "valid_until": "Date de fin de validité",
    "digital_level": "Niveau numérique",
    "digital_level.score": "Score général DigComp",
    "digital_level.results": "Résultats DigComp",
    "score": "Score",
    "vae_path": "Voie de la VAE",
    "enrolled_on": "Date d’inscription",
    "comment": "Information complémentaire",
    "holder.birth_name": "Nom de naissance",
    "holder.used_name": "Nom d’usage",
    "holder.first_names": "Prénoms",
    "holder.first_names.1": "Premier prénom",
    "holder.first_names.2": "Deuxième prénom",
    "holder.first_names.3": "Troisième prénom",
    "holder.born": "Date de naissance",
    "holder.birthplace": "Lieu de naissance",
    "holder.birthplace.insee": "Code INSEE de naissance",
    "holder.birthplace.postcode": "Code postal de naissance",
    "holder.birthplace.town": "Commune de naissance",
    "holder.birthplace.country": "Pays de naissance",
    "holder.number": "Numéro du dossier CPF",
    "holder.name": "Nom dans le dossier CPF",
    "holder.first_name": "Prénom dans le dossier CPF",
    "flow.id": "Identifiant du fichier",
    "flow.at": "Horodatage du fichier",
    "flow.emitter": "Matricule de l’émetteur",
    "flow.certifier": "Matricule du certificateur",
    "flow.contract": "Numéro de contrat",
    "flow.action": "Action demandée",
}

PROBLEMS: dict[str, str] = {
    "empty": "rien n'est écrit. Donnez la valeur, ou laissez-la absente si elle n'est pas obligatoire.",
    "too_long": "{length} caractères, pour {most} au plus. Abrégez.",
    "padded": "une espace au début ou à la fin. Retirez-la.",
    "character": "un caractère invisible ou interdit ({character}, à la place {at}). Retapez la valeur au clavier.",
    "national_number": "un numéro de sécurité sociale s'y trouve. Retirez-le : il n'est jamais transmis ni gardé.",
    "not_a_code": "« {value} » n'est pas un code du RNCP ou du RS. Écrivez RNCP ou RS, puis le numéro de la fiche.",
    "block_code": "« {value} » désigne un bloc. Seule une certification obtenue en entier est transmise.",
    "not_a_link": "ce n'est pas une adresse web. Donnez l'adresse entière, avec https://, ou laissez-la absente.",
    "out_of_calendar": "l'année doit être comprise entre 1900 et 2099.",
    "exam_reversed": "elle précède le début de l'examen. Corrigez l'une des deux dates.",
    "validity_reversed": "elle précède la date de délivrance. Corrigez l'une des deux dates.",
    "score_missing": "la certification s'obtient par score, et le score n'est pas donné. Donnez-le si vous l'avez.",
    "digital_empty": "ni score ni résultat. Donnez l'un ou l'autre, ou retirez le niveau numérique.",
    "digital_score": "{value} n'est pas compris entre 1 et 1000.",
    "digital_result": "niveau {level}, domaine {domain}, compétence {competence} : le niveau va de 1 à 8, "
    "le domaine de 1 à 5, et la compétence doit exister dans le domaine.",
    "vae_path_missing": "elle n'est pas donnée. Précisez congé VAE ou VAE classique si vous le savez.",
    "vae_path_without_vae": "elle n'a de sens que si l'accès s'est fait par VAE. Vérifiez la modalité d'accès.",
    "first_names": "il en faut un à trois, et il y en a {count}.",
    "not_a_day": "cette date n'existe pas au calendrier. Vérifiez-la sur la pièce d'identité.",
    "day_without_month": "le jour est donné sans le mois. Donnez les deux, ou aucun.",
    "not_born_yet": "elle est postérieure à la délivrance. Vérifiez-la sur la pièce d'identité.",
    "birthday_missing": "le jour ou le mois manque : s'il y a des homonymes nés la même année, "
    "le titulaire ne sera pas trouvé.",
    "birthplace_missing": "ni code INSEE ni code postal : s'il y a des homonymes nés le même jour, "
    "le titulaire ne sera pas trouvé.",
    "two_birthplaces": "code INSEE et code postal sont donnés. Gardez le code INSEE seul.",
    "not_an_insee_code": "« {value} » n'est pas un code INSEE. Il a cinq caractères : celui de la commune, "
    "ou 99 et trois chiffres pour un pays étranger. Ce n'est pas le code postal.",
    "not_a_uuid": "« {value} » n'est pas un UUID. Tirez-en un nouveau pour chaque fichier.",
    "naive_instant": "le fuseau horaire manque. Donnez une heure avec son décalage.",
    "offset": "le décalage horaire {value} ne peut pas être écrit. Donnez l'heure de Paris ou l'heure UTC.",
    "not_a_number_of_client": "« {value} » n'a pas huit lettres ou chiffres. Recopiez celui que la Caisse des Dépôts "
    "a donné.",
    "withdrawal": "la version 1.1.2 du schéma ne sait pas retirer un passage. Écrivez le fichier en version 1.1.5.",
}

ERRORS: dict[str, str] = {
    "nothing_to_send": "Il n'y a aucun passage à transmettre : le fichier ne serait pas accepté.",
    "flow_refused": "L'en-tête du fichier ne peut pas être écrit. {problem}",
    "passage_refused": "Le passage {technical_id} ne peut pas être transmis. {problem}",
    "twice": "L'identifiant technique {technical_id} est donné deux fois dans le fichier. Chaque passage a le sien.",
    "too_large": "Les passages dépassent ce qu'un fichier peut contenir (200 000 passages ou 200 Mo). "
    "Découpez-les en plusieurs fichiers.",
    "file_too_large": "Le fichier dépasse {most} octets, plus qu'il n'en est lu.",
    "not_xml": "Le fichier n'est pas du XML lisible (ligne {line}, colonne {column}). "
    "Téléchargez-le à nouveau depuis le portail, sans l'ouvrir ni le modifier.",
    "forbidden_xml": "Le fichier contient une déclaration interdite (DTD ou entité) : il ne vient pas du portail.",
    "too_deep": "Les éléments du fichier s'emboîtent sur plus de {most} niveaux : il ne vient pas du portail.",
    "not_a_flow": "Le fichier n'est pas une transmission complète et dans l'ordre du dictionnaire : {element}.",
    "not_a_value": "L'élément {element} du passage {technical_id} a une valeur qui n'est pas dans le dictionnaire.",
    "inconsistent": "L'élément {element} du passage {technical_id} en contredit un autre.",
    "national_number": "Le fichier désigne un titulaire par son numéro de sécurité sociale : il n'est pas lu.",
    "not_a_receipt": "Le fichier n'est pas un accusé de traitement : ni passage accepté, ni passage refusé, ni erreur. "
    "Téléchargez l'accusé depuis le portail de dépôt, à la ligne du fichier déposé.",
}
