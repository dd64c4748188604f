"""The other forms of what is held: drawn and signed when they are asked for, and not kept."""

import json
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from parchemin.edges.credentials import baked
from parchemin.edges.credentials.keeping import here
from parchemin.edges.credentials.taking import Shown, european_of, record_of, showable, signed_with, token_of
from parchemin.edges.parchments import ParchmentRefusedError
from parchemin.edges.parchments.raster import as_png
from parchemin.records.awards.models import Certificate
from parchemin.records.awards.numbers import grouped
from parchemin.records.people.permissions import Action
from parchemin.web.access.decorators import needs
from parchemin.web.held.owning import own, signed
from parchemin.web.held.picture import drawn
from parchemin.web.shared.certificates import picture_of
from parchemin.web.shared.clock import now, today
from parchemin.web.shared.downloads import to_keep

FIELD = "montrer"


@needs(Action.SEE_OWN_FILE)
@require_GET
def token(request: HttpRequest, id: UUID) -> HttpResponse:
    """The credential as a token, for wallets that take nothing else."""
    row = signed(request, id)
    return to_keep(token_of(row, here(), now()).encode(), "application/vc+jwt", f"{grouped(row.number)}.jwt")


@needs(Action.SEE_OWN_FILE)
@require_GET
def picture(request: HttpRequest, id: UUID) -> HttpResponse:
    """The badge for readers that take no SVG."""
    row = signed(request, id)
    content = baked(as_png(drawn(row.told)), row.credential.text)
    return to_keep(content, "image/png", f"{grouped(row.number)}.png")


@needs(Action.SEE_OWN_FILE)
@require_GET
def chosen(request: HttpRequest, id: UUID) -> HttpResponse:
    """The credential signed again with what the holder ticked; with nothing more when nothing was."""
    row = signed(request, id)
    ticked = [one for one in showable(row) if one.value in request.GET.getlist(FIELD)]
    content = _json(signed_with(row, ticked, here(), now()))
    return to_keep(content, "application/vc", f"{grouped(row.number)}-choix.json")


@needs(Action.SEE_OWN_FILE)
@require_GET
def european(request: HttpRequest, id: UUID) -> HttpResponse:
    """The file to hand to the Europass issuer of digital credentials."""
    row = signed(request, id)
    try:
        content = _json(european_of(row, [picture_of(row)], here()))
    except ParchmentRefusedError as refused:
        messages.error(request, str(refused))
        return redirect("held:one", id)
    return to_keep(content, "application/json", f"{grouped(row.number)}-europass.json")


@needs(Action.SEE_OWN_FILE)
@require_GET
def record(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """All that a body awarded to the holder and that is not over, in one signed record."""
    rows = [row for row in recorded(own(request)) if row.issuer_id == organisation]
    if not rows:
        raise Http404
    return to_keep(_json(record_of(rows, here(), now())), "application/vc", "releve.json")


def recorded(rows: Iterable[Certificate]) -> list[Certificate]:
    """Those that a record holds: signed, and neither revoked nor replaced; the first issued first."""
    kept = [row for row in rows if getattr(row, "credential", None) and not row.standing(today()).is_over]
    return kept[::-1]


class ChoiceForm(forms.Form):
    """What the holder shows besides in a credential signed again; nothing unless they tick it."""

    montrer = forms.MultipleChoiceField(
        label=gettext_lazy("Montrer aussi"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, row: Certificate) -> None:
        super().__init__()
        words = {
            Shown.DECISION: _("La date de la décision"),
            Shown.MINUTES: _("Le numéro du procès-verbal du jury"),
            Shown.RESULTS: _("Le résultat de chaque partie"),
        }
        field = self.fields[FIELD]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(one.value, words[one]) for one in showable(row)]


def _json(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()
