"""What is said of a file to those who follow it."""

from django.utils.translation import gettext as _

from parchemin.core.scheme import Scheme
from parchemin.records.candidacies.models import Candidacy, Status
from parchemin.records.candidacies.queries.followed import next_step


def next_of(row: Candidacy, scheme: Scheme) -> str:
    """What happens next on the file, and who does it."""
    step = next_step(row, scheme)
    if step:
        return _("Prochaine étape : %(title)s") % {"title": step.title}
    told = {
        Status.DRAFT: _("Le candidat prépare sa demande."),
        Status.RECEIVED: _("L’organisme vérifie que rien ne manque."),
        Status.RETURNED: _("Le candidat complète sa demande."),
        Status.COMPLETE: _("L’organisme décide de la recevabilité."),
        Status.ADMISSIBLE: _("Toutes les étapes sont faites."),
        Status.AWARDED: _("La certification est délivrée."),
        Status.REFUSED: _("Le candidat peut contester ou déposer une autre demande."),
        Status.LAPSED: _("La recevabilité est tombée."),
        Status.WITHDRAWN: "",
    }
    return told[Status(row.status)]
