"""A session is planned, changed, cancelled."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from parchemin.core.scheme import Jury, Scheme
from parchemin.core.terms import Unknown
from parchemin.records.certifications.models import Certification, PublishedVersion
from parchemin.records.certifications.queries import schemes_of
from parchemin.records.juries.actions import calling, composing
from parchemin.records.juries.models import JurySession, Place
from parchemin.records.juries.queries.preparing import alternates, safeguards_asked
from parchemin.records.juries.queries.sessions import previous_chair_college
from parchemin.records.people.models import Organisation
from parchemin.records.people.permissions import Action
from parchemin.records.people.queries.people import organisations_visible_to
from parchemin.records.people.standing import Standing
from parchemin.web.access.decorators import needs
from parchemin.web.jury.preparing.forms import ChangeForm, ReasonForm, WhenForm, when_initial
from parchemin.web.jury.preparing.pool_forms import certifications_of
from parchemin.web.jury.reaching import Attempt, Convened, attempted, convened
from parchemin.web.shared.asked import person_of, stand_under, standing_of
from parchemin.web.shared.clock import now, today
from parchemin.web.shared.typesetting import instant

Choice = tuple[Certification, Scheme, str, Jury]


@needs(Action.CONVENE_JURY)
@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest) -> HttpResponse:
    """A jury is chosen among those of the certifications one convenes, then when and where it meets."""
    standing = standing_of(request)
    stand_under(request, "jury:home")
    offered = _offered(standing)
    asked = request.GET.get("jury", "")
    alone = offered[0] if len(offered) == 1 and not asked else None
    chosen = next((one for one in offered if _key(one) == asked), alone)
    body = _body(standing, chosen, request.GET.get("organisation", "")) if chosen else None
    if (asked and chosen is None) or (chosen and body is None):
        raise Http404
    form, status = None, 200
    if chosen and body:
        form = WhenForm(request.POST or None, **_asked(chosen[1], chosen[3], _draft(chosen, body)))
        status = 422 if form.is_bound else 200
        if form.is_valid():
            attempt = attempted(form, lambda: _planned(request, chosen, body, form))
            if attempt.is_done:
                messages.success(request, _("La session est prévue. Nommez maintenant qui siège."))
                return redirect("jury:session", attempt.result.pk)
            status = attempt.status
    context = {
        "form": form,
        "choices": [(_key(one), one[0].title, one[3].title, _routes(one)) for one in offered],
        "chosen": chosen and {"title": chosen[0].title, "jury": chosen[3].title, "routes": _routes(chosen)},
        "body": body,
        "title": _("Prévoir une session"),
        "crumbs": [(_("Jurys"), reverse("jury:home")), (_("Prévoir une session"), None)],
    }
    return render(request, "jury/plan.html", context, status=status)


@needs(Action.CONVENE_JURY)
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, id: UUID) -> HttpResponse:
    """Another day, another place; whoever was called otherwise is then called again."""
    found = convened(request, id, is_office=True)
    session = found.session
    if session.opened_at or session.cancelled_at:
        return too_late(found)
    asked = _asked(found.composed.scheme, found.composed.jury, session)
    form = ChangeForm(request.POST or None, initial=when_initial(session), **asked)
    context = {"title": _("Changer la session"), "button": _("Enregistrer"), "is_when": True}

    def do() -> None:
        revision = form.cleaned_data["revision"]
        composing.change_session(session=session, planned=form.planned, revision=revision, **found.signed)

    return acted(found, form, do, context, _told_of_change(session))


@needs(Action.CONVENE_JURY)
@require_http_methods(["GET", "POST"])
def cancel(request: HttpRequest, id: UUID) -> HttpResponse:
    """It will not be held, for a reason that those who were summoned read."""
    found = convened(request, id, is_office=True)
    if found.session.opened_at or found.session.cancelled_at:
        return too_late(found)
    form = ReasonForm(request.POST or None, initial={"revision": found.session.revision})
    title = _("Annuler la session")
    lede = _("Ses dossiers attendront une autre session. Ceux qui étaient convoqués lisent le motif.")
    context = {"title": title, "button": title, "lede": lede, "is_danger": True}

    def do() -> None:
        calling.call_off(session=found.session, **form.cleaned_data, **found.signed)

    return acted(found, form, do, context, _("La session est annulée."))


def acted(found: Convened, form: Any, do: Any, context: dict[str, Any], said: str, anchor: str = "") -> HttpResponse:
    """The form of one act on a session: shown, refused with its words kept, or done."""
    request = found.request
    context |= {"found": found, "session": found.session, "form": form, "crumbs": found.crumbs(context["title"])}
    status = 422 if form.is_bound else 200
    if form.is_valid():
        attempt = attempted(form, do)
        if attempt.is_done:
            messages.success(request, said)
            return redirect(reverse("jury:session", args=[found.session.pk]) + anchor)
        status = attempt.status
        context |= overtaken(attempt, form, found.session)
    return render(request, "jury/act.html", context, status=status)


def overtaken(attempt: Attempt, form: Any, session: JurySession) -> dict[str, Any]:
    """What to show of what somebody else did in the meantime, beside what was typed."""
    if not attempt.is_overtaken:
        return {"decision": attempt.decision}
    theirs = JurySession.objects.get(pk=session.pk)
    rows = []
    if isinstance(form, WhenForm):
        mine = form.planned
        lines = (
            (_("Jour et heure"), instant(mine.starts_at), instant(theirs.starts_at)),
            (_("Durée en minutes"), mine.minutes or "", theirs.minutes or ""),
            (_("Candidats au plus"), mine.capacity or "", theirs.capacity or ""),
            (_("Déroulement"), Place(mine.place).label, Place(theirs.place).label),
            (_("Adresse, salle ou lien"), mine.room, theirs.room),
        )
        rows = [{"title": title, "yours": one, "theirs": other} for title, one, other in lines if one != other]
    return {"is_overtaken": True, "differences": rows}


def too_late(found: Convened) -> HttpResponse:
    """Back to the session, where it is told how it stands."""
    messages.info(found.request, _("Cette session ne se prépare plus : voici où elle en est."))
    return redirect("jury:session", found.session.pk)


def _told_of_change(session: JurySession) -> str:
    if session.summoned_at:
        return _("La session est changée : convoquez de nouveau ceux qui ne savent pas encore.")
    return _("La session est changée.")


def _planned(request: HttpRequest, chosen: Choice, body: Organisation, form: WhenForm) -> JurySession:
    return composing.plan_session(
        organisation=body,
        certification=chosen[0],
        jury=chosen[2],
        planned=form.planned,
        at=now(),
        by=person_of(request),
    )


def _offered(standing: Standing) -> list[Choice]:
    """The juries of the certifications one convenes, those that judge no route left out."""
    rows = Certification.objects.filter(scheme__in=certifications_of(standing)).order_by("title")
    versions = PublishedVersion.objects.filter(certification__in=rows.order_by()).order_by("name")
    last = dict(versions.values_list("certification__scheme", "name"))
    schemes = {scheme: one for (scheme, _name), one in schemes_of(last.items(), on=today()).items()}
    return [
        (row, schemes[row.scheme], id, jury)
        for row in rows
        for id, jury in schemes[row.scheme].juries.items()
        if not isinstance(jury, Unknown)
    ]


def _body(standing: Standing, chosen: Choice, asked: str) -> Organisation | None:
    """Where the session is held: the organisation asked for, or else the awarding body, or one's own."""
    own = [
        one
        for one in organisations_visible_to(standing, Action.CONVENE_JURY).filter(parent__isnull=True)
        if standing.may(Action.CONVENE_JURY, organisation=one.pk, scheme=chosen[0].scheme)
    ]
    if asked:
        return next((one for one in own if str(one.pk) == asked), None)
    return next((one for one in own if one.pk == chosen[0].awarding_body_id), own[0] if own else None)


def _key(choice: Choice) -> str:
    return f"{choice[0].scheme}/{choice[2]}"


def _routes(choice: Choice) -> list[str]:
    return [route.title for route in choice[1].paths.values() if route.jury == choice[2]]


def _draft(chosen: Choice, body: Organisation) -> JurySession:
    return JurySession(organisation=body, certification=chosen[0], jury=chosen[2], starts_at=now())


def _asked(scheme: Scheme, jury: Jury | None, session: JurySession) -> dict[str, Any]:
    """What the form of that jury offers."""
    colleges = jury.colleges if jury and not isinstance(jury.colleges, Unknown) else {}
    is_known = bool(previous_chair_college(session)) and not session.previous_college
    return {
        "colleges": {id: one.title for id, one in colleges.items()},
        "asked": safeguards_asked(scheme),
        "needs_previous": alternates(scheme) and bool(colleges) and not is_known,
    }
