"""What no browser sends, refused before any page looks at it; and answers that a browser or a script can use."""

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from parchemin.web.shared.errors import not_allowed


class PlainAddressMiddleware:
    """An address that holds a null character is a bad request: text has none, and PostgreSQL takes none."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer to the request."""
        if "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("null character")
        return self.get_response(request)


class AnswerMiddleware:
    """A page for an address opened the wrong way; a redirect that a script sending a file can see.

    A script is led along without a word, and what the first answer says (its messages) would be lost on the way: it is
    told the address instead (``X-Location``) and lets the browser go there.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer to the request."""
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed) and request.accepts("text/html"):
            return not_allowed(request, response.headers["Allow"])
        if request.headers.get("X-Requested-With") == "upload" and "Location" in response.headers:
            response.headers["X-Location"] = response.headers["Location"]
            del response.headers["Location"]
            response.status_code = 204
        return response
