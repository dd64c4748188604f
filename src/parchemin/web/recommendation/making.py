"""A recommendation is typed, read as it will be signed, then signed as it was read."""

import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from parchemin.edges.credentials.keeping import here
from parchemin.edges.credentials.recommending import drawn
from parchemin.records.people.models import Organisation
from parchemin.records.recommendations.actions import drafted, recommend
from parchemin.records.recommendations.errors import RecommendationError
from parchemin.records.recommendations.models import Recommendation
from parchemin.records.recommendations.queries import SIGN, endorsers_for
from parchemin.records.recommendations.wordings import sentence
from parchemin.web.access.decorators import needs
from parchemin.web.recommendation.forms import RecommendForm
from parchemin.web.recommendation.reaching import PLACE, REFUSED, crumbs
from parchemin.web.recommendation.showing import facts_of
from parchemin.web.shared.acting import Acting
from parchemin.web.shared.asked import stand_under, standing_of
from parchemin.web.shared.clock import today

SIGNED = "sign"


@needs(SIGN)
@require_http_methods(["GET", "HEAD", "POST"])
def make(request: HttpRequest) -> HttpResponse:
    """What is typed is shown as it will be signed, and signed once it was read."""
    bodies = list(endorsers_for(standing_of(request)))
    asked = request.GET.get("organisation", "")
    endorser = next((one for one in bodies if str(one.pk) == asked), bodies[0] if bodies and not asked else None)
    if endorser is None:
        raise Http404
    stand_under(request, PLACE)
    return _Page(request, endorser, bodies).answered()


@dataclass
class _Page(Acting):
    """The form in front of whoever recommends in the name of a body."""

    request: HttpRequest
    endorser: Organisation
    bodies: list[Organisation]

    @cached_property
    def form(self) -> RecommendForm:
        return self._form()

    def answered(self) -> HttpResponse:
        """The form; with what will be signed once it was typed; the recommendation once it is signed."""
        if not self.form.is_valid():
            return self._drawn(None, REFUSED if self.form.is_bound else 200)
        try:
            if self.request.POST.get("then") != SIGNED:
                return self._drawn(drafted(self.endorser, self.form.said, on=today()))
            row = recommend(endorser=self.endorser, said=self.form.said, on=today(), **self.signed)
        except RecommendationError as error:
            self.form.add_error(None, sentence(error))
            return self._drawn(None, REFUSED)
        told = _("Elle est signée dans la minute ; %(name)s en reçoit l’annonce et décide de la montrer ou non.")
        messages.success(self.request, told % {"name": row.endorsed.name})
        return redirect("recommendation:one", row.pk)

    def _form(self, **told: Any) -> RecommendForm:
        sent = self.request.POST if self.request.method == "POST" else None
        return RecommendForm(sent, endorser=self.endorser, on=today(), **told)

    def _drawn(self, draft: Recommendation | None, status: int = 200) -> HttpResponse:
        page = reverse("recommendation:make")
        context = {
            "endorser": self.endorser,
            "form": self.form,
            "draft": draft,
            "kept": self._form(auto_id=False) if draft else None,
            "facts": facts_of(draft) if draft else [],
            "source": _source(draft) if draft else "",
            "anchors": [(one.name, f"{page}?organisation={one.pk}", one == self.endorser) for one in self.bodies],
            "crumbs": crumbs((_("Recommander"), None)),
        }
        return render(self.request, "recommendation/make.html", context, status=status)


def _source(draft: Recommendation) -> str:
    """What the signature will cover, but for the identifier and the place in the list that come with it."""
    found = {name: value for name, value in drawn(draft, here()).items() if name != "id"}
    return json.dumps(found, ensure_ascii=False, indent=2)
