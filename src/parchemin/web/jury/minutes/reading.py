"""Minutes are read on the screen, on paper and as data."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from parchemin.records.people.permissions import Action
from parchemin.web.access.decorators import needs
from parchemin.web.jury.minutes.paper import pdf_of
from parchemin.web.jury.minutes.reached import heading, read
from parchemin.web.shared.downloads import to_keep


@needs(Action.CONVENE_JURY, Action.SIT_IN_JURY)
@require_GET
def minutes(request: HttpRequest, id: UUID) -> HttpResponse:
    """Who sat, what was decided for each candidate and why, who signed; and what is left to do."""
    here = read(request, id)
    context = {
        "here": here,
        "facts": heading(here),
        "crumbs": here.crumbs(),
        "mine": str(here.found.member.pk) if here.found.member else "",
        "others": here.found.session.all_minutes.exclude(pk=here.minutes.pk).order_by("drawn_at"),
    }
    return render(request, "jury/minutes.html", context)


@needs(Action.CONVENE_JURY, Action.SIT_IN_JURY)
@require_GET
def rules(request: HttpRequest, id: UUID, hearing: UUID) -> HttpResponse:
    """What the rules said of one of the candidates, as a part of the minutes or a page of its own."""
    here = read(request, id)
    line = next((one for one in here.lines if one.hearing == str(hearing)), None)
    if line is None:
        raise Http404
    is_part = bool(getattr(request, "htmx", False))
    context = {"here": here, "line": line, "crumbs": here.crumbs(line.called)}
    return render(request, "jury/minutes_rules.html" if is_part else "jury/minutes_line.html", context)


@needs(Action.CONVENE_JURY, Action.SIT_IN_JURY)
@require_GET
def paper(request: HttpRequest, id: UUID) -> HttpResponse:
    """The same as a PDF."""
    here = read(request, id)
    return to_keep(pdf_of(here), "application/pdf", f"{here.minutes.number}.pdf")


@needs(Action.CONVENE_JURY, Action.SIT_IN_JURY)
@require_GET
def data(request: HttpRequest, id: UUID) -> HttpResponse:
    """The very text that was signed, whose SHA-256 is their fingerprint."""
    here = read(request, id)
    return to_keep(here.minutes.text.encode(), "application/json", f"{here.minutes.number}.json")
