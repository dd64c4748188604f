"""One certificate: what it says, where it stands, what became of it, what it was decided on."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from parchemin.records.awards.models import Certificate
from parchemin.records.awards.numbers import grouped
from parchemin.records.candidacies.judging import Judged
from parchemin.records.juries.models import Conclusion
from parchemin.records.people.permissions import Action
from parchemin.web.access.decorators import needs
from parchemin.web.award.reaching import Held, held
from parchemin.web.award.showing import holder_in, lines_of, look_of_act, part_of
from parchemin.web.shared.certificates import look_of, renewal_told, verified_at


@needs(Action.ISSUE_CERTIFICATES)
@require_GET
def certificate(request: HttpRequest, id: UUID) -> HttpResponse:
    """Everything known of it; the acts that may still be done."""
    found = held(request, id)
    row = found.row
    conclusion = Conclusion.objects.select_related("hearing").get(pk=row.conclusion_id)
    scheme = Judged(row.candidacy, found.on, conclusion.hearing.version).scheme
    other = getattr(row, "corrected_by", None)
    context = {
        "found": found,
        "row": row,
        "number": found.number,
        "holder": holder_in(row.told),
        "part": part_of(row),
        "look": look_of(found.stands),
        "facts": [(one.title, one.value) for one in lines_of(row.told, scheme) if one.value],
        "changes": [(one, look_of_act(one.act)) for one in row.changes.select_related("by")],
        "duplicates": row.duplicates.select_related("by"),
        "renewal": renewal_told(row, found.on),
        "renews": row.renews,
        "chain": _chain(row),
        "replaced_by": (grouped(other.number), reverse("award:certificate", args=[other.pk])) if other else None,
        "acts": _acts(found),
        "outcome": reverse("jury:outcome", args=[conclusion.hearing.session_id, conclusion.hearing_id]),
        "public": verified_at(row),
        "crumbs": found.crumbs(),
    }
    return render(request, "award/certificate.html", context)


def _acts(found: Held) -> dict[str, bool]:
    """What may still be done of it."""
    is_suspended = found.row.is_suspended
    if found.is_over:
        return {}
    return {"suspend": not is_suspended, "reinstate": is_suspended, "any": True}


def _chain(row: Certificate) -> list[dict[str, Any]]:
    """The certificates that correct one another, the first first; empty when it stands alone. One query."""
    rows = Certificate.objects.filter(candidacy=row.candidacy_id, kind=row.kind, code=row.code)
    known = {one.pk: one for one in rows.select_related("corrected_by", "issued_by").defer("text")}
    first = known[row.pk]
    while first.corrects_id:
        first = known[first.corrects_id]
    found = []
    one: Certificate | None = first
    while one is not None:
        found.append({"row": one, "number": grouped(one.number), "is_here": one.pk == row.pk})
        after = getattr(one, "corrected_by", None)
        one = known[after.pk] if after else None
    return found if len(found) > 1 else []
