"""Activities: the list with its totals, adding, changing, removing, asking an employer to attest."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from parchemin.records.candidacies.actions import filling
from parchemin.records.candidacies.actions.witnessing import ask_by_link
from parchemin.records.candidacies.facts import current
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Candidacy, Experience
from parchemin.records.candidacies.queries.linked import ATTEST, links_waiting, subject_of
from parchemin.records.journal.queries import entries_of
from parchemin.records.people.permissions import Action
from parchemin.web.candidate.attempts import REFUSED, ConfirmForm, Done, attempt, shown
from parchemin.web.candidate.checklist import requirements
from parchemin.web.candidate.drafts import Kept, fill, kept
from parchemin.web.candidate.files import draw, may_fill, on_own_file
from parchemin.web.candidate.forms.experience import ExperienceForm, initial_of
from parchemin.web.shared.asked import person_of
from parchemin.web.shared.clock import now, today
from parchemin.web.shared.linking import AskForm, has_sent
from parchemin.web.shared.uploads import received


@on_own_file(Action.SEE_OWN_FILE)
@require_GET
def experiences(request: HttpRequest, row: Candidacy) -> HttpResponse:
    """Each activity and what it proves, with the running total against each requirement, to the day."""
    judged = Judged(row, today())
    links = {link.subject: link for link in links_waiting(row, ATTEST, now())}
    tags = judged.scheme.experience_tags
    cards = [
        {
            "row": one,
            "tags": [tags.get(tag, tag) for tag in one.tags],
            "link": links.get(subject_of(one)),
            **_attested(one),
        }
        for one in row.experiences.prefetch_related("attestations")
    ]
    return draw(
        request,
        row,
        "experiences",
        _("Votre expérience"),
        cards=cards,
        requirements=requirements(judged),
        may_fill=may_fill(row),
    )


@on_own_file(Action.EDIT_APPLICATION)
@require_http_methods(["GET", "POST"])
def experience(request: HttpRequest, row: Candidacy, number: int | None = None) -> HttpResponse:
    """An activity to add or to change."""
    draft = kept(request, "experience", row, str(number or "new"))
    one = _to_edit(row, number, draft, is_sent=request.method == "POST")
    form = shown(ExperienceForm, request, row, initial=initial_of(one), on=today(), **_choices(row))
    fill(form, draft)
    if request.method == "POST" and form.is_valid() and _saved(request, row, form, one):
        draft.forget(person_of(request))
        messages.success(request, _("L’activité est enregistrée."))
        return redirect("candidate:experiences", row.pk)
    title = _("Modifier une activité") if one else _("Ajouter une activité")
    return draw(
        request,
        row,
        "experience",
        title,
        status=form.http_status,
        through=((_("Votre expérience"), reverse("candidate:experiences", args=[row.pk])),),
        form=form,
        draft=draft,
        one=one,
        is_attested=bool(one and _attested(one)["attested"]),
        is_gone=number is not None and one is None,
        may_fill=may_fill(row),
    )


@on_own_file(Action.EDIT_APPLICATION)
@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, row: Candidacy, number: int) -> HttpResponse:
    """Taking an activity out, once it is confirmed."""
    one = _own(row, number)
    form = shown(ConfirmForm, request, row)
    if request.method == "POST" and form.is_valid():
        act = filling.remove_experience
        revision = form.cleaned_data["revision"]
        if attempt(
            form, lambda: act(candidacy=row, experience=one, by=person_of(request), at=now(), revision=revision)
        ):
            messages.success(request, _("L’activité est retirée."))
            return redirect("candidate:experiences", row.pk)
    return draw(
        request,
        row,
        "confirm",
        _("Retirer une activité"),
        status=form.http_status,
        through=((_("Votre expérience"), reverse("candidate:experiences", args=[row.pk])),),
        form=form,
        lede=_("%(position)s ne comptera plus dans votre dossier.") % {"position": one.position},
        label=_("Retirer cette activité"),
        back=reverse("candidate:experiences", args=[row.pk]),
        is_danger=True,
    )


@on_own_file(Action.EDIT_APPLICATION)
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, row: Candidacy, number: int) -> HttpResponse:
    """The employer is asked to attest the activity by a one-use link."""
    one = _own(row, number)
    person = person_of(request)
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        asked = _("attester l’activité « %(position)s ».") % {"position": one.position}
        told = {**form.cleaned_data, "act": ATTEST, "subject": subject_of(one), "by": person, "at": now()}
        if has_sent(form, partial(ask_by_link, candidacy=row, **told), asked=asked, by=person):
            messages.success(request, _("Le lien est envoyé à %(email)s. Il vaut 21 jours.") % told)
            return redirect("candidate:experiences", row.pk)
    return draw(
        request,
        row,
        "ask",
        _("Demander une attestation"),
        status=REFUSED if form.is_bound else 200,
        through=((_("Votre expérience"), reverse("candidate:experiences", args=[row.pk])),),
        form=form,
        lede=_("%(position)s : la personne recevra un lien qui sert une fois. Elle confirmera ou non, sans compte.")
        % {"position": one.position},
        back=reverse("candidate:experiences", args=[row.pk]),
    )


def _own(row: Candidacy, number: int) -> Experience:
    found = row.experiences.filter(pk=number).first() if number < 2**63 else None
    if found is None:
        raise Http404
    return found


def _to_edit(row: Candidacy, number: int | None, draft: Kept, *, is_sent: bool) -> Experience | None:
    """The activity to change; None when one is to add, also in place of one that was removed while it was typed."""
    if number is None:
        return None
    is_typed = is_sent or draft.draft is not None
    removed = {one.details["experience"] for one in entries_of(row.pk).filter(kind="candidacy.experience_removed")}
    return None if is_typed and number in removed else _own(row, number)


def _attested(one: Experience) -> dict[str, Any]:
    """What others said of the activity as it is, and of what it was before it was changed."""
    said = list(one.attestations.all())
    standing = [each for each in said if each.stands_for(one)]
    return {"attested": standing, "lost": [each for each in said if each not in standing]}


def _choices(row: Candidacy) -> dict[str, Any]:
    scheme = Judged(row, today()).scheme
    versions = [(one, current(one)) for one in row.documents.prefetch_related("versions") if not one.kind]
    proofs = [(str(version.pk), one.title) for one, version in versions if version]
    return {"tags": list(scheme.experience_tags.items()), "proofs": proofs}


def _saved(request: HttpRequest, row: Candidacy, form: ExperienceForm, one: Experience | None) -> Done[Any] | None:
    file = form.cleaned_data.get("file")
    found = received(file) if isinstance(file, UploadedFile) else None
    if found and found.is_refused:
        for sentence in found.sentences:
            form.add_error("file", sentence)
        return None
    person, at = person_of(request), now()

    def save() -> Experience:
        with transaction.atomic():
            revision, proof = form.cleaned_data["revision"], None
            if found:
                proof = filling.drop_document(
                    candidacy=row,
                    content=found.content,
                    measured=found.measured,
                    title=form.cleaned_data["position"],
                    by=person,
                    at=at,
                    revision=revision,
                ).pk
                revision += 1
            return filling.save_experience(
                candidacy=row, activity=form.activity(proof), by=person, at=at, experience=one, revision=revision
            )

    return attempt(form, save)
