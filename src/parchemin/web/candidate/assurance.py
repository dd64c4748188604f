"""How sure one is of who is signed in, from how they signed in."""

from django.http import HttpRequest

from parchemin.records.people.models import Assurance

METHODS = "account_authentication_methods"
"""Where allauth keeps, in the session, how the person proved who they are."""


def assurance_of(request: HttpRequest) -> Assurance:
    """The best of what was used for this session; a password when it is not known."""
    used = {str(one.get("method")) for one in request.session.get(METHODS, ())}
    if "mfa" in used:
        return Assurance.SECOND_FACTOR
    return Assurance.FEDERATED if "socialaccount" in used else Assurance.PASSWORD
