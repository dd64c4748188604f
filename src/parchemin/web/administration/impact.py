"""What a version changes for the files in flight: before it is published, then to decide which of them follow it."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, overload
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from parchemin.catalogue.loading import Loaded
from parchemin.core.carrying import told
from parchemin.core.decision import Decision
from parchemin.core.terms import title_of
from parchemin.records.candidacies.actions.bulk import MOST, each
from parchemin.records.candidacies.crossing import Crossing
from parchemin.records.candidacies.errors import UnfitError
from parchemin.records.candidacies.models import Candidacy
from parchemin.records.certifications.models import Certification
from parchemin.records.certifications.queries import resolved, schemes_of
from parchemin.records.juries.actions.moving import follow_version
from parchemin.records.juries.queries.in_flight import crossings, heaps, in_flight
from parchemin.records.people.permissions import Action
from parchemin.web.access.decorators import needs
from parchemin.web.administration.certifications import found_certification
from parchemin.web.administration.frame import actor, posted, shown
from parchemin.web.shared.clock import now, today
from parchemin.web.shared.decisions import stage_names, verdict_of
from parchemin.web.shared.lists import Column
from parchemin.web.shared.outgoing import sent_out
from parchemin.web.shared.states import state

PAGE = 20
"""Files looked at under both versions at once: each costs several queries."""
CHUNK = 100
Applied = Callable[[date], Loaded]


@dataclass(frozen=True, slots=True)
class Line:
    """A file and what the version would change for it, in words; ``look`` says whether it gains or loses."""

    row: Candidacy
    route: str
    status: dict[str, str]
    look: dict[str, str]
    stages: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...]
    carried: tuple[str, ...]
    lost: tuple[str, ...]
    notes: tuple[str, ...]
    is_different: bool


@dataclass(frozen=True, slots=True)
class Impact:
    """The files in flight by heap, and one page of them; ``rule`` says which version they follow."""

    heaps: list[dict[str, Any]]
    lines: list[Line]
    count: int
    number: int
    rule: str

    @property
    def different(self) -> list[Line]:
        """Those of the page that would not stand as they do."""
        return [one for one in self.lines if one.is_different]

    @property
    def previous(self) -> int | None:
        """The number of the page before."""
        return self.number - 1 if self.number > 1 else None

    @property
    def next(self) -> int | None:
        """The number of the page after."""
        return self.number + 1 if self.number * PAGE < self.count else None

    @property
    def told(self) -> str:
        """Which files were looked at, of how many, and how many of them do not change."""
        first = (self.number - 1) * PAGE + 1
        same = len(self.lines) - len(self.different)
        values = {"first": first, "last": first + len(self.lines) - 1, "count": self.count, "same": same}
        return _("Dossiers %(first)s à %(last)s sur %(count)s, dont sans changement : %(same)s") % values


class FollowForm(forms.Form):
    """Why these files follow the version, and what says so."""

    reason = forms.CharField(label=gettext_lazy("Motif"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    source = forms.CharField(
        label=gettext_lazy("Ce qui le décide"),
        max_length=300,
        help_text=gettext_lazy("Le texte ou la décision, avec sa date : il reste avec chaque dossier."),
    )


def impact_of(certification: Certification, version: str, applied: Applied, page: str | None) -> Impact:
    """The page of that number; as many queries for a thousand files as for those of a page."""
    on = today()
    rows = in_flight(certification, version)
    found = heaps(rows)
    count = sum(one.files for one in found)
    last = max(1, -(-count // PAGE))
    number = min(max(1, int(page)), last) if page and page.isascii() and page.isdigit() and len(page) < 6 else 1
    titles = schemes_of({(certification.scheme, one.version) for one in found}, on=on)
    made = [
        {
            "version": one.version,
            "route": title_of(titles[(certification.scheme, one.version)].routes, one.route),
            "status": state(one.status),
            "count": one.files,
        }
        for one in found
    ]
    lines = list(_lines(_slice(rows, (number - 1) * PAGE, PAGE), applied, on)) if count else []
    return Impact(made, lines, count, number, _rule(applied(on)))


@needs(Action.PUBLISH_SCHEMES)
@require_http_methods(["GET", "POST"])
def version_files(request: HttpRequest, id: UUID, name: str) -> HttpResponse:
    """The files that follow another version than this one; those chosen follow it from then on, each for itself."""
    row = _published(request, id, name)
    form = FollowForm(posted(request))
    chosen = request.POST.getlist("files")[:MOST]
    if request.method == "POST" and form.is_valid():
        if not chosen:
            form.add_error(None, _("Choisissez au moins un dossier."))
        else:
            _follow(request, row, name, chosen, form)
            return redirect("administration:version_files", row.pk, name)
    impact = impact_of(row, name, _applied(row, name), request.GET.get("page"))
    back = reverse("administration:certification", args=[row.pk])
    context = {
        "row": row,
        "name": name,
        "impact": impact,
        "form": form,
        "chosen": chosen,
        "query": request.GET.urlencode(),
    }
    crumbs = ((row.title, f"{back}?version={name}"), (_("Dossiers en cours"), None))
    return shown(request, "version_files.html", "certifications", context, *crumbs, status=422 if form.errors else 200)


@needs(Action.PUBLISH_SCHEMES)
@require_GET
def export_version_files(request: HttpRequest, id: UUID, name: str, kind: str) -> Any:
    """The same, every file in flight, as a spreadsheet; the journal keeps that it went out."""
    row = _published(request, id, name)
    return exported_impact(request, row, name, lambda: nullcontext(_applied(row, name)), kind)


def exported_impact(
    request: HttpRequest,
    certification: Certification,
    version: str,
    opened: Callable[[], AbstractContextManager[Applied]],
    kind: str,
) -> Any:
    """Every file in flight and what the version would change for it, worked out as the file is written."""
    columns: tuple[Column[Line], ...] = (
        Column(_("Dossier"), lambda one: one.row.number),
        Column(_("Organisme"), lambda one: one.row.organisation.name),
        Column(_("Version suivie"), lambda one: one.row.version),
        Column(_("Voie"), lambda one: one.route),
        Column(_("État"), lambda one: one.status["label"]),
        Column(_("Effet"), lambda one: one.look["label"]),
        Column(_("Ce qui change"), lambda one: " ; ".join(_told(one))),
        Column(_("Repris par équivalence"), lambda one: " ; ".join(one.carried)),
        Column(_("Sans équivalence"), lambda one: " ; ".join(one.lost)),
    )
    lines = Lines(in_flight(certification, version), opened)
    return sent_out(request, lines, columns, name=f"impact-{certification.scheme}-{version}", kind=kind)


class Lines(Sequence[Line]):
    """Every file in flight, looked at by chunks: never all of them in memory."""

    def __init__(self, rows: QuerySet[Candidacy], opened: Callable[[], AbstractContextManager[Applied]]) -> None:
        self._rows, self._opened = rows, opened

    def __len__(self) -> int:
        return self._rows.count()

    def __iter__(self) -> Iterator[Line]:
        ids = list(self._rows.values_list("pk", flat=True))
        with self._opened() as applied:
            for start in range(0, len(ids), CHUNK):
                yield from _lines(self._rows.filter(pk__in=ids[start : start + CHUNK]), applied, today())

    @overload
    def __getitem__(self, index: int) -> Line: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Line]: ...
    def __getitem__(self, index: int | slice) -> Line | Sequence[Line]:
        return list(self)[index]


def _follow(request: HttpRequest, row: Certification, name: str, chosen: Sequence[str], form: FollowForm) -> None:
    ids = [one for one in chosen if _is_id(one)]
    act = partial(
        _one, version=name, reason=form.cleaned_data["reason"], source=form.cleaned_data["source"], request=request
    )
    answered = each(in_flight(row, name).filter(pk__in=ids), act)
    done = [one.candidacy.number for one in answered if one.is_done]
    if done:
        messages.success(
            request, _("Suivent désormais la version %(name)s : %(files)s.") % {"name": name, "files": ", ".join(done)}
        )
    for one in answered:
        if not one.is_done:
            messages.error(request, f"{one.candidacy.number} : {' '.join(one.reasons)}")


def _one(row: Candidacy, *, version: str, reason: str, source: str, request: HttpRequest) -> None:
    made = follow_version(
        candidacy=row,
        version=version,
        reason=reason,
        source=source,
        by=actor(request),
        at=now(),
        on=today(),
        revision=row.revision,
    )
    if isinstance(made, Decision):
        raise UnfitError("route_closed", version=version)


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _published(request: HttpRequest, id: UUID, name: str) -> Certification:
    row = found_certification(request, id, Action.PUBLISH_SCHEMES)
    if not row.versions.filter(name=name).exists():
        raise Http404
    return row


def _applied(row: Certification, name: str) -> Applied:
    return lambda began: resolved(row.scheme, version=name, on=today(), began=began)


def _slice(rows: QuerySet[Candidacy], start: int, size: int) -> QuerySet[Candidacy]:
    return rows.filter(pk__in=list(rows.values_list("pk", flat=True)[start : start + size]))


def _lines(rows: QuerySet[Candidacy], applied: Applied, on: date) -> Iterator[Line]:
    return (_line(one) for one in crossings(rows, applied, on))


def _line(one: Crossing) -> Line:
    row, names = one.before.candidacy, stage_names()
    stages = tuple(
        (
            names[change.stage],
            f"{verdict_of(change.stage, change.before)} → {verdict_of(change.stage, change.after)}",
            tuple((reason.says, reason.after or _("cette règle n’y est plus")) for reason in change.reasons),
        )
        for change in one.changes
    )
    version = one.new.ref.version
    notes = [_("La voie n’est pas ouverte dans cette version.")] if one.closed else []
    if one.unsettled:
        notes.append(
            _("Rien ne dit ce que donnent les acquis de la version %(name)s.") % {"name": ", ".join(one.unsettled)}
        )
    if one.unlike:
        values = {"name": version, "what": ", ".join(one.unlike)}
        notes.append(_("Ce n’est pas la même chose dans la version %(name)s : %(what)s.") % values)
    return Line(
        row=row,
        route=title_of(one.old.routes, row.route),
        status=state(row.status),
        look=_look(one),
        stages=stages,
        carried=tuple(f"{made.code} {told(made)}" for made in one.carried),
        lost=tuple(f"{held.code} ({held.version}, {held.minutes})" for held in one.lost),
        notes=tuple(notes),
        is_different=one.is_different,
    )


def _look(one: Crossing) -> dict[str, str]:
    if not one.is_different:
        return {"label": _("rien ne change"), "tone": "", "icon": "minus"}
    if one.is_less_favourable:
        return {"label": _("perd"), "tone": "not_met", "icon": "circle-x"}
    if one.unlike:
        return {"label": _("à regarder"), "tone": "unknown", "icon": "circle-help"}
    if one.changes:
        return {"label": _("gagne"), "tone": "met", "icon": "circle-check"}
    return {"label": _("garde ses acquis"), "tone": "met", "icon": "archive"}


def _told(one: Line) -> list[str]:
    """What changes, line by line, for a cell."""
    found = list(one.notes)
    for name, verdict, reasons in one.stages:
        found.append(f"{name} : {verdict}")
        found += [f"{says} {seen}" for says, seen in reasons]
    return found


def _rule(loaded: Loaded) -> str:
    """Which version open files follow, in a sentence."""
    said = getattr(loaded.scheme.transition, "rule", None)
    return {
        "former_rule": _("Cette version dit que les dossiers déjà ouverts gardent la leur."),
        "new_rule": _(
            "Cette version dit que les dossiers déjà ouverts la suivent : chacun y passe par une décision, une fois "
            "qu’elle est publiée."
        ),
        "more_favourable": _(
            "Cette version dit que les dossiers déjà ouverts suivent la plus favorable : un dossier y passe par une "
            "décision, et jamais s’il y perd."
        ),
    }.get(
        str(said),
        _(
            "Cette version ne dit pas ce que suivent les dossiers déjà ouverts : ils gardent la leur, sauf décision "
            "pour l’un d’eux."
        ),
    )
