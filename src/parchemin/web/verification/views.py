"""The number typed, then the answer: valid, not valid, or not verified; and whether a name is the holder's, yes or no.

Everybody sees the same, signed in or not; nothing is kept by search engines or by browsers.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.conf import settings
from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from parchemin.records.awards.models import Kind
from parchemin.records.awards.numbers import grouped, read
from parchemin.records.awards.queries.verifying import Answer, Outcome, Why, names_holder, verified
from parchemin.records.recommendations.models import Recommendation
from parchemin.records.recommendations.queries import readable_with
from parchemin.web.access.decorators import public
from parchemin.web.shared.clock import now, today
from parchemin.web.shared.errors import too_many
from parchemin.web.shared.linked import sealed
from parchemin.web.shared.tries import Limit, address_of
from parchemin.web.verification.files import asked
from parchemin.web.verification.forms import FIELD, HolderForm, NumberForm, signs_of, slip_in
from parchemin.web.verification.wording import look_of, sentences_of

UNKNOWN = Limit("verifier-unknown", most=20, seconds=300)
"""Numbers that nobody holds, from one address; then it is told nothing, so that no number is found by trying."""
BY_NUMBER = Limit("verifier-number", most=6, seconds=24 * 3600)
"""Names and birth dates compared with one certificate: at that pace a birth date takes years to find."""
BY_ADDRESS = Limit("verifier-address", most=20, seconds=3600)
"""The same, from one address."""
RETYPED = frozenset({Why.UNKNOWN, Why.MISTYPED})
SHOWN = 16
"""Signs of an address that are shown again: enough for a number, too few for a message of somebody else's."""
INVALID, NOWHERE, SPENT, UNAVAILABLE = 422, 404, 429, 503
STATUSES = {Why.UNKNOWN: NOWHERE, Why.MISTYPED: NOWHERE, Why.UNAVAILABLE: UNAVAILABLE}


class Compared(NamedTuple):
    """What came of a comparison with the holder, None when it could not be made.

    ``wait`` is in seconds, when no try was left.
    """

    is_holder: bool | None = None
    wait: int = 0
    is_for_address: bool = False

    @property
    def status(self) -> int:
        """The same for yes and for no."""
        if self.wait:
            return SPENT
        return UNAVAILABLE if self.is_holder is None else 200


@public
@never_cache
@require_safe
def ask(request: HttpRequest) -> HttpResponse:
    """The field for the number, which leads to the answer."""
    form = NumberForm(request.GET if FIELD in request.GET else None)
    if form.is_bound and form.is_valid():
        return sealed(redirect("verification:answer", grouped(form.cleaned_data[FIELD])))
    status = INVALID if form.is_bound else 200
    return sealed(render(request, "verification/ask.html", asked(form), status=status))


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, number: str) -> HttpResponse:
    """What is answered of that number; on POST, whether the name and birth date typed are its holder's."""
    signs = read(number)
    if signs and request.method != "POST" and number != grouped(signs):
        return sealed(redirect("verification:answer", grouped(signs)))
    address = address_of(request)
    if signs and _is_shut(address):
        return sealed(too_many(request))
    found = verified(number, today())
    if Why.UNKNOWN in found.codes:
        UNKNOWN.take(address)
    if request.method != "POST" or found.told is None:
        return _page(request, found, number, HolderForm())
    form = HolderForm(request.POST)
    if not form.is_valid():
        return _page(request, found, number, form, status=INVALID)
    compared = _compared(found.number, address, form)
    response = _page(request, found, number, HolderForm(), compared, compared.status)
    if compared.wait:
        response.headers["Retry-After"] = str(compared.wait)
    return response


def _is_shut(address: str) -> bool:
    """Whether that address tried too many numbers; not when the register does not answer, which the page then says."""
    try:
        return UNKNOWN.is_spent(address)
    except Error:
        return False


def _compared(number: str, address: str, form: HolderForm) -> Compared:
    """A try of the address is taken first: one that has none left takes none from the certificate."""
    try:
        if not BY_ADDRESS.take(address):
            return Compared(wait=BY_ADDRESS.wait(), is_for_address=True)
        if not BY_NUMBER.take(number):
            return Compared(wait=BY_NUMBER.wait())
        return Compared(names_holder(number, form.cleaned_data["name"], form.cleaned_data["born_on"]))
    except Error:
        return Compared()


def _recommendations(found: Answer) -> Sequence[Recommendation]:
    """What other bodies say of what a valid certificate certifies, as they let it be read; nothing when unknown."""
    if found.outcome is not Outcome.VALID or found.told is None or found.told.kind is Kind.STATEMENT:
        return ()
    try:
        return list(readable_with(found.told.scheme, found.told.issuer, today()))
    except Error:
        return ()


def _page(
    request: HttpRequest,
    found: Answer,
    typed: str,
    form: HolderForm,
    compared: Compared | None = None,
    status: int = 200,
) -> HttpResponse:
    known = next((STATUSES[one] for one in found.codes if one in STATUSES), status)
    url = reverse("verification:answer", args=[grouped(found.number)]) if found.number else ""
    context: dict[str, Any] = {
        "answer": found,
        "look": look_of(found),
        "sentences": sentences_of(found) + ([] if found.number else [slip_in(signs_of(typed))]),
        "number": grouped(found.number),
        "again": NumberForm(initial={FIELD: grouped(signs_of(typed)[:SHOWN])}) if RETYPED & {*found.codes} else None,
        "url": url,
        "address": settings.ADDRESS + url if url else "",
        "at": now(),
        "recommendations": _recommendations(found),
        "form": form,
        "compared": compared,
    }
    return sealed(render(request, "verification/answer.html", context, status=known))
