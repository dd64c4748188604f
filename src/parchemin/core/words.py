"""French words for what the core sees: dates, lists, names of milestones. No certification's words are here."""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

MONTHS = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
]
MILESTONES = {
    "began": "début du parcours",
    "requested": "demande",
    "received": "réception de la demande",
    "answered": "réponse sur la recevabilité",
    "entered": "entrée en formation",
    "year_started": "début de l'année",
    "regulation_changed": "modification du règlement",
    "deposited": "dépôt du dossier",
    "assessed": "évaluation",
    "transmitted": "transmission du dossier",
    "nominated": "nomination du jury",
    "summoned": "convocation",
    "session": "session du jury",
    "deliberated": "délibération",
    "signed": "signature du procès-verbal",
    "notified": "notification",
    "awarded": "délivrance",
    "issued": "remise du certificat",
    "submitted": "transmission au passeport de compétences",
    "appealed": "recours",
    "decision": "date de la décision",
}
LINKS = {
    "trainer": "formateur",
    "manager": "responsable hiérarchique",
    "adviser": "accompagnateur",
    "evaluator": "évaluateur",
    "colleague": "collègue",
    "family": "famille",
    "personal": "lien personnel",
}
ATTENDANCES = {
    "held": "tenue",
    "absent": "absence non excusée",
    "excused": "absence excusée",
    "adjourned": "ajournement",
    "fraud": "fraude",
    "void": "annulation",
}


PLACES = {
    "company": "en entreprise",
    "centre": "centre de passage",
    "provider": "organisme de formation",
    "remote": "à distance",
}
PARAMETERS = {
    "about": "objet de l'expérience",
    "after": "ce qui doit être acquis avant",
    "alternating": "alternance de la présidence",
    "at": "date à laquelle on compte",
    "at_least": "nombre minimal",
    "before": "étape suivante",
    "block": "bloc",
    "by": "mode d'acquisition",
    "capped": "plafonnement des voix",
    "casting": "voix prépondérante",
    "compensation": "compensation",
    "counted": "façon de compter",
    "counted_from": "départ du délai",
    "document": "pièce",
    "direct": "saisine sans attendre",
    "done": "ce qui doit être fait",
    "ends_with": "ce qui met fin à la durée",
    "entries": "date d'entrée",
    "event": "échéance",
    "every": "périodicité",
    "filed": "lieu du dépôt",
    "follows": "recours précédent",
    "fraction": "quotité de travail",
    "gap": "délai entre les évaluations",
    "kinds": "activités admises",
    "lasts": "durée",
    "least": "nombre minimal",
    "level": "niveau de recours",
    "links": "liens refusés",
    "max": "nombre maximal",
    "method": "épreuve",
    "min": "nombre minimal",
    "mode": "mesure de la parité",
    "of": "base de calcul",
    "optional": "caractère facultatif",
    "per_college": "nombre par collège",
    "per_profile": "nombre par profil",
    "place": "lieu",
    "places": "lieux",
    "proved": "preuves",
    "registers": "répertoires",
    "retroactive": "effet rétroactif",
    "roles": "rôles",
    "safeguards": "garanties",
    "same": "nombre pour cette certification",
    "share": "part",
    "signed_by": "signataires",
    "silence": "sens du silence",
    "silence_after": "délai de réponse",
    "since": "départ du délai",
    "since_from": "début de l'obligation",
    "statement": "condition",
    "step": "étape",
    "strictly": "part atteinte ou dépassée",
    "subject": "ce qui dure",
    "threshold": "seuil",
    "title": "intitulé",
    "to": "destinataire",
    "to_end_of_month": "fin de mois",
    "total": "nombre total",
    "trained": "formation exigée",
    "unit": "unité de validation partielle",
    "until": "terme du délai",
    "within": "délai",
}


def day(value: date) -> str:
    """The date in French: « 1er octobre 2025 »."""
    number = "1er" if value.day == 1 else str(value.day)
    return f"{number} {MONTHS[value.month - 1]} {value.year}"


def plural(count: int, *words: str) -> str:
    """``count`` and its French noun with what agrees with it, which take an s from two on."""
    return " ".join((str(count), *(word + "s" * (count > 1) for word in words)))


def days(count: int) -> str:
    """« 1 jour », « 12 jours »."""
    return plural(count, "jour")


def several(items: Iterable[str]) -> str:
    """The items separated by commas."""
    return ", ".join(items)


def number(value: Fraction | int) -> str:
    """The number with a French comma, cut (never rounded up) to two decimals: 9.999 is « 9,99 »."""
    whole, hundredths = divmod(int(abs(Fraction(value)) * 100), 100)
    told = str(whole) if not hundredths else f"{whole},{hundredths:02}".rstrip("0")
    return f"-{told}" if value < 0 else told
