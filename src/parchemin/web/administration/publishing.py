"""Publishing a version: its files are checked, what they change is shown, then they are frozen."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from parchemin.catalogue.diff import Change, differences
from parchemin.catalogue.loading import Loaded
from parchemin.catalogue.problems import RefusedError
from parchemin.core.errors import Misuse
from parchemin.records.certifications.actions import publish_version
from parchemin.records.certifications.models import Certification, PublishedVersion
from parchemin.records.certifications.trying import Named, Trial, named_by, version_trial
from parchemin.records.people.models import Organisation
from parchemin.records.people.permissions import Action
from parchemin.web.access.decorators import needs
from parchemin.web.administration.certifications import told_problems
from parchemin.web.administration.frame import actor, posted, sent_files, shown
from parchemin.web.administration.impact import exported_impact, impact_of
from parchemin.web.administration.packages import PackageError
from parchemin.web.administration.publishing_forms import ConfirmForm, SourceForm, sealed, unsealed
from parchemin.web.shared.asked import standing_of
from parchemin.web.shared.clock import now, today

ORDER = ("loses", "redoes", "gains", "changes")


@needs(Action.PUBLISH_SCHEMES)
@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest) -> HttpResponse:
    """Which files; once they are sent, every problem of theirs, or what publishing them would change."""
    standing = standing_of(request)
    form = SourceForm(posted(request), sent_files(request), standing=standing)
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        body = form.cleaned_data["awarding_body"]
        try:
            named = named_by(form.texts)
            refusal = _refusal(request, named, body)
            if named and not refusal:
                return _preview(request, form, named, body)
            form.add_error(None, refusal)
        except RefusedError as refused:
            context["problems"] = told_problems(refused)
        except PackageError as heavy:
            form.add_error("sent", list(heavy.sentences))
    return _asked(request, context, form)


@needs(Action.PUBLISH_SCHEMES)
@require_POST
def publish_checked(request: HttpRequest) -> HttpResponse:
    """The files that were checked are published; checked again, for others may have been meanwhile."""
    standing = standing_of(request)
    form = ConfirmForm(request.POST, standing=standing)
    kept = unsealed(request.POST.get("sealed", ""), actor(request).pk.hex)
    if kept is None:
        messages.error(request, _("Les fichiers contrôlés ne sont plus là : déposez-les de nouveau."))
        return redirect("administration:publish")
    named = named_by(kept)
    body = form.cleaned_data["awarding_body"] if form.is_valid() else form.cleaned_data.get("awarding_body")
    refusal = _refusal(request, named, body)
    if named is None or body is None or refusal:
        messages.error(request, refusal or _("Choisissez un certificateur."))
        return redirect("administration:publish")
    if not form.is_valid():
        return _previewed(request, named, kept, body, form, status=422)
    try:
        published = publish_version(
            scheme=named.scheme, name=named.version, files=kept, awarding_body=body, by=actor(request), at=now()
        )
    except RefusedError as refused:
        return _asked(request, {"problems": told_problems(refused), "named": named}, SourceForm(standing=standing))
    except Misuse:
        messages.error(request, _taken(named))
        return redirect("administration:publish")
    messages.success(request, _("La version %(name)s est publiée et figée.") % {"name": named.version})
    return redirect("administration:certification", published.certification_id)


@needs(Action.PUBLISH_SCHEMES)
@require_POST
def publish_files(request: HttpRequest) -> Any:
    """The files in flight before the checked files are published: another page of them, or all as a spreadsheet."""
    standing = standing_of(request)
    kept = unsealed(request.POST.get("sealed", ""), actor(request).pk.hex)
    form = ConfirmForm(request.POST, standing=standing)
    named = named_by(kept) if kept else None
    body = form.cleaned_data.get("awarding_body") if not form.is_valid() else form.cleaned_data["awarding_body"]
    refusal = _refusal(request, named, body)
    known = Certification.objects.filter(scheme=named.scheme).select_related("awarding_body").first() if named else None
    if named is None or known is None or body is None or refusal:
        messages.error(request, refusal or _("Les fichiers contrôlés ne sont plus là : déposez-les de nouveau."))
        return redirect("administration:publish")
    if kind := request.POST.get("kind"):
        return exported_impact(request, known, named.version, lambda: _applied_in(named, kept), kind)
    again = ConfirmForm(standing=standing, initial={"sealed": request.POST["sealed"], "awarding_body": body.pk})
    return _previewed(request, named, kept, body, again)


@contextmanager
def _applied_in(named: Named, files: Mapping[str, str]) -> Iterator[Callable[[date], Loaded]]:
    """How the checked files apply to a path begun on a day, as long as they are laid out."""
    with version_trial(scheme=named.scheme, name=named.version, files=files, on=today()) as (_trial, applied):
        yield applied


def changes(trial: Trial) -> list[tuple[str, str, list[Change]]]:
    """What the new version changes for a candidate, in words, what they lose first: kind, title, changes."""
    if trial.loaded is None or trial.former is None:
        return []
    found = sorted(differences(trial.former.scheme, trial.loaded.scheme), key=lambda one: ORDER.index(one.kind))
    titles = {
        "loses": _("Ce que le candidat perd"),
        "redoes": _("Ce qu’il doit faire en plus"),
        "gains": _("Ce qu’il gagne"),
        "changes": _("Ce qui change, à lire"),
    }
    shown_as = {
        "open": _("ouverte"),
        "closed": _("fermée"),
        "absent": _("n’existe pas"),
        "not_said": _("la source ne le dit pas"),
    }
    about = _abouts()
    told = [
        one._replace(
            about=about.get(one.about, ""),
            before=shown_as.get(one.before, one.before),
            after=shown_as.get(one.after, one.after),
        )
        for one in found
    ]
    return [(kind, titles[kind], list(those)) for kind, those in groupby(told, key=lambda one: one.kind)]


def _abouts() -> dict[str, str]:
    """What a change bears on, when its name does not say it."""
    return {
        "route": _("voie"),
        "block": _("bloc"),
        "competence": _("compétence"),
        "unit": _("unité d’enseignement"),
        "rule": _("règle"),
        "registration": _("enregistrement"),
        "method": _("épreuve"),
        "document": _("pièce"),
        "jury": _("jury"),
        "award": _("délivrance"),
        "equivalence": _("équivalence"),
        "transition": _("disposition transitoire"),
        "statement": _("déclaration"),
    }


def _preview(request: HttpRequest, source: SourceForm, named: Named, body: Organisation) -> HttpResponse:
    seal = sealed(source.texts, actor(request).pk.hex)
    form = ConfirmForm(standing=standing_of(request), initial={"sealed": seal, "awarding_body": body.pk})
    return _previewed(request, named, source.texts, body, form)


def _previewed(
    request: HttpRequest,
    named: Named,
    files: Mapping[str, str],
    body: Organisation,
    form: ConfirmForm,
    status: int = 200,
) -> HttpResponse:
    known = Certification.objects.filter(scheme=named.scheme).select_related("awarding_body").first()
    with version_trial(scheme=named.scheme, name=named.version, files=files, on=today()) as (trial, applied):
        page = request.POST.get("page")
        impact = impact_of(known, named.version, applied, page) if known and trial.loaded else None
    if trial.problems or trial.loaded is None:
        problems = {"problems": told_problems(trial.problems), "named": named}
        return _asked(request, problems, SourceForm(standing=standing_of(request), initial={"awarding_body": body}))
    context: dict[str, Any] = {
        "named": named,
        "scheme": trial.loaded.scheme,
        "former": trial.former.scheme.ref if trial.former else None,
        "changes": changes(trial),
        "gap_count": len(trial.loaded.gaps),
        "files": sorted((name, len(text.encode())) for name, text in files.items()),
        "body": known.awarding_body if known else body,
        "is_new": known is None,
        "form": form,
        "impact": impact,
    }
    return shown(
        request, "preview.html", "certifications", context, _crumb(), (str(named.version), None), status=status
    )


def _asked(request: HttpRequest, context: dict[str, Any], form: SourceForm) -> HttpResponse:
    is_wrong = bool(form.errors or context.get("problems"))
    return shown(
        request, "publish.html", "certifications", {"form": form, **context}, _crumb(), status=422 if is_wrong else 200
    )


def _refusal(request: HttpRequest, named: Named | None, body: Organisation | None) -> str:
    """Why these files may not be published by that person; nothing when they may."""
    if named is None:
        return _(
            "scheme.yaml doit dire « id » (minuscules, chiffres et tirets) et « version » (une date AAAA-MM-JJ, "
            "ou undated)."
        )
    if PublishedVersion.objects.filter(certification__scheme=named.scheme, name=named.version).exists():
        return _taken(named)
    known = Certification.objects.filter(scheme=named.scheme).first()
    holder = known.awarding_body_id if known else body.pk if body else None
    if not standing_of(request).may(Action.PUBLISH_SCHEMES, organisation=holder, scheme=named.scheme):
        return _("« %(scheme)s » appartient à un autre certificateur : donnez un autre identifiant à la vôtre.") % {
            "scheme": named.scheme
        }
    return ""


def _taken(named: Named) -> str:
    return _("%(scheme)s@%(version)s est déjà publiée : une correction est une autre version, à une autre date.") % {
        "scheme": named.scheme,
        "version": named.version,
    }


def _crumb() -> tuple[str, str | None]:
    return (_("Publier une version"), reverse("administration:publish"))
