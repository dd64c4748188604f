"""Once all have signed: the lines on which they differ, where each stands, until they stand alike."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from parchemin.core.facts import Attendance
from parchemin.core.grid import Kind
from parchemin.core.terms import title_of
from parchemin.records.assessments.actions.settling import Key, differences, take_stand
from parchemin.records.assessments.errors import AssessmentError
from parchemin.records.assessments.models import Evaluator, Result, Stand
from parchemin.records.assessments.models.ratings import Valued
from parchemin.records.assessments.queries.settled import settled_after_difference
from parchemin.records.assessments.wordings import sentence
from parchemin.records.candidacies.errors import UnfitError
from parchemin.records.candidacies.wordings import sentence as sentence_of_file
from parchemin.records.people.permissions import Action
from parchemin.web.access.decorators import needs
from parchemin.web.assessment.rating.forms import StandForm
from parchemin.web.assessment.rating.reaching import Mine, mine
from parchemin.web.assessment.rating.sheet import TEXTS, Piece, typed_of
from parchemin.web.assessment.rating.telling import line_title, value_told

REFUSED = 422


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Where one of them stands on a line, with what they say of it."""

    name: str
    actor: str
    value: str
    words: str
    pieces: list[Piece]
    is_own: bool
    is_taken: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A line on which they differ, or differed; the form is theirs as long as it is not settled."""

    key: str
    title: str
    positions: list[Position]
    form: StandForm | None = None
    result: str = ""
    reason: str = ""


@needs(Action.RATE)
@require_http_methods(["GET", "HEAD", "POST"])
def differing(request: HttpRequest, id: UUID) -> HttpResponse:
    """The lines that differ and nothing else of what the others rated; on POST, a stand is taken on one of them."""
    here = mine(request, id)
    people = list(here.sitting.evaluators.select_related("person").prefetch_related("ratings", "stands"))
    if here.sitting.attendance != Attendance.HELD or any(one.signed_at is None for one in people):
        messages.info(request, _("Les écarts s’ouvrent quand chacun a signé sa grille."))
        return redirect(here.url)
    open_lines = differences(here.sitting)
    sent = request.POST.get("line", "") if request.method == "POST" else None
    forms = {key: _form(request, here, key, held, sent) for key, held in open_lines.items()}
    if sent is not None:
        key = next((one for one in open_lines if _name(one) == sent), None)
        if key is None:
            messages.warning(request, _("Cette ligne est déjà réglée : personne ne diffère plus."))
            return redirect("assessment:differences", id)
        if forms[key].is_valid() and _taken(here, key, forms[key]):
            return redirect("assessment:differences", id)
    context = {
        "here": here,
        "open": [_shown(here, people, key, form=forms[key]) for key in open_lines],
        "settled": [_settled(here, people, one) for one in settled_after_difference(here.sitting, people)],
        "result": _result(here),
        "is_settled": here.sitting.settled_at is not None,
        "crumbs": here.crumbs(_("Écarts")),
    }
    return render(request, "assessment/rating_differences.html", context, status=REFUSED if sent is not None else 200)


def _name(key: Key) -> str:
    return "-".join(key)


def _form(request: HttpRequest, here: Mine, key: Key, held: Iterable[Valued], sent: str | None) -> StandForm:
    rows = list(held)
    own = next((one for one in rows if one.evaluator_id == here.evaluator.pk), None)  # type: ignore[attr-defined]
    settings: dict[str, Any] = {
        "is_marked": all(one.is_acquired is None for one in rows),
        "is_whole": key[0] == Kind.WHOLE,
        "auto_id": f"id-{_name(key)}-%s",
    }
    if sent == _name(key):
        return StandForm(request.POST, **settings)
    typed = typed_of(own)
    reason = own.reason if isinstance(own, Stand) else ""
    return StandForm(initial={"value": typed["value"], "mark": own.mark if own else None, "reason": reason}, **settings)


def _taken(here: Mine, key: Key, form: StandForm) -> bool:
    """Whether the stand is kept; what came of it is told."""
    stand = form.stand
    try:
        take_stand(evaluator=here.evaluator, kind=Kind(key[0]), code=key[1], **here.found.signed, **stand)  # type: ignore[arg-type]
    except AssessmentError as error:
        form.add_error(None, sentence(error))
        return False
    except UnfitError as error:
        form.add_error(None, sentence_of_file(error))
        return False
    is_open = key in differences(here.sitting)
    told = (
        _("Votre position est notée ; l’écart demeure.") if is_open else _("Vous êtes d’accord : la ligne est réglée.")
    )
    messages.success(here.found.request, told)
    return True


def _shown(here: Mine, people: list[Evaluator], key: Key, form: StandForm) -> Difference:
    return Difference(
        key=_name(key),
        title=line_title(here.scheme, *key),
        positions=[_position(here, one, key) for one in people],
        form=form,
    )


def _settled(here: Mine, people: list[Evaluator], result: Result) -> Difference:
    key = (result.kind, result.code)
    return Difference(
        key=_name(key),
        title=line_title(here.scheme, *key),
        positions=[_position(here, one, key) for one in people],
        result=value_told(result.kind, {**typed_of(result), **dict.fromkeys((*TEXTS, "evidence"), "")}),
        reason=result.reason,
    )


def _position(here: Mine, evaluator: Evaluator, key: Key) -> Position:
    """The stand they took, or else what they rated."""
    rows: Mapping[Key, Valued] = {(one.kind, one.code): one for one in evaluator.ratings.all()}
    taken = {(one.kind, one.code): one for one in evaluator.stands.all()}
    stand, rating = taken.get(key), rows.get(key)
    typed = typed_of(stand or rating)
    words = [stand.reason] if stand else []
    words += [getattr(rating, name) for name in TEXTS if rating]
    named = set(getattr(rating, "evidence", ()))
    return Position(
        name=evaluator.person.name,
        actor=title_of(here.scheme.actors, evaluator.actor),
        value=value_told(key[0], {**typed, **dict.fromkeys((*TEXTS, "evidence"), "")}),
        words="\n".join(one for one in words if one),
        pieces=[one for one in here.pieces if one.id in named] if named else [],
        is_own=evaluator.pk == here.evaluator.pk,
        is_taken=stand is not None,
    )


def _result(here: Mine) -> dict[str, str] | None:
    """What was settled of the method as a whole, as a status; None until everything is."""
    sitting = here.sitting
    if sitting.settled_at is None:
        return None
    if sitting.is_passed is None:
        return {"label": _("Résultats arrêtés"), "tone": "met", "icon": "circle-check"}
    if sitting.is_passed:
        return {"label": _("Épreuve réussie"), "tone": "met", "icon": "circle-check"}
    return {"label": _("Épreuve non réussie"), "tone": "not_met", "icon": "circle-x"}
