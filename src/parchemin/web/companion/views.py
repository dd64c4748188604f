"""One act from a one-use link: what is asked and by whom, then what was recorded. No account, no session."""

from typing import Any, cast

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from parchemin.records.candidacies.errors import StaleError, UnfitError
from parchemin.records.candidacies.models import DocumentVersion
from parchemin.records.candidacies.wordings import sentence
from parchemin.records.pathways.errors import PathwayError, StalePathwayError
from parchemin.records.pathways.models import Contract, Evidence, Observation
from parchemin.records.pathways.wordings import sentence as pathway_sentence
from parchemin.records.people.actions.linking import open_link, use_link
from parchemin.records.people.errors import RefusalError
from parchemin.records.people.models import Assurance, Link
from parchemin.web.access.decorators import public
from parchemin.web.companion.acts import Act, acts
from parchemin.web.companion.forms import ActForm
from parchemin.web.companion.subjects import (
    Subject,
    competences_of,
    document_title,
    file_of,
    fingerprint_of,
    role_of,
)
from parchemin.web.shared.clock import now, today
from parchemin.web.shared.downloads import respond_with, respond_with_evidence
from parchemin.web.shared.linked import refused, sealed

REFUSED, CONFLICT = 422, 409


@public
@never_cache
@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, secret: str) -> HttpResponse:
    """What is asked, then done once; a link that cannot be used says why and nothing else."""
    try:
        link = open_link(secret, now())
        found, subject = _found(link)
        form = found.form(request.POST or None, subject=subject, initial=_initial(link, subject))
        if request.method == "GET":
            return _shown(request, found, link, subject, form, secret)
        if form.is_valid():
            try:
                return _done(request, found, subject, form, secret)
            except UnfitError as error:
                form.add_error(None, sentence(error))
            except PathwayError as error:
                form.add_error(None, pathway_sentence(error))
            except (StaleError, StalePathwayError):
                found, subject = _found(link)
                typed = {**_typed(request, form), **_initial(link, subject, is_again=True)}
                form = found.form(subject=subject, initial=typed)
                return _shown(request, found, link, subject, form, secret, status=CONFLICT)
    except RefusalError as refusal:
        return refused(request, refusal)
    return _shown(request, found, link, subject, form, secret, status=REFUSED)


@public
@never_cache
@require_GET
def document(request: HttpRequest, secret: str) -> HttpResponse:
    """The document to be signed, or the file of the evidence to be confirmed, for as long as the link can be used."""
    try:
        _act, subject = _found(open_link(secret, now()))
    except RefusalError as refusal:
        return refused(request, refusal)
    if isinstance(subject, Evidence):
        return sealed(cast(HttpResponse, respond_with_evidence(subject)))
    if not isinstance(subject, DocumentVersion):
        raise Http404
    return sealed(cast(HttpResponse, respond_with(subject)))


def _found(link: Link) -> tuple[Act, Subject]:
    found = acts().get(link.act)
    subject = found.subject(link) if found else None
    if found is None or subject is None or not file_of(subject).is_active:
        raise RefusalError("gone")
    return found, subject


def _done(request: HttpRequest, found: Act, subject: Subject, form: ActForm, secret: str) -> HttpResponse:
    with transaction.atomic():
        used = use_link(secret=secret, at=now(), assurance=Assurance.EMAIL)
        found.effect(used, subject, form.cleaned_data, now())
    return sealed(render(request, "shared/link_used.html", {"act": found, "link": used, "subject": subject}))


def _initial(link: Link, subject: Subject, *, is_again: bool = False) -> dict[str, Any]:
    read: dict[str, Any] = {"fingerprint": fingerprint_of(subject)}
    if isinstance(subject, Observation):
        read["observed_on"] = localdate(subject.moment.from_at) if subject.moment else today()
    if isinstance(subject, Contract):
        read["on"] = today()
    return read if is_again else {"bearer": link.bearer, "quality": link.quality, **read}


def _typed(request: HttpRequest, form: ActForm) -> dict[str, str]:
    """The words typed; what was ticked is about what is no longer there."""
    return {name: request.POST.get(name, "") for name in ("words", "bearer", "quality") if name in form.fields}


def _shown(
    request: HttpRequest, found: Act, link: Link, subject: Subject, form: ActForm, secret: str, *, status: int = 200
) -> HttpResponse:
    row = file_of(subject)
    context: dict[str, Any] = {"act": found, "link": link, "subject": subject, "form": form, "file": row}
    if isinstance(subject, DocumentVersion):
        context |= {"role": role_of(link, row), "title": document_title(subject), "secret": secret}
    if isinstance(subject, Evidence):
        context |= {"competences": competences_of(subject), "secret": secret}
    context["is_changed"] = status == CONFLICT
    return sealed(render(request, found.template, context, status=status))
