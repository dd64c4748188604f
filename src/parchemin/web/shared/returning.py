"""Where whoever asks is, so that they may be brought back there."""

from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme

READING = frozenset({"GET", "HEAD"})
NO_PAGE = "shows_no_page"
View = TypeVar("View", bound=Callable[..., Any])


def shows_no_page(view: View) -> View:
    """Nobody is led back to that address: it gives a file, or takes what a script sends from some other page."""
    setattr(view, NO_PAGE, True)
    return view


def page_of(request: HttpRequest) -> str:
    """The address of the page they look at, on our host: the one asked for, or the one a form was sent from.

    The address asked for too when the browser does not say where the form was.
    """
    here = request.get_full_path()
    told = request.headers.get("Referer", "")
    if request.method in READING or not url_has_allowed_host_and_scheme(
        told, {request.get_host()}, require_https=request.is_secure()
    ):
        return here
    parts = urlsplit(told)
    there = parts._replace(scheme="", netloc="", fragment="").geturl()
    return there if url_has_allowed_host_and_scheme(there, None) else here


def page_above(path: str) -> str:
    """The nearest page above that address: where the form that is sent to it is shown."""
    while path := path.rstrip("/").rpartition("/")[0]:
        try:
            found = resolve(f"{path}/")
        except Resolver404:
            continue
        if not getattr(found.func, NO_PAGE, False):
            return f"{path}/"
    return "/"
