"""A result is corrected by another one that says why; every one of them stays written."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from parchemin.records.assessments.actions.settling import correct_result
from parchemin.records.assessments.models import Result
from parchemin.records.people.permissions import Action
from parchemin.web.access.decorators import needs
from parchemin.web.assessment.planning.forms import CorrectForm
from parchemin.web.assessment.planning.reaching import attempted
from parchemin.web.assessment.planning.showing import line_title, value_of
from parchemin.web.shared.reached import reached


@needs(Action.CORRECT_RESULT)
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, id: UUID) -> HttpResponse:
    """The chain of what was written on this line, and one more entry that stands instead of the last."""
    asked = Result.objects.filter(pk=id).first()
    if asked is None:
        raise Http404
    found = reached(request, asked.candidacy_id, Action.CORRECT_RESULT)
    chain = _chain(asked)
    last = chain[-1]
    last.candidacy = found.candidacy
    title = line_title(found.judged.scheme, last)
    form = CorrectForm(request.POST or None, result=last)
    if form.is_valid():
        is_acquired, mark = form.chosen
        reason = form.cleaned_data["reason"]

        def do() -> Result:
            return correct_result(result=last, reason=reason, is_acquired=is_acquired, mark=mark, **found.signed)

        attempt = attempted(form, do)
        if attempt.is_done:
            messages.success(request, _("Le résultat est corrigé ; l’ancien reste écrit avec son motif."))
            return redirect("assessment:correct", attempt.result.pk)
    back = reverse("assessment:planned", args=[last.sitting_id]) if last.sitting_id else found.file_url
    context = {
        "found": found,
        "title": title,
        "form": form,
        "back": back,
        "chain": [{"row": row, "value": value_of(row), "is_last": row is last} for row in reversed(chain)],
        "whose": [found.candidacy.candidate.name, found.candidacy.number, found.candidacy.certification.title],
        "crumbs": found.crumbs((_("Épreuves"), reverse("assessment:plan", args=[found.candidacy.pk])), _("Résultat")),
    }
    return render(request, "assessment/planning_correct.html", context, status=422 if form.is_bound else 200)


def _chain(one: Result) -> list[Result]:
    """Every result written on that line in turn, from the first to the one that stands; one query."""
    rows = Result.objects.filter(
        candidacy=one.candidacy_id, sitting=one.sitting_id, kind=one.kind, code=one.code
    ).select_related("settled_by", "sitting")
    after = {row.corrects_id: row for row in rows if row.corrects_id}
    by_id = {row.pk: row for row in rows}
    first = by_id[one.pk]
    while first.corrects_id:
        first = by_id[first.corrects_id]
    chain = [first]
    while following := after.get(chain[-1].pk):
        chain.append(following)
    return chain
