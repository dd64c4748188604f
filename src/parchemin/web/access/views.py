"""One's own account, and the place where one lands."""

from collections.abc import Iterable

from allauth.account.decorators import reauthentication_required
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib import messages
from django.contrib.auth import logout
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from parchemin.records.assessments.queries.portable import kept_of_sittings
from parchemin.records.candidacies.actions.drafts import forget_typed
from parchemin.records.candidacies.queries.portable import kept_of_files
from parchemin.records.certifications.queries import titles
from parchemin.records.pathways.queries.portable import kept_of_pathways
from parchemin.records.people.actions.erasing import erase_person
from parchemin.records.people.errors import RefusalError
from parchemin.records.people.models import Grant, Person
from parchemin.records.people.permissions import Action
from parchemin.records.people.queries.people import grants_of
from parchemin.records.people.queries.portable import kept_about
from parchemin.web.access import devices
from parchemin.web.access.adapters import remember_language
from parchemin.web.access.decorators import public, signed_in
from parchemin.web.access.forms import LeaveForm, PersonForm
from parchemin.web.access.leaving import why_kept
from parchemin.web.shared.asked import standing_of
from parchemin.web.shared.clock import now, today

HOMES = (
    (Action.SEE_FILE, "secretariat:queue"),
    (Action.MANAGE_ORGANISATIONS, "administration:home"),
    (Action.FOLLOW_FILE, "followed:files"),
)


@public
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The place where whoever comes has most to do; anybody else sees what is offered."""
    if not request.user.is_authenticated:
        return redirect("candidate:certifications")
    standing = standing_of(request)
    for action, name in HOMES:
        if standing.has(action):
            return redirect(name)
    return redirect("candidate:home")


@signed_in
@require_http_methods(["GET", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """Names and language, what protects the account, devices, roles, what is kept."""
    person = _own(request)
    form = PersonForm(request.POST if request.method == "POST" else None, instance=Person.objects.get(pk=person.pk))
    if request.method == "POST" and form.is_valid():
        kept = form.save()
        with override(kept.language):
            messages.success(request, _("C’est enregistré."))
        response = redirect("access:account")
        remember_language(response, kept.language)
        return response
    factors = list(Authenticator.objects.filter(user=person).values_list("type", flat=True))
    context = {
        "form": form,
        "grants": _entitled(grants_of(person, today())),
        "has_password": person.has_usable_password(),
        "has_application": Authenticator.Type.TOTP in factors,
        "passkeys": factors.count(Authenticator.Type.WEBAUTHN),
        "has_codes": Authenticator.Type.RECOVERY_CODES in factors,
        "providers": [one.get_provider_account() for one in SocialAccount.objects.filter(user=person)],
        "devices": devices.devices_of(request),
        "is_trusted": any(standing_of(request).has(action) for action, _name in HOMES),
        "crumbs": [(_("Mon compte"), None)],
    }
    return render(request, "access/account.html", context)


@signed_in
@require_POST
def end_device(request: HttpRequest, id: int) -> HttpResponse:
    """One of one's other devices is signed out."""
    if devices.end(request, id):
        messages.success(request, _("Cet appareil est déconnecté."))
    else:
        messages.info(request, _("Cet appareil n’était déjà plus connecté."))
    return redirect("access:account")


@signed_in
@require_POST
def end_devices(request: HttpRequest) -> HttpResponse:
    """All the others are."""
    devices.end_others(request)
    messages.success(request, _("Vos autres appareils sont déconnectés."))
    return redirect("access:account")


@signed_in
@reauthentication_required  # type: ignore[untyped-decorator]
@require_GET
def portable(request: HttpRequest) -> HttpResponse:
    """What is kept about the account and what was done with it, in a file that other programs read (GDPR, art. 20)."""
    own = _own(request)
    told = {
        **kept_about(own),
        "devices": [{"device": one.title, "ip": one.ip, "seen_at": one.seen_at} for one in devices.devices_of(request)],
        **kept_of_files(own, today()),
        **kept_of_pathways(own),
        **kept_of_sittings(own),
    }
    response = JsonResponse(told, json_dumps_params={"ensure_ascii": False, "indent": 2})
    response.headers["Content-Disposition"] = 'attachment; filename="parchemin-compte.json"'
    return response


@signed_in
@reauthentication_required  # type: ignore[untyped-decorator]
@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """Closing one's account for good, when nothing has to be kept."""
    person = _own(request)
    kept = why_kept(person)
    form = LeaveForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and not kept:
        try:
            with transaction.atomic():
                forget_typed(person)
                erase_person(person=person, by=person, at=now())
        except RefusalError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            logout(request)
            return render(request, "access/left.html")
    crumbs = [(_("Mon compte"), reverse("access:account")), (_("Fermer mon compte"), None)]
    return render(request, "access/leave.html", {"form": form, "kept": kept, "crumbs": crumbs})


def _entitled(grants: Iterable[Grant]) -> list[Grant]:
    """The roles, each with the title of the certification it is narrowed to."""
    found = list(grants)
    named = titles([grant.scheme for grant in found])
    for grant in found:
        grant.title = named.get(grant.scheme, grant.scheme)  # type: ignore[attr-defined]
    return found


def _own(request: HttpRequest) -> Person:
    assert isinstance(request.user, Person)
    return request.user
