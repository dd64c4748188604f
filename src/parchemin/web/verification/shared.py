"""What a holder shows by an address of theirs: to whoever has it, until it ends or they close it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from parchemin.records.awards.numbers import grouped
from parchemin.records.awards.queries.shared import shown_by
from parchemin.web.access.decorators import public
from parchemin.web.shared.clock import now, today
from parchemin.web.shared.errors import too_many
from parchemin.web.shared.linked import sealed
from parchemin.web.shared.tries import Limit, address_of
from parchemin.web.verification.wording import look_of, sentences_of

UNKNOWN = Limit("verifier-partage", most=20, seconds=300)
"""Addresses that show nothing, tried from one place; one that shows something opens whatever was tried."""
NOWHERE = 404


@public
@never_cache
@require_safe
def shared(request: HttpRequest, token: str) -> HttpResponse:
    """The certificate, its holder and its parts; the same nothing for what ended, was closed or never was."""
    found = shown_by(token, now(), today())
    if found is None:
        if not UNKNOWN.take(address_of(request)):
            return sealed(too_many(request))
        return sealed(render(request, "verification/nothing.html", status=NOWHERE))
    context = {
        "shown": found,
        "look": look_of(found.answer),
        "sentences": sentences_of(found.answer),
        "number": grouped(found.answer.number),
        "at": now(),
    }
    response = sealed(render(request, "verification/shared.html", context))
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
