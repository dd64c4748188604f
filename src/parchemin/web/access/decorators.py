"""What each page asks of whoever opens it. A page that asks nothing says so: ``public`` or ``signed_in``."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django_htmx.http import HttpResponseClientRedirect

from parchemin.records.people.permissions import Action
from parchemin.web.shared.asked import standing_of
from parchemin.web.shared.returning import page_of

View = Callable[..., HttpResponse]


def needs(*actions: Action) -> Callable[[View], View]:
    """Only those to whom one of these actions is allowed somewhere; the others sign in first, if they have not.

    An address that names something is not found for those to whom it is not allowed: that it exists is nobody's
    business. A function everybody may know of is refused, with a word on how to get it. Which file or organisation
    the action is allowed on, the view looks up itself.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return _to_the_door(request)
            if any(standing_of(request).has(action) for action in actions):
                return _private(view(request, *args, **kwargs))
            if args or kwargs:
                raise Http404
            return _private(render(request, "access/refused.html", status=403))

        guarded.asks = actions  # type: ignore[attr-defined]
        return guarded

    return decorate


def signed_in(view: View) -> View:
    """Anybody with an account."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return _to_the_door(request)
        return _private(view(request, *args, **kwargs))

    guarded.asks = "signed_in"  # type: ignore[attr-defined]
    return guarded


def public(view: View) -> View:
    """Anybody."""

    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, *args, **kwargs)

    opened.asks = "public"  # type: ignore[attr-defined]
    return opened


def _private(response: HttpResponse) -> HttpResponse:
    response.headers.setdefault("Cache-Control", "private, no-store")
    return response


def _to_the_door(request: HttpRequest) -> HttpResponse:
    """The sign-in, which leads back to the page they look at."""
    htmx = getattr(request, "htmx", None)
    if htmx:
        return HttpResponseClientRedirect(redirect_to_login(htmx.current_url_abs_path or request.path).url)
    return redirect_to_login(page_of(request))
