"""The same answers for programs: a number or a credential in JSON, the answer in JSON; errors as problem details.

No session, no cookie, no key: what is answered is what anybody reads on the page, so that any origin may ask. Errors
follow RFC 9457.
"""

import json
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from parchemin.edges.credentials import CredentialError
from parchemin.edges.credentials.keeping import here
from parchemin.edges.credentials.strict import read_object
from parchemin.records.awards.numbers import grouped
from parchemin.records.awards.queries.verifying import Answer, Reason, Why, verified
from parchemin.web.access.decorators import public
from parchemin.web.shared.clock import now, today
from parchemin.web.shared.linked import sealed
from parchemin.web.shared.tries import address_of
from parchemin.web.shared.uploads import language
from parchemin.web.verification.file_wording import reason_in_words
from parchemin.web.verification.files import FILES
from parchemin.web.verification.looking import Said, Verdict, looked_into
from parchemin.web.verification.told import FileTold
from parchemin.web.verification.views import UNKNOWN

FORMAT = "parchemin/verification-1"
LARGEST = 1_000_000
"""Bytes of what is sent."""
METHODS, JSON, PROBLEM = "POST, OPTIONS", "application/json", "application/problem+json"
NO_CONTENT, BAD, WRONG_METHOD, HEAVY, WRONG_TYPE, UNFIT, SPENT, DOWN = 204, 400, 405, 413, 415, 422, 429, 503
MOST_PARTS = 100


@public
@never_cache
@csrf_exempt
def api(request: HttpRequest) -> HttpResponse:
    """The answer on what is sent: ``{"number": …}`` or ``{"credential": …}``, an object or a token.

    Exempt from the form token: nothing is written, and no cookie is looked at.
    """
    if request.method == "OPTIONS":
        return _open(HttpResponse(status=NO_CONTENT))
    if request.method != "POST":
        response = _problem(WRONG_METHOD, "method", _("Cette adresse ne répond qu’à POST."))
        response.headers["Allow"] = METHODS
        return response
    if request.content_type != JSON:
        return _problem(WRONG_TYPE, "type", _("Envoyez du JSON, sous le type application/json."))
    try:
        sent = read_object(request.body, LARGEST)
    except RequestDataTooBig:
        return _problem(HEAVY, "too_large", _("C’est trop lourd pour être un certificat."))
    except CredentialError as error:
        return _problem(HEAVY if error.code == "too_large" else BAD, error.code, error.problem.sentence(language()))
    try:
        return _answer(request, sent)
    except Error:
        return _problem(DOWN, "unavailable", _("Le service ne répond pas : réessayez plus tard."))


def _answer(request: HttpRequest, sent: dict[str, Any]) -> HttpResponse:
    number, credential = sent.get("number"), sent.get("credential")
    if set(sent) == {"number"} and isinstance(number, str):
        return _by_number(request, number)
    if set(sent) == {"credential"} and isinstance(credential, str | dict):
        return _by_file(request, credential)
    return _problem(UNFIT, "neither", _("Envoyez soit « number », soit « credential », et rien d’autre."))


def _by_number(request: HttpRequest, number: str) -> HttpResponse:
    address = address_of(request)
    if UNKNOWN.is_spent(address):
        return _spent(UNKNOWN.wait())
    found = verified(number, today())
    if Why.UNKNOWN in found.codes:
        UNKNOWN.take(address)
    told = _of_answer(found)
    return _json({"answer": found.outcome.value, "reasons": _reasons(found.reasons), **told}, _status(found.reasons))


def _by_file(request: HttpRequest, credential: str | dict[str, Any]) -> HttpResponse:
    if not FILES.take(address_of(request)):
        return _spent(FILES.wait())
    text = credential if isinstance(credential, str) else json.dumps(credential, ensure_ascii=False)
    found = looked_into(text.encode("utf-8", "replace"), here(), now(), today())
    return _json({"answer": found.outcome.value, "reasons": _reasons(found.reasons), **_of_verdict(found)})


def _of_answer(found: Answer) -> dict[str, Any]:
    told = found.told
    if not found.number or told is None:
        return {}
    certificate = {
        "number": grouped(found.number),
        "kind": told.kind.value,
        "title": told.certification,
        "code": told.code,
        "block": told.block,
        "issuer": told.body,
        "awarded_on": told.awarded_on.isoformat(),
        "valid_until": told.valid_until.isoformat() if told.valid_until else None,
        "is_renewed": found.is_renewed,
    }
    return {"certificate": certificate, "links": _links(found.number)}


def _of_verdict(found: Verdict) -> dict[str, Any]:
    checks = {
        "signature": found.signed, "standing": found.standing, "register": found.said, "end_of_validity": found.lasting
    }  # fmt: skip
    told: dict[str, Any] = {"checks": checks}
    if found.told:
        key = "recommendation" if found.is_recommendation else "certificate"
        told |= {key: _of_file(found.told), "links": _links(found.told.number)}
    if found.parts:
        told["parts"] = [
            {
                "answer": one.outcome.value,
                "reasons": _reasons(one.reasons),
                "certificate": _of_file(one.told) if one.told else None,
            }
            for one in found.parts[:MOST_PARTS]
        ]
    return told


def _of_file(told: FileTold) -> dict[str, Any]:
    if told.recommended:
        return {
            "title": told.title,
            "words": told.words,
            "recommended": told.recommended,
            "issuer": told.body,
            "valid_from": told.valid_from.isoformat() if told.valid_from else None,
            "valid_until": told.valid_until.isoformat() if told.valid_until else None,
        }
    return {
        "number": grouped(told.number),
        "kind": "record" if told.is_record else "block" if told.is_block else "whole",
        "title": told.title,
        "code": told.code,
        "issuer": told.body,
        "awarded_on": told.awarded_on.isoformat() if told.awarded_on else None,
        "valid_until": told.valid_until.isoformat() if told.valid_until else None,
    }


def _links(number: str) -> dict[str, str]:
    found = {"register": settings.ADDRESS + reverse("register:checkpoint")}
    page = {"page": settings.ADDRESS + reverse("verification:answer", args=[grouped(number)])} if number else {}
    return page | found


def _reasons(reasons: Iterable[Said]) -> list[dict[str, str | None]]:
    return [
        {
            "code": str(one.code),
            "message": reason_in_words(one),
            "since": one.since.isoformat() if isinstance(one, Reason) and one.since else None,
        }
        for one in reasons
    ]


def _status(reasons: Iterable[Said]) -> int:
    return DOWN if Why.UNAVAILABLE in {str(one.code) for one in reasons} else 200


def _spent(wait: int) -> HttpResponse:
    response = _problem(SPENT, "too_many", _("Trop de demandes sont parties de votre réseau : attendez un moment."))
    response.headers["Retry-After"] = str(wait)
    return response


def _json(told: dict[str, Any], status: int = 200) -> HttpResponse:
    content = json.dumps({"format": FORMAT, **told, "checked_at": now().isoformat()}, ensure_ascii=False)
    return _open(HttpResponse(content, content_type=JSON, status=status))


def _problem(status: int, code: str, detail: str) -> HttpResponse:
    told = {"type": "about:blank", "title": code, "status": status, "detail": detail, "code": code}
    return _open(HttpResponse(json.dumps(told, ensure_ascii=False), content_type=PROBLEM, status=status))


def _open(response: HttpResponse) -> HttpResponse:
    """Readable from a page of anybody's: no cookie goes with it, and it tells what everybody may read."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Allow-Methods"] = METHODS
    response.headers["Access-Control-Allow-Headers"] = "content-type"
    response.headers["Access-Control-Expose-Headers"] = "retry-after"
    response.headers["Access-Control-Max-Age"] = "86400"
    return sealed(response)
