"""How a body signs its certificates: each certification with who signs it, and the form where that is said."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from parchemin.records.awards.actions.housing import save_house
from parchemin.records.awards.models import House
from parchemin.records.awards.queries.listed import issuers_for, signed_pairs
from parchemin.records.certifications.models import Certification
from parchemin.records.people.models import Organisation
from parchemin.records.people.permissions import Action
from parchemin.web.access.decorators import needs
from parchemin.web.award.forms import HouseForm
from parchemin.web.award.reaching import REFUSED, attempted, crumbs
from parchemin.web.shared.asked import person_of, standing_of
from parchemin.web.shared.clock import now


@needs(Action.ISSUE_CERTIFICATES)
@require_GET
def houses(request: HttpRequest) -> HttpResponse:
    """Each certification that this person awards, with who signs it, or that nobody was named."""
    rows = signed_pairs(standing_of(request))
    context = {
        "rows": rows,
        "has_several": len({body.pk for body, *_rest in rows}) > 1,
        "lacking": sum(house is None for *_rest, house in rows),
        "crumbs": crumbs((_("Modèles"), None)),
    }
    return render(request, "award/houses.html", context)


@needs(Action.ISSUE_CERTIFICATES)
@require_http_methods(["GET", "HEAD", "POST"])
def house(request: HttpRequest, id: UUID) -> HttpResponse:
    """Under which name, where and by whom the certificates of a certification are signed."""
    standing = standing_of(request)
    body, certification, known = _found(request, id)
    form = HouseForm(
        request.POST if request.method == "POST" else None,
        issuers=issuers_for(standing, body, known),
        organisation=body,
        house=known,
    )
    if form.is_valid():
        is_done, _made = attempted(
            form,
            lambda: save_house(
                organisation=body,
                certification=certification,
                signing=form.signing,
                by=person_of(request),
                at=now(),
            ),
        )
        if is_done:
            messages.success(request, _("Le modèle est enregistré : les prochains certificats le porteront."))
            return redirect("award:houses")
    context = {
        "body": body,
        "certification": certification,
        "house": known,
        "form": form,
        "crumbs": crumbs((_("Modèles"), reverse("award:houses")), (certification.title, None)),
    }
    return render(request, "award/house.html", context, status=REFUSED if form.is_bound else 200)


def _found(request: HttpRequest, id: UUID) -> tuple[Organisation, Certification, House | None]:
    """The certification under the body named in the address, or under the one that answers for it."""
    asked = request.GET.get("organisation", "")
    rows = [row for row in signed_pairs(standing_of(request)) if row[1].pk == id]
    if asked:
        rows = [row for row in rows if str(row[0].pk) == asked]
    rows.sort(key=lambda row: row[0].pk != row[1].awarding_body_id)
    if not rows:
        raise Http404
    return rows[0]
