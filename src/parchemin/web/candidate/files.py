"""Pages about one file: found for its candidate and for nobody else, drawn with where one is."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from parchemin.records.candidacies.contributing import JOINED
from parchemin.records.candidacies.models import ABOUT_NEEDS, Candidacy, Letter, Status
from parchemin.records.candidacies.queries.visible import find
from parchemin.records.people.permissions import Action
from parchemin.web.access.decorators import needs
from parchemin.web.shared.asked import standing_of, viewer_of
from parchemin.web.shared.clock import today

P = ParamSpec("P")
OnFile = Callable[Concatenate[HttpRequest, Candidacy, P], HttpResponseBase]


def on_own_file(action: Action) -> Callable[[OnFile[P]], Callable[..., HttpResponse]]:
    """The view is given one's own file; it is not found when it is somebody else's, whatever one's role."""

    def decorate(view: OnFile[P]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def found(request: HttpRequest, file: UUID, *args: P.args, **kwargs: P.kwargs) -> Any:
            row = find(standing_of(request), action, file, today(), *JOINED)
            if row is None or row.candidate_id != viewer_of(request).pk:
                raise Http404
            return view(request, row, *args, **kwargs)

        return needs(action)(found)

    return decorate


def draw(
    request: HttpRequest,
    row: Candidacy,
    name: str,
    title: str = "",
    *,
    status: int = 200,
    through: tuple[tuple[str, str], ...] = (),
    **context: Any,
) -> HttpResponse:
    """The page of that template about the file, with its breadcrumb."""
    home = (_("Mes candidatures"), reverse("candidate:home"))
    file = (row.certification.title, reverse("candidate:file", args=[row.pk]) if title else None)
    crumbs = [home, file, *through, *([(title, None)] if title else [])]
    shown = {"row": row, "title": title, "crumbs": crumbs, "file_url": reverse("candidate:file", args=[row.pk])}
    return render(request, f"candidate/{name}.html", {**shown, **context}, status=status)


def letters_of(request: HttpRequest, row: Candidacy) -> QuerySet[Letter]:
    """The letters written about the file; what was answered to a need only for whoever may read it."""
    found = row.letters.exclude(written_at=None)
    may_read = standing_of(request).has(Action.SEE_OWN_NEED)
    return found if may_read else found.exclude(kind__startswith=ABOUT_NEEDS)


def may_fill(row: Candidacy) -> bool:
    """Whether activities may be added or changed: the candidate has the file, or prepares the jury's."""
    return row.is_with_candidate or row.status == Status.ADMISSIBLE
