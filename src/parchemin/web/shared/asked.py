"""What a request says of whoever makes it: the middleware of access wrote it there, pages read it here."""

from typing import cast

from django.http import HttpRequest

from parchemin.records.people.models import Person
from parchemin.records.people.standing import Standing


def person_of(request: HttpRequest) -> Person:
    """Who signed in, and acts."""
    assert isinstance(request.user, Person)
    return request.user


def viewer_of(request: HttpRequest) -> Person:
    """Whose files are shown: somebody else's when looking through their eyes."""
    return cast(Person, request.viewer)  # type: ignore[attr-defined]


def standing_of(request: HttpRequest) -> Standing:
    """The roles of whoever's files are shown."""
    return cast(Standing, request.standing)  # type: ignore[attr-defined]


def stand_under(request: HttpRequest, place: str) -> None:
    """The page stands under that place of the menu, whatever its address."""
    request.place = place  # type: ignore[attr-defined]
