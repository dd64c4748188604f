"""The fixed words around every letter, in French and in English; rules are quoted in French in both."""

from datetime import date

from parchemin.core import words
from parchemin.edges.letters.letter import Language
from parchemin.typography import NARROW

NO_BREAK = "\u00a0"
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

LABELS: dict[str, dict[Language, str]] = {
    "reference": {"fr": "Référence", "en": "Reference"},
    "candidacy": {"fr": "Dossier", "en": "File"},
    "certification": {"fr": "Certification", "en": "Certification"},
    "dateline": {"fr": "{place}, le {on}", "en": "{place}, {on}"},
    "dateline_nowhere": {"fr": "Le {on}", "en": "{on}"},
    "subject": {"fr": "Objet", "en": "Subject"},
    "page": {"fr": "page", "en": "page"},
    "salutation": {"fr": "Madame, Monsieur,", "en": "Dear Sir or Madam,"},
    "courtesy": {
        "fr": "Nous vous prions d’agréer, {to}, l’expression de nos salutations distinguées.",
        "en": "Yours faithfully,",
    },
    "next_steps": {"fr": "Et maintenant", "en": "What comes next"},
    "appeal": {"fr": "Si vous contestez cette décision", "en": "If you contest this decision"},
    "appeal_until": {
        "fr": "Vous pouvez le faire jusqu’au {until} inclus.",
        "en": "You may do so up to and including {until}.",
    },
    "appeal_unknown": {
        "fr": "La date limite n’est pas connue : demandez-la-nous sans attendre.",
        "en": "The last day to do so is not known: ask us for it without delay.",
    },
    "decision": {"fr": "La décision, règle par règle", "en": "The decision, rule by rule"},
    "basis": {
        "fr": "Examiné le {on} d’après les règles {scheme}. "
        "Chaque règle est citée avec ce qui a été constaté et sa source.",
        "en": "Examined on {on} under the rules {scheme}. "
        "Each rule is quoted in French, with what was seen and its source.",
    },
    "not_met": {"fr": "Non rempli", "en": "Not met"},
    "unknown": {"fr": "À établir", "en": "Not settled"},
    "met": {"fr": "Rempli", "en": "Met"},
    "group_not_met": {"fr": "Conditions non remplies", "en": "Conditions not met"},
    "group_unknown": {"fr": "Conditions à établir", "en": "Conditions not settled yet"},
    "group_lifted": {"fr": "Conditions levées par dérogation", "en": "Conditions lifted by an override"},
    "group_notes": {
        "fr": "À savoir, sans effet sur la décision",
        "en": "Worth knowing, without effect on the decision",
    },
    "group_met": {"fr": "Conditions remplies", "en": "Conditions met"},
    "seen": {"fr": "Constat", "en": "Seen"},
    "source": {"fr": "Source", "en": "Source"},
    "blocking": {"fr": "", "en": ""},
    "warning": {"fr": "Avertissement :", "en": "Warning:"},
    "information": {"fr": "Information :", "en": "Information:"},
    "override": {"fr": "Dérogation de {author}, le {on}", "en": "Override by {author}, {on}"},
    "verdict_met": {"fr": "toutes les conditions sont remplies.", "en": "every condition is met."},
    "verdict_lifted_1": {
        "fr": "toutes les conditions sont remplies ou levées, dont 1 par dérogation.",
        "en": "every condition is met or lifted, 1 of them by an override.",
    },
    "verdict_lifted": {
        "fr": "toutes les conditions sont remplies ou levées, dont {n} par dérogation.",
        "en": "every condition is met or lifted, {n} of them by an override.",
    },
    "verdict_not_met_1": {"fr": "1 condition n’est pas remplie.", "en": "1 condition is not met."},
    "verdict_not_met": {"fr": "{n} conditions ne sont pas remplies.", "en": "{n} conditions are not met."},
    "verdict_unknown_1": {"fr": "1 condition reste à établir.", "en": "1 condition is not settled yet."},
    "verdict_unknown": {"fr": "{n} conditions restent à établir.", "en": "{n} conditions are not settled yet."},
    "verdict_none": {
        "fr": "aucune règle bloquante ne s’applique, rien n’est établi.",
        "en": "no blocking rule applies, nothing is settled.",
    },
    "eligibility": {"fr": "Recevabilité", "en": "Eligibility"},
    "completeness": {"fr": "Dossier", "en": "File"},
    "assessment": {"fr": "Évaluation", "en": "Assessment"},
    "jury": {"fr": "Jury", "en": "Jury"},
    "award": {"fr": "Délivrance", "en": "Award"},
    "validity": {"fr": "Validité", "en": "Validity"},
}


def label(key: str, language: Language, **values: object) -> str:
    """The words under that key, filled."""
    return LABELS[key][language].format(**values)


def counted(key: str, n: int, language: Language) -> str:
    """The sentence for that number of things."""
    return label(f"{key}_1" if n == 1 else key, language, n=n)


def labelled(name: str, content: str, language: Language) -> str:
    """A label and what it announces, with the colon of that language; the content alone without a label."""
    colon = f"{NARROW}: " if language == "fr" else ": "
    return f"{name}{colon}{content}" if name else content


def day(value: date, language: Language) -> str:
    """The date in words, on one line: « 1er octobre 2025 », “1 October 2025”."""
    told = words.day(value) if language == "fr" else f"{value.day} {MONTHS[value.month - 1]} {value.year}"
    return told.replace(" ", NO_BREAK)
