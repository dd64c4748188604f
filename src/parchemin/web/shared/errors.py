"""Pages for what goes wrong: what happened, where, and what to do."""

from contextlib import suppress

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static

from parchemin.web.shared.returning import READING, page_above, page_of

SHEETS = ("tokens", "base", "components")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400, or 413 when what was sent is over the limits of the server."""
    if isinstance(exception, RequestDataTooBig | TooManyFilesSent):
        return too_heavy(request)
    shown = {"is_cut": isinstance(exception, MultiPartParserError), "back": _form(request)}
    return render(request, "shared/400.html", shown, status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    return render(request, "shared/403.html", status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403, for a form that expired or did not come from our page."""
    return render(request, "shared/expired.html", {"back": page_of(request)}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404; what somebody may not see is not found either."""
    return render(request, "shared/404.html", status=404)


def not_allowed(request: HttpRequest, methods: str) -> HttpResponse:
    """405, with the page where the form that goes there is shown."""
    response = render(request, "shared/405.html", {"above": page_above(request.path)}, status=405)
    response.headers["Allow"] = methods
    return response


def too_heavy(request: HttpRequest) -> HttpResponse:
    """413."""
    shown = {"limit": getattr(settings, "UPLOAD_LIMIT", None), "back": _form(request)}
    return render(request, "shared/413.html", shown, status=413)


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """429."""
    response = render(request, "shared/429.html", status=429)
    response.headers["Retry-After"] = "300"
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """500: no database, no session, no context; the page stands even without its style sheets."""
    sheets = []
    for name in SHEETS:
        with suppress(ValueError):  # a manifest that does not know the sheet
            sheets.append(static(f"parchemin/css/{name}.css"))
    theme = request.COOKIES.get("parchemin_theme", "")
    shown = {"sheets": sheets, "theme": theme if theme in ("light", "dark") else ""}
    return HttpResponse(render_to_string("shared/500.html", shown), status=500)


def _form(request: HttpRequest) -> str:
    """Where what was sent came from; nothing when nothing was sent."""
    return "" if request.method in READING else page_of(request)
