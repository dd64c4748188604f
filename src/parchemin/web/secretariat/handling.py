"""Passing a file on, noting a step, letting it lapse or restoring it, answering requests."""

from collections.abc import Mapping
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from parchemin.records.candidacies.actions import closing, deciding, opening, placing, talking
from parchemin.records.candidacies.models import Accommodation, Status
from parchemin.records.people.models import Organisation
from parchemin.records.people.permissions import Action
from parchemin.web.access.decorators import needs
from parchemin.web.secretariat.acts import Act, Draw, acted, nothing_to_do
from parchemin.web.secretariat.desk import Desk, on_desk
from parchemin.web.secretariat.forms import (
    AccommodationForm,
    PlaceForm,
    ReasonForm,
    StepForm,
    TransferForm,
    steps_of,
)


@needs(Action.TRANSFER_FILE)
@require_http_methods(["GET", "POST"])
def transfer(request: HttpRequest, id: UUID) -> HttpResponse:
    """The file goes to another organisation, for a reason that the candidate reads."""
    desk = on_desk(request, id, Action.TRANSFER_FILE)

    def letter(typed: Mapping[str, Any]) -> Draw:
        to = Organisation.objects.filter(pk=typed["to"]).first() if _is_id(typed.get("to")) else None
        return Draw(kind="transferred", values={"to": to.name if to else "", "reasons": typed.get("reason")})

    act = Act(
        name="transfer",
        title=_("Transférer le dossier"),
        lede=_("Un autre organisme le reprend tel qu’il est, avec ses pièces et son historique."),
        button=_("Transférer"),
        said=_("Le dossier %(number)s est transféré.") % {"number": desk.candidacy.number},
        warning=_("Vous n’aurez plus accès à ce dossier : seul l’organisme qui le reprend pourra vous le rendre."),
        is_danger=True,
        letter=letter,
    )

    def do(form: TransferForm) -> Any:
        return closing.transfer_candidacy(
            candidacy=desk.candidacy,
            to=form.cleaned_data["to"],
            reason=form.cleaned_data["reason"],
            revision=form.cleaned_data["revision"],
            **desk.dated,
        )

    return acted(desk, act, partial(TransferForm, candidacy=desk.candidacy, on=desk.on), do, {})


@needs(Action.TRANSFER_FILE)
@require_http_methods(["GET", "POST"])
def place(request: HttpRequest, id: UUID) -> HttpResponse:
    """The file is followed in a centre, its candidate prepared by a provider; or neither."""
    desk = on_desk(request, id, Action.TRANSFER_FILE, "centre", "provider")
    row = desk.candidacy
    everywhere = desk.standing.may(
        Action.SEE_FILE, organisation=row.organisation_id, scheme=row.certification.scheme, centre=None
    )
    leaving = _("Votre rôle ne tient que dans un centre : dans un autre, vous ne verrez plus ce dossier.")
    act = Act(
        name="place",
        title=_("Centre et organisme de formation"),
        button=_("Enregistrer"),
        said=_("C’est noté au dossier %(number)s.") % {"number": row.number},
        warning="" if everywhere else leaving,
    )

    def do(form: PlaceForm) -> Any:
        with transaction.atomic():
            _placed(desk, form.cleaned_data)

    return acted(
        desk,
        act,
        partial(PlaceForm, candidacy=row, on=desk.on),
        do,
        {"centre": row.centre_id, "provider": row.provider_id},
    )


def _placed(desk: Desk, told: Mapping[str, Any]) -> None:
    row, centre, provider, revision = desk.candidacy, told["centre"], told["provider"], told["revision"]
    if centre != row.centre:
        placing.place_candidacy(candidacy=row, centre=centre, revision=revision, **desk.signed)
        revision = row.revision
    if provider != row.provider:
        opening.name_provider(candidacy=row, provider=provider, revision=revision, **desk.dated)


def _is_id(value: object) -> bool:
    try:
        UUID(str(value))
    except ValueError:
        return False
    return True


@needs(Action.DECIDE_ADMISSIBILITY)
@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, id: UUID) -> HttpResponse:
    """A step of the route was done: which, and when."""
    desk = on_desk(request, id, Action.DECIDE_ADMISSIBILITY)
    if request.method == "GET" and desk.candidacy.status != Status.ADMISSIBLE:
        return nothing_to_do(desk)
    steps = steps_of(desk.judged.scheme, desk.candidacy.route)
    done = set(desk.judged.facts.steps or {})
    following = next((id for id, _title in steps if id not in done), "")
    act = Act(
        name="step",
        title=_("Noter une étape faite"),
        lede=_("Les règles comptent sur ces dates : l’ordre des étapes, les délais. Notée de nouveau, la date change."),
        button=_("Noter l’étape"),
        said=_("L’étape est notée."),
    )

    def do(form: StepForm) -> Any:
        return deciding.record_step(
            candidacy=desk.candidacy,
            step=form.cleaned_data["step"],
            done_on=form.cleaned_data["done_on"],
            revision=form.cleaned_data["revision"],
            **desk.signed,
        )

    return acted(desk, act, partial(StepForm, steps=steps, on=desk.on), do, {"step": following, "done_on": desk.on})


@needs(Action.DECIDE_ADMISSIBILITY)
@require_http_methods(["GET", "POST"])
def lapse(request: HttpRequest, id: UUID) -> HttpResponse:
    """The secretariat notes that admissibility lapsed."""
    desk = on_desk(request, id, Action.DECIDE_ADMISSIBILITY)
    if request.method == "GET" and desk.candidacy.status != Status.ADMISSIBLE:
        return nothing_to_do(desk)
    act = Act(
        name="lapse",
        title=_("Constater la caducité"),
        lede=_("La recevabilité tombe ; le candidat en reçoit la raison, peut contester, et vous pouvez la rétablir."),
        button=_("Constater la caducité"),
        said=_("La caducité est constatée, la lettre part."),
        warning=_("La décision est gardée telle quelle, même si la caducité est levée ensuite."),
        is_danger=True,
        letter=lambda typed: Draw(kind="lapsed", values={"reasons": typed.get("reason")}),
    )

    def do(form: ReasonForm) -> Any:
        return deciding.lapse_candidacy(
            candidacy=desk.candidacy,
            reason=form.cleaned_data["reason"],
            revision=form.cleaned_data["revision"],
            **desk.dated,
        )

    return acted(desk, act, ReasonForm, do, {})


@needs(Action.DECIDE_ADMISSIBILITY)
@require_http_methods(["GET", "POST"])
def restore(request: HttpRequest, id: UUID) -> HttpResponse:
    """A lapse is lifted: the file is admissible again; or a file whose confirmation did not come goes on."""
    desk = on_desk(request, id, Action.DECIDE_ADMISSIBILITY)
    has_lapsed = desk.candidacy.status == Status.LAPSED
    if request.method == "GET" and not has_lapsed and not _is_late(desk):
        return nothing_to_do(desk)
    title = _("Lever la caducité") if has_lapsed else _("Laisser continuer le dossier")
    act = Act(
        name="restore",
        title=title,
        lede=_("Le dossier reste recevable, comme si le candidat avait confirmé aujourd’hui."),
        button=title,
        said=_("Le dossier continue, la lettre part."),
        letter=lambda typed: Draw(kind="restored", values={"reasons": typed.get("reason")}),
    )

    def do(form: ReasonForm) -> Any:
        return deciding.restore_candidacy(
            candidacy=desk.candidacy,
            reason=form.cleaned_data["reason"],
            revision=form.cleaned_data["revision"],
            **desk.dated,
        )

    return acted(desk, act, ReasonForm, do, {})


def _is_late(desk: Desk) -> bool:
    return desk.candidacy.status == Status.ADMISSIBLE and desk.judged.missed_on is not None


@needs(Action.DECIDE_ACCOMMODATION)
@require_http_methods(["GET", "POST"])
def accommodate(request: HttpRequest, id: UUID, accommodation: UUID) -> HttpResponse:
    """A need is answered: measures on time and means, or a refusal with its reason."""
    desk = on_desk(request, id, Action.DECIDE_ACCOMMODATION)
    desk.must(Action.SEE_ACCOMMODATION)
    found = Accommodation.objects.filter(candidacy=desk.candidacy, pk=accommodation).first()
    if found is None:
        raise Http404
    if request.method == "GET" and found.state != Accommodation.State.ASKED:
        return nothing_to_do(desk, _("Une réponse a déjà été donnée."))

    def letter(typed: Mapping[str, Any]) -> Draw:
        if typed.get("answer") == "refused":
            return Draw(kind="accommodation_refused", values={"reasons": typed.get("reason")})
        return Draw(kind="accommodation_granted", values={"measures": typed.get("measures")})

    act = Act(
        name=f"accommodation:{found.pk}",
        title=_("Répondre à la demande d’aménagement"),
        button=_("Envoyer la décision"),
        said=_("La décision est prise, la lettre part."),
        warning=_("Une décision envoyée ne se reprend pas."),
        template="secretariat/accommodate.html",
        letter=letter,
        context={"accommodation": found},
    )

    def do(form: AccommodationForm) -> Any:
        told = form.cleaned_data
        return talking.decide_accommodation(
            accommodation=found,
            is_granted=told["answer"] == "granted",
            measures=told["measures"],
            methods=told["methods"],
            time=form.multiplied,
            reason=told["reason"],
            **desk.dated,
        )

    return acted(desk, act, partial(AccommodationForm, scheme=desk.judged.scheme), do, {})
