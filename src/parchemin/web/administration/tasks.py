"""What is done in the background: what waits, what runs, what was given up and may be tried again."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from parchemin.records.people.permissions import Action
from parchemin.web.access.decorators import needs
from parchemin.web.administration import server
from parchemin.web.administration.frame import actor, shown
from parchemin.web.shared.clock import now
from parchemin.web.shared.lists import in_order, listing

STATES = (
    (server.READY, gettext_lazy("En attente")),
    (server.RUNNING, gettext_lazy("En cours")),
    (server.FAILED, gettext_lazy("Abandonnées")),
    (server.SUCCESSFUL, gettext_lazy("Faites")),
)
SORTS = {
    "task": ("task_path", "enqueued_at"),
    "status": ("status", "enqueued_at"),
    "asked": ("enqueued_at",),
    "done": ("finished_at", "enqueued_at"),
}


class TaskFilters(forms.Form):
    """What is looked for."""

    status = forms.ChoiceField(
        label=gettext_lazy("État"), required=False, choices=[("", gettext_lazy("Toutes")), *STATES]
    )


@needs(Action.MANAGE_SETTINGS)
@require_GET
def tasks(request: HttpRequest) -> HttpResponse:
    """The tasks, the last asked for first; how many wait, run and were given up, and who works."""
    status = request.GET.get("status", "")
    asked = server.tasks(status if status in dict(STATES) else "")
    found = listing(in_order(asked, request.GET, SORTS, "-asked"), request.GET.get("page"))
    context = {
        "listing": found,
        "rows": [shown_task(row) for row in found.rows],
        "form": TaskFilters(request.GET),
        "workers": server.workers(now()),
        "failed": server.tasks(server.FAILED).count(),
        "waiting": server.tasks(server.READY).count(),
    }
    return shown(request, "tasks.html", "tasks", context)


@needs(Action.MANAGE_SETTINGS)
@require_GET
def task(request: HttpRequest, id: UUID) -> HttpResponse:
    """One task: what it was asked, how often it was tried, and why it failed."""
    row = server.tasks().filter(pk=id).first()
    if row is None:
        raise Http404
    told = shown_task(row)
    return shown(request, "task.html", "tasks", {"row": row, "told": told}, (str(told["title"]), None))


@needs(Action.MANAGE_SETTINGS)
@require_POST
def retry(request: HttpRequest, id: UUID) -> HttpResponse:
    """A task that was given up is tried again."""
    if not server.tasks().filter(pk=id).exists():
        raise Http404
    if server.retry_task(id=id, by=actor(request), at=now()):
        messages.success(request, _("La tâche attend de nouveau son tour."))
    else:
        messages.info(request, _("Cette tâche n’était pas abandonnée : rien n’a changé."))
    return redirect("administration:task", id)


def shown_task(row: Any) -> dict[str, Any]:
    """The task as the pages show it."""
    name = row.task_path.rpartition(".")[2]
    titles = {
        "post_letter": _("Écrire et envoyer une lettre"),
        "decide_by_time": _("Décider ce que le temps décide"),
        "send_reminders": _("Envoyer les relances"),
        "remind_ends": _("Prévenir de ce qui se termine"),
        "remind_cold_assessments": _("Rappeler les évaluations à froid"),
        "remind_results": _("Rappeler les résultats de jury à notifier"),
        "alert_accreditations": _("Prévenir des habilitations qui finissent"),
        "prune": _("Effacer ce qui ne sert plus"),
        "erase_what_is_due": _("Effacer ce qui a passé sa durée"),
        "sweep_files": _("Effacer les fichiers que plus rien ne nomme"),
        "post_notice": _("Envoyer un court message"),
        "post_alert": _("Prévenir d’une habilitation qui finit"),
    }
    icons = {server.READY: "hourglass", server.RUNNING: "clock", server.FAILED: "circle-x"}
    tones = {server.FAILED: "not_met", server.SUCCESSFUL: "met", server.RUNNING: "now"}
    return {
        "row": row,
        "title": titles.get(name, name),
        "tries": len(row.worker_ids),
        "is_failed": row.status == server.FAILED,
        "status": {
            "label": {str(key): str(label) for key, label in _one()}.get(row.status, row.status),
            "tone": tones.get(row.status, ""),
            "icon": icons.get(row.status, "circle-check"),
        },
    }


def _one() -> tuple[tuple[str, str], ...]:
    return (
        (server.READY, _("en attente")),
        (server.RUNNING, _("en cours")),
        (server.FAILED, _("abandonnée")),
        (server.SUCCESSFUL, _("faite")),
    )
