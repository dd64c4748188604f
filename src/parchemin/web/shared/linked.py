"""What the pages of one-use links share: kept out of search engines, refused in words, and not to be guessed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from parchemin.records.people.errors import RefusalError
from parchemin.web.shared.tries import Limit, address_of

UNKNOWN = Limit("acte", most=20, seconds=600)
"""Unknown links that one address may try; a link that exists opens whatever was tried."""


def sealed(response: HttpResponse) -> HttpResponse:
    """The same answer, that no search engine keeps."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def refused(request: HttpRequest, refusal: RefusalError) -> HttpResponse:
    """Why the link cannot be used, and nothing of what it was for."""
    if refusal.code != "unknown":
        return sealed(render(request, "shared/link_refused.html", {"sentence": refusal.sentence}, status=410))
    if not UNKNOWN.take(address_of(request)):
        return sealed(render(request, "shared/429.html", status=429))
    return sealed(render(request, "shared/link_refused.html", {"sentence": refusal.sentence}, status=404))
