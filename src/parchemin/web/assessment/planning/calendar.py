"""The calendar of the sittings that the office plans, and what each still lacks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from parchemin.core.scheme import Scheme
from parchemin.core.terms import title_of
from parchemin.records.assessments.models import Sitting
from parchemin.records.assessments.queries.calendar import (
    TO_FINISH,
    Lack,
    counts_of,
    lacking,
    lacks_of,
    sittings_planned_by,
    with_people,
)
from parchemin.records.assessments.queries.planned import place_title
from parchemin.records.certifications.models import Certification
from parchemin.records.certifications.queries import schemes_of
from parchemin.records.people.names import folded
from parchemin.records.people.permissions import Action
from parchemin.records.people.standing import Standing
from parchemin.web.access.decorators import needs
from parchemin.web.assessment.planning.showing import LACKS, state_of
from parchemin.web.shared.asked import standing_of
from parchemin.web.shared.clock import now, today
from parchemin.web.shared.forms import DayField
from parchemin.web.shared.lists import Column, in_order, listing, remembered
from parchemin.web.shared.outgoing import sent_out

FILTERS = ("text", "scheme", "method", "from", "until", "lack", "which")
NAME = ("candidacy__candidate__family_key", "candidacy__candidate__given_key")
SORTS: Mapping[str, tuple[str, ...]] = {
    "day": ("starts_at", "pk"),
    "name": (*NAME, "starts_at", "pk"),
    "method": ("candidacy__certification__scheme", "method", "starts_at", "pk"),
}
WHICH = (
    ("", gettext_lazy("À venir et à finir")),
    ("all", gettext_lazy("Toutes")),
    ("cancelled", gettext_lazy("Annulées")),
)
Schemes = dict[tuple[str, str], Scheme]


class CalendarFilters(forms.Form):
    """What is looked for; it is shown, never refused."""

    text = forms.CharField(label=gettext_lazy("Candidat ou numéro"), required=False)
    scheme = forms.ChoiceField(label=gettext_lazy("Certification"), required=False)
    method = forms.ChoiceField(label=gettext_lazy("Épreuve"), required=False)
    lack = forms.ChoiceField(label=gettext_lazy("Ce qui manque"), required=False)
    which = forms.ChoiceField(label=gettext_lazy("Afficher"), required=False, choices=WHICH)
    until = DayField(label=gettext_lazy("Jusqu’au"), required=False, help_text="")

    def __init__(self, *args: Any, schemes: Mapping[str, Scheme], titles: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["from"] = DayField(label=_("À partir du"), required=False, help_text="")
        chosen = {name: one for name, one in schemes.items() if self.data.get("scheme", "") in ("", name)}
        methods = {id: one.title for scheme in chosen.values() for id, one in scheme.methods.items()}
        offered = sorted(methods.items(), key=lambda pair: pair[1])
        self.fields["scheme"].choices = [("", _("Toutes")), *titles.items()]  # type: ignore[attr-defined]
        self.fields["method"].choices = [("", _("Toutes")), *offered]  # type: ignore[attr-defined]
        lacks = [(one.value, str(words).capitalize()) for one, words in LACKS.items()]
        self.fields["lack"].choices = [("", _("Peu importe")), *lacks]  # type: ignore[attr-defined]
        self.order_fields(["text", "scheme", "method", "lack", "which", "from", "until"])


@dataclass(frozen=True, slots=True)
class Row:
    """A sitting as it stands now."""

    row: Sitting
    method: str
    place: str
    people: list[str]
    state: dict[str, str]
    lacks: list[str]

    @property
    def url(self) -> str:
        """Its page."""
        return reverse("assessment:planned", args=[self.row.pk])


@needs(Action.PLAN_SITTINGS)
@require_GET
def calendar(request: HttpRequest) -> HttpResponse:
    """The sittings to come and to finish, or those that the filters ask for, the soonest first."""
    standing = standing_of(request)
    known, titles = _certifications(standing)
    current = {scheme: found for (scheme, _version), found in sorted(known.items())}
    found = listing(with_people(_filtered(standing, request.GET.dict(), current)), request.GET.get("page"))
    has_filters = any(request.GET.get(name) for name in FILTERS)
    context = {
        "listing": found,
        "rows": [_row(one, known) for one in found.rows],
        "form": CalendarFilters(request.GET, schemes=current, titles=titles),
        "query": remembered(request.GET, (*FILTERS, "sort")),
        "lacks": [] if has_filters else _counts(standing, current),
        "has_filters": has_filters,
        "crumbs": [(_("Secrétariat"), reverse("secretariat:queue")), (_("Épreuves"), None)],
    }
    return render(request, "assessment/planning_calendar.html", context)


@needs(Action.EXPORT_LIST)
@require_GET
def export(request: HttpRequest, kind: str) -> Any:
    """The filtered calendar as a spreadsheet; the journal keeps that it went out."""
    standing = standing_of(request)
    known, _titles = _certifications(standing)
    current = {scheme: found for (scheme, _version), found in sorted(known.items())}
    rows = with_people(_filtered(standing, request.GET.dict(), current))
    columns: tuple[Column[Sitting], ...] = (
        Column(_("Jour et heure"), lambda row: row.starts_at, "instant"),
        Column(_("Durée en minutes"), lambda row: row.minutes, "number"),
        Column(_("Nom"), lambda row: row.candidacy.candidate.family_name),
        Column(_("Prénom"), lambda row: row.candidacy.candidate.given_name),
        Column(_("Numéro"), lambda row: row.candidacy.number),
        Column(_("Certification"), lambda row: row.candidacy.certification.title),
        Column(_("Épreuve"), lambda row: _row(row, known).method),
        Column(_("Passage"), lambda row: row.number, "number"),
        Column(_("Lieu"), lambda row: _row(row, known).place),
        Column(_("Adresse, salle ou lien"), lambda row: row.room),
        Column(_("Évaluateurs"), lambda row: ", ".join(_row(row, known).people)),
        Column(_("État"), lambda row: _row(row, known).state["label"]),
        Column(_("Ce qui manque"), lambda row: ", ".join(_row(row, known).lacks)),
    )
    return sent_out(request, rows, columns, name="epreuves", kind=kind, filters=FILTERS)


def _filtered(standing: Standing, query: Mapping[str, str], schemes: Mapping[str, Scheme]) -> QuerySet[Sitting]:
    rows = sittings_planned_by(standing, now())
    which, lack = query.get("which", ""), query.get("lack", "")
    if which == "cancelled":
        rows = rows.filter(cancelled_at__isnull=False)
    else:
        rows = rows.filter(cancelled_at__isnull=True)
        rows = rows if which == "all" else rows.filter(TO_FINISH)
    if lack in set(Lack):
        rows = lacking(rows, Lack(lack), schemes, now())
    for name, field in (("scheme", "candidacy__certification__scheme"), ("method", "method")):
        if query.get(name):
            rows = rows.filter(**{field: query[name]})
    for word in folded(query.get("text", "")).split():
        family, given = (
            Q(candidacy__candidate__family_key__contains=word),
            Q(candidacy__candidate__given_key__contains=word),
        )
        rows = rows.filter(family | given | Q(candidacy__number__icontains=word))
    for name, side in (("from", "gte"), ("until", "lte")):
        if on := _day(query.get(name, "")):
            rows = rows.filter(**{f"starts_at__date__{side}": on})
    return in_order(rows, query, SORTS, "day")


def _counts(standing: Standing, schemes: Mapping[str, Scheme]) -> list[dict[str, object]]:
    """How many lack each thing, those that lack nothing left out; each opens its list."""
    counts = counts_of(sittings_planned_by(standing, now()), schemes, now())
    address = reverse("assessment:calendar")
    return [
        {"title": str(LACKS[one]).capitalize(), "value": count, "url": f"{address}?{urlencode({'lack': one.value})}"}
        for one, count in counts.items()
        if count
    ]


def _certifications(standing: Standing) -> tuple[Schemes, dict[str, str]]:
    """The schemes of the files with sittings, by (certification, version), and the titles of the certifications."""
    rows = sittings_planned_by(standing, now()).order_by()
    pairs = set(rows.values_list("candidacy__certification__scheme", "candidacy__version").distinct())
    names = {scheme for scheme, _version in pairs}
    titles = dict(Certification.objects.filter(scheme__in=names).order_by("title").values_list("scheme", "title"))
    return schemes_of(pairs, on=today()), titles


def _row(row: Sitting, schemes: Schemes) -> Row:
    scheme = schemes.get((row.candidacy.certification.scheme, row.candidacy.version))
    title = title_of(scheme.methods, row.method) if scheme else row.method
    return Row(
        row=row,
        method=title,
        place=place_title(scheme, row.place) if scheme and row.place else "",
        people=[one.person.name for one in row.evaluators.all()],
        state=state_of(row, now()),
        lacks=[str(LACKS[one]) for one in lacks_of(row, scheme, now())],
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
