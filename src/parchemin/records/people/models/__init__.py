"""Tables of people: persons, organisations, roles, links, accreditations."""

from parchemin.records.people.models.accreditations import Accreditation, PartnerAuthorisation
from parchemin.records.people.models.links import Assurance, Invitation, Link
from parchemin.records.people.models.organisations import Organisation, OrganisationKind, OrganisationName
from parchemin.records.people.models.persons import CivilIdentity, Person
from parchemin.records.people.models.roles import Grant, Role

__all__ = [
    "Accreditation",
    "Assurance",
    "CivilIdentity",
    "Grant",
    "Invitation",
    "Link",
    "Organisation",
    "OrganisationKind",
    "OrganisationName",
    "PartnerAuthorisation",
    "Person",
    "Role",
]
