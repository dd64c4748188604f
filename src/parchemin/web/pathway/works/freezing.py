"""Handing a work in: read over as it will be, then laid out as a PDF that becomes a version of its document."""

from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from parchemin.core.decision import Decision
from parchemin.edges.letters import Section, Sheet, missing_characters, sheet_pdf
from parchemin.records.candidacies.errors import UnfitError
from parchemin.records.pathways.actions.writing import freeze_work
from parchemin.records.pathways.errors import PathwayError
from parchemin.records.people.permissions import Action
from parchemin.web.access.decorators import needs
from parchemin.web.pathway.trying import CONFLICT, REFUSED, said
from parchemin.web.pathway.works.shelf import Shelf, draw, shelf_of
from parchemin.web.pathway.works.texts import Texts, texts_of, too_long
from parchemin.web.pathway.works.views import revision_in
from parchemin.web.shared.clock import now
from parchemin.web.shared.typesetting import day
from parchemin.web.shared.uploads import PARTIAL, TEXT_ALONE, Received, received


@needs(Action.DEPOSIT_DOCUMENTS)
@require_http_methods(["GET", "POST"])
def freeze(request: HttpRequest, id: UUID, kind: str) -> HttpResponse:
    """The work as it will be read; confirmed, it is a version of its document."""
    shelf = shelf_of(request, id, Action.DEPOSIT_DOCUMENTS)
    texts = texts_of(shelf.row, shelf.work(kind))
    if not shelf.is_writer:
        return redirect(shelf.url)
    if request.method == "GET":
        return _shown(shelf, texts)
    if revision_in(request.POST) != texts.revision:
        return _shown(shelf, texts, status=CONFLICT)
    return _frozen(shelf, texts)


def _frozen(shelf: Shelf, texts: Texts) -> HttpResponse:
    found = paper(shelf, texts)
    if found.is_refused:
        return _shown(shelf, texts, problems=found.sentences, status=REFUSED)
    others = tuple(one for one in found.measured.warnings if one.get("code") != PARTIAL)
    warnings = (*others, {"code": TEXT_ALONE})
    measured = found.measured._replace(characters=texts.characters, warnings=warnings)
    try:
        frozen = freeze_work(
            candidacy=shelf.row,
            document=texts.written.id,
            content=found.content,
            measured=measured,
            **shelf.found.signed,
        )
    except (PathwayError, UnfitError) as error:
        return _shown(shelf, texts, problems=(said(error),), status=REFUSED)
    if isinstance(frozen, Decision):
        return _shown(shelf, texts, refusal=frozen, status=REFUSED)
    told = {"title": texts.written.kind.title, "number": frozen.number}
    messages.success(shelf.found.request, _("« %(title)s » est déposé : version %(number)s.") % told)
    return redirect(shelf.url)


def paper(shelf: Shelf, texts: Texts) -> Received:
    """The work on paper, inspected as any upload: its pages are counted there, its characters on the texts alone."""
    row, at, title = shelf.row, now(), texts.written.kind.title
    sections = []
    for one in texts.all:
        if one.is_written:
            heading = f"{one.part.code} {one.part.title}".strip() if one.part.code else ""
            sections.append(Section.of(heading, one.words))
    sheet = Sheet(
        language="fr",
        title=title,
        author=row.candidate.name,
        about=(row.certification.title, row.candidate.name, day(at)),
        sections=tuple(sections),
        footer=f"{title} · {row.number}",
    )
    name = f"{slugify(title) or texts.written.id}.pdf"
    return received(SimpleUploadedFile(name, sheet_pdf(sheet, at), "application/pdf"))


def _shown(
    shelf: Shelf,
    texts: Texts,
    *,
    problems: tuple[str, ...] = (),
    refusal: Decision | None = None,
    status: int = 200,
) -> HttpResponse:
    missing = len(texts.missing)
    lacking = ngettext("%(n)s partie n’a pas de texte.", "%(n)s parties n’ont pas de texte.", missing) % {"n": missing}
    strange = sorted(missing_characters(one.words for one in texts.all))
    title, kind = _("Relire et déposer"), texts.written.kind.title
    context = {
        "texts": texts,
        "written": texts.written,
        "title": title,
        "problems": problems,
        "refusal": refusal,
        "too_long": too_long(texts),
        "lacking": lacking if missing else "",
        "strange": " ".join(strange[:20]),
        "is_overtaken": status == CONFLICT,
    }
    back = reverse("pathway:write", args=[shelf.row.pk, texts.written.id])
    return draw(shelf, "works_freeze", context, (kind, back), title, status=status)
