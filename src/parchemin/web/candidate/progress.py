"""What an admissible file asks of its candidate, and whether they are the one waited for."""

from django.utils.translation import gettext as _

from parchemin.records.awards.queries.progress import Progress, progress_of
from parchemin.records.candidacies.models import Candidacy

WITH_CANDIDATE = frozenset({Progress.PREPARED, Progress.PARTIAL, Progress.ANSWERED, Progress.REVOKED})


def is_with_candidate(row: Candidacy) -> bool:
    """Whether the candidate is waited for. The file was read by ``with_progress``."""
    progress = progress_of(row)
    return row.is_with_candidate if progress is None else progress in WITH_CANDIDATE


def asked_once_admissible(progress: Progress) -> str:
    """What is asked of the candidate of an admissible file, in a sentence."""
    return {
        Progress.PREPARED: _("Préparez votre dossier pour le jury."),
        Progress.DEPOSITED: _("Rien pour l’instant : on vérifie votre dossier pour le jury."),
        Progress.ACCEPTED: _("Rien pour l’instant : votre dossier est complet, il attend une date de jury."),
        Progress.HEARD: _("Rien pour l’instant : votre dossier est devant le jury."),
        Progress.GRANTED: _("Le jury vous accorde la certification : votre certificat va vous être délivré."),
        Progress.PARTIAL: _("Une partie vous est accordée : lisez ce qui reste à obtenir."),
        Progress.ANSWERED: _("Le jury s’est prononcé : lisez sa décision."),
        Progress.REVOKED: _("Votre certificat a été retiré : lisez pourquoi."),
    }[progress]
