"""What the rules of retention would erase, file by file: written down, read, exported, confirmed, then followed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRefresh

from parchemin.records.candidacies.actions.retaining import confirm_retention, prepare_retention
from parchemin.records.candidacies.errors import UnfitError
from parchemin.records.candidacies.models import RetentionLine, RetentionRun, Status
from parchemin.records.candidacies.queries.expiring import changes_since
from parchemin.records.candidacies.wordings import sentence
from parchemin.records.people.permissions import Action
from parchemin.web.access.decorators import needs
from parchemin.web.administration import server
from parchemin.web.administration.frame import Crumb, actor, organisations_for, posted, shown
from parchemin.web.administration.organisations import found_organisation
from parchemin.web.administration.retention import KINDS
from parchemin.web.shared.asked import standing_of
from parchemin.web.shared.clock import now, today
from parchemin.web.shared.lists import Column, in_order, listing
from parchemin.web.shared.outgoing import sent_out

FILTERS = ("kind", "fate")
FATES = {True: gettext_lazy("effacé"), False: gettext_lazy("laissé"), None: gettext_lazy("à effacer")}
"""What became of a line: nothing yet for None."""
ASKED = {"erased": True, "left": False}
SORTS = {
    "number": ("number", "kind", "pk"),
    "status": ("status", "number", "kind", "pk"),
    "kind": ("kind", "number", "pk"),
    "closed": ("closed_on", "number", "kind", "pk"),
    "ended": ("ended_on", "number", "kind", "pk"),
    "fate": ("is_erased", "number", "kind", "pk"),
}


@dataclass(frozen=True)
class Progress:
    """How many lines were erased, left and wait; its task while it is under way, once a worker has asked for it."""

    erased: int
    left: int
    waiting: int
    task: Any

    @property
    def count(self) -> int:
        """Every line."""
        return self.erased + self.left + self.waiting

    @property
    def done(self) -> int:
        """Those that were dealt with."""
        return self.erased + self.left

    @property
    def percent(self) -> int:
        """The share of them."""
        return 100 * self.done // self.count if self.count else 100

    @property
    def is_given_up(self) -> bool:
        """Whether nobody goes on with it unless they are asked to."""
        return self.task is not None and self.task.status == server.FAILED

    @property
    def again_at(self) -> datetime | None:
        """When it is tried again, after a trial that failed."""
        failed = self.task is not None and self.task.status == server.READY and self.task.exception_class_path
        return self.task.run_after if failed else None


class RunForm(forms.Form):
    """That it is really wanted, and the approval that public archives need."""

    visa = forms.CharField(
        label=gettext_lazy("Référence du visa d’élimination"),
        max_length=200,
        required=False,
        help_text=gettext_lazy(
            "Donnée par les archives départementales ou nationales (code du patrimoine, art. L212-2)."
        ),
    )
    is_sure = forms.BooleanField(
        label=gettext_lazy("Je sais que ce qui est effacé ne revient pas, ni ici ni dans les sauvegardes à venir.")
    )

    def __init__(self, *args: Any, is_public: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_public:
            self.fields["visa"].required = True
        else:
            del self.fields["visa"]


class LineFilters(forms.Form):
    """What is looked for."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Classe"), required=False, choices=[("", gettext_lazy("Toutes")), *KINDS.choices]
    )
    fate = forms.ChoiceField(
        label=gettext_lazy("Ce qu’il en est"),
        required=False,
        choices=[("", gettext_lazy("Tout")), *((name, FATES[is_erased]) for name, is_erased in ASKED.items())],
    )

    def __init__(self, *args: Any, is_done: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_done:
            del self.fields["fate"]


@needs(Action.RUN_RETENTION)
@require_POST
def prepare(request: HttpRequest, id: UUID) -> HttpResponse:
    """What the rules would erase today is written down, to be read before anything is erased."""
    row = found_organisation(request, id, Action.RUN_RETENTION)
    try:
        made = prepare_retention(organisation=row, by=actor(request), at=now(), on=today())
    except UnfitError as error:
        messages.info(request, sentence(error))
        return redirect("administration:retention_rules", row.pk)
    return redirect("administration:run_retention", made.pk)


@needs(Action.RUN_RETENTION)
@require_http_methods(["GET", "POST"])
def run(request: HttpRequest, id: int) -> HttpResponse:
    """The files that would lose something and what changed since; once confirmed, how far it is, then what it was."""
    row = _found(request, id)
    form = RunForm(posted(request), is_public=row.organisation.is_public)
    if request.method == "POST":
        if row.confirmed_at:
            _resume(request, row)
            return redirect("administration:run_retention", row.pk)
        if form.is_valid() and _confirmed(request, row, form):
            return redirect("administration:run_retention", row.pk)
    if row.at and request.htmx:  # type: ignore[attr-defined]
        return HttpResponseClientRefresh()
    rules = reverse("administration:retention_rules", args=[row.organisation_id])
    context = {
        "row": row,
        "form": form,
        "filters": LineFilters(request.GET, is_done=row.confirmed_at is not None),
        "is_filtered": any(request.GET.get(name) for name in FILTERS),
        "listing": listing(_lines(request, row), request.GET.get("page")),
        "progress": progress_of(row),
        "changes": None if row.confirmed_at else changes_since(row, today()),
        "query": request.GET.urlencode(),
        "back": rules,
    }
    crumbs: tuple[Crumb, ...] = ((row.organisation.name, rules), (_("Effacement"), None))
    return shown(request, "retention_run.html", "retention", context, *crumbs, status=422 if form.is_bound else 200)


def progress_of(row: RetentionRun) -> Progress:
    """How far that run is, and what its task says of it."""
    fates = {True: "erased", False: "left", None: "waiting"}
    counted = dict.fromkeys(fates.values(), 0)
    for is_erased, count in row.lines.order_by().values_list("is_erased").annotate(Count("pk")):
        counted[fates[is_erased]] = count
    task = server.erasing_task(row.pk) if row.confirmed_at and not row.at else None
    return Progress(**counted, task=task)


@needs(Action.RUN_RETENTION)
@require_GET
def export(request: HttpRequest, id: int, kind: str) -> Any:
    """The lines as a spreadsheet, to be kept with the approval; the journal keeps that it went out."""
    row = _found(request, id)
    columns: tuple[Column[RetentionLine], ...] = (
        Column(_("Dossier"), lambda line: line.number),
        Column(_("État"), lambda line: line.get_status_display()),
        Column(_("Clos le"), lambda line: None if line.status == Status.DRAFT else line.closed_on, "day"),
        Column(_("Classe"), lambda line: line.get_kind_display()),
        Column(_("Durée finie le"), lambda line: line.ended_on, "day"),
        Column(_("Ce qu’il en est"), lambda line: FATES[line.is_erased]),
    )
    return sent_out(request, _lines(request, row), columns, name="effacement", kind=kind, filters=FILTERS)


def _found(request: HttpRequest, id: int) -> RetentionRun:
    own = organisations_for(standing_of(request), Action.RUN_RETENTION)
    row = RetentionRun.objects.filter(organisation__in=own, pk=id).select_related("organisation", "by").first()
    if row is None:
        raise Http404
    return row


def _lines(request: HttpRequest, row: RetentionRun) -> QuerySet[RetentionLine]:
    rows = row.lines.all()
    if kind := request.GET.get("kind"):
        rows = rows.filter(kind=kind)
    if (fate := request.GET.get("fate")) in ASKED:
        rows = rows.filter(is_erased=ASKED[fate])
    return in_order(rows, request.GET, SORTS, "number")


def _confirmed(request: HttpRequest, row: RetentionRun, form: RunForm) -> bool:
    """Whether it is confirmed now, or was before; what is missing is told on the form."""
    try:
        confirm_retention(run=row, by=actor(request), at=now(), on=today(), visa=form.cleaned_data.get("visa", ""))
    except UnfitError as error:
        if error.code != "erased":
            form.add_error("visa", sentence(error))
            return False
        messages.info(request, sentence(error))
    else:
        messages.success(
            request, _("C’est confirmé : l’effacement se fait dossier par dossier. Vous pouvez quitter cette page.")
        )
    return True


def _resume(request: HttpRequest, row: RetentionRun) -> None:
    """An erasing that was given up goes on where it stopped."""
    task = progress_of(row).task
    if task and server.retry_task(id=task.pk, by=actor(request), at=now()):
        messages.success(request, _("L’effacement reprend où il s’était arrêté."))
    else:
        messages.info(request, sentence(UnfitError("erased")))
