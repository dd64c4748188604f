"""Those to whom a file is open or was, as its candidate may know them."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from parchemin.records.candidacies.models import Candidacy, FileAccess
from parchemin.records.candidacies.queries.followed import accesses_of


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who reads the file, or read it."""

    access: FileAccess

    @property
    def name(self) -> str:
        """The name once the person read it: before, whether an address is somebody's here is nobody's business."""
        one = self.access
        if not one.is_by_candidate and one.person is None:
            return _("Une personne invitée par l’organisme")
        if one.person and one.person.erased_at:
            return _("Personne effacée")
        return one.person.name if one.person and (one.seen_at or not one.is_by_candidate) else one.email


def readers(row: Candidacy) -> list[Reader]:
    """Everybody to whom it was opened, the last first; one query."""
    return [Reader(one) for one in accesses_of(row)]
