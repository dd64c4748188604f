"""Why the Caisse des Dépôts refuses a passage or a file, and the fix to make.

Sources: *Guide d'accompagnement à la lecture de l'accusé de traitement* V3 (March 2023) for passages, *Guide
d'accompagnement à la résolution des erreurs de fichiers XML* V4 (July 2021) for files.
"""

import re
import unicodedata
from enum import StrEnum
from typing import TypeVar

from parchemin.typography import french


class RefusalKind(StrEnum):
    """Why one passage is refused."""

    DUPLICATE = "duplicate"
    CERTIFICATION = "certification"
    IDENTITY = "identity"
    BIRTHDAY = "birthday"
    BIRTHPLACE = "birthplace"
    SEVERAL = "several"
    DATES = "dates"
    OTHER = "other"


class Fix(StrEnum):
    """Where what a passage is refused for is put right."""

    IDENTITY = "identity"
    CERTIFICATE = "certificate"
    ANYWHERE = "anywhere"
    OUTSIDE = "outside"


class FaultKind(StrEnum):
    """Why a whole file is refused."""

    COMMENT = "comment"
    XML_VERSION = "xml_version"
    SCHEMA_VERSION = "schema_version"
    MARKUP = "markup"
    FORMAT = "format"
    LENGTH = "length"
    MISSING = "missing"
    EXCLUSIVE = "exclusive"
    UNEXPECTED = "unexpected"
    LISTED = "listed"
    OTHER = "other"


FIXES: dict[RefusalKind, Fix] = {
    RefusalKind.DUPLICATE: Fix.OUTSIDE,
    RefusalKind.CERTIFICATION: Fix.CERTIFICATE,
    RefusalKind.IDENTITY: Fix.IDENTITY,
    RefusalKind.BIRTHDAY: Fix.IDENTITY,
    RefusalKind.BIRTHPLACE: Fix.IDENTITY,
    RefusalKind.SEVERAL: Fix.IDENTITY,
    RefusalKind.DATES: Fix.CERTIFICATE,
    RefusalKind.OTHER: Fix.ANYWHERE,
}
"""In the identity of the holder, in what was awarded, with the Caisse; a reason not known may be any of these."""

LONGEST = 2000
"""How much of a message is looked at: those of the guides have 300 characters at most."""

Kind = TypeVar("Kind", RefusalKind, FaultKind)

REFUSALS: dict[RefusalKind, str] = {
    RefusalKind.DUPLICATE: r"existe deja en base",
    RefusalKind.CERTIFICATION: r"statut de la certification",
    RefusalKind.BIRTHDAY: r"aucun titulaire.*enrichis du (jour|mois)",
    RefusalKind.BIRTHPLACE: r"aucun titulaire.*reconciliation",
    RefusalKind.IDENTITY: r"aucun titulaire",
    RefusalKind.SEVERAL: r"plusieurs titulaires",
    RefusalKind.DATES: r"\bdate\b.*(inferieure|anterieure|posterieure|superieure)",
}
"""What a message of each kind holds, without accents nor capitals; the first that is found wins."""

FAULTS: dict[FaultKind, str] = {
    FaultKind.COMMENT: r'"--"',
    FaultKind.XML_VERSION: r"\bversion\b.*\bxml\b",
    FaultKind.SCHEMA_VERSION: r"\bcvc-elt\.1",
    FaultKind.MARKUP: r"doit se terminer par|doit etre suivi|must be terminated|must be followed",
    FaultKind.LISTED: r"\bcvc-enumeration-valid\b",
    FaultKind.LENGTH: r"\bcvc-(min|max)?length-valid\b",
    FaultKind.MISSING: r"\bcvc-complex-type\.2\.4\.b\b",
    FaultKind.EXCLUSIVE: r"\bcvc-complex-type\.2\.4\.d\b",
    FaultKind.UNEXPECTED: r"\bcvc-complex-type\.(2\.4\.[a-z]|3\.2\.2)\b",
    FaultKind.FORMAT: r"\bcvc-(pattern-valid|type\.3\.1\.3|datatype-valid|(min|max)(in|ex)clusive-valid)",
    FaultKind.OTHER: r"\bcvc-[a-z]",
}

ADVICE: dict[RefusalKind | FaultKind, str] = {
    RefusalKind.DUPLICATE: "Un passage est déjà enregistré sous cet identifiant technique : ce fichier a été déposé "
    "deux fois. Apportez l'accusé du premier dépôt, qui dit ce qu'il en est.",
    RefusalKind.CERTIFICATION: "Le code de la certification n'existe pas, ou n'est pas du répertoire annoncé. "
    "Vérifiez le numéro de la fiche sur le site de France compétences, et qu'elle est bien la vôtre.",
    RefusalKind.IDENTITY: "Personne ne porte ce nom de naissance, ce prénom, ce sexe et cette année de naissance. "
    "Comparez-les à la pièce d'identité : le nom de naissance et non d'usage, les tirets des prénoms composés. "
    "Les accents ne comptent pas.",
    RefusalKind.BIRTHDAY: "Plusieurs personnes portent ce nom, mais aucune n'est née ce jour-là. Vérifiez le jour et "
    "le mois de naissance, puis le nom, le prénom, le sexe et l'année.",
    RefusalKind.BIRTHPLACE: "Plusieurs personnes portent ce nom et sont nées ce jour-là, mais aucune à cet endroit. "
    "Vérifiez le code INSEE de la commune de naissance, ou du pays (99 et trois chiffres) si elle est à l'étranger.",
    RefusalKind.SEVERAL: "Plusieurs personnes répondent à cette identité. Complétez-la : jour et mois de naissance, "
    "commune, tous les prénoms.",
    RefusalKind.DATES: "Une date de fin précède la date de début. Corrigez celle de l'examen ou de la validité.",
    RefusalKind.OTHER: "Ce motif n'est pas connu. Lisez-le tel quel, et demandez à l'assistance des certificateurs de "
    "la Caisse des Dépôts ce qu'il attend.",
    FaultKind.COMMENT: "Un commentaire du fichier contient deux tirets de suite. Retirez les commentaires.",
    FaultKind.XML_VERSION: "La première ligne du fichier doit déclarer la version 1.0 de XML. Écrivez-le à nouveau.",
    FaultKind.SCHEMA_VERSION: "Le fichier suit une autre version du schéma que celle qui est acceptée. Vérifiez la "
    "version sur le portail, puis écrivez-le à nouveau.",
    FaultKind.MARKUP: "Une balise n'est pas fermée : le fichier a été coupé ou modifié. Écrivez-le à nouveau.",
    FaultKind.FORMAT: "Une valeur n'a pas la forme attendue : une date, une heure, un nombre. Corrigez-la.",
    FaultKind.LENGTH: "Une valeur est trop longue ou trop courte. Corrigez-la : le message dit la longueur attendue.",
    FaultKind.MISSING: "Une donnée obligatoire manque. Le message dit lesquelles sont attendues à cet endroit.",
    FaultKind.EXCLUSIVE: "Deux données qui s'excluent sont présentes, comme le code INSEE et le code postal de "
    "naissance. Gardez la première.",
    FaultKind.UNEXPECTED: "Une donnée n'est pas attendue à cet endroit. Vérifiez la version du schéma.",
    FaultKind.LISTED: "Une valeur n'est pas dans la liste admise. Le message dit lesquelles le sont.",
    FaultKind.OTHER: "Ce motif n'est pas connu. Lisez-le tel quel, et demandez à l'assistance des certificateurs de "
    "la Caisse des Dépôts ce qu'il attend.",
}


def refusal_kind(reason: str) -> RefusalKind:
    """Which kind of refusal of a passage this message is."""
    return _found(reason, REFUSALS) or RefusalKind.OTHER


def fault_kind(reason: str) -> FaultKind | None:
    """Which kind of fault of a file this message is, None when it looks like none."""
    return _found(reason, FAULTS)


def fix_of(reason: str) -> Fix:
    """Where what this message refuses a passage for is put right."""
    return FIXES[refusal_kind(reason)]


def advice(kind: RefusalKind | FaultKind) -> str:
    """What it means and the fix to make, in French."""
    return french(ADVICE[kind])


def _found(reason: str, table: dict[Kind, str]) -> Kind | None:
    found = folded(reason[:LONGEST])
    return next((kind for kind, pattern in table.items() if re.search(pattern, found)), None)


def folded(text: str) -> str:
    """The text without accents, which the Caisse does not compare, nor capitals."""
    plain = "".join(one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one))
    return " ".join(plain.casefold().split())
