"""How a body signs its certificates: each certification with who signs it, and the form where that is said."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from parchemin.records.awards.actions.housing import save_house
from parchemin.records.awards.errors import StaleHouseError
from parchemin.records.awards.models import House
from parchemin.records.awards.queries.listed import issuers_for, signed_pairs
from parchemin.records.awards.queries.specimen import scheme_in_force
from parchemin.records.certifications.models import Certification
from parchemin.records.people.models import Organisation
from parchemin.records.people.permissions import Action
from parchemin.web.access.decorators import needs
from parchemin.web.award.house_forms import WORDS, HouseForm
from parchemin.web.award.look import Drawn, drawn
from parchemin.web.award.reaching import REFUSED, attempted, crumbs
from parchemin.web.shared.acting import Acting
from parchemin.web.shared.asked import standing_of
from parchemin.web.shared.clock import now, today

PREVIEW, CONFLICT = "preview", 409
LOGO = "0" * 64
"""Stands for a logo that is not kept yet."""


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
    """Under which name, where and by whom the certificates of a certification are signed, and how they look."""
    page = _Page(request, *_found(request, id))
    form = page.form
    if form.is_valid():
        looked = page.looked(page.draft)
        for one in looked.own:
            form.add_error(None, one.sentence)
        if request.POST.get("then") == PREVIEW:
            form.keep_logo()
            return page.drawn(looked, is_typed=True)
        if form.is_valid():
            return page.saved(looked)
        return page.drawn(looked, status=REFUSED, is_typed=True)
    return page.drawn(page.looked(page.known) if page.known else None, status=REFUSED if form.is_bound else 200)


@dataclass
class _Page(Acting):
    """The model of one certification in front of whoever answers for it."""

    request: HttpRequest
    body: Organisation
    certification: Certification
    known: House | None

    @cached_property
    def form(self) -> HouseForm:
        return HouseForm(
            *((self.request.POST, self.request.FILES) if self.request.method == "POST" else ()),
            issuers=issuers_for(self.standing, self.body, self.known),
            organisation=self.body,
            house=self.known,
        )

    @property
    def draft(self) -> House:
        """What was typed, saved nowhere."""
        told = {name: self.form.cleaned_data[name] for name in ("issuer", *WORDS)}
        logo = self.form.chosen_logo
        return House(**told, logo_id=LOGO if logo else None)

    def looked(self, house: House) -> Drawn:
        """How that would look."""
        on = today()
        return drawn(scheme_in_force(self.certification, on), house, self.form.chosen_logo, now(), on)

    def saved(self, looked: Drawn) -> HttpResponse:
        """The list once it is saved; the form again when somebody else was first, with what they wrote."""
        try:
            is_done, _made = attempted(self.form, self._save)
        except StaleHouseError as stale:
            self.form.keep_logo()
            self.form.at_revision(stale.house.revision)
            return self.drawn(looked, status=CONFLICT, rows=_differences(self.form, stale.house), is_typed=True)
        if not is_done:
            return self.drawn(looked, status=REFUSED, is_typed=True)
        messages.success(self.request, _("Le modèle est enregistré : les prochains certificats le porteront."))
        return redirect("award:houses")

    def drawn(
        self, looked: Drawn | None, *, status: int = 200, rows: Any = None, is_typed: bool = False
    ) -> HttpResponse:
        """The page."""
        context = {
            "body": self.body,
            "certification": self.certification,
            "house": self.known,
            "form": self.form,
            "looked": looked,
            "is_typed": is_typed,
            "rows": rows,
            "is_overtaken": status == CONFLICT,
            "crumbs": crumbs((_("Modèles"), reverse("award:houses")), (self.certification.title, None)),
        }
        return render(self.request, "award/house.html", context, status=status)

    def _save(self) -> House:
        return save_house(
            organisation=self.body,
            certification=self.certification,
            signing=self.form.signing,
            revision=self.form.cleaned_data["revision"],
            **self.signed,
        )


def _differences(form: HouseForm, saved: House) -> list[dict[str, Any]]:
    """What was typed beside what somebody else saved meanwhile, where they differ."""
    pairs = [(name, form.cleaned_data[name], getattr(saved, name)) for name in ("issuer", *WORDS)]
    return [
        {"title": str(form.fields[name].label), "yours": yours, "theirs": theirs}
        for name, yours, theirs in pairs
        if yours != theirs
    ]


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
