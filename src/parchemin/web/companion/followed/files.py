"""The list of the files that somebody follows: where each stands, what comes next, and how long they may read it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from parchemin.records.candidacies.models import Candidacy, Status
from parchemin.records.candidacies.queries import followed
from parchemin.records.certifications.models import Certification
from parchemin.records.certifications.queries import schemes_of
from parchemin.records.people.permissions import Action
from parchemin.records.people.standing import Standing
from parchemin.web.access.decorators import needs
from parchemin.web.companion.followed.words import next_of
from parchemin.web.shared.asked import standing_of
from parchemin.web.shared.clock import today
from parchemin.web.shared.lists import listing, sort_of
from parchemin.web.shared.states import state

SHOWN = [choice for choice in Status.choices if choice[0] != Status.WITHDRAWN]


class FiltersForm(forms.Form):
    """What is looked for among them."""

    scheme = forms.ChoiceField(label=gettext_lazy("Certification"), required=False)
    status = forms.ChoiceField(label=gettext_lazy("État"), required=False, choices=[("", gettext_lazy("Tous")), *SHOWN])

    def __init__(self, *args: Any, standing: Standing, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = followed.files(standing, on).order_by().values("certification")
        named = Certification.objects.filter(pk__in=own).values_list("scheme", "title")
        self.fields["scheme"].choices = [("", _("Toutes")), *named]  # type: ignore[attr-defined]

    def asked(self, name: str) -> str:
        """The value chosen, nothing for one that is not offered."""
        self.is_valid()
        return str(self.cleaned_data.get(name, ""))


@dataclass(frozen=True, slots=True)
class Row:
    """A file as a row of the list."""

    file: Candidacy
    route: str
    state: dict[str, str]
    next: str
    until_on: date | None


@needs(Action.FOLLOW_FILE)
@require_GET
def files(request: HttpRequest) -> HttpResponse:
    """The files opened to whoever looks, those that are due first on top."""
    standing, on = standing_of(request), today()
    form = FiltersForm(request.GET, standing=standing, on=on)
    scheme, status = form.asked("scheme"), form.asked("status")
    sort, is_descending = sort_of(request.GET, followed.SORTS, "due")
    rows = followed.files(standing, on, scheme=scheme, status=status, sort=sort, is_descending=is_descending)
    found = listing(rows, request.GET.get("page"))
    context = {
        "listing": found,
        "rows": _rows(found.rows, on),
        "form": form,
        "has_filters": bool(scheme or status),
        "crumbs": [(_("Dossiers suivis"), None)],
    }
    return render(request, "companion/followed.html", context)


def _rows(found: Sequence[Candidacy], on: date) -> list[Row]:
    """Two queries, however many files."""
    prefetch_related_objects(found, "steps_done")
    schemes = schemes_of({(one.certification.scheme, one.version) for one in found}, on=on) if found else {}
    rows = []
    for one in found:
        scheme = schemes[(one.certification.scheme, one.version)]
        route = scheme.route_of(one.route)
        title, until_on = route.title if route else one.route, one.until_on  # type: ignore[attr-defined]
        rows.append(Row(one, title, state(one.status), next_of(one, scheme), until_on))
    return rows
