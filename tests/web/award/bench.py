"""Published sessions of the cast whose files are ready for their certificates, or lack something."""

from parchemin.records.juries.models import Hearing, JurySession
from parchemin.records.people.actions.granting import grant_role
from parchemin.records.people.models import CivilIdentity, Person, Role
from tests.records.awards.bench import decided
from tests.records.juries.bench import AFTER, SESSION
from tests.web.cast import ALTERNANCE, AT, ON, Cast, person

BLOCKS = ("B1", "B3")
NAMES = (("rose", "Rose", "Exemple"), ("lise", "Lise", "Modèle"), ("igor", "Igor", "Témoin"), ("ada", "Ada", "Figure"))


def published(session: JurySession) -> JurySession:
    """The same session, held and its results told."""
    told = {"opened_at": SESSION, "drawn_at": AFTER, "closed_at": AFTER, "published_at": AFTER}
    JurySession.objects.filter(pk=session.pk).update(opening={}, **told)
    session.refresh_from_db()
    return session


def judged(cast: Cast, count: int = 1, scheme: str = ALTERNANCE, held: tuple[str, ...] = BLOCKS) -> list[Hearing]:
    """So many files of one published session, two blocks granted to each."""
    found: list[Hearing] = []
    for name, given, family in NAMES[:count]:
        session = found[0].session if found else None
        who = person(name, given, family)
        found.append(decided(cast, scheme, "apprenticeship", "partial", held, "B2", who=who, session=session))
    published(found[0].session)
    return found


def unchecked(hearing: Hearing) -> None:
    """Nobody compared the identity of that candidate yet."""
    rows = CivilIdentity.objects.filter(person=hearing.candidacy.candidate_id)
    rows.update(checked_at=None, checked_by=None)


def other_manager(cast: Cast) -> Person:
    """Answers for the other organisation."""
    made = person("norbert", "Norbert", "Voisin")
    grant_role(person=made, role=Role.AWARDING_BODY, at=AT, from_on=ON, organisation=cast.other_organisation)
    return made
