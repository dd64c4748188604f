"""What somebody of the secretariat types in a form and does not send: kept, shown again, given up."""

import re
from collections.abc import Mapping
from typing import Any, TypeVar
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from parchemin.records.candidacies.actions.drafts import draft_of, drop_draft, save_draft
from parchemin.records.candidacies.errors import UnfitError
from parchemin.records.candidacies.wordings import sentence
from parchemin.records.people.models import Person
from parchemin.records.people.permissions import Action
from parchemin.web.access.decorators import needs
from parchemin.web.secretariat.desk import Desk, on_desk
from parchemin.web.shared.clock import now

NAMES = frozenset(
    {
        "accommodation",
        "answer_file",
        "appeal",
        "decide",
        "lapse",
        "message",
        "override",
        "restore",
        "return",
        "transfer",
    }
)
"""The forms that keep what is typed, sealed and for whoever types it alone."""
ABOUT = re.compile(r"[\w.-]{1,60}")
"""What a form is about, after its name and a colon: what is typed for one rule or appeal is not for another."""
KEPT_OUT = ("csrfmiddlewaretoken", "revision", "then")
AnyForm = TypeVar("AnyForm", bound=forms.Form)


def form_name(desk: Desk, name: str) -> str:
    """How the draft of that form on that file is called."""
    return f"secretariat:{name}:{desk.candidacy.pk.hex}"


def sent(
    desk: Desk,
    name: str,
    form: type[AnyForm],
    *,
    is_done: bool = False,
    asked: Mapping[str, Any] | None = None,
    **more: Any,
) -> AnyForm:
    """The form filled with what was typed before and not sent, but for what is ``asked``; ``is_done`` forgets it."""
    person = desk.person
    if is_done:
        drop_draft(person=person, form=form_name(desk, name))
    draft = None if is_done else draft_of(person, form_name(desk, name))
    initial = {**more.pop("initial", {}), **(draft.fields if draft else {}), **(asked or {})}
    return keeping(desk, name, form(initial=initial, **more), has_draft=draft is not None)


def keeping(desk: Desk, name: str, form: AnyForm, *, has_draft: bool = False) -> AnyForm:
    """The same form, which knows where it keeps what is typed and whether it was filled from there."""
    form.has_draft = has_draft  # type: ignore[attr-defined]
    form.draft_url = desk.url("draft", name).partition("?")[0] if _keeps(name) else ""  # type: ignore[attr-defined]
    return form


def _keeps(name: str) -> bool:
    kind, _colon, about = name.partition(":")
    return kind in NAMES and (not about or bool(ABOUT.fullmatch(about)))


@needs(Action.HEAR)
@require_POST
def draft(request: HttpRequest, id: UUID, name: str) -> HttpResponse:
    """What is typed is kept, or given up; 400 for a form that keeps nothing, 413 for more than a form holds."""
    desk = on_desk(request, id, Action.HEAR)
    assert isinstance(request.user, Person)
    if not _keeps(name):
        raise BadRequest("a form that keeps nothing")
    if "give_up" in request.POST:
        drop_draft(person=request.user, form=form_name(desk, name))
        messages.success(request, _("Le brouillon est abandonné."))
        return desk.back()
    typed: dict[str, Any] = {}
    for key in request.POST:
        if key not in KEPT_OUT:
            values = request.POST.getlist(key)
            typed[key] = values if key in ("items", "methods") else values[-1]
    try:
        save_draft(person=request.user, form=form_name(desk, name), fields=typed, at=now(), candidacy=desk.candidacy)
    except UnfitError as error:
        return HttpResponse(sentence(error), status=413, content_type="text/plain; charset=utf-8")
    return HttpResponse(_("Brouillon gardé."), content_type="text/plain; charset=utf-8")
