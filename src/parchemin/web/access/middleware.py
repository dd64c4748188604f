"""Where whoever asks stands, looking through somebody else's eyes without acting, and which devices are in use."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import SimpleLazyObject

from parchemin.records.candidacies.queries.visible import standing_of
from parchemin.records.people.models import Person
from parchemin.records.people.permissions import NEVER_BORROWED
from parchemin.records.people.standing import Standing
from parchemin.web.access import devices, viewing
from parchemin.web.shared.clock import now, today

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
ALWAYS = frozenset({"account_logout", "access:stop_view_as", "set_language", "shared:theme"})
"""What somebody who looks as another may still do: none of it changes anything of theirs."""


class StandingMiddleware:
    """Gives each request ``viewer`` (whose files are shown), ``standing`` (their roles) and ``is_view_as``.

    ``request.user`` stays whoever signed in. Looking as somebody else never changes anything: whatever is not a
    reading is refused.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer to the request."""
        request.viewer = SimpleLazyObject(lambda: viewing.viewer(request))  # type: ignore[attr-defined]
        request.standing = SimpleLazyObject(lambda: _standing(request))  # type: ignore[attr-defined]
        request.is_view_as = viewing.is_asked(request) and request.viewer != request.user  # type: ignore[attr-defined]
        devices.note_seen(request, now())
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """A page that says nothing can be changed, instead of the view that would."""
        match = request.resolver_match
        if not request.is_view_as or request.method in SAFE:  # type: ignore[attr-defined]
            return None
        if match and match.view_name in ALWAYS:
            return None
        return render(request, "access/read_only.html", status=403)


def _standing(request: HttpRequest) -> Standing:
    if not request.user.is_authenticated:
        return Standing.nobody()
    viewer: Person = request.viewer  # type: ignore[attr-defined]
    withheld = NEVER_BORROWED if viewer != request.user else frozenset()
    return standing_of(viewer, today(), withheld)
