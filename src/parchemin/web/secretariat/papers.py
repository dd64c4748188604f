"""What a file holds to be taken away or read: documents and letters."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from parchemin.records.candidacies.actions.lettering import repeat_letter
from parchemin.records.candidacies.errors import UnfitError
from parchemin.records.candidacies.models import DocumentVersion, Letter
from parchemin.records.candidacies.wordings import sentence
from parchemin.records.people.permissions import Action
from parchemin.web.access.decorators import needs
from parchemin.web.secretariat.desk import Desk, on_desk
from parchemin.web.shared.downloads import respond_with, respond_with_letter


@needs(Action.SEE_FILE)
@require_GET
def document(request: HttpRequest, id: UUID, version: UUID) -> Any:
    """A version of a document of the file, as it was dropped."""
    desk = on_desk(request, id, Action.SEE_FILE)
    found = DocumentVersion.objects.filter(document__candidacy=desk.candidacy, pk=version).first()
    desk.must(Action.DOWNLOAD_DOCUMENT)
    if found is None or found.removed_at is not None:
        raise Http404
    return respond_with(found)


@needs(Action.SEE_FILE)
@require_GET
def letter(request: HttpRequest, id: UUID, letter: UUID) -> HttpResponse:
    """A letter as it was written, or that it waits to be."""
    desk = on_desk(request, id, Action.SEE_FILE)
    found = _letter(desk, letter)
    context = {"desk": desk, "row": desk.candidacy, "letter": found, "crumbs": desk.crumbs(found.reference)}
    return render(request, "secretariat/letter.html", context)


@needs(Action.SEE_FILE)
@require_GET
def letter_pdf(request: HttpRequest, id: UUID, letter: UUID) -> Any:
    """The letter on paper."""
    return respond_with_letter(_letter(on_desk(request, id, Action.SEE_FILE), letter))


@needs(Action.SEE_FILE)
@require_POST
def repeat(request: HttpRequest, id: UUID, letter: UUID) -> HttpResponse:
    """The letter goes out once more."""
    desk = on_desk(request, id, Action.SEE_FILE)
    desk.must(Action.MESSAGE)
    try:
        again = repeat_letter(letter=_letter(desk, letter), **desk.dated)
    except UnfitError as error:
        messages.error(request, sentence(error))
    else:
        said = _("La lettre repart, sous la référence %(reference)s.") % {"reference": again.reference}
        messages.success(request, said)
    return desk.back("lettres")


def _letter(desk: Desk, id: UUID) -> Letter:
    found = desk.letters.filter(pk=id).select_related("decision", "asked_by").first()
    if found is None:
        raise Http404
    return found
