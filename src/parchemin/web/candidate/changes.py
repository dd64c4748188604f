"""What happened on a file, from its journal, in words the candidate understands."""

from django.utils.translation import gettext as _

from parchemin.records.candidacies.models import Candidacy
from parchemin.records.candidacies.queries.changes import changes_since


def told_since(row: Candidacy, revision: int) -> list[str]:
    """What was done since the file was at ``revision``, the oldest first."""
    words = _words()
    return [words.get(one.kind, _("Le dossier a été modifié.")) for one in reversed(changes_since(row, revision))]


def _words() -> dict[str, str]:
    return {
        "candidacy.opened": _("Le dossier a été ouvert."),
        "candidacy.route_changed": _("La voie d’accès a changé."),
        "candidacy.version_changed": _("Le dossier suit une autre version de la certification."),
        "candidacy.aimed": _("Les blocs visés ont changé."),
        "candidacy.provider_named": _("L’organisme de formation a changé."),
        "candidacy.experience_saved": _("Une activité a été ajoutée ou modifiée."),
        "candidacy.experience_removed": _("Une activité a été retirée."),
        "candidacy.experience_verified": _("Une activité a été vérifiée."),
        "candidacy.experience_attested": _("Une activité a été attestée."),
        "candidacy.experience_contradicted": _("Une activité n’a pas été confirmée."),
        "candidacy.declared": _("Des déclarations ont été modifiées."),
        "candidacy.statement_verified": _("Une déclaration a été vérifiée."),
        "candidacy.document_dropped": _("Une pièce a été déposée."),
        "candidacy.document_removed": _("Une pièce a été retirée."),
        "candidacy.document_signed": _("Une pièce a été signée."),
        "candidacy.regulation_accepted": _("Le règlement a été accepté."),
        "candidacy.application_deposited": _("La candidature a été déposée."),
        "candidacy.application_returned": _("La candidature vous a été renvoyée à compléter."),
        "candidacy.application_complete": _("La candidature a été reconnue complète."),
        "candidacy.admissibility_decided": _("La recevabilité a été décidée."),
        "candidacy.rule_overridden": _("Une dérogation a été accordée."),
        "candidacy.silence": _("Le délai de réponse est passé : le silence a décidé."),
        "candidacy.lapsed": _("La recevabilité est tombée."),
        "candidacy.restored": _("La caducité a été levée."),
        "candidacy.confirmed": _("La poursuite du parcours a été confirmée."),
        "candidacy.file_deposited": _("Le dossier pour le jury a été déposé."),
        "candidacy.file_answered": _("Le dossier pour le jury a reçu une réponse."),
        "candidacy.step_done": _("Une étape a été faite."),
        "candidacy.withdrawn": _("La candidature a été retirée."),
        "candidacy.transferred": _("Le dossier a changé d’organisme."),
        "candidacy.taken_charge": _("Quelqu’un du secrétariat suit désormais le dossier."),
        "candidacy.appealed": _("Une décision a été contestée."),
        "candidacy.appeal_withdrawn": _("La contestation a été retirée."),
        "candidacy.appeal_recorded": _("Un recours devant une juridiction a été enregistré."),
        "candidacy.appeal_exhibits": _("Des pièces ont été ajoutées à la contestation."),
        "candidacy.appeal_answered": _("La contestation a reçu une réponse."),
        "candidacy.accommodation_asked": _("Un aménagement a été demandé."),
        "candidacy.accommodation_decided": _("La demande d’aménagement a reçu une réponse."),
        "candidacy.accommodation_withdrawn": _("La demande d’aménagement a été retirée."),
    }
