"""The fixed words of the documents, which no awarding body rewords: mandatory mentions, labels, alternative texts."""

from parchemin.core.scheme import Register
from parchemin.edges.parchments.parchment import Language, Level, Result

REGISTERS: dict[Register, str] = {
    Register.RNCP: "Enregistrée au répertoire national des certifications professionnelles (RNCP)",
    Register.RS: "Enregistrée au répertoire spécifique des certifications et habilitations (RS)",
    Register.INVENTAIRE: "Recensée à l’Inventaire des certifications et habilitations",
    Register.HOMOLOGATION: "Inscrite sur la liste d’homologation des titres et diplômes",
    Register.BRANCH: "Certification de branche",
}
RESULTS: dict[Result, str] = {
    Result.ACQUIRED: "Acquis",
    Result.NOT_ACQUIRED: "Non acquis",
    Result.EXEMPTED: "Dispensé",
    Result.PENDING: "En attente",
}
BORN = {"f": "née", "m": "né", "": "né(e)"}

LEVELS: dict[str, dict[Language, str]] = {
    "national": {
        "fr": "niveau\u00a0{} du cadre national des certifications professionnelles",
        "en": "level\u00a0{} of the French national framework",
    },
    "fr1969": {
        "fr": "niveau\u00a0{} de la nomenclature de 1969",
        "en": "level\u00a0{} of the French nomenclature of 1969",
    },
    "eqf": {
        "fr": "niveau\u00a0{} du cadre européen des certifications (CEC)",
        "en": "level\u00a0{} of the European framework (EQF)",
    },
}
LABELS: dict[str, dict[Language, str]] = {
    "logo": {"fr": "Logo de {body}", "en": "Logo of {body}"},
    "scan": {"fr": "Signature manuscrite de {name}", "en": "Handwritten signature of {name}"},
    "qr": {
        "fr": "Code QR de l’adresse de vérification {address}",
        "en": "QR code of the verification address {address}",
    },
    "check": {"fr": "À vérifier à l’adresse", "en": "To be checked at"},
    "number": {"fr": "Numéro", "en": "Number"},
    "code": {"fr": "Code", "en": "Code"},
    "page": {"fr": "page", "en": "page"},
    "dateline": {"fr": "Fait à {place}, le {on}", "en": "{place}, {on}"},
    "dateline_nowhere": {"fr": "Le {on}", "en": "{on}"},
    "attachment": {
        "fr": "Preuve numérique signée de ce document",
        "en": "Signed digital credential of this document",
    },
    "supplement": {"fr": "Supplément au certificat", "en": "Certificate supplement"},
    "supplement_note": {
        "fr": "Ce document renseigne sur la certification, quel qu’en soit le titulaire. "
        "Il n’a pas de valeur juridique par lui-même.",
        "en": "This document gives information on the certification, whoever holds it. "
        "It has no legal status in itself.",
    },
    "contents_note": {
        "fr": "Le contenu des rubriques est en anglais, tel qu’il a été fourni.",
        "en": "The contents of the sections are in French, as registered.",
    },
    "1": {
        "fr": "1. Intitulé du certificat (langue d’origine)",
        "en": "1. Title of the certificate (original language)",
    },
    "2": {"fr": "2. Traduction de l’intitulé", "en": "2. Translated title of the certificate"},
    "2_same": {
        "fr": "Sans objet : ce supplément est dans la langue du certificat.",
        "en": "Not applicable: this supplement is in the language of the certificate.",
    },
    "2_note": {
        "fr": "L’intitulé d’une certification ne se traduit pas : il reste celui qui est enregistré.",
        "en": "The title of a certification is not translated: it is left as registered, in French.",
    },
    "3": {"fr": "3. Profil de compétences", "en": "3. Profile of skills and competences"},
    "4": {"fr": "4. Emplois accessibles au titulaire", "en": "4. Range of occupations accessible to the holder"},
    "5": {"fr": "5. Base officielle du certificat", "en": "5. Official basis of the certificate"},
    "6": {
        "fr": "6. Voies d’accès officiellement reconnues",
        "en": "6. Officially recognised ways of acquiring the certificate",
    },
    "entry": {"fr": "Conditions d’entrée", "en": "Entry requirements"},
    "further": {"fr": "Informations complémentaires", "en": "Additional information"},
    "awarding_body": {"fr": "Organisme certificateur", "en": "Awarding body"},
    "authority": {"fr": "Autorité qui enregistre", "en": "Authority that registers it"},
    "level": {"fr": "Niveau (national et européen)", "en": "Level (national and European)"},
    "nsf": {"fr": "Spécialités de formation (NSF)", "en": "Specialities of training (NSF)"},
    "grading": {"fr": "Notation et conditions d’obtention", "en": "Grading scale and pass requirements"},
    "next_level": {"fr": "Accès au niveau suivant", "en": "Access to the next level of education or training"},
    "agreements": {"fr": "Accords internationaux", "en": "International agreements"},
    "legal_basis": {"fr": "Base légale", "en": "Legal basis"},
    "registration": {"fr": "Enregistrement", "en": "Registration"},
    "way": {"fr": "Voie", "en": "Way"},
    "share": {"fr": "Part du total", "en": "Share of the whole"},
    "lasts": {"fr": "Durée", "en": "Duration"},
    "unsaid": {"fr": "Non renseigné.", "en": "Not stated."},
}


def label(key: str, language: Language = "fr", **values: object) -> str:
    """The words under that key, filled."""
    return LABELS[key][language].format(**values)


def level_words(level: Level, language: Language = "fr") -> str:
    """The level in both frameworks; an empty text when there is none."""
    given = {"national": level.national, "fr1969": level.fr1969, "eqf": level.eqf}
    told = ", ".join(LEVELS[key][language].format(value) for key, value in given.items() if value)
    return told[:1].upper() + told[1:]
