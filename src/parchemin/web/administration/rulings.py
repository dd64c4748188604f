"""Rulings of the awarding body: a file sent or pasted, or the gaps of a version filled in a form."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from parchemin.catalogue.drafting import ruling_text
from parchemin.catalogue.problems import RefusedError
from parchemin.core.errors import Misuse
from parchemin.records.certifications.actions import publish_ruling
from parchemin.records.certifications.models import PublishedRuling, PublishedVersion
from parchemin.records.certifications.queries import resolved
from parchemin.records.certifications.trying import Trial, ruling_tried
from parchemin.records.people.permissions import Action
from parchemin.web.access.decorators import needs
from parchemin.web.administration.certifications import parts, told_problems
from parchemin.web.administration.frame import Crumb, actor, certifications_for, posted, sent_files, shown
from parchemin.web.administration.publishing import changes
from parchemin.web.administration.ruling_forms import PREFIX, GapsForm, RulingForm
from parchemin.web.shared.asked import standing_of
from parchemin.web.shared.clock import now, today


@needs(Action.PUBLISH_SCHEMES)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, id: int) -> HttpResponse:
    """A ruling's file is checked, what it changes is shown, then it is published."""
    version = _found_version(request, id)
    form = RulingForm(posted(request), sent_files(request))
    context: dict[str, Any] = {"form": form, "version": version, "back": _back(version)}
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        answer = _tried(request, version, told["name"], told["text"], context)
        if answer:
            return answer
        if told.get("file"):  # what was in the file is now in the text: it need not be sent again
            context["form"] = RulingForm(initial={"name": told["name"], "text": told["text"]})
    status = 422 if form.is_bound and not context.get("trial") else 200
    return shown(
        request, "ruling_form.html", "certifications", context, *_crumbs(version, _("Décision")), status=status
    )


@needs(Action.PUBLISH_SCHEMES)
@require_http_methods(["GET", "POST"])
def fill(request: HttpRequest, id: int) -> HttpResponse:
    """The gaps of a version, each with a place for its value; what is typed becomes a ruling's file."""
    version = _found_version(request, id)
    loaded = resolved(version.certification.scheme, version=version.name, on=today())
    form = GapsForm(
        posted(request),
        gaps=loaded.gaps,
        on=today(),
        initial={"by": version.certification.awarding_body.name, "from_on": today()},
    )
    context: dict[str, Any] = {"form": form, "version": version, "back": _back(version)}
    if request.method == "POST" and form.is_valid():
        drafted = ruling_text(
            scheme=version.certification.scheme,
            version=version.name,
            act=form.act(),
            fills=form.cleaned_data["values"],
            wheres=form.wheres(),
        )
        answer = _tried(request, version, form.cleaned_data["name"], drafted.text, context)
        if answer:
            return answer
        _place(form, context, drafted.gaps)
        context["text"] = drafted.text
    context["parted"] = form.parted(parts())
    status = 422 if form.is_bound and not context.get("trial") else 200
    crumbs = _crumbs(version, _("Combler les silences"))
    return shown(request, "fill.html", "certifications", context, *crumbs, status=status)


@needs(Action.MANAGE_CERTIFICATIONS)
@require_GET
def ruling(request: HttpRequest, id: int) -> HttpResponse:
    """A ruling as it was published."""
    rows = PublishedRuling.objects.select_related("version__certification", "published_by")
    row = rows.filter(pk=id, version__certification__in=certifications_for(standing_of(request))).first()
    if row is None:
        raise Http404
    context = {"row": row, "lines": row.text.splitlines()}
    return shown(request, "ruling.html", "certifications", context, *_crumbs(row.version, row.name))


def _tried(
    request: HttpRequest, version: PublishedVersion, name: str, text: str, context: dict[str, Any]
) -> HttpResponse | None:
    """The answer when the ruling was published; else ``context`` has its problems, or what it would change."""
    if version.rulings.filter(name=name).exists():
        context["form"].add_error("name", _("Une décision de ce nom est déjà publiée : donnez-lui-en un autre."))
        return None
    if "publish" in request.POST:
        try:
            publish_ruling(version=version, name=name, text=text, by=actor(request), at=now())
        except RefusedError as refused:
            context["problems"], context["refused"] = told_problems(refused), refused.problems
        except Misuse:
            context["form"].add_error("name", _("Une décision de ce nom est déjà publiée : donnez-lui-en un autre."))
        else:
            messages.success(request, _("La décision est publiée : elle s’applique dès sa date d’effet."))
            return redirect(_back(version))
        return None
    trial: Trial = ruling_tried(version=version, name=name, text=text, on=today())
    if trial.problems or trial.loaded is None or trial.former is None:
        context["problems"], context["refused"] = told_problems(trial.problems), trial.problems
        return None
    left = {gap.address for gap in trial.loaded.gaps}
    context["trial"] = trial
    context["filled"] = [gap for gap in trial.former.gaps if gap.address not in left]
    context["left"] = len(left)
    context["changes"] = changes(trial)
    return None


def _place(form: GapsForm, context: dict[str, Any], gaps: Any) -> None:
    """Each problem of the written file beside the value it is about; those that are about none stay on top."""
    if "problems" not in context:
        return
    numbers = {gap.address: number for number, gap in enumerate(form.gaps)}
    others = []
    for told, found in zip(context["problems"], context["refused"], strict=True):
        gap = gaps.get(found.mark.line) if "/rulings/" in found.mark.file else None
        if gap in numbers:
            form.add_error(f"{PREFIX}{numbers[gap]}", str(told["message"]))
        else:
            others.append(told)
    context["problems"] = others


def _found_version(request: HttpRequest, id: int) -> PublishedVersion:
    """The version of that id; Http404 where this person publishes nothing."""
    rows = PublishedVersion.objects.select_related("certification__awarding_body")
    mine = certifications_for(standing_of(request), Action.PUBLISH_SCHEMES)
    row = rows.filter(pk=id, certification__in=mine).first()
    if row is None:
        raise Http404
    return row


def _back(version: PublishedVersion) -> str:
    return f"{reverse('administration:certification', args=[version.certification_id])}?version={version.name}"


def _crumbs(version: PublishedVersion, title: str) -> tuple[Crumb, ...]:
    return (version.certification.title, _back(version)), (title, None)
