"""Certificates of the demonstration: how its bodies sign them, and each issued the day a life says that it is given."""

from collections.abc import Iterator
from datetime import date, datetime

from parchemin.core.facts import Facts, Milestone
from parchemin.project.demo.cast import Cast, bodies
from parchemin.project.demo.learning import ten
from parchemin.records.awards.actions.housing import Signing, save_house
from parchemin.records.awards.actions.issuing import issue, issue_session
from parchemin.records.awards.errors import AwardError
from parchemin.records.awards.wordings import sentence
from parchemin.records.candidacies.models import Candidacy
from parchemin.records.juries.models import Hearing, JurySession
from parchemin.records.people.actions.identifying import check_identity
from parchemin.records.people.models import CivilIdentity, Person

GIVEN = (Milestone.AWARDED, Milestone.ISSUED)


def house(cast: Cast, at: datetime) -> None:
    """Each body of the cast says how it signs the certificates of its certification."""
    for told in bodies():
        body = cast.bodies[told.scheme]
        save_house(
            organisation=body,
            certification=cast.certifications[told.scheme],
            signing=Signing(
                issuer=body, place=told.town, signatory="Camille Certificatrice", signatory_title="Direction fictive"
            ),
            by=cast.managers[told.scheme],
            at=at,
        )


def give(row: Candidacy, facts: Facts, before: Facts, by: Person, on: date) -> Iterator[str]:
    """What the life says is given that day is issued; what the records would not issue, in words."""
    days = {facts.dates[one] for one in GIVEN if one in facts.dates}
    if not days or days == {before.dates[one] for one in GIVEN if one in before.dates}:
        return
    hearing = Hearing.objects.filter(candidacy=row, removed_at__isnull=True).order_by("session__starts_at").last()
    if hearing is None:
        return
    day = min(days)
    try:
        issue(hearing=hearing, awarded_on=day, by=by, at=ten(max(days)), on=on)
    except AwardError as error:
        yield sentence(error)


def give_all(session: JurySession, day: date, by: Person) -> None:
    """Everybody awarded by that session is given what they have a right to."""
    issue_session(session=session, awarded_on=day, by=by, at=ten(day), on=day)


def compare(person: Person, by: Person, at: datetime) -> None:
    """Somebody of the secretariat compared that identity with a document."""
    identity = CivilIdentity.objects.get(person=person)
    if not identity.is_checked:
        check_identity(identity=identity, is_checked=True, by=by, at=at)
