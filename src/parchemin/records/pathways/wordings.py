"""Why an action on pathways could not be done, in one sentence that says what to do; French first."""

from django.utils.translation import gettext as _

from parchemin.records.pathways.errors import PathwayError


def sentence(error: PathwayError) -> str:
    """The sentence of that error in the reader's language."""
    return _sentences()[error.code] % error.values


def _sentences() -> dict[str, str]:
    return {
        "own_file": _("Le candidat ne mène pas son propre repérage : choisissez quelqu’un d’autre."),
        "positioning_open": _("Un repérage est déjà ouvert : terminez-le avant d’en commencer un autre."),
        "positioning_closed": _("Ce repérage est terminé : il ne se modifie plus. Ouvrez-en un autre si besoin."),
        "another": _("Cette partie se remplit par quelqu’un d’autre."),
        "no_competence": _("« %(line)s » n’est pas une compétence de cette certification."),
        "example": _("Donnez un exemple pour « %(line)s » : il dit sur quoi repose la conclusion."),
        "missing": _("Il reste à conclure sur : %(lines)s."),
        "title": _("Donnez un intitulé à cette action."),
        "hours": _("Les heures ne peuvent pas être négatives."),
        "dates": _("La fin est avant le début : corrigez l’une des deux dates."),
        "codes": _("Dites quelles compétences cette action fait acquérir."),
        "removed": _("C’est déjà retiré."),
        "actor": _("Cette certification ne connaît pas le rôle « %(actor)s »."),
        "nothing": _("Le parcours est vide : il n’y a rien à approuver."),
        "ends": _("Donnez une fin, après le début : une situation ou une séquence réflexive a une durée."),
        "trainer": _("Dites qui est désigné comme formateur."),
        "to_come": _("Ce moment n’a pas encore eu lieu : notez-le après l’avoir vécu."),
    }
