"""Somebody in front of something, who acts under their own name and sees through the eyes they may look through."""

from typing import Any

from django.http import HttpRequest

from parchemin.records.people.models import Person
from parchemin.records.people.standing import Standing
from parchemin.web.shared.asked import standing_of, viewer_of
from parchemin.web.shared.clock import now


class Acting:
    """What a request says of whoever makes it."""

    request: HttpRequest

    @property
    def person(self) -> Person:
        """Who acts."""
        assert isinstance(self.request.user, Person)
        return self.request.user

    @property
    def viewer(self) -> Person:
        """Through whose eyes it is seen."""
        return viewer_of(self.request)

    @property
    def standing(self) -> Standing:
        """Where whoever looks stands."""
        return standing_of(self.request)

    @property
    def signed(self) -> dict[str, Any]:
        """Who acts and when, as every action asks."""
        return {"by": self.person, "at": now()}
