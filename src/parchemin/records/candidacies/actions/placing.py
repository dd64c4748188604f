"""In which centre of its organisation a file is followed."""

from datetime import datetime

from parchemin.records.candidacies.actions.taking import note, taken
from parchemin.records.candidacies.errors import UnfitError
from parchemin.records.candidacies.models import Candidacy
from parchemin.records.people.models import Organisation, Person


def place_candidacy(
    *, candidacy: Candidacy, centre: Organisation | None, by: Person, at: datetime, revision: int | None = None
) -> None:
    """That centre follows the file, with those who have a role there; or none, and only those of the whole body do.

    UnfitError ``centre`` for a centre of another organisation than the one that handles the file.
    """
    with taken(candidacy, revision) as row:
        if centre and centre.parent_id != row.organisation_id:
            raise UnfitError("centre", name=centre.name)
        row.centre = centre
        note(row, "placed", at, by, {"centre": centre.pk.hex if centre else None})
