"""The figures of a body: its certifications, one year of one, its files to take away, what it publishes."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from parchemin.edges.fiche import Promotion, written
from parchemin.records.certifications.models import Certification
from parchemin.records.followups.actions.publishing import publish_figures
from parchemin.records.followups.errors import FollowupError
from parchemin.records.followups.models import Wave
from parchemin.records.followups.queries.decided import certified_by_year, years_by_certification, years_of
from parchemin.records.followups.queries.insertion import Insertion, insertion_by_year
from parchemin.records.followups.queries.yearly import Yearly, published, told_to_all, yearly
from parchemin.records.followups.wordings import sentence
from parchemin.records.people.permissions import Action
from parchemin.web.access.decorators import needs
from parchemin.web.figures import showing
from parchemin.web.figures.reaching import Counted, counted, counted_by, crumbs
from parchemin.web.shared.asked import stand_under, standing_of
from parchemin.web.shared.downloads import to_keep
from parchemin.web.shared.lists import Column
from parchemin.web.shared.outgoing import sent_out

REFUSED = 422


@needs(Action.SEE_STATISTICS)
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The certifications whose figures this person reads, each with the years that have some."""
    stand_under(request, "secretariat:queue")
    rows = list(counted_by(standing_of(request)).select_related("awarding_body"))
    years = years_by_certification(rows)
    context = {"rows": [(row, years.get(row.pk, [])) for row in rows], "crumbs": crumbs()}
    return render(request, "figures/home.html", context)


@needs(Action.SEE_STATISTICS)
@require_GET
def year(request: HttpRequest, id: UUID, year: int) -> HttpResponse:
    """Everything that is counted of a certification in one year."""
    found = counted(request, id, year)
    told = yearly(found.row, year, found.on)
    known = sorted({*years_of(found.row), year}, reverse=True)
    context = {
        "found": found,
        "cards": showing.cards(told.decided.whole, told.decided.vae.full),
        "has_any": told.decided.whole.candidates > 0,
        **showing.split_of(told),
        "delays": showing.delays(told.delays),
        "waves": showing.waves(told.waves),
        "anchors": [(str(one), reverse("figures:year", args=[id, one]), one == year) for one in known],
        "published": published(found.row).filter(year=year).select_related("published_by").first(),
        "is_over": year < found.on.year,
        "crumbs": found.crumbs(),
    }
    return render(request, "figures/year.html", context)


@needs(Action.PUBLISH_FIGURES)
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, id: UUID, year: int) -> HttpResponse:
    """What everybody would read, then it is published."""
    found = counted(request, id, year, Action.PUBLISH_FIGURES)
    shut = ""
    if request.method == "POST":
        try:
            publish_figures(certification=found.row, year=year, on=found.on, **found.signed)
        except FollowupError as error:
            shut = sentence(error)
        else:
            messages.success(request, _("Les chiffres de %(year)s sont publiés.") % {"year": year})
            return redirect(found.url)
    told = told_to_all(yearly(found.row, year, found.on))
    context = {"found": found, "told": showing.told(told), "shut": shut, "crumbs": found.crumbs(_("Publier"))}
    return render(request, "figures/publish.html", context, status=REFUSED if shut else 200)


@needs(Action.SEE_STATISTICS)
@require_GET
def export(request: HttpRequest, id: UUID, year: int, kind: str) -> Any:
    """The figures of the year as a spreadsheet, one a line; the journal keeps that it went out."""
    found = counted(request, id, year)
    columns: tuple[Column[Line], ...] = (
        Column(_("Ce qui est compté"), lambda line: line.measure),
        Column(_("Pour qui"), lambda line: line.group),
        Column(_("Nombre"), lambda line: line.value, "number"),
        Column(_("Sur"), lambda line: line.of, "number"),
    )
    lines = list(_lines(found, yearly(found.row, year, found.on)))
    return sent_out(request, lines, columns, name=f"chiffres-{found.row.scheme}-{year}", kind=kind)


@needs(Action.SEE_STATISTICS)
@require_GET
def fiche(request: HttpRequest, id: UUID, year: int) -> HttpResponse:
    """The figures of every year up to that one, under the tags of the national register."""
    found = counted(request, id, year)
    name = f"statistiques-promotions-{found.row.scheme}-{year}.xml"
    return to_keep(written(_promotions(found.row, year)), "application/xml", name)


@dataclass(frozen=True, slots=True)
class Line:
    """One figure of an export, and what it is counted over where it is a share."""

    measure: str
    group: str
    value: float | None
    of: int | None = None


def _lines(found: Counted, told: Yearly) -> Iterator[Line]:
    decided, everybody = told.decided, _("Ensemble")
    split = showing.split_of(told)
    rows = [(everybody, decided.whole)]
    rows += [(row["title"], row["tally"]) for name in ("routes", "sexes", "centres") for row in split[name]]
    for title, tally in rows:
        yield Line(_("Candidats jugés"), title, tally.candidates)
        yield Line(_("Certifiés"), title, tally.full, tally.candidates)
        yield Line(_("Délivrances partielles"), title, tally.partial, tally.candidates)
        yield Line(_("Rien délivré"), title, tally.none, tally.candidates)
    for one in told.delays:
        yield Line(_("Délai médian, en jours"), showing.laps()[one.lap.value], one.median, one.count)
    for wave in told.waves:
        title = showing.when(wave.wave.value)
        yield Line(_("Réponses au suivi"), title, wave.answered, wave.asked)
        yield Line(_("En emploi"), title, wave.at_work, wave.counted)
        yield Line(_("Dans le métier visé"), title, wave.in_target_job, wave.counted)


def _promotions(row: Certification, last: int) -> Iterator[Promotion]:
    waves = insertion_by_year(row)
    for year, (certified, by_vae) in certified_by_year(row).items():
        if year <= last:
            six, two = (waves.get((year, wave), Insertion(wave)) for wave in Wave)
            yield Promotion(
                year=year,
                certified=certified,
                certified_by_vae=by_vae,
                overall_at_six_months=six.overall.percent,
                target_at_six_months=six.target.percent,
                target_at_two_years=two.target.percent,
            )
