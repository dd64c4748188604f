"""Choosing a certification, then a route, knowing what is asked; then opening a file."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from parchemin.catalogue.problems import RefusedError
from parchemin.core.decision import Decision
from parchemin.records.awards.models import Certificate
from parchemin.records.awards.queries.renewing import to_renew
from parchemin.records.candidacies.actions.opening import open_candidacy
from parchemin.records.candidacies.errors import UnfitError
from parchemin.records.candidacies.models import ACTIVE, Candidacy
from parchemin.records.candidacies.queries.prospects import Prospect
from parchemin.records.candidacies.wordings import sentence
from parchemin.records.certifications.queries import Offer, offers
from parchemin.records.people.permissions import Action
from parchemin.web.access.decorators import needs, public
from parchemin.web.candidate.attempts import REFUSED
from parchemin.web.candidate.forms.opening import OpenForm
from parchemin.web.candidate.offering import block_choices, described, may_aim_at_blocks, told
from parchemin.web.shared.asked import person_of, viewer_of
from parchemin.web.shared.clock import now, today


@public
@require_GET
def certifications(request: HttpRequest) -> HttpResponse:
    """What may be applied to, in plain words."""
    found = [described(offer) for offer in offers(today())]
    return render(request, "candidate/certifications.html", {"found": found, "crumbs": _crumbs(request)})


@public
@require_GET
def certification(request: HttpRequest, scheme: str) -> HttpResponse:
    """What it is made of, and its routes: open, closed and why, or not settled by the source."""
    offer = _offer(scheme)
    routes = [told(Prospect(offer.loaded.scheme, id, today())) for id in offer.loaded.scheme.routes]
    context = {
        "offer": described(offer),
        "open_routes": [one for one in routes if one.is_open],
        "unsettled_routes": [one for one in routes if not one.is_open and one.unsettled],
        "closed_routes": [one for one in routes if not one.is_open and not one.unsettled],
        "current": _current(request, offer),
        "renews": _renews(request, offer),
        "crumbs": _crumbs(request, (offer.certification.title, None)),
    }
    return render(request, "candidate/certification.html", context)


@public
@require_GET
def route(request: HttpRequest, scheme: str, route: str) -> HttpResponse:
    """Everything a route asks and leads to, before choosing it."""
    offer = _offer(scheme)
    prospect = _prospect(offer, route)
    context = {
        "offer": described(offer),
        "route": told(prospect),
        "current": _current(request, offer),
        "renews": _renews(request, offer),
        "ref": offer.loaded.scheme.ref,
        "crumbs": _route_crumbs(request, offer, prospect),
    }
    return render(request, "candidate/route.html", context)


@needs(Action.APPLY)
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest, scheme: str, route: str) -> HttpResponse:
    """What is aimed at and since when; then the file is open, or the decision says why it cannot be."""
    offer = _offer(scheme)
    prospect = _prospect(offer, route)
    blocks = block_choices(prospect.scheme) if may_aim_at_blocks(prospect.scheme) else []
    form = OpenForm(request.POST or None, blocks=blocks, on=today(), initial={"began_on": today()})
    decision: Decision | None = prospect.refusal
    if request.method == "POST" and form.is_valid():
        opened = _open(request, offer, route, form)
        if isinstance(opened, Candidacy):
            messages.success(request, _("Votre dossier est ouvert. Ce qu’il faut y mettre est ci-dessous."))
            return redirect("candidate:file", opened.pk)
        decision = opened or decision
    context = {
        "form": form,
        "offer": described(offer),
        "route": prospect.route,
        "renews": _renews(request, offer),
        "decision": decision,
        "crumbs": _route_crumbs(request, offer, prospect, (_("Commencer"), None)),
    }
    return render(request, "candidate/start.html", context, status=REFUSED if form.is_bound else 200)


def _open(request: HttpRequest, offer: Offer, route: str, form: OpenForm) -> Candidacy | Decision | None:
    try:
        return open_candidacy(
            candidate=person_of(request),
            certification=offer.certification,
            route=route,
            at=now(),
            on=today(),
            blocks=form.blocks_wanted,
            began_on=form.cleaned_data["began_on"],
        )
    except UnfitError as unfit:
        form.add_error(None, sentence(unfit))
    except RefusedError:
        form.add_error("began_on", _("Aucune version de cette certification n’était en vigueur ce jour-là."))
    return None


def _offer(scheme: str) -> Offer:
    found = offers(today(), scheme=scheme)
    if not found:
        raise Http404
    return found[0]


def _prospect(offer: Offer, route: str) -> Prospect:
    if route not in offer.loaded.scheme.routes:
        raise Http404
    return Prospect(offer.loaded.scheme, route, today())


def _current(request: HttpRequest, offer: Offer) -> Candidacy | None:
    """The file already under way for that certification."""
    if not request.user.is_authenticated:
        return None
    return Candidacy.objects.filter(
        candidate=viewer_of(request), certification=offer.certification, status__in=ACTIVE
    ).first()


def _renews(request: HttpRequest, offer: Offer) -> Certificate | None:
    """Their certificate of it that ends soon, or has ended, and that a new file would renew."""
    if not request.user.is_authenticated:
        return None
    return to_renew(viewer_of(request).pk, offer.certification.pk, today())


def _crumbs(request: HttpRequest, *more: tuple[str, str | None]) -> list[tuple[str, str | None]]:
    home = [(_("Mes candidatures"), reverse("candidate:home"))] if request.user.is_authenticated else []
    return [*home, (_("Certifications"), reverse("candidate:certifications") if more else None), *more]


def _route_crumbs(
    request: HttpRequest, offer: Offer, prospect: Prospect, *more: tuple[str, str | None]
) -> list[tuple[str, str | None]]:
    scheme = offer.certification.scheme
    page = reverse("candidate:certification", args=[scheme])
    own = reverse("candidate:route", args=[scheme, prospect.id]) if more else None
    return _crumbs(request, (offer.certification.title, page), (prospect.route.title, own), *more)
