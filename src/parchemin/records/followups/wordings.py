"""Why an action on figures and follow-ups could not be done, in one sentence that says what to do; French first."""

from django.utils.translation import gettext as _

from parchemin.records.followups.errors import FollowupError


def sentence(error: FollowupError) -> str:
    """The sentence of that error in the reader's language."""
    return _sentences()[error.code] % error.values


def _sentences() -> dict[str, str]:
    return {
        "not_job": _("Le métier visé, le contrat et le mois de début ne se disent que d’un travail."),
        "job": _("Dites si ce travail est celui que vise la certification."),
        "contract": _("Un contrat ne se dit que d’un emploi salarié."),
        "month": _("Le mois de début est à venir, ou trop ancien : corrigez-le."),
        "same": _("Ces chiffres sont déjà publiés tels quels : rien n’a changé depuis."),
        "nothing": _("Aucun dossier n’a été décidé cette année-là : il n’y a rien à publier."),
        "running": _("L’année %(year)s n’est pas finie : ses chiffres se publient l’année suivante."),
    }
