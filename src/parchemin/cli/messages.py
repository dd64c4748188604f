"""What the command line says, in French and in English."""

from typing import Literal

Language = Literal["fr", "en"]

HELP: dict[str, dict[Language, str]] = {
    "app": {
        "fr": "Parchemin : des certifications professionnelles, du référentiel au parchemin.",
        "en": "Parchemin: professional certifications, from the référentiel to the certificate.",
    },
    "scheme": {"fr": "Lire, vérifier et comparer les certifications.", "en": "Read, check and compare certifications."},
    "case": {"fr": "Essayer les règles sur des cas.", "en": "Try the rules on cases."},
    "list": {"fr": "Les certifications et leurs versions.", "en": "The certifications and their versions."},
    "show": {"fr": "Une certification à une date.", "en": "A certification on a date."},
    "rules": {"fr": "Chaque règle, sa source et son fichier.", "en": "Each rule, its source and its file."},
    "check": {
        "fr": "Vérifier les fichiers ; dire où une certification s'écarte du droit.",
        "en": "Check the files; tell where a certification departs from the law.",
    },
    "gaps": {"fr": "Ce que les sources ne disent pas.", "en": "What the sources do not say."},
    "diff": {
        "fr": "Ce qu'un candidat gagne, perd ou doit refaire d'une version à l'autre.",
        "en": "What a candidate gains, loses or must do again between two versions.",
    },
    "freeze": {"fr": "Figer les versions publiées.", "en": "Freeze published versions."},
    "schema": {"fr": "Écrire les schémas pour les éditeurs.", "en": "Write the schemas for editors."},
    "decide": {
        "fr": "Ce que la certification décide pour cette personne, à cette date, et pourquoi.",
        "en": "What the certification decides for this person, on this date, and why.",
    },
    "test": {"fr": "Lancer les cas et dire les écarts.", "en": "Run the cases and tell the differences."},
    "demo": {
        "fr": "Vérifier les certifications, puis suivre une vie entière dans chacune.",
        "en": "Check the certifications, then follow a whole life through each.",
    },
    "json": {"fr": "Répondre en JSON.", "en": "Answer in JSON."},
    "on": {
        "fr": "Date de la décision (AAAA-MM-JJ) ; aujourd'hui sinon.",
        "en": "Date of the decision (YYYY-MM-DD); else today.",
    },
    "schemes": {"fr": "Dossier des certifications.", "en": "Folder of the certifications."},
    "lang": {"fr": "Langue des messages : fr ou en.", "en": "Language of the messages: fr or en."},
    "id": {
        "fr": "La certification, ou id@version pour un projet.",
        "en": "The certification, or id@version for a draft.",
    },
    "paths": {
        "fr": "Des certifications (dossiers ou identifiants) ; toutes sinon.",
        "en": "Certifications (folders or ids); else all.",
    },
    "file": {"fr": "Le fichier de faits (YAML ou JSON).", "en": "The facts file (YAML or JSON)."},
    "stage": {"fr": "L'étape à décider.", "en": "The stage to decide."},
    "old": {"fr": "L'ancienne version : id@version.", "en": "The old version: id@version."},
    "new": {"fr": "La nouvelle version : id@version.", "en": "The new version: id@version."},
    "fresh": {"fr": "Vérifier seulement qu'ils sont à jour.", "en": "Only check that they are up to date."},
    "brief": {"fr": "Ne montrer que ce qui n'est pas acquis.", "en": "Show only what is not met."},
    "full": {
        "fr": "Montrer aussi la source de chaque règle respectée.",
        "en": "Show the source of each rule that is met as well.",
    },
    "only": {"fr": "Une seule certification.", "en": "One certification only."},
}

STAGES: dict[str, dict[Language, str]] = {
    "eligibility": {"fr": "Recevabilité", "en": "Eligibility"},
    "completeness": {"fr": "Dossier", "en": "File"},
    "assessment": {"fr": "Évaluation", "en": "Assessment"},
    "jury": {"fr": "Jury", "en": "Jury"},
    "award": {"fr": "Délivrance", "en": "Award"},
    "validity": {"fr": "Validité", "en": "Validity"},
    "conformity": {"fr": "Conformité", "en": "Conformity"},
}

TEXTS: dict[str, dict[Language, str]] = {
    "verdict_met": {"fr": "toutes les conditions sont remplies.", "en": "every condition is met."},
    "verdict_not_met_1": {"fr": "1 condition n'est pas remplie.", "en": "1 condition is not met."},
    "verdict_not_met": {"fr": "{n} conditions ne sont pas remplies.", "en": "{n} conditions are not met."},
    "verdict_unknown_1": {"fr": "1 condition reste à établir.", "en": "1 condition is not settled yet."},
    "verdict_unknown": {"fr": "{n} conditions restent à établir.", "en": "{n} conditions are not settled yet."},
    "no_rule": {"fr": "aucune règle bloquante ne s'applique, rien n'est établi.", "en": "no blocking rule applies, nothing is settled."},
    "seen": {"fr": "Constat", "en": "Seen"},
    "warning": {"fr": "Avertissement", "en": "Warning"},
    "information": {"fr": "Information", "en": "Information"},
    "override": {"fr": "Dérogation de {author}, {on} : {reason} ({source})", "en": "Override by {author}, {on}: {reason} ({source})"},
    "met_others_1": {"fr": "1 autre règle respectée", "en": "1 other rule met"},
    "met_others": {"fr": "{n} autres règles respectées", "en": "{n} other rules met"},
    "met_folded_1": {"fr": "1 règle respectée", "en": "1 rule met"},
    "met_folded": {"fr": "{n} règles respectées", "en": "{n} rules met"},
    "problems_1": {"fr": "1 problème", "en": "1 problem"},
    "problems": {"fr": "{n} problèmes", "en": "{n} problems"},
    "checked": {"fr": "{id} : fichiers conformes, {rules} règles, {gaps} silences des sources", "en": "{id}: files sound, {rules} rules, {gaps} silences of the sources"},
    "departs": {"fr": "écarts avec le droit ou la doctrine (la règle du document reste appliquée) :", "en": "departures from law or doctrine (the document's rule still applies):"},
    "cases_passed": {"fr": "{passed} cas réussis sur {total}", "en": "{passed} cases passed out of {total}"},
    "expected": {"fr": "attendu", "en": "expected"},
    "found": {"fr": "trouvé", "en": "found"},
    "no_cases": {"fr": "Aucun cas trouvé.", "en": "No case found."},
    "frozen": {"fr": "Figée : {path}", "en": "Frozen: {path}"},
    "already_frozen": {"fr": "Déjà figée : {path}", "en": "Already frozen: {path}"},
    "changed_frozen": {"fr": "Elle a changé depuis qu'elle a été figée, et n'a pas été refigée : {path}", "en": "Changed since it was frozen, and not frozen again: {path}"},
    "written": {"fr": "Écrit : {path}", "en": "Written: {path}"},
    "fresh": {"fr": "Schémas à jour.", "en": "Schemas up to date."},
    "no_folder": {"fr": "« {value} » n'est pas un dossier. Donnez le dossier des certifications.", "en": "“{value}” is not a folder. Give the folder of the certifications."},
    "bad_date": {"fr": "« {value} » n'est pas une date. Écrivez-la comme 2026-01-31.", "en": "“{value}” is not a date. Write it like 2026-01-31."},
    "bad_stage": {"fr": "« {value} » n'est pas une étape. Étapes : {known}.", "en": "“{value}” is not a stage. Stages: {known}."},
    "bad_version": {"fr": "« {value} » n'est pas de la forme id@version.", "en": "“{value}” is not of the form id@version."},
    "same_scheme": {"fr": "On ne compare que deux versions d'une même certification.", "en": "Only two versions of one certification are compared."},
    "no_difference": {"fr": "Aucune différence.", "en": "No difference."},
    "gains": {"fr": "Gagne", "en": "Gains"},
    "loses": {"fr": "Perd", "en": "Loses"},
    "redoes": {"fr": "Doit faire en plus", "en": "Must do as well"},
    "changes": {"fr": "Change", "en": "Changes"},
    "no_gap": {"fr": "Aucun silence.", "en": "No silence."},
    "fictitious": {"fr": "Personnes et décisions fictives.", "en": "Fictitious people and decisions."},
    "lived": {"fr": "Vies suivies : {lives}. Décisions : {decisions}, en {seconds:.1f} s.", "en": "Lives followed: {lives}. Decisions: {decisions}, in {seconds:.1f} s."},
    "surprise": {"fr": "Ce jour ne s'est pas passé comme prévu : {what}", "en": "This day did not go as planned: {what}"},
    "open": {"fr": "ouverte", "en": "open"},
    "closed": {"fr": "fermée", "en": "closed"},
    "absent": {"fr": "absente", "en": "absent"},
    "decided_by": {"fr": "décidé par", "en": "decided by"},
    "issued_by": {"fr": "délivré par", "en": "issued by"},
    "certificate": {"fr": "pièce remise", "en": "document given"},
    "block_certificates": {"fr": "certificat par bloc", "en": "certificate for each block"},
    "partial": {"fr": "délivrance partielle", "en": "partial award"},
    "yes": {"fr": "oui", "en": "yes"},
    "no": {"fr": "non", "en": "no"},
    "not_said": {"fr": "la source ne le dit pas", "en": "the source does not say"},
    "routes": {"fr": "Voies", "en": "Routes"},
    "blocks": {"fr": "Blocs", "en": "Blocks"},
    "competences": {"fr": "Compétences", "en": "Competences"},
    "registrations": {"fr": "Enregistrements", "en": "Registrations"},
    "juries": {"fr": "Jurys", "en": "Juries"},
    "methods": {"fr": "Épreuves", "en": "Methods"},
    "documents": {"fr": "Pièces", "en": "Documents"},
    "award": {"fr": "Délivrance", "en": "Award"},
    "level": {"fr": "Niveau", "en": "Level"},
    "register": {"fr": "Répertoire", "en": "Register"},
    "assessed": {"fr": "{n}, dont {assessed} évaluées", "en": "{n}, {assessed} of them assessed"},
    "digest": {"fr": "empreinte", "en": "digest"},
    "need_stage": {"fr": "Dites l'étape : --stage, ou « stage: » dans le fichier.", "en": "Give the stage: --stage, or “stage:” in the file."},
}  # fmt: skip


def text(key: str, language: Language, **values: object) -> str:
    """The sentence under that key."""
    return TEXTS[key][language].format(**values)


def labelled(label: str, content: str, language: Language) -> str:
    """A label and what it announces, with the colon of that language."""
    return f"{label} : {content}" if language == "fr" else f"{label}: {content}"


def counted(key: str, n: int, language: Language) -> str:
    """The sentence for that number of things."""
    return text(f"{key}_1", language) if n == 1 else text(key, language, n=n)
