"""How sure one is of who is signed in, from how they signed in."""

from allauth.account.authentication import get_authentication_records
from django.http import HttpRequest

from parchemin.records.people.models import Assurance


def assurance_of(request: HttpRequest) -> Assurance:
    """The level to record beside what the person does: the best of the means they signed in with.

    A passkey that checked its bearer counts as two factors.
    """
    if not request.user.is_authenticated:
        return Assurance.NONE
    methods = {record.get("method") for record in get_authentication_records(request, request.user)}
    if "socialaccount" in methods:
        return Assurance.FEDERATED
    if "mfa" in methods:
        return Assurance.SECOND_FACTOR
    if "password" in methods:
        return Assurance.PASSWORD
    return Assurance.EMAIL
