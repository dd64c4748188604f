"""The sittings that somebody assesses, by what each asks of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from parchemin.core.terms import title_of
from parchemin.records.assessments.models import Evaluator
from parchemin.records.assessments.queries.assigned import Asked, assigned_to
from parchemin.records.candidacies.queries.visible import visible_to
from parchemin.records.certifications.queries import schemes_of
from parchemin.records.people.permissions import Action
from parchemin.web.access.decorators import needs
from parchemin.web.shared.asked import standing_of, viewer_of
from parchemin.web.shared.clock import now, today
from parchemin.web.shared.lists import listing

TITLES: Mapping[Asked, object] = {
    Asked.TELL: gettext_lazy("Déroulement à noter"),
    Asked.RATE: gettext_lazy("À noter"),
    Asked.SETTLE: gettext_lazy("Écarts à régler"),
    Asked.PREPARE: gettext_lazy("À préparer"),
    Asked.HOLD: gettext_lazy("À venir"),
    Asked.WAIT: gettext_lazy("Signées"),
    Asked.DONE: gettext_lazy("Terminées"),
}
ASKS: Mapping[Asked, object] = {
    Asked.TELL: gettext_lazy("Dites si l’épreuve s’est tenue, et comment."),
    Asked.RATE: gettext_lazy("Notez chaque ligne de la grille, puis signez."),
    Asked.SETTLE: gettext_lazy("Vous ne notez pas tous pareil : prenez position sur chaque écart."),
    Asked.PREPARE: gettext_lazy("Dites si un lien vous rattache au candidat."),
    Asked.HOLD: gettext_lazy("Rien à faire avant le jour : relisez le dossier."),
    Asked.WAIT: gettext_lazy("Rien à faire : la suite s’ouvre quand chacun a signé."),
    Asked.DONE: gettext_lazy("Rien à faire."),
}
LOOKS: Mapping[Asked, tuple[str, str]] = {
    Asked.TELL: ("now", "hourglass"),
    Asked.RATE: ("now", "pencil"),
    Asked.SETTLE: ("now", "scale"),
    Asked.PREPARE: ("unknown", "circle-alert"),
    Asked.HOLD: ("", "calendar"),
    Asked.WAIT: ("", "hourglass"),
    Asked.DONE: ("met", "circle-check"),
}
TO_DO = (Asked.TELL, Asked.RATE, Asked.SETTLE, Asked.PREPARE, Asked.HOLD)


@dataclass(frozen=True, slots=True)
class Shown:
    """One sitting of the list."""

    row: Evaluator
    method: str
    actor: str
    asks: object
    status: dict[str, object]
    url: str
    day: date | None
    is_to_come: bool


@needs(Action.RATE)
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """What waits for them first; what is over on request."""
    viewer = viewer_of(request)
    files = visible_to(standing_of(request), Action.RATE, today())
    known = assigned_to(viewer, now()).filter(sitting__candidacy__in=files.order_by().values("pk"))
    counts = dict(known.order_by().values_list(F("asked")).annotate(n=Count("pk")))
    chosen = request.GET.get("etat", "")
    chosen = chosen if chosen in list(Asked) else ""
    wanted = [chosen] if chosen else [one.value for one in TO_DO]
    related = ("sitting__candidacy__candidate", "sitting__candidacy__certification")
    rows = known.filter(Q(asked__in=wanted)).select_related(*related)
    starts = F("sitting__starts_at")
    is_over = chosen in (Asked.DONE, Asked.WAIT)
    page = listing(
        rows.order_by(starts.desc(nulls_last=True) if is_over else starts.asc(nulls_last=True), "pk"),
        request.GET.get("page"),
    )
    url = reverse("assessment:mine")
    to_do = sum(counts.get(one.value, 0) for one in TO_DO)
    tabs = [(_("À faire (%(n)s)") % {"n": to_do}, url, not chosen)]
    for one, title in TITLES.items():
        if counts.get(one.value) or chosen == one:
            tabs.append((f"{title} ({counts.get(one.value, 0)})", f"{url}?etat={one.value}", chosen == one))
    context = {"listing": page, "rows": _shown(page.rows), "tabs": tabs, "is_new": not counts, "all_url": url}
    return render(request, "assessment/rating_mine.html", context)


def _shown(rows: list[Evaluator]) -> list[Shown]:
    files = [one.sitting.candidacy for one in rows]
    schemes = schemes_of([(one.certification.scheme, one.version) for one in files], on=today())
    found = []
    for row in rows:
        file, sitting = row.sitting.candidacy, row.sitting
        scheme = schemes[(file.certification.scheme, file.version)]
        asked = Asked(row.asked)  # type: ignore[attr-defined]
        tone, icon = LOOKS[asked]
        day = timezone.localdate(sitting.starts_at) if sitting.starts_at else None
        found.append(
            Shown(
                row=row,
                method=title_of(scheme.methods, sitting.method),
                actor=title_of(scheme.actors, row.actor),
                asks=ASKS[asked],
                status={"label": TITLES[asked], "tone": tone, "icon": icon},
                url=reverse("assessment:sitting", args=[sitting.pk]),
                day=day,
                is_to_come=asked in (Asked.PREPARE, Asked.HOLD),
            )
        )
    return found
