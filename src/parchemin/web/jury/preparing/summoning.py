"""Summoning: what each reads, who was told and when, then everybody who was not is."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from parchemin.records.candidacies.models import Candidacy
from parchemin.records.juries.actions import calling
from parchemin.records.juries.actions.sitting import values_of
from parchemin.records.juries.models import Hearing
from parchemin.records.juries.queries.preparing import Expected
from parchemin.records.people.permissions import Action
from parchemin.web.access.decorators import needs
from parchemin.web.jury.preparing.planning import overtaken, too_late
from parchemin.web.jury.preparing.session import agenda, named
from parchemin.web.jury.reaching import Convened, attempted, convened
from parchemin.web.shared.forms import RevisionField
from parchemin.web.shared.juries import told_to_member
from parchemin.web.shared.letters import preview
from parchemin.web.shared.typesetting import local_day


class SummonForm(forms.Form):
    """Nothing but what was looked at before it is sent."""

    revision = RevisionField()


@needs(Action.CONVENE_JURY)
@require_http_methods(["GET", "POST"])
def summon(request: HttpRequest, id: UUID) -> HttpResponse:
    """The letter of candidates and the e-mail of members, as they will read them; then they go."""
    found = convened(request, id, is_office=True)
    session = found.session
    if session.opened_at or session.cancelled_at:
        return too_late(found)
    form = SummonForm(request.POST or None, initial={"revision": session.revision})
    status = 422 if form.is_bound else 200
    context: dict[str, Any] = {}
    if form.is_valid():
        attempt = attempted(form, lambda: _called(found, form))
        if attempt.is_done:
            messages.success(request, _("La convocation part aux membres et aux candidats, avec l’agenda."))
            return redirect(reverse("jury:session", args=[id]) + "#membres")
        status, context = attempt.status, overtaken(attempt, form, session)
    composed = Expected(session, found.on)
    members, lines = named(found, composed), agenda(found, composed)
    context |= {
        "found": found,
        "session": session,
        "form": form,
        "members": members,
        "lines": lines,
        "due": [one.row.person.name for one in members if one.called is None],
        "letters_due": [one.row.candidacy.candidate.name for one in lines if one.is_due],
        "days": (local_day(session.starts_at) - found.on).days,
        "email": told_to_member(session) if members else None,
        "letter": _letter(found, lines[0].row) if lines else None,
        "title": _("Convoquer"),
        "crumbs": found.crumbs(_("Convoquer")),
    }
    return render(request, "jury/summon.html", context, status=status)


def _called(found: Convened, form: SummonForm) -> None:
    calling.call(session=found.session, on=found.on, revision=form.cleaned_data["revision"], **found.signed)


def _letter(found: Convened, hearing: Hearing) -> tuple[str, str]:
    """The letter of the first candidate, for all."""
    related = ("candidate", "certification", "organisation")
    row = Candidacy.objects.select_related(*related).get(pk=hearing.candidacy_id)
    values = values_of(found.session, hearing)
    return preview(row, "jury_summoned", dated_on=found.on, values=values, by=found.person)
