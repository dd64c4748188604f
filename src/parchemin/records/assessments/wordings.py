"""Why an action on assessments could not be done, in one sentence that says what to do; French first."""

from django.utils.translation import gettext as _

from parchemin.records.assessments.errors import AssessmentError


def sentence(error: AssessmentError) -> str:
    """The sentence of that error in the reader's language."""
    return _sentences()[error.code] % error.values


def _sentences() -> dict[str, str]:
    return {
        "no_method": _("Cette certification n’a pas d’épreuve « %(method)s »."),
        "place": _("Cette épreuve ne se tient pas à cet endroit : choisissez l’un des lieux prévus."),
        "told": _("Le déroulement de cette épreuve est déjà noté : « %(state)s »."),
        "cancelled": _("Cette épreuve est annulée : prévoyez-en une autre."),
        "running": _("Une épreuve « %(title)s » est déjà prévue ou attend ses résultats."),
        "conflict": _("Les règles de la certification ne laissent pas cette personne évaluer ce candidat."),
        "justification": _("Les règles demandent pourquoi cette personne évalue ce candidat : écrivez-le."),
        "not_told": _("Le déroulement de cette épreuve n’est pas encore noté : notez-le d’abord."),
        "void": _("Une épreuve nulle ne se corrige pas ; pour qu’une épreuve tenue ne compte plus, invalidez-la."),
        "settled": _("Les résultats sont arrêtés : personne ne peut plus se joindre à cette épreuve."),
        "nobody_present": _("Personne n’évaluait : l’épreuve ne s’est pas tenue."),
        "summoned": _("Les personnes concernées sont déjà prévenues."),
        "own_file": _("Le candidat ne s’évalue pas lui-même : choisissez quelqu’un d’autre."),
        "actor": _("Cette certification ne connaît pas le rôle « %(actor)s »."),
        "named": _("%(name)s évalue déjà cette épreuve."),
        "rated": _("Un évaluateur a déjà noté : il ne peut plus être retiré. S’il le faut, invalidez l’épreuve."),
        "signed": _("Cette grille est signée : elle ne se modifie plus."),
        "no_day": _("Donnez d’abord le jour et l’heure de l’épreuve."),
        "past": _("L’heure de cette épreuve est passée : notez son déroulement, ou déplacez-la."),
        "to_come": _("L’épreuve n’a pas encore eu lieu : son déroulement se note après."),
        "not_held": _("Cette épreuve ne s’est pas tenue : il n’y a rien à noter."),
        "reason": _("Écrivez le motif : il restera dans le dossier."),
        "value": _("Choisissez « acquis » ou « à acquérir », ou donnez une note."),
        "another": _("Cette grille est celle d’un autre évaluateur."),
        "no_line": _("« %(line)s » n’est pas dans la grille de cette épreuve."),
        "not_assessed": _(
            "« %(line)s » fait partie du référentiel mais n’est pas évaluée : ne lui donnez pas de résultat."
        ),
        "perhaps_not": _("La source ne dit pas si « %(line)s » est évaluée : le certificateur doit le décider."),
        "mark": _("La note de « %(line)s » doit être comprise entre 0 et 100."),
        "no_evidence": _(
            "Une preuve nommée pour « %(line)s » n’est pas soumise dans ce dossier : prenez-la dans la liste."
        ),
        "links": _("Dites d’abord si un lien vous rattache au candidat."),
        "missing": _("Il reste à noter : %(lines)s."),
        "no_difference": _("Les évaluateurs ne diffèrent pas sur cette ligne, ou n’ont pas tous signé."),
        "corrected": _("Ce résultat a déjà été corrigé : corrigez le dernier."),
        "no_entry": _("« %(line)s » n’est ni une unité d’enseignement ni un apprentissage critique du référentiel."),
        "level": _("Le niveau de « %(line)s » se choisit parmi : %(levels)s."),
        "why": _("« %(line)s » a déjà un résultat : écrivez pourquoi il change."),
        "transmitted": _(
            "Le jury a ce dossier depuis le %(day)s, et rien n’a été arrêté depuis : il n’a pas à repartir."
        ),
        "not_with_jury": _("Le jury n’a pas ce dossier : il n’a pas à le renvoyer."),
        "no_statement": _("« %(statement)s » n’est pas à attester dans ce dossier, ou l’a déjà été."),
    }
