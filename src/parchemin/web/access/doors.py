"""Doors that open with a secret: an invitation to take a role, and the first administrator's."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import EmailAddress
from allauth.account.utils import perform_login
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from parchemin.records.candidacies.actions.sharing import accept_access
from parchemin.records.candidacies.models import FileAccess
from parchemin.records.certifications.queries import titles
from parchemin.records.people.actions import granting
from parchemin.records.people.errors import RefusalError
from parchemin.records.people.models import Invitation, Person
from parchemin.web.access.adapters import INVITED
from parchemin.web.access.decorators import public
from parchemin.web.access.forms import FirstForm
from parchemin.web.shared.clock import now, today


@public
@never_cache
@sensitive_variables("secret")
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """A role or a file offered: what it is, and taking it with the account one has or opens."""
    try:
        offered = granting.open_invitation(secret, now())
    except RefusalError as refusal:
        return _closed(request, refusal)
    if not offered.email:
        return redirect("access:first_access", secret)
    if request.method == "POST" and isinstance(request.user, Person):
        try:
            return _accepted(request, offered, secret, request.user)
        except RefusalError as refusal:
            if refusal.code != "other_address":
                return _closed(request, refusal)
    if not request.user.is_authenticated:
        _recognise(request, offered)
    return render(request, "access/invitation.html", _said(request, offered))


def _accepted(request: HttpRequest, offered: Invitation, secret: str, person: Person) -> HttpResponse:
    """On to what was offered; RefusalError as ``accept_invitation``."""
    told: dict[str, Any] = {"secret": secret, "person": person, "at": now(), "on": today()}
    if offered.subject:
        access = accept_access(**told)
        messages.success(request, _("C’est fait : vous pouvez lire ce dossier."))
        following = redirect("followed:file", access.candidacy_id)
    else:
        granting.accept_invitation(**told)
        messages.success(request, _("C’est fait : ce rôle est à vous."))
        following = redirect("home")
    request.session.pop(INVITED, None)
    return following


@public
@never_cache
@sensitive_variables("secret")
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def first_access(request: HttpRequest, secret: str) -> HttpResponse:
    """The first administrator's account, from the link that the server printed."""
    try:
        granting.open_first_access(secret, now(), today())
        if request.user.is_authenticated:
            return _first_of_those_known(request, secret)
        form = FirstForm(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            return _first(request, form, secret)
    except RefusalError as refusal:
        return _closed(request, refusal)
    return render(request, "access/first_access.html", {"form": form})


def _first(request: HttpRequest, form: FirstForm, secret: str) -> HttpResponse:
    with transaction.atomic():
        person = form.save()
        person.language = getattr(request, "LANGUAGE_CODE", "fr")[:2]
        person.save(update_fields=["language"])
        EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
        granting.accept_first_administrator(secret=secret, person=person, at=now(), on=today())
    record_authentication(request, person, method="password", email=person.email)
    response: HttpResponse = perform_login(request, person, email_verification="none")
    return response


def _first_of_those_known(request: HttpRequest, secret: str) -> HttpResponse:
    if request.method == "POST":
        assert isinstance(request.user, Person)
        granting.accept_first_administrator(secret=secret, person=request.user, at=now(), on=today())
        return redirect("home")
    return render(request, "access/first_access.html", {"form": None})


def _recognise(request: HttpRequest, offered: Invitation) -> None:
    """Whoever holds the secret received the mail: the address needs no second check if they open an account with it."""
    request.session[INVITED] = offered.email
    get_adapter().stash_verified_email(request, offered.email)


def _said(request: HttpRequest, offered: Invitation) -> dict[str, object]:
    user = request.user
    is_other = isinstance(user, Person) and user.email.lower() != offered.email.lower()
    is_known = Person.objects.filter(email__iexact=offered.email, is_active=True).exists()
    return {
        "offered": offered,
        "access": _opened(offered) if offered.subject else None,
        "title": titles([offered.scheme]).get(offered.scheme, offered.scheme),
        "next": request.path,
        "is_other": is_other,
        "is_known": is_known,
    }


def _opened(offered: Invitation) -> FileAccess | None:
    return FileAccess.objects.select_related("candidacy__certification").filter(invitation=offered).first()


def _closed(request: HttpRequest, refusal: RefusalError) -> HttpResponse:
    return render(request, "access/closed.html", {"sentence": refusal.sentence}, status=410)
