"""Several pieces of evidence at once: chosen in the list, read over, then moved or attached all together."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from parchemin.records.pathways.actions.evidencing import MOVES, attach_several, move_several
from parchemin.records.pathways.models import Evidence
from parchemin.records.pathways.queries.evidence import readable
from parchemin.records.people.permissions import Action
from parchemin.web.access.decorators import needs
from parchemin.web.pathway.borne import choices_of
from parchemin.web.pathway.evidence.found import draw, list_url, read_by
from parchemin.web.pathway.trying import CONFLICT, DONE, REFUSED, tried
from parchemin.web.shared.reached import Reached, reached

ZONE = Evidence.Zone
ATTACH = "attach"
MOST = 50
"""As many as a page of the list shows."""


def acts() -> list[tuple[str, str]]:
    """What may be done with several pieces at once."""
    return [
        (ZONE.SHARED.value, _("Les partager avec ceux qui m’accompagnent")),
        (ZONE.PRIVATE.value, _("Les garder pour moi")),
        (ZONE.SUBMITTED.value, _("Les soumettre à l’évaluation")),
        (ATTACH, _("Les rattacher à une compétence")),
    ]


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece that was chosen; ``why_not`` says why it stays as it is."""

    row: Evidence
    why_not: str

    @property
    def shown(self) -> str:
        """How its revision is sent back."""
        return f"{self.row.pk}:{self.row.revision}"


class AttachForm(forms.Form):
    """The competence that the pieces chosen bear on from now on."""

    code = forms.ChoiceField(label=_("Compétence"), error_messages={"required": _("Choisissez une compétence.")})

    def __init__(self, *args: Any, codes: Iterable[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = [("", _("Choisissez…")), *codes]  # type: ignore[attr-defined]


@needs(Action.SHARE_EVIDENCE)
@require_http_methods(["GET", "POST"])
def several(request: HttpRequest, id: UUID) -> HttpResponse:
    """What was chosen, and what becomes of each; then it is done, for all that may be or for none."""
    found = reached(request, id, Action.SHARE_EVIDENCE)
    if not found.candidacy.is_active:
        raise Http404
    sent = request.POST if request.method == "POST" else request.GET
    act, shown = sent.get("act", ""), _shown_in(sent.getlist("evidence"))
    pieces = _pieces(found, act, shown)
    if act not in dict(acts()) or not pieces:
        messages.error(request, _("Cochez au moins une preuve, puis choisissez ce que vous en faites."))
        return redirect(list_url(found))
    form = _form(request, found, act)
    if request.method == "GET":
        return _drawn(found, act, pieces, form)
    if not form.is_valid():
        return _drawn(found, act, pieces, form, status=REFUSED)
    done: list[int] = []
    status = tried(form, lambda: done.append(_do(found, act, shown, form.cleaned_data)))
    if status != DONE:
        return _drawn(found, act, _pieces(found, act, shown), form, status=status)
    messages.success(request, _told(act, done[0], form.cleaned_data.get("code", "")))
    return redirect(list_url(found))


def _shown_in(values: Iterable[str]) -> dict[UUID, int]:
    """The pieces named, each at the revision it was shown at; -1, which is never one, where none is told."""
    found = {}
    for value in list(values)[:MOST]:
        name, _sep, revision = value.partition(":")
        try:
            found[UUID(name)] = int(revision) if revision.isdecimal() and len(revision) < 10 else -1
        except ValueError:
            continue
    return found


def _pieces(found: Reached, act: str, shown: Mapping[UUID, int]) -> list[Piece]:
    rows = readable(found.candidacy, found.roles).filter(pk__in=shown).order_by("-made_on", "-added_at", "pk")
    return [Piece(one, _why_not(act, ZONE(one.zone))) for one in rows]


def _why_not(act: str, zone: Evidence.Zone) -> str:
    if zone is ZONE.SUBMITTED:
        return _("soumise : elle ne change plus")
    if act == ATTACH or act in MOVES[zone]:
        return ""
    if act == zone:
        return _("partagée déjà") if zone is ZONE.SHARED else _("privée déjà")
    return _("privée : partagez-la d’abord")


def _form(request: HttpRequest, found: Reached, act: str) -> forms.Form:
    sent = request.POST if request.method == "POST" else None
    if act != ATTACH:
        return forms.Form(sent)
    codes = choices_of(found.judged.scheme, found.candidacy)
    return AttachForm(sent, codes=codes, initial={"code": request.GET.get("code", "")})


def _do(found: Reached, act: str, shown: Mapping[UUID, int], told: Mapping[str, str]) -> int:
    doing = {"candidacy": found.candidacy, "picked": shown, **found.signed}
    if act == ATTACH:
        return attach_several(codes=[told["code"]], **doing)
    return move_several(zone=ZONE(act), **doing)


def _drawn(found: Reached, act: str, pieces: list[Piece], form: forms.Form, *, status: int = DONE) -> HttpResponse:
    going, staying = [one for one in pieces if not one.why_not], [one for one in pieces if one.why_not]
    title = _title(act)
    context = {
        "form": form,
        "act": act,
        "title": title,
        "text": "" if act == ATTACH or not going else read_by(act),
        "going": going,
        "staying": staying,
        "label": _label(act, len(going)),
        "is_stale": status == CONFLICT,
        "is_last": act == ZONE.SUBMITTED,
    }
    return draw(found, "evidence_several", context, title, status=status)


def _title(act: str) -> str:
    return {
        ZONE.SHARED.value: _("Partager plusieurs preuves"),
        ZONE.PRIVATE.value: _("Garder plusieurs preuves pour soi"),
        ZONE.SUBMITTED.value: _("Soumettre plusieurs preuves"),
        ATTACH: _("Rattacher plusieurs preuves à une compétence"),
    }[act]


def _label(act: str, n: int) -> str:
    words = {
        ZONE.SHARED.value: ngettext("Partager %(n)s preuve", "Partager %(n)s preuves", n),
        ZONE.PRIVATE.value: ngettext("Garder %(n)s preuve pour moi", "Garder %(n)s preuves pour moi", n),
        ZONE.SUBMITTED.value: ngettext("Soumettre %(n)s preuve", "Soumettre %(n)s preuves", n),
        ATTACH: ngettext("Rattacher %(n)s preuve", "Rattacher %(n)s preuves", n),
    }
    return words[act] % {"n": n}


def _told(act: str, n: int, code: str) -> str:
    words = {
        ZONE.SHARED.value: ngettext("%(n)s preuve est partagée.", "%(n)s preuves sont partagées.", n),
        ZONE.PRIVATE.value: ngettext(
            "%(n)s preuve n’est lue que de vous.", "%(n)s preuves ne sont lues que de vous.", n
        ),
        ZONE.SUBMITTED.value: ngettext("%(n)s preuve est soumise.", "%(n)s preuves sont soumises.", n),
        ATTACH: ngettext("%(n)s preuve de plus porte sur %(code)s.", "%(n)s preuves de plus portent sur %(code)s.", n),
    }
    return words[act] % {"n": n, "code": code}
