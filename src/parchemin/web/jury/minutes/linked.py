"""A member who cannot sign in is sent a link, reads the minutes from it, and signs them once."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from parchemin.records.juries.actions.signing import ask_signature, linked, sign_minutes
from parchemin.records.juries.errors import JuryError
from parchemin.records.juries.wordings import sentence
from parchemin.records.people.actions.linking import open_link, use_link
from parchemin.records.people.errors import RefusalError
from parchemin.records.people.models import Assurance, Link
from parchemin.records.people.permissions import Action
from parchemin.web.access.decorators import needs, public
from parchemin.web.jury.minutes.forms import LinkedSignForm
from parchemin.web.jury.minutes.paper import pdf_of
from parchemin.web.jury.minutes.reached import Read, heading, read
from parchemin.web.jury.reaching import Convened
from parchemin.web.shared.clock import now, today
from parchemin.web.shared.downloads import to_keep
from parchemin.web.shared.linked import refused, sealed
from parchemin.web.shared.linking import send_link

REFUSED = 422
PAGE = "jury:sign_by_link"


@needs(Action.CONVENE_JURY, Action.SIT_IN_JURY)
@require_POST
def ask(request: HttpRequest, id: UUID, member: UUID) -> HttpResponse:
    """A link to sign is sent to a member whose signature is missing; the office and the chair may."""
    here = read(request, id)
    seat = next((one for one in here.composed.members if one.pk == member), None)
    if seat is None or not (here.found.is_office or here.found.is_chair):
        raise Http404
    asked = _("signer le procès-verbal %(number)s du jury où vous avez siégé.") % {"number": here.minutes.number}
    subject = _("Procès-verbal %(number)s à signer") % {"number": here.minutes.number}
    try:
        send_link(
            lambda: ask_signature(minutes=here.minutes, member=seat, **here.found.signed),
            asked=asked,
            subject=subject,
            page=PAGE,
            by=here.found.person,
        )
    except RefusalError as refusal:
        messages.error(request, refusal.sentence)
    except JuryError as error:
        messages.error(request, sentence(error))
    else:
        messages.success(request, _("Un lien pour signer est parti à %(name)s.") % {"name": seat.person.name})
    return redirect(here.url)


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: HttpRequest, secret: str) -> HttpResponse:
    """The text to sign, then that it is; a link that cannot be used says why and nothing else."""
    try:
        link = open_link(secret, now())
        here = _read(request, link)
        if request.method != "POST":
            return _page(request, here, LinkedSignForm(initial={"digest": here.minutes.digest}), secret)
        form = LinkedSignForm(request.POST)
        if form.is_valid() and form.is_of(here.minutes.digest):
            try:
                return _signed(request, here, secret)
            except JuryError as error:
                form.add_error(None, sentence(error))
    except RefusalError as refusal:
        return refused(request, refusal)
    return _page(request, here, form, secret, REFUSED)


@public
@never_cache
@require_GET
def paper(request: HttpRequest, secret: str) -> HttpResponse:
    """The minutes as a PDF, for as long as the link can be used."""
    try:
        here = _read(request, open_link(secret, now()))
    except RefusalError as refusal:
        return refused(request, refusal)
    return sealed(to_keep(pdf_of(here), "application/pdf", f"{here.minutes.number}.pdf"))


def _read(request: HttpRequest, link: Link) -> Read:
    """The minutes that the link is for, in front of the member it was sent to; RefusalError ``gone``."""
    found = linked(link)
    if found is None or not found[0].is_waiting:
        raise RefusalError("gone")
    minutes, member = found
    return Read(Convened(request, minutes.session, member, today()), minutes)


def _signed(request: HttpRequest, here: Read, secret: str) -> HttpResponse:
    member = here.found.member
    assert member is not None
    with transaction.atomic():
        used = use_link(secret=secret, at=now(), assurance=Assurance.EMAIL)
        sign_minutes(minutes=here.minutes, member=member, assurance=Assurance.EMAIL, at=now(), link=used)
    act = {"title": _("Signer le procès-verbal %(number)s") % {"number": here.minutes.number}}
    return sealed(render(request, "shared/link_used.html", {"act": act, "link": used}))


def _page(request: HttpRequest, here: Read, form: LinkedSignForm, secret: str, status: int = 200) -> HttpResponse:
    context = {"here": here, "form": form, "facts": heading(here), "secret": secret}
    return sealed(render(request, "jury/minutes_sign_linked.html", context, status=status))
