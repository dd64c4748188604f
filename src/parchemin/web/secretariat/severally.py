"""Acting on several files ticked in the list; each one is answered for itself."""

from collections.abc import Iterable
from contextlib import suppress
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from parchemin.records.candidacies.actions import bulk, talking
from parchemin.records.candidacies.actions.bulk import Answered
from parchemin.records.candidacies.facts import with_facts
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Candidacy, Status
from parchemin.records.candidacies.queries.visible import visible_to
from parchemin.records.people.models import Person
from parchemin.records.people.permissions import Action
from parchemin.web.access.decorators import needs
from parchemin.web.secretariat.admissibility import lacking
from parchemin.web.secretariat.forms import SeveralForm, reasons_of
from parchemin.web.secretariat.listed import query_of
from parchemin.web.shared.asked import standing_of
from parchemin.web.shared.clock import now, today

ASKED = {
    "charge": Action.SEE_FILE,
    "leave": Action.SEE_FILE,
    "message": Action.MESSAGE,
    "complete": Action.DECIDE_ADMISSIBILITY,
    "return": Action.RETURN_FILE,
}
"""What each action on several files asks to be allowed on every one of them."""
PAGES = {"message": "secretariat/several_message.html", "return": "secretariat/several_return.html"}
"""The page of those for which something is still to be said."""
NEVER = -1
"""The revision of a file that the page did not show."""


@needs(Action.BULK_ACT)
@require_POST
def several(request: HttpRequest) -> HttpResponse:
    """The action done on each ticked file: a report of what was done, and of what was refused and why."""
    ids, query = _ticked(request.POST.getlist("file")), _query(request)
    files = reverse("secretariat:files") + (f"?{query}" if query else "")
    act, is_sent = request.POST.get("act", ""), "body" in request.POST
    if not ids or len(ids) > bulk.MOST:
        return _report(request, [], files, told=_too_few_or_many(len(ids)))
    if act not in ASKED:
        return redirect(files)
    found = _found(request, act, ids)
    form = SeveralForm(request.POST if is_sent else None, act=act)
    if act in PAGES and not (is_sent and form.is_valid()):
        return _asked(request, act, form, found, query, files)
    answers = _done(request, act, found, form.cleaned_data["body"].strip() if act in PAGES else "")
    absent = len(ids) - len(found)
    told = ngettext(
        "%(n)s dossier coché n’est plus dans ce que vous suivez : il a été laissé.",
        "%(n)s dossiers cochés ne sont plus dans ce que vous suivez : ils ont été laissés.",
        absent,
    )
    return _report(request, answers, files, told=told % {"n": absent} if absent else "", act=act)


def _found(request: HttpRequest, act: str, ids: list[UUID]) -> list[Candidacy]:
    standing, on = standing_of(request), today()
    allowed = visible_to(standing, ASKED[act], on).filter(pk__in=ids)
    allowed = allowed & visible_to(standing, Action.BULK_ACT, on).filter(pk__in=ids)
    return list(with_facts(allowed).select_related("holder").order_by("number"))


def _done(request: HttpRequest, act: str, rows: list[Candidacy], body: str) -> list[Answered]:
    at, on, by = now(), today(), request.user
    assert isinstance(by, Person)
    if act == "complete":
        return bulk.accept_complete(rows, by=by, at=at, on=on)
    if act == "return":
        shown = _revisions(request.POST.getlist("shown"))
        told = [
            (row, shown.get(row.pk, NEVER), reasons_of(found, body) if found else "") for row, found in _lacking(rows)
        ]
        return bulk.give_back(told, by=by, at=at, on=on)
    if act == "message":
        return bulk.each(rows, lambda row: talking.send_message(candidacy=row, body=body, by=by, at=at))
    return bulk.hold(rows, holder=by if act == "charge" else None, by=by, at=at)


def _lacking(rows: list[Candidacy]) -> list[tuple[Candidacy, list[str]]]:
    """What each of them lacks, while it is to be checked."""
    return [
        (one.candidacy, list(lacking(one).values()) if one.candidacy.status == Status.RECEIVED else [])
        for one in Judged.each(rows, today())
    ]


def _revisions(values: Iterable[str]) -> dict[UUID, int]:
    """The revision each file had on the page, from ``id:revision``; what is not understood is left out."""
    found: dict[UUID, int] = {}
    for id, _colon, revision in (value.partition(":") for value in values):
        with suppress(ValueError):
            found[UUID(id)] = int(revision)
    return found


def _asked(
    request: HttpRequest, act: str, form: SeveralForm, rows: list[Candidacy], query: str, files: str
) -> HttpResponse:
    """What is still to be said before it is done, and to whom."""
    title = _("Écrire à plusieurs") if act == "message" else _("Renvoyer plusieurs dossiers à compléter")
    crumbs = [(_("Secrétariat"), reverse("secretariat:queue")), (_("Dossiers"), files), (title, None)]
    context = {"form": form, "rows": rows, "query": query, "files": files, "crumbs": crumbs}
    if act == "return":
        told = _lacking(rows)
        context["rows"] = [(row, reasons) for row, reasons in told if reasons]
        context["left"] = [row for row, reasons in told if not reasons]
    return render(request, PAGES[act], context)


def _report(request: HttpRequest, answers: list[Answered], files: str, *, told: str, act: str = "") -> HttpResponse:
    crumbs = [(_("Secrétariat"), reverse("secretariat:queue")), (_("Dossiers"), files), (_("Compte rendu"), None)]
    context = {
        "done": [one for one in answers if one.is_done],
        "refused": [one for one in answers if not one.is_done],
        "told": told,
        "act": act,
        "files": files,
        "crumbs": crumbs,
    }
    return render(request, "secretariat/report.html", context)


def _ticked(values: Iterable[str]) -> list[UUID]:
    found: dict[UUID, None] = {}
    for value in values:
        try:
            found[UUID(value)] = None
        except ValueError:
            continue
    return list(found)


def _query(request: HttpRequest) -> str:
    return query_of(QueryDict(request.POST.get("query", "")))


def _too_few_or_many(count: int) -> str:
    if count == 0:
        return _("Aucun dossier n’était coché : cochez-en dans la liste, puis choisissez l’action.")
    return _("%(n)s dossiers sont cochés : on agit sur %(most)s au plus à la fois.") % {"n": count, "most": bulk.MOST}
