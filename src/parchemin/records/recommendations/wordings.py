"""Why an action on recommendations could not be done, in one sentence that says what to do; French first."""

from django.utils.translation import gettext as _

from parchemin.records.recommendations.errors import RecommendationError


def sentence(error: RecommendationError) -> str:
    """The sentence of that error in the reader's language."""
    return _sentences()[error.code] % error.values


def _sentences() -> dict[str, str]:
    return {
        "own": _("%(name)s ne peut pas se recommander : choisissez ce dont un autre organisme répond."),
        "issues": _("%(name)s délivre déjà cette certification : c’est à un autre organisme de la recommander."),
        "words": _("Écrivez ce que dit la recommandation, en %(most)s caractères au plus."),
        "past": _("Une recommandation ne vaut pas avant le jour où elle est signée : choisissez aujourd’hui ou après."),
        "order": _("Le dernier jour précède le premier : corrigez l’un des deux."),
        "standing": _("%(name)s recommande déjà cela à ces dates : retirez d’abord la recommandation en cours."),
        "withdrawn": _("Cette recommandation est retirée : il n’y a plus rien à en faire."),
        "ended": _("Cette recommandation est arrivée à sa fin : demandez-en une autre."),
        "reason": _("Écrivez le motif : il est gardé, et l’organisme recommandé le lit."),
    }
