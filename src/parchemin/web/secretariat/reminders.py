"""Reminders as rules one reads: to whom, after how long, in which words; and who would receive them today."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from parchemin.records.candidacies.actions import reminding
from parchemin.records.candidacies.models import Reminder, Status
from parchemin.records.candidacies.queries.visible import visible_to
from parchemin.records.candidacies.wordings import sentence
from parchemin.records.certifications.models import Certification
from parchemin.records.certifications.queries import titles
from parchemin.records.people.permissions import Action
from parchemin.records.people.queries.people import organisations_visible_to
from parchemin.records.people.standing import Standing
from parchemin.web.access.decorators import needs
from parchemin.web.shared.asked import person_of, standing_of
from parchemin.web.shared.clock import now, today
from parchemin.web.shared.forms import LongText, Radios
from parchemin.web.shared.lists import Column, in_order, listing, remembered
from parchemin.web.shared.outgoing import sent_out
from parchemin.web.shared.states import state

SHOWN = 20
SORTS: Mapping[str, tuple[str, ...]] = {
    "subject": ("subject", "pk"),
    "when": ("status", "after", "days", "pk"),
    "audience": ("audience", "subject", "pk"),
    "scheme": ("scheme", "subject", "pk"),
    "active": ("is_active", "subject", "pk"),
}
UNFIT = {"reminder_draft": "audience", "reminder_due": "after"}
"""The field where each is told."""
STATES = (Status.DRAFT, Status.RECEIVED, Status.RETURNED, Status.COMPLETE, Status.ADMISSIBLE)


class ReminderForm(forms.ModelForm[Reminder]):
    """A rule as one reads it."""

    words = LongText(label=gettext_lazy("Message"), rows=6)

    class Meta:
        model = Reminder
        fields = ("organisation", "scheme", "status", "after", "days", "audience", "subject", "words")
        widgets = {"after": Radios, "audience": Radios}
        help_texts = {
            "status": gettext_lazy("Les dossiers qui restent dans cet état."),
            "days": gettext_lazy("Chaque dossier n’est relancé qu’une fois par séjour dans l’état."),
        }

    def __init__(self, *args: Any, standing: Standing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.standing = standing
        own = organisations_visible_to(standing, Action.MANAGE_REMINDERS).filter(parent__isnull=True)
        self.fields["organisation"].queryset = own  # type: ignore[attr-defined]
        offered = Certification.objects.filter(awarding_body__in=own).values_list("scheme", "title")
        every = ("", gettext_lazy("Toutes les certifications"))
        self.fields["scheme"] = forms.ChoiceField(
            label=gettext_lazy("Certification"), required=False, choices=[every, *offered]
        )
        self.fields["status"].choices = [(one.value, one.label) for one in STATES]  # type: ignore[attr-defined]
        self.fields["after"].choices = Reminder.After.choices  # type: ignore[attr-defined]
        self.fields["audience"].choices = Reminder.Audience.choices  # type: ignore[attr-defined]
        self.fields["days"].max_value = 1000  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The rule holds where this person manages reminders, and counts what its state has."""
        told = super().clean() or {}
        body, scheme = told.get("organisation"), told.get("scheme", "")
        if body and not self.standing.may(Action.MANAGE_REMINDERS, organisation=body.pk, scheme=scheme):
            self.add_error("scheme", _("Vous ne suivez pas cette certification : choisissez-en une autre."))
        if unfit := reminding.why_unfit(*(told.get(name, "") for name in ("status", "audience", "after"))):
            self.add_error(UNFIT[unfit.code], sentence(unfit))
        return told


def managed(standing: Standing) -> QuerySet[Reminder]:
    """The rules that person manages."""
    allowed = standing.scope_filter(Action.MANAGE_REMINDERS, scheme_field="scheme")
    return Reminder.objects.filter(allowed).select_related("organisation")


@needs(Action.MANAGE_REMINDERS)
@require_GET
def reminders(request: HttpRequest) -> HttpResponse:
    """The rules in order, and whether they send."""
    found = listing(_ordered(request), request.GET.get("page"))
    names = titles(row.scheme for row in found.rows)
    context = {
        "listing": found,
        "rows": [{"row": row, "state": state(row.status), "title": names.get(row.scheme, "")} for row in found.rows],
        "query": remembered(request.GET, ("sort",)),
        "crumbs": [(_("Secrétariat"), reverse("secretariat:queue")), (_("Relances"), None)],
    }
    return render(request, "secretariat/reminders.html", context)


@needs(Action.MANAGE_REMINDERS)
@require_GET
def export(request: HttpRequest, kind: str) -> Any:
    """The rules as a spreadsheet; the journal keeps that it went out."""
    found = _ordered(request)
    names = titles(found.order_by().values_list("scheme", flat=True).distinct())
    columns: tuple[Column[Reminder], ...] = (
        Column(_("Objet"), lambda row: row.subject),
        Column(_("Message"), lambda row: row.words),
        Column(_("Organisme"), lambda row: row.organisation.name),
        Column(_("Certification"), lambda row: names.get(row.scheme, row.scheme)),
        Column(_("État"), lambda row: str(Status(row.status).label)),
        Column(_("Jours"), lambda row: row.days, "number"),
        Column(_("Comptés"), lambda row: row.get_after_display()),
        Column(_("À qui"), lambda row: row.get_audience_display()),
        Column(_("En service"), lambda row: row.is_active),
    )
    return sent_out(request, found, columns, name="relances", kind=kind)


@needs(Action.MANAGE_REMINDERS)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A rule more; before it is kept, who would receive it today."""
    return _edited(request, Reminder(is_active=True))


@needs(Action.MANAGE_REMINDERS)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, id: int) -> HttpResponse:
    """The rule changed; what it sent stays sent."""
    return _edited(request, _found(request, id))


@needs(Action.MANAGE_REMINDERS)
@require_POST
def switch(request: HttpRequest, id: int) -> HttpResponse:
    """The rule sends, or no longer does."""
    row = _found(request, id)
    is_active = bool(request.POST.get("on"))
    reminding.switch_reminder(reminder=row, is_active=is_active, by=person_of(request), at=now())
    messages.success(request, _("La relance est active.") if is_active else _("La relance est arrêtée."))
    return redirect("secretariat:reminders")


def _ordered(request: HttpRequest) -> QuerySet[Reminder]:
    return in_order(managed(standing_of(request)), request.GET.dict(), SORTS, "subject")


def _found(request: HttpRequest, id: int) -> Reminder:
    row = managed(standing_of(request)).filter(pk=id).first()
    if row is None:
        raise Http404
    return row


def _edited(request: HttpRequest, row: Reminder) -> HttpResponse:
    standing = standing_of(request)
    form = ReminderForm(request.POST or None, instance=row, standing=standing)
    is_valid = request.method == "POST" and form.is_valid()
    if is_valid and "preview" not in request.POST:
        reminding.save_reminder(reminder=form.save(commit=False), by=person_of(request), at=now())
        messages.success(request, _("La relance est enregistrée."))
        return redirect("secretariat:reminders")
    shown = form.instance if is_valid else row if row.pk and request.method == "GET" else None
    title = _("Modifier la relance") if row.pk else _("Nouvelle relance")
    context = {
        "form": form,
        "title": title,
        "is_previewed": shown is not None,
        "crumbs": [
            (_("Secrétariat"), reverse("secretariat:queue")),
            (_("Relances"), reverse("secretariat:reminders")),
            (title, None),
        ],
        **(_would_receive(standing, shown) if shown else {}),
    }
    return render(request, "secretariat/reminder.html", context)


def _would_receive(standing: Standing, row: Reminder) -> dict[str, Any]:
    """The files it is due for today, as far as this person sees them; three queries."""
    on = today()
    due = reminding.due_for(row, on)
    seen = due.filter(pk__in=visible_to(standing, Action.SEE_FILE, on).values("pk"))
    return {"due_count": due.count(), "due": list(seen.select_related("candidate")[:SHOWN])}
