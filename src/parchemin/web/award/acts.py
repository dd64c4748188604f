"""What is done of a certificate: withdrawn for good, suspended, reinstated, printed again, corrected."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from parchemin.records.awards.actions import changing
from parchemin.records.awards.actions.issuing import correct_certificate
from parchemin.records.awards.errors import AwardError
from parchemin.records.awards.models import Certificate
from parchemin.records.awards.numbers import grouped
from parchemin.records.awards.queries.foreseen import correction_of
from parchemin.records.awards.wordings import sentence
from parchemin.records.people.permissions import Action
from parchemin.web.access.decorators import needs
from parchemin.web.award.forms import ActForm, DuplicateForm
from parchemin.web.award.reaching import REFUSED, Held, attempted, held
from parchemin.web.award.showing import Difference, differences, holder_in, part_of
from parchemin.web.shared.certificates import look_of

METHODS = ["GET", "HEAD", "POST"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What the page of an act says: its title, what follows, what is confirmed, its button, what it says once done."""

    title: str
    follows: str
    sure: str
    button: str
    done: str
    is_danger: bool = False


@needs(Action.ISSUE_CERTIFICATES)
@require_http_methods(METHODS)
def revoke(request: HttpRequest, id: UUID) -> HttpResponse:
    """It is withdrawn for good."""
    words = Words(
        title=_("Retirer le certificat"),
        follows=_(
            "Il ne vaudra plus rien, à compter d’aujourd’hui et pour toujours : qui le vérifie lira qu’il est retiré. "
            "Un retrait ne se reprend pas ; pour un doute, suspendez-le."
        ),
        sure=_("Je retire ce certificat pour de bon, et je sais que cela ne se reprend pas."),
        button=_("Retirer pour de bon"),
        done=_("Le certificat est retiré."),
        is_danger=True,
    )
    return _changed(held(request, id), words, changing.revoke)


@needs(Action.ISSUE_CERTIFICATES)
@require_http_methods(METHODS)
def suspend(request: HttpRequest, id: UUID) -> HttpResponse:
    """It is not valid for a time."""
    words = Words(
        title=_("Suspendre le certificat"),
        follows=_("Il ne vaut plus tant qu’il n’est pas rétabli : qui le vérifie lira qu’il est suspendu."),
        sure=_("Je suspends ce certificat : son titulaire ne peut plus s’en servir jusqu’à nouvel ordre."),
        button=_("Suspendre"),
        done=_("Le certificat est suspendu."),
        is_danger=True,
    )
    found = held(request, id)
    shut = AwardError("suspended", number=found.number) if found.row.is_suspended else None
    return _changed(found, words, changing.suspend, shut)


@needs(Action.ISSUE_CERTIFICATES)
@require_http_methods(METHODS)
def reinstate(request: HttpRequest, id: UUID) -> HttpResponse:
    """It is valid again."""
    words = Words(
        title=_("Rétablir le certificat"),
        follows=_("Il vaut de nouveau, comme s’il n’avait pas été suspendu ; la suspension reste au registre."),
        sure=_("Je rétablis ce certificat : qui le vérifie lira de nouveau qu’il est valable."),
        button=_("Rétablir"),
        done=_("Le certificat est rétabli."),
    )
    found = held(request, id)
    shut = None if found.row.is_suspended else AwardError("not_suspended", number=found.number)
    return _changed(found, words, changing.reinstate, shut)


@needs(Action.ISSUE_CERTIFICATES)
@require_http_methods(METHODS)
def duplicate(request: HttpRequest, id: UUID) -> HttpResponse:
    """It is printed again for its holder."""
    found = held(request, id)
    words = Words(
        title=_("Délivrer un duplicata"),
        follows=_(
            "Le même certificat est remis sous le même numéro, marqué « DUPLICATA ». "
            "Le motif et la preuve d’identité restent au registre."
        ),
        sure=_("L’identité de qui demande ce duplicata a été vérifiée : c’est bien son titulaire."),
        button=_("Délivrer le duplicata"),
        done=_("Le duplicata est inscrit au registre."),
    )
    form = DuplicateForm(request.POST if request.method == "POST" else None, sure=words.sure)
    is_given = changing.duplicated_on(found.row, found.on)
    shut = AwardError("duplicated", number=found.number) if is_given else None
    return _answered(found, form, words, changing.issue_duplicate, shut)


@needs(Action.ISSUE_CERTIFICATES)
@require_http_methods(METHODS)
def correct(request: HttpRequest, id: UUID) -> HttpResponse:
    """Another one says it right and takes its place."""
    found = held(request, id)
    words = Words(
        title=_("Corriger le certificat"),
        follows=_(
            "Un nouveau certificat, sous un nouveau numéro, dira ce que le dossier dit aujourd’hui. "
            "Celui-ci ne vaudra plus : qui le vérifie lira qu’il est remplacé."
        ),
        sure=_("Je remplace ce certificat : le nouveau dit ce qui est écrit ci-dessus."),
        button=_("Délivrer le certificat corrigé"),
        done=_("Le certificat est remplacé par celui-ci."),
    )
    changes, shut = _changes(found)
    form = ActForm(request.POST if request.method == "POST" else None, sure=words.sure)
    return _answered(found, form, words, partial(correct_certificate, on=found.on), shut, changes)


def _changed(found: Held, words: Words, act: Callable[..., Any], shut: AwardError | None = None) -> HttpResponse:
    form = ActForm(found.request.POST if found.request.method == "POST" else None, sure=words.sure)
    return _answered(found, form, words, act, shut)


def _answered(
    found: Held,
    form: ActForm,
    words: Words,
    act: Callable[..., Any],
    shut: AwardError | None = None,
    changes: list[Difference] | None = None,
) -> HttpResponse:
    """The act done with what was typed, then the page of the certificate, or of the one that takes its place."""
    if form.is_valid():
        told = {name: value for name, value in form.cleaned_data.items() if name != "is_sure"}
        is_done, made = attempted(form, lambda: act(certificate=found.row, **told, **found.signed))
        if is_done:
            messages.success(found.request, words.done)
            return redirect("award:certificate", made.pk if isinstance(made, Certificate) else found.row.pk)
    return _page(found, form, words, shut, changes)


def _changes(found: Held) -> tuple[list[Difference], AwardError | None]:
    """What would change, or what prevents it."""
    try:
        told = correction_of(found.row, found.on)
    except AwardError as error:
        return [], error
    changes = differences(found.row.told, told)
    return changes, None if changes else AwardError("same")


def _page(
    found: Held,
    form: ActForm,
    words: Words,
    shut: AwardError | None = None,
    changes: list[Difference] | None = None,
) -> HttpResponse:
    """The page of the act; ``shut`` is why its form is not offered, unless it was sent: it then says why itself."""
    other = getattr(found.row, "corrected_by", None)
    if found.is_over:
        values = {"number": found.number, **({"other": grouped(other.number)} if other else {})}
        shut = AwardError(found.stands.value, **values)
    context = {
        "found": found,
        "row": found.row,
        "number": found.number,
        "holder": holder_in(found.row.told),
        "part": part_of(found.row),
        "look": look_of(found.stands),
        "form": form,
        "words": words,
        "shut": sentence(shut) if shut and not form.is_bound else "",
        "changes": changes,
        "crumbs": found.crumbs(words.title),
    }
    return render(found.request, "award/act.html", context, status=REFUSED if form.is_bound else 200)
