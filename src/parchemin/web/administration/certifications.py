"""Certifications offered here: their versions, what their sources do not say, and whether candidacies are open."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from parchemin.catalogue.loading import Loaded
from parchemin.catalogue.problems import RefusedError
from parchemin.catalogue.rulings import Gap
from parchemin.core.deciding import examine
from parchemin.core.decision import Outcome
from parchemin.records.certifications.actions import set_contact, set_open
from parchemin.records.certifications.models import Certification, PublishedRuling, PublishedVersion
from parchemin.records.certifications.queries import resolved, version_for
from parchemin.records.people.permissions import Action
from parchemin.web.access.decorators import needs
from parchemin.web.administration.frame import actor, certifications_for, posted, shown
from parchemin.web.shared.asked import standing_of
from parchemin.web.shared.clock import now, today
from parchemin.web.shared.decisions import DrawnFinding, drawn_findings
from parchemin.web.shared.lists import Column, in_order, listing
from parchemin.web.shared.outgoing import sent_out

SORTS = {
    "title": ("title", "pk"),
    "body": ("awarding_body__name", "title", "pk"),
    "versions": ("count", "title", "pk"),
    "open": ("is_open", "title", "pk"),
}


@dataclass(frozen=True, slots=True)
class Resolved:
    """A version as it applies on a day: its gaps by part, and how it stands to the rules on certifications."""

    version: PublishedVersion
    rulings: tuple[PublishedRuling, ...]
    is_in_force: bool
    problems: tuple[dict[str, object], ...]
    gaps: tuple[tuple[str, tuple[Gap, ...]], ...] = ()
    gap_count: int = 0
    filled_count: int = 0
    findings: tuple[DrawnFinding, ...] = ()
    warnings: int = 0

    @property
    def ref(self) -> str:
        """``scheme@version``."""
        return f"{self.version.certification.scheme}@{self.version.name}"


class ContactForm(forms.Form):
    """To whom candidates write."""

    contact = forms.EmailField(
        label=gettext_lazy("Adresse du secrétariat"),
        required=False,
        max_length=254,
        help_text=gettext_lazy("Elle figure sur les lettres et sur la page de la certification."),
    )


@needs(Action.MANAGE_CERTIFICATIONS)
@require_GET
def certifications(request: HttpRequest) -> HttpResponse:
    """Those that this person answers for, by title."""
    context = {
        "listing": listing(_listed(request), request.GET.get("page")),
        "can_publish": standing_of(request).has(Action.PUBLISH_SCHEMES),
        "query": request.GET.urlencode(),
    }
    return shown(request, "certifications.html", "certifications", context)


@needs(Action.MANAGE_CERTIFICATIONS)
@require_GET
def export(request: HttpRequest, kind: str) -> Any:
    """The list as a spreadsheet; the journal keeps that it went out."""
    on = today()
    columns: tuple[Column[Certification], ...] = (
        Column(_("Certification"), lambda row: row.title),
        Column(_("Identifiant"), lambda row: row.scheme),
        Column(_("Certificateur"), lambda row: row.awarding_body.name),
        Column(_("Adresse du secrétariat"), lambda row: row.contact),
        Column(_("Versions"), lambda row: row.count, "number"),  # type: ignore[attr-defined]
        Column(_("Version en vigueur"), lambda row: _current(row, on)),
        Column(_("Candidatures ouvertes"), lambda row: row.is_open),
    )
    return sent_out(request, _listed(request), columns, name="certifications", kind=kind)


@needs(Action.MANAGE_CERTIFICATIONS)
@require_GET
def certification(request: HttpRequest, id: UUID) -> HttpResponse:
    """One certification: each version with its rulings, what is not said, and warnings of conformity."""
    row = found_certification(request, id)
    on = today()
    versions = list(row.versions.select_related("published_by").prefetch_related("rulings").order_by("-name"))
    for version in versions:
        version.certification = row
    current = _current(row, on)
    chosen = next((one for one in versions if one.name == request.GET.get("version")), None)
    chosen = chosen or next((one for one in versions if one.name == current), versions[0] if versions else None)
    context = {
        "row": row,
        "versions": [(one, one.name == current, one == chosen) for one in versions],
        "can_move": len(versions) > 1
        and standing_of(request).may(Action.PUBLISH_SCHEMES, organisation=row.awarding_body_id, scheme=row.scheme),
        "chosen": standing_on(chosen, on, is_in_force=chosen.name == current) if chosen else None,
        "facts": _facts(row),
        "toggle": reverse(f"administration:{'close' if row.is_open else 'open'}_certification", args=[row.pk]),
    }
    return shown(request, "certification.html", "certifications", context, (row.title, None))


@needs(Action.MANAGE_CERTIFICATIONS)
@require_POST
def open_certification(request: HttpRequest, id: UUID) -> HttpResponse:
    """Candidacies are taken from now on."""
    row = found_certification(request, id)
    if _current(row, today()):
        set_open(certification=row, is_open=True, by=actor(request), at=now())
        messages.success(request, _("Les candidatures sont ouvertes."))
    else:
        messages.error(request, _("Aucune version n’est en vigueur aujourd’hui : publiez-en une d’abord."))
    return redirect("administration:certification", row.pk)


@needs(Action.MANAGE_CERTIFICATIONS)
@require_POST
def close_certification(request: HttpRequest, id: UUID) -> HttpResponse:
    """No new candidacy is taken; those that are under way go on."""
    row = found_certification(request, id)
    set_open(certification=row, is_open=False, by=actor(request), at=now())
    messages.success(request, _("Les candidatures sont fermées ; celles qui sont en cours continuent."))
    return redirect("administration:certification", row.pk)


@needs(Action.MANAGE_CERTIFICATIONS)
@require_http_methods(["GET", "POST"])
def contact(request: HttpRequest, id: UUID) -> HttpResponse:
    """To whom candidates write."""
    row = found_certification(request, id)
    form = ContactForm(posted(request), initial={"contact": row.contact})
    if request.method == "POST" and form.is_valid():
        set_contact(certification=row, contact=form.cleaned_data["contact"], by=actor(request), at=now())
        messages.success(request, _("C’est enregistré."))
        return redirect("administration:certification", row.pk)
    back = reverse("administration:certification", args=[row.pk])
    context = {"form": form, "title": _("Contact"), "button": _("Enregistrer"), "whose": row.title, "back": back}
    crumbs = ((row.title, back), (_("Contact"), None))
    return shown(request, "form.html", "certifications", context, *crumbs, status=422 if form.is_bound else 200)


def found_certification(request: HttpRequest, id: UUID, action: Action = Action.MANAGE_CERTIFICATIONS) -> Certification:
    """The certification of that id; Http404 where this person may not do that."""
    row = certifications_for(standing_of(request), action).filter(pk=id).first()
    if row is None:
        raise Http404
    return row


def standing_on(version: PublishedVersion, on: date, *, is_in_force: bool) -> Resolved:
    """The version as it applies on a day."""
    rulings = tuple(version.rulings.all())
    try:
        loaded = resolved(version.certification.scheme, version=version.name, on=on)
    except RefusedError as refused:
        return Resolved(version, rulings, is_in_force, told_problems(refused))
    found = examine(loaded.scheme, on)
    return Resolved(
        version,
        rulings,
        is_in_force,
        (),
        gaps_by_part(loaded),
        len(loaded.gaps),
        len(loaded.filled),
        drawn_findings(sorted(found, key=lambda one: one.outcome is Outcome.MET)),
        sum(one.outcome is not Outcome.MET for one in found),
    )


def gaps_by_part(loaded: Loaded) -> tuple[tuple[str, tuple[Gap, ...]], ...]:
    """What the sources do not say, by the part of the certification that it belongs to, in the order of the files."""
    found: dict[str, list[Gap]] = {}
    names = parts()
    for gap in loaded.gaps:
        part = gap.address.split("/", 1)[0]
        found.setdefault(names.get(part, _("Identité")), []).append(gap)
    return tuple((name, tuple(gaps)) for name, gaps in found.items())


def parts() -> dict[str, str]:
    """What the parts of a certification are called on screens."""
    return {
        "registrations": _("Enregistrements"),
        "bodies": _("Instances"),
        "actors": _("Acteurs"),
        "documents": _("Pièces"),
        "methods": _("Épreuves"),
        "juries": _("Jurys"),
        "routes": _("Voies"),
        "award": _("Délivrance"),
        "statistics": _("Statistiques"),
        "statements": _("Déclarations"),
        "framework": _("Référentiel"),
        "rules": _("Règles"),
        "conformity": _("Conformité"),
    }


def told_problems(found: RefusedError | tuple[Any, ...]) -> tuple[dict[str, object], ...]:
    """The problems of files in the reader's language: ``file``, ``line``, ``message``."""
    problems = found.problems if isinstance(found, RefusedError) else found
    is_english = (get_language() or "fr").startswith("en")
    return tuple(one.as_dict("en" if is_english else "fr") for one in problems)


def _listed(request: HttpRequest) -> QuerySet[Certification]:
    rows = certifications_for(standing_of(request)).annotate(count=Count("versions"))
    return in_order(rows, request.GET, SORTS, "title")


def _current(row: Certification, on: date) -> str:
    try:
        return version_for(row.scheme, on)
    except RefusedError:
        return ""


def _facts(row: Certification) -> list[tuple[str, str]]:
    return [
        (_("Certificateur"), row.awarding_body.name),
        (_("Identifiant"), row.scheme),
        (_("Adresse du secrétariat"), row.contact),
    ]
