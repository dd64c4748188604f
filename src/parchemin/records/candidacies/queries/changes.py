"""What changed a file since somebody was shown it."""

from parchemin.records.candidacies.actions.taking import FILE_REVISION
from parchemin.records.candidacies.models import Candidacy
from parchemin.records.journal.models import Entry
from parchemin.records.journal.queries import entries_of

MOST_TOLD = 10


def changes_since(candidacy: Candidacy, revision: int) -> list[Entry]:
    """The entries that brought the file past that revision, the last first; the last change where there is none."""
    changes = entries_of(candidacy.pk).filter(details_text__contains=f'"{FILE_REVISION}":')
    told = list(changes.order_by("-number")[:MOST_TOLD])
    return [one for one in told if one.details[FILE_REVISION] > revision] or told[:1]
