"""A file is sent, the answer comes back, and nothing of it stays: not on disk, not in the database, not in a cache."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from parchemin.edges.credentials.keeping import here
from parchemin.records.awards.numbers import grouped
from parchemin.web.access.decorators import public
from parchemin.web.shared.clock import now, today
from parchemin.web.shared.errors import too_many
from parchemin.web.shared.linked import sealed
from parchemin.web.shared.tries import Limit, address_of
from parchemin.web.shared.typesetting import weight
from parchemin.web.verification.file_wording import checks, parts, sentences, thing_of
from parchemin.web.verification.forms import NumberForm
from parchemin.web.verification.looking import MOST, looked_into
from parchemin.web.verification.wording import Thing, look_of_outcome

FILES = Limit("verifier-file", most=20, seconds=300)
"""Files from one address: each takes some work to read."""
FORM = 10_000
"""Bytes that the form adds to its file."""
ACCEPT = ".pdf,.json,.jsonld,.jwt,.txt,.png,.svg,.zip"
INVALID, HEAVY = 422, 413


class InMemory(MemoryFileUploadHandler):
    """Keeps what is sent out of the disk; what it may weigh was checked before."""

    def handle_raw_input(self, *given: Any, **named: Any) -> None:
        """In memory, always."""
        self.activated = True


@public
@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def file(request: HttpRequest) -> HttpResponse:
    """What is answered of the file sent; a page opened without one leads back to the form.

    What weighs too much is refused before any of it is read: the token of the form is checked after that, not less.
    """
    if request.method != "POST":
        return sealed(redirect("verification:ask"))
    if _weight(request) > MOST + FORM:
        return _asked_again(request, _too_heavy(), HEAVY)
    if not FILES.take(address_of(request)):
        return sealed(too_many(request))
    request.upload_handlers = [InMemory(request)]
    return _answered(request)


@csrf_protect
def _answered(request: HttpRequest) -> HttpResponse:
    sent = request.FILES.get("file")
    if not isinstance(sent, UploadedFile) or not sent.size:
        problem = _("Choisissez le fichier à vérifier : celui-ci est vide.") if sent else _("Choisissez un fichier.")
        return _asked_again(request, problem, INVALID)
    if sent.size > MOST:
        return _asked_again(request, _too_heavy(), HEAVY)
    found = looked_into(sent.read(), here(), now(), today())
    thing = thing_of(found)
    context = {
        "verdict": found,
        "look": look_of_outcome(found.outcome, thing),
        "sentences": sentences(found),
        "checks": checks(found),
        "parts": parts(found) if thing is Thing.RECORD else [],
        "number": grouped(found.told.number) if found.told else "",
        "at": now(),
        **asked(NumberForm()),
    }
    return sealed(render(request, "verification/file.html", context))


def _asked_again(request: HttpRequest, problem: str, status: int) -> HttpResponse:
    return sealed(render(request, "verification/ask.html", asked(NumberForm(), problem), status=status))


def _too_heavy() -> str:
    return _("Ce fichier est trop lourd pour être un certificat : %(most)s au plus. Rien n’en a été lu.") % {
        "most": weight(MOST)
    }


def asked(form: NumberForm, problem: str = "") -> dict[str, Any]:
    """What the page needs to ask for a number or a file."""
    return {"form": form, "accept": ACCEPT, "limit": MOST, "problem": problem}


def _weight(request: HttpRequest) -> int:
    """The bytes announced; without that, none are read."""
    told = request.META.get("CONTENT_LENGTH") or "0"
    return int(told) if told.isdigit() else 0
