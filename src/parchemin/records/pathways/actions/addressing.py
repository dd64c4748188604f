"""To whom a one-use link about a file may go: never to its candidate, whoever sends it."""

from parchemin.records.candidacies.models import Candidacy
from parchemin.records.pathways.errors import PathwayError
from parchemin.records.people.addresses import is_own
from parchemin.records.people.models import Person


def check_address(row: Candidacy, email: str, by: Person) -> None:
    """PathwayError ``candidate_address`` when somebody else would send it to its candidate; ``make_link`` sees to
    what one sends to oneself."""
    if by.pk != row.candidate_id and is_own(email, row.candidate):
        raise PathwayError("candidate_address")
