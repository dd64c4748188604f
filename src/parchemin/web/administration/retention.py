"""How long each class of documents is kept: the rules of each organisation, and what they would erase today."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db import transaction
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from parchemin.records.candidacies.actions.retaining import set_retention
from parchemin.records.candidacies.errors import UnfitError
from parchemin.records.candidacies.models import RetentionRule
from parchemin.records.candidacies.queries.expiring import counts_due
from parchemin.records.candidacies.wordings import sentence
from parchemin.records.people.models import Organisation
from parchemin.records.people.permissions import Action
from parchemin.web.access.decorators import needs
from parchemin.web.administration.frame import actor, organisations_for, posted, shown
from parchemin.web.administration.organisations import found_organisation
from parchemin.web.shared.asked import standing_of
from parchemin.web.shared.clock import now, today
from parchemin.web.shared.lists import in_order, listing

KINDS = RetentionRule.Kind
LONGEST = 1200
RUNS_SHOWN = 20
SORTS = {"name": ("name", "pk"), "rules": ("rules", "name", "pk"), "runs": ("runs", "name", "pk")}


class RulesForm(forms.Form):
    """Months and ground of each class; a class without months is kept without an end."""

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = {rule.kind: rule for rule in organisation.retention_rules.all()}
        for kind in KINDS:
            rule = known.get(kind.value)
            self.fields[f"{kind.value}_months"] = forms.IntegerField(
                label=gettext_lazy("Mois"), min_value=1, max_value=LONGEST, required=False, initial=rule and rule.months
            )
            self.fields[f"{kind.value}_basis"] = forms.CharField(
                label=gettext_lazy("Fondement"), max_length=300, required=False, initial=rule and rule.basis
            )

    def clean(self) -> dict[str, Any]:
        """A length rests on something."""
        told = super().clean() or {}
        for kind in KINDS:
            if told.get(f"{kind.value}_months") and not told.get(f"{kind.value}_basis", "").strip():
                self.add_error(f"{kind.value}_basis", sentence(UnfitError("basis")))
        return told

    def lines(self) -> list[tuple[str, forms.BoundField, forms.BoundField]]:
        """Each class with its two fields."""
        return [(str(kind.label), self[f"{kind.value}_months"], self[f"{kind.value}_basis"]) for kind in KINDS]


@needs(Action.RUN_RETENTION)
@require_GET
def retention(request: HttpRequest) -> HttpResponse:
    """The organisations whose files this person keeps, and how many rules each has."""
    rows = organisations_for(standing_of(request), Action.RUN_RETENTION).filter(parent__isnull=True)
    counted = rows.annotate(
        rules=Count("retention_rules", distinct=True),
        runs=Count("retention_runs", distinct=True, filter=Q(retention_runs__at__isnull=False)),
    )
    found = listing(in_order(counted, request.GET, SORTS, "name"), request.GET.get("page"))
    return shown(request, "retention.html", "retention", {"listing": found, "classes": len(KINDS)})


@needs(Action.RUN_RETENTION)
@require_http_methods(["GET", "POST"])
def rules(request: HttpRequest, id: UUID) -> HttpResponse:
    """The rules of an organisation, what they would erase today, and what was erased before."""
    row = found_organisation(request, id, Action.RUN_RETENTION)
    form = RulesForm(posted(request), organisation=row)
    if request.method == "POST" and form.is_valid():
        _keep(request, row, form.cleaned_data)
        messages.success(
            request, _("Les durées sont enregistrées ; rien n’est effacé tant que vous ne le demandez pas.")
        )
        return redirect("administration:retention_rules", row.pk)
    due = told_by_class(counts_due(row, today()))
    done = row.retention_runs.filter(at__isnull=False).select_related("by").order_by("-at")
    context = {
        "row": row,
        "form": form,
        "due": due,
        "is_due": any(count for _label, count in due),
        "waiting": row.retention_runs.filter(at__isnull=True).first(),
        "runs": [(run, told_by_class(run.counts)) for run in done[:RUNS_SHOWN]],
    }
    return shown(
        request, "retention_rules.html", "retention", context, (row.name, None), status=422 if form.errors else 200
    )


def told_by_class(counts: dict[str, int]) -> list[tuple[str, int]]:
    """How many by class, in words, in the order of the classes."""
    return [(str(kind.label), counts[kind.value]) for kind in KINDS if kind.value in counts]


def _keep(request: HttpRequest, row: Organisation, told: dict[str, Any]) -> None:
    with transaction.atomic():
        for kind in KINDS:
            set_retention(
                organisation=row,
                kind=kind,
                months=told[f"{kind.value}_months"],
                basis=told[f"{kind.value}_basis"],
                by=actor(request),
                at=now(),
            )
