"""Opening a file to those who evaluate, for a time, and closing it at once."""

from datetime import date, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from parchemin.core.terms import title_of
from parchemin.records.candidacies.actions.sharing import grant_access, offer_access, revoke_access
from parchemin.records.candidacies.models import FileAccess, Status
from parchemin.records.candidacies.queries.followed import accesses_of
from parchemin.records.people.models import Accreditation, Person, Role
from parchemin.records.people.permissions import Action
from parchemin.records.people.queries.accreditations import accreditations_visible_to, in_force
from parchemin.web.access.decorators import needs
from parchemin.web.access.invitations import send_opening
from parchemin.web.secretariat.acts import nothing_to_do
from parchemin.web.secretariat.attempting import attempted
from parchemin.web.secretariat.desk import Desk, on_desk
from parchemin.web.shared.forms import DayField, Radios
from parchemin.web.shared.typesetting import day

GIVEN = (Role.PROFESSIONAL, Role.EVALUATOR)
"""The roles that an organisation gives on a file; a companion is the candidate's to choose."""
USUAL = timedelta(days=92)


class AccessForm(forms.Form):
    """To whom: somebody accredited for the certification, or an address; in which role and until when."""

    role = forms.ChoiceField(
        label=gettext_lazy("Rôle"), widget=Radios, choices=[(one.value, one.label) for one in GIVEN]
    )
    person = forms.ChoiceField(label=gettext_lazy("Personne habilitée"), required=False)
    email = forms.EmailField(
        label=gettext_lazy("Son adresse e-mail"),
        required=False,
        max_length=254,
        help_text=gettext_lazy("Pour quelqu’un qui n’est pas habilité ici. Sans compte, la personne est invitée."),
    )
    until_on = DayField(label=gettext_lazy("Jusqu’au"), help_text=gettext_lazy("Ce jour compris, dans un an au plus."))

    def __init__(self, *args: Any, accredited: dict[str, Accreditation], titles: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.accredited = accredited
        self.fields["person"].choices = [("", _("Quelqu’un d’autre")), *titles.items()]  # type: ignore[attr-defined]
        if not titles:
            del self.fields["person"]
            self.fields["email"].required = True

    def clean(self) -> dict[str, Any]:
        """One person and not two, accredited as long as the file is open to them."""
        told = super().clean() or {}
        chosen = self.accredited.get(told.get("person", ""))
        if "person" in told and "email" in told and bool(chosen) == bool(told["email"]):
            self.add_error("person", _("Choisissez une personne dans la liste, ou donnez une adresse : l’un des deux."))
        end = _end(chosen) if chosen else None
        if end and told.get("until_on") and told["until_on"] > end:
            said = _("Son habilitation finit le %(day)s : l’accès ne peut pas durer au-delà.") % {"day": day(end)}
            self.add_error("until_on", said)
        return told

    @property
    def chosen(self) -> Person | None:
        """The person of the list; None when an address was given."""
        found = self.accredited.get(self.cleaned_data.get("person", ""))
        return found.person if found else None


@needs(Action.GRANT_ACCESS)
@require_http_methods(["GET", "POST"])
def access(request: HttpRequest, id: UUID) -> HttpResponse:
    """Everybody to whom the file is open, and opening it to one more person."""
    desk = _desk(request, id)
    is_open = desk.candidacy.is_active and desk.candidacy.status != Status.DRAFT
    if request.method == "POST" and not is_open:
        return nothing_to_do(desk)
    found = _accredited(desk)
    titles = {key: _titled(desk, one) for key, one in found.items()}
    initial = {"until_on": desk.on + USUAL, "role": GIVEN[0]}
    form = AccessForm(request.POST or None, initial=initial, accredited=found, titles=titles)
    if form.is_valid() and attempted(form, partial(_opened, desk, form)).is_done:
        messages.success(request, _("Le dossier est ouvert : un e-mail l’annonce à la personne."))
        return _back(desk)
    accesses = list(accesses_of(desk.candidacy))
    context = {
        "desk": desk,
        "row": desk.candidacy,
        "form": form,
        "is_open": is_open,
        "running": [one for one in accesses if one.is_running(desk.on)],
        "over": [one for one in accesses if not one.is_running(desk.on)],
        "crumbs": desk.crumbs(_("Accès au dossier")),
    }
    return render(request, "secretariat/access.html", context, status=422 if form.is_bound else 200)


@needs(Action.GRANT_ACCESS)
@require_POST
def close(request: HttpRequest, id: UUID, access: int) -> HttpResponse:
    """One of the accesses that the organisation opened is closed; those of the candidate are the candidate's."""
    desk = _desk(request, id)
    found = desk.candidacy.accesses.filter(pk=access, organisation=desk.candidacy.organisation_id).first()
    if found is None:
        raise Http404
    revoke_access(access=found, **desk.signed)
    messages.success(request, _("L’accès est fermé : cette personne ne lit plus le dossier."))
    return _back(desk)


def _desk(request: HttpRequest, id: UUID) -> Desk:
    desk = on_desk(request, id, Action.SEE_FILE)
    desk.must(Action.GRANT_ACCESS)
    return desk


def _back(desk: Desk) -> HttpResponse:
    return redirect(desk.url("access"))


def _opened(desk: Desk, form: AccessForm) -> FileAccess:
    told: dict[str, Any] = {"role": Role(form.cleaned_data["role"]), "until_on": form.cleaned_data["until_on"]}
    told |= {"candidacy": desk.candidacy, **desk.dated}
    person = form.chosen
    with transaction.atomic():
        if person:
            opened, secret = grant_access(person=person, **told), ""
        else:
            opened, secret = offer_access(email=form.cleaned_data["email"], **told)
        send_opening(opened, secret)
    return opened


def _accredited(desk: Desk) -> dict[str, Accreditation]:
    """Those who are accredited for the certification that day, by person, each by what ends last."""
    row = desk.candidacy
    place = {"organisation": row.organisation_id, "scheme": row.certification.scheme}
    rows = accreditations_visible_to(desk.standing).filter(person__is_active=True, **place)
    rows = rows.exclude(person=row.candidate_id).order_by("person__family_key", "person__given_key")
    found: dict[str, Accreditation] = {}
    for one in in_force(rows, desk.on):
        known = found.get(str(one.person_id))
        if known is None or (_end(one) or date.max) > (_end(known) or date.max):
            found[str(one.person_id)] = one
    return found


def _end(one: Accreditation) -> date | None:
    ends = [day for day in (one.until_on, one.withdrawn_on and one.withdrawn_on - timedelta(days=1)) if day]
    return min(ends, default=None)


def _titled(desk: Desk, one: Accreditation) -> str:
    told = {"name": one.person.name, "role": title_of(desk.judged.scheme.actors, one.actor)}
    end = _end(one)
    if end is None:
        return _("%(name)s — %(role)s") % told
    return _("%(name)s — %(role)s, jusqu’au %(day)s") % {**told, "day": day(end)}
