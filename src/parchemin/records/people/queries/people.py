"""Who holds which role where, invitations that wait, links that were made."""

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from parchemin.records.people.models import Grant, Invitation, Link, Organisation, Person
from parchemin.records.people.names import named
from parchemin.records.people.permissions import Action
from parchemin.records.people.standing import Standing


def grants_visible_to(standing: Standing, on: date) -> QuerySet[Grant]:
    """The roles in force that day where that person manages people, with who holds them."""
    allowed = standing.scope_filter(Action.MANAGE_PEOPLE, scheme_field="scheme", centre_field="centre")
    found = Grant.objects.filter(allowed, revoked_at__isnull=True)
    return (
        found.filter(Q(until_on__isnull=True) | Q(until_on__gte=on))
        .select_related("person", "organisation", "centre")
        .order_by("person__family_key", "person__given_key", "role")
    )


def people_like(text: str) -> QuerySet[Person]:
    """Those whose name or address begins so."""
    found = Person.objects.filter(named(text), erased_at__isnull=True)
    return found.order_by("family_key", "given_key", "email")


def invitations_visible_to(standing: Standing) -> QuerySet[Invitation]:
    """The invitations to a role that wait for an answer, where that person manages people."""
    allowed = standing.scope_filter(Action.MANAGE_PEOPLE, scheme_field="scheme", centre_field="centre")
    found = Invitation.objects.filter(allowed, subject__isnull=True)
    return found.filter(accepted_at__isnull=True, revoked_at__isnull=True).select_related("organisation", "centre")


def organisations_visible_to(
    standing: Standing, action: Action = Action.MANAGE_ORGANISATIONS
) -> QuerySet[Organisation]:
    """The organisations on which that person may do this, and their centres."""
    own = standing.organisations(action)
    if own is None:
        return Organisation.objects.all()
    return Organisation.objects.filter(Q(pk__in=own) | Q(parent__in=own))


def links_of(*subjects: UUID) -> QuerySet[Link]:
    """The one-use links made about these, the last first."""
    return Link.objects.filter(subject__in=subjects).select_related("created_by")


def grants_of(person: Person, on: date) -> QuerySet[Grant]:
    """The roles a person holds on that day, with where they hold."""
    found = Grant.objects.filter(person=person, revoked_at__isnull=True, from_on__lte=on)
    return found.filter(Q(until_on__isnull=True) | Q(until_on__gte=on)).select_related("organisation", "centre")


def people_in(organisation: Organisation, standing: Standing, on: date) -> QuerySet[Person]:
    """Those who hold a role there on that day, as far as that person manages people; to be paged."""
    held = grants_visible_to(standing, on).filter(organisation=organisation, from_on__lte=on)
    return Person.objects.filter(pk__in=held.order_by().values("person")).order_by("family_key", "given_key", "email")
