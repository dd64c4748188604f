"""What the candidate does with their evidence: adding, telling otherwise, opening to more readers, removing."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from parchemin.records.pathways.actions.evidencing import (
    FILES,
    MOVES,
    add_evidence,
    change_evidence,
    move_evidence,
    remove_evidence,
)
from parchemin.records.pathways.models import Evidence
from parchemin.records.people.permissions import Action
from parchemin.web.access.decorators import needs
from parchemin.web.pathway.borne import choices_of
from parchemin.web.pathway.evidence.forms import ChangeForm, GivenForm, SureForm
from parchemin.web.pathway.evidence.found import Shown, draw, list_url, read_by, shown_of
from parchemin.web.pathway.trying import CONFLICT, DONE, tried
from parchemin.web.shared.reached import Reached, reached
from parchemin.web.shared.uploads import ACCEPT, Received, received

KIND, ZONE = Evidence.Kind, Evidence.Zone
REFUSED = 422
CHOSEN = {KIND.DOCUMENT: ACCEPT, KIND.PHOTO: "image/jpeg,image/png", KIND.VIDEO: ".mp4,.mp3,.m4a,.wav"}
"""What the browser proposes; by media type, a phone also proposes to take the photo."""


@needs(Action.SHARE_EVIDENCE)
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, id: UUID, kind: str) -> HttpResponse:
    """A new piece of evidence, private until its owner shares it."""
    found = reached(request, id, Action.SHARE_EVIDENCE)
    if kind not in KIND.values:
        raise Http404
    of, codes = KIND(kind), choices_of(found.judged.scheme, found.candidacy)
    initial = {"author": found.candidacy.candidate.name, "made_on": found.on, "codes": request.GET.getlist("code")}
    form = GivenForm(request.POST or None, kind=of, codes=codes, initial=initial)
    errors: tuple[str, ...] = ()
    if request.method == "POST":
        file, errors = _file(request, of)
        if form.is_valid() and not errors:
            made: list[Evidence] = []
            if tried(form, lambda: made.append(_added(found, of, form, file))) == DONE:
                messages.success(request, _("« %(title)s » est gardée. Vous seul la lisez.") % {"title": made[0].title})
                return redirect("pathway:one_evidence", found.candidacy.pk, made[0].pk)
    context = {
        "form": form,
        "title": _title(of),
        "lede": _("Vous seul la lirez tant que vous ne la partagez pas."),
        "accept": CHOSEN.get(of, ""),
        "limit": settings.MEDIA_LIMIT if of is KIND.VIDEO else settings.UPLOAD_LIMIT,
        "errors": errors,
        "label": _("Garder cette preuve"),
        "back": list_url(found),
    }
    return draw(found, "evidence_form", context, _title(of), status=REFUSED if form.is_bound else 200)


@needs(Action.SHARE_EVIDENCE)
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, id: UUID, evidence: UUID) -> HttpResponse:
    """A piece of evidence told otherwise, as long as it is not submitted."""
    one = _own(request, id, evidence)
    kind, codes = KIND(one.row.kind), choices_of(one.found.judged.scheme, one.found.candidacy)
    form = ChangeForm(request.POST or None, kind=kind, codes=codes, initial=ChangeForm.initial_of(one.row))
    status = REFUSED if form.is_bound else 200
    if form.is_valid():
        told = {"given": form.given, "revision": form.cleaned_data["revision"], **one.found.signed}
        status = tried(form, lambda: change_evidence(evidence=one.row, **told), _revision(one))
        if status == DONE:
            messages.success(request, _("C’est enregistré."))
            return redirect(one.url())
        form.is_stale = status == CONFLICT
    title = _("Modifier cette preuve")
    context = {"form": form, "title": title, "lede": one.row.title, "label": _("Enregistrer"), "back": one.url()}
    return draw(one.found, "evidence_form", context, (one.row.title, one.url()), title, status=status)


@needs(Action.SHARE_EVIDENCE)
@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, id: UUID, evidence: UUID, zone: str) -> HttpResponse:
    """It is opened to more readers, or to fewer; submitting asks first, for nothing takes it back."""
    one = _own(request, id, evidence)
    if zone not in MOVES[ZONE(one.row.zone)]:
        raise Http404
    to = ZONE(zone)
    title = {
        ZONE.PRIVATE: _("Garder cette preuve pour soi"),
        ZONE.SHARED: _("Partager cette preuve"),
        ZONE.SUBMITTED: _("Soumettre cette preuve"),
    }[to]
    form = SureForm(request.POST or None, initial={"revision": one.row.revision})
    status = REFUSED if form.is_bound else 200
    if form.is_valid():
        told = {"zone": to, "revision": form.cleaned_data["revision"], **one.found.signed}
        status = tried(form, lambda: move_evidence(evidence=one.row, **told), _revision(one))
        if status == DONE:
            messages.success(request, f"{_('C’est fait.')} {read_by(to)}")
            return redirect(one.url())
        form.is_stale = status == CONFLICT
    context = {"form": form, "title": title, "text": read_by(to), "label": title, "one": one}
    return draw(one.found, "evidence_sure", context, (one.row.title, one.url()), title, status=status)


@needs(Action.SHARE_EVIDENCE)
@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, id: UUID, evidence: UUID) -> HttpResponse:
    """It counts and is read no more."""
    one = _own(request, id, evidence)
    form = SureForm(request.POST or None, initial={"revision": one.row.revision})
    status = REFUSED if form.is_bound else 200
    if form.is_valid():
        told = {"revision": form.cleaned_data["revision"], **one.found.signed}
        status = tried(form, lambda: remove_evidence(evidence=one.row, **told), _revision(one))
        if status == DONE:
            messages.success(request, _("« %(title)s » est retirée.") % {"title": one.row.title})
            return redirect(list_url(one.found))
        form.is_stale = status == CONFLICT
    title = _("Retirer cette preuve")
    text = _("Elle ne comptera plus, et personne ne la lira plus ici, vous non plus.")
    context = {"form": form, "title": title, "text": text, "label": title, "one": one, "is_danger": True}
    return draw(one.found, "evidence_sure", context, (one.row.title, one.url()), title, status=status)


def _own(request: HttpRequest, id: UUID, evidence: UUID) -> Shown:
    one = shown_of(request, id, evidence, Action.SHARE_EVIDENCE)
    if not one.may_change:
        raise Http404
    return one


def _revision(one: Shown) -> Any:
    return lambda: Evidence.objects.values_list("revision", flat=True).get(pk=one.row.pk)


def _file(request: HttpRequest, kind: Evidence.Kind) -> tuple[Received | None, tuple[str, ...]]:
    """The file as it was found, and why it cannot be kept."""
    if kind not in FILES:
        return None, ()
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile):
        return None, (_("Choisissez un fichier, puis envoyez-le."),)
    found = received(file)
    if found.is_refused:
        return None, (_("« %(name)s » n’a pas été gardé.") % {"name": found.measured.name}, *found.sentences)
    return found, ()


def _added(found: Reached, kind: Evidence.Kind, form: GivenForm, file: Received | None) -> Evidence:
    content, measured = (file.content, file.measured) if file else (None, None)
    return add_evidence(
        candidacy=found.candidacy, kind=kind, given=form.given, content=content, measured=measured, **found.signed
    )


def _title(kind: Evidence.Kind) -> str:
    return {
        KIND.DOCUMENT: _("Ajouter un document"),
        KIND.PHOTO: _("Ajouter une photo"),
        KIND.VIDEO: _("Ajouter une vidéo ou un son"),
        KIND.LINK: _("Ajouter un lien"),
        KIND.ACCOUNT: _("Écrire un récit"),
    }[kind]
