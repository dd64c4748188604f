"""Documents: dropping and measuring, versions, signing, asking a signature, other proofs."""

from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from parchemin.core.scheme import DocumentKind
from parchemin.core.terms import title_of
from parchemin.records.candidacies.actions import filling
from parchemin.records.candidacies.actions.witnessing import ask_by_link
from parchemin.records.candidacies.errors import UnfitError
from parchemin.records.candidacies.facts import current
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Candidacy, Document, DocumentVersion
from parchemin.records.candidacies.queries.linked import SIGN, links_of_file, links_waiting
from parchemin.records.candidacies.wordings import sentence
from parchemin.records.people.actions.linking import revoke_link
from parchemin.records.people.permissions import Action
from parchemin.web.access.assurance import assurance_of
from parchemin.web.candidate.attempts import REFUSED, ConfirmForm, attempt, shown
from parchemin.web.candidate.files import draw, on_own_file
from parchemin.web.candidate.forms.saying import ProofForm
from parchemin.web.candidate.views.supporting import support
from parchemin.web.shared.asked import person_of
from parchemin.web.shared.clock import now, today
from parchemin.web.shared.downloads import respond_with
from parchemin.web.shared.limits import CANDIDATE, limits_of, signed_words, signers_of
from parchemin.web.shared.linking import AskForm, has_sent
from parchemin.web.shared.returning import shows_no_page
from parchemin.web.shared.uploads import ACCEPT, received, told, warnings_of

OTHERS = "autres"


@on_own_file(Action.SEE_OWN_FILE)
@require_http_methods(["GET", "POST"])
def others(request: HttpRequest, row: Candidacy) -> HttpResponse:
    """Any other proof: the list, and adding one under a title."""
    form = shown(ProofForm, request, row)
    if request.method == "POST" and form.is_valid():
        dropped = _drop(request, row, title=form.cleaned_data["proof_title"])
        if isinstance(dropped, DocumentVersion):
            return redirect("candidate:proof", row.pk, dropped.document_id)
        for said in dropped:
            form.add_error(None, said)
    found = [(one, current(one)) for one in row.documents.filter(kind="").prefetch_related("versions")]
    return draw(
        request,
        row,
        "proofs",
        _("Autres justificatifs"),
        status=form.http_status,
        form=form,
        proofs=[(one, version) for one, version in found if version],
        accept=ACCEPT,
        limit=settings.UPLOAD_LIMIT,
        is_active=row.is_active,
        **support(row),
    )


@on_own_file(Action.SEE_OWN_FILE)
@require_http_methods(["GET", "POST"])
def document(request: HttpRequest, row: Candidacy, kind: str) -> HttpResponse:
    """One document asked for: its limits, its version and measures, who signed; dropping another version."""
    judged = Judged(row, today())
    if kind not in judged.scheme.documents:
        raise Http404
    held = row.documents.filter(kind=kind).first()
    return _one(request, row, judged, held, kind)


@on_own_file(Action.SEE_OWN_FILE)
@require_http_methods(["GET", "POST"])
def proof(request: HttpRequest, row: Candidacy, document: UUID) -> HttpResponse:
    """Another proof: its versions; dropping another."""
    held = _own(row, document)
    if held.kind:
        return redirect("candidate:document", row.pk, held.kind)
    return _one(request, row, Judged(row, today()), held, "")


@shows_no_page
@on_own_file(Action.SEE_OWN_FILE)
@require_GET
def download(request: HttpRequest, row: Candidacy, version: UUID) -> HttpResponseBase:
    """A version as it was dropped."""
    found = DocumentVersion.objects.filter(document__candidacy=row, pk=version).first()
    if found is None:
        raise Http404
    return respond_with(found)


@on_own_file(Action.DEPOSIT_DOCUMENTS)
@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, row: Candidacy, document: UUID) -> HttpResponse:
    """Taking a document out, once it is confirmed."""
    held = _own(row, document)
    title = _title(Judged(row, today()), held)
    back = _url(row, held)
    form = shown(ConfirmForm, request, row)
    if request.method == "POST" and form.is_valid():
        act, revision = filling.remove_document, form.cleaned_data["revision"]
        if attempt(form, lambda: act(candidacy=row, document=held, by=person_of(request), at=now(), revision=revision)):
            messages.success(request, _("La pièce est retirée."))
            return redirect("candidate:file", row.pk)
    return draw(
        request,
        row,
        "confirm",
        _("Retirer une pièce"),
        status=form.http_status,
        through=((title, back),),
        form=form,
        lede=_("« %(title)s » ne sera plus dans votre dossier.") % {"title": title},
        label=_("Retirer cette pièce"),
        back=back,
        is_danger=True,
    )


@on_own_file(Action.DEPOSIT_DOCUMENTS)
@require_POST
def sign(request: HttpRequest, row: Candidacy, version: UUID) -> HttpResponse:
    """The candidate signs the version that stands."""
    found = _version(row, version)
    person = person_of(request)
    try:
        filling.sign_document(
            candidacy=row,
            version=found,
            actor=CANDIDATE,
            signer=person.name,
            assurance=assurance_of(request),
            by=person,
            at=now(),
        )
        messages.success(request, _("La pièce est signée."))
    except UnfitError as unfit:
        messages.error(request, sentence(unfit))
    return redirect(_url(row, found.document))


@on_own_file(Action.DEPOSIT_DOCUMENTS)
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, row: Candidacy, version: UUID, actor: str) -> HttpResponse:
    """Somebody else is asked to sign by a one-use link."""
    found, judged = _version(row, version), Judged(row, today())
    held = found.document
    if actor == CANDIDATE or actor not in (signers_of(judged.scheme, held.kind) or ()):
        raise Http404
    person, title = person_of(request), _title(judged, held)
    form = AskForm(request.POST or None)
    del form.fields["quality"]
    who = title_of(judged.scheme.actors, actor)
    if request.method == "POST" and form.is_valid():
        asked = _("lire et signer « %(title)s », comme %(who)s.") % {"title": title, "who": who.lower()}
        told = {**form.cleaned_data, "act": SIGN, "subject": found.pk, "role": actor, "by": person, "at": now()}
        if has_sent(form, partial(ask_by_link, candidacy=row, **told), asked=asked, by=person):
            messages.success(request, _("Le lien est envoyé à %(email)s. Il vaut 21 jours.") % told)
            return redirect(_url(row, held))
    return draw(
        request,
        row,
        "ask",
        _("Demander une signature"),
        status=REFUSED if form.is_bound else 200,
        through=((title, _url(row, held)),),
        form=form,
        lede=_(
            "%(who)s : la personne recevra un lien qui sert une fois. Elle lira la pièce et la signera, sans compte."
        )
        % {"who": who},
        back=_url(row, held),
    )


@on_own_file(Action.EDIT_APPLICATION)
@require_POST
def revoke(request: HttpRequest, row: Candidacy, link: UUID) -> HttpResponse:
    """A link that waits no longer works."""
    found = links_of_file(row).filter(pk=link).first()
    if found is None:
        raise Http404
    revoke_link(link=found, by=person_of(request), at=now())
    messages.success(request, _("Le lien est annulé : il ne fonctionne plus."))
    return redirect("candidate:file", row.pk)


def _one(request: HttpRequest, row: Candidacy, judged: Judged, held: Document | None, kind: str) -> HttpResponse:
    problems: tuple[str, ...] = ()
    if request.method == "POST":
        dropped = _drop(request, row, kind=kind, document=held)
        if isinstance(dropped, DocumentVersion):
            return redirect(_url(row, dropped.document))
        problems = dropped
    described = judged.scheme.documents.get(kind)
    version = current(held) if held else None
    title = _title(judged, held) if held else title_of(judged.scheme.documents, kind)
    return draw(
        request,
        row,
        "document",
        title,
        status=REFUSED if problems else 200,
        problems=problems,
        limits=limits_of(described),
        contents=described.contents if described else (),
        signed=signed_words(judged.scheme, kind) if kind else "",
        held=held,
        version=version,
        **_measured(version, described),
        signatures=_signatures(row, judged, version, kind),
        older=[one for one in held.versions.order_by("-number") if one != version] if held else [],
        is_locked=filling.is_locked(held) if held else False,
        is_active=row.is_active,
        accept=ACCEPT,
        limit=settings.UPLOAD_LIMIT,
    )


def _measured(version: DocumentVersion | None, kind: DocumentKind | None) -> dict[str, Any]:
    """What was counted, in words, and how it stands: a limit not kept, a doubt, or nothing to say."""
    if version is None:
        return {"lines": (), "tone": "met"}
    lengths, warnings = told(version, kind), warnings_of(version)
    tones = {one.tone for one in lengths} | ({"unknown"} if warnings else set())
    tone = next((one for one in ("not_met", "unknown") if one in tones), "met")
    return {"lines": [*(one.sentence for one in lengths), *warnings], "tone": tone}


def _signatures(row: Candidacy, judged: Judged, version: DocumentVersion | None, kind: str) -> list[dict[str, Any]]:
    signers = signers_of(judged.scheme, kind) if kind else []
    if version is None or not signers:
        return []
    signed = {one.actor: one for one in version.signatures.all()}
    links = {link.role: link for link in links_waiting(row, SIGN, now()).filter(subject=version.pk)}
    return [
        {
            "actor": actor,
            "title": title_of(judged.scheme.actors, actor),
            "signature": signed.get(actor),
            "link": links.get(actor),
            "is_mine": actor == CANDIDATE,
        }
        for actor in signers
    ]


def _drop(
    request: HttpRequest, row: Candidacy, *, kind: str = "", title: str = "", document: Document | None = None
) -> DocumentVersion | tuple[str, ...]:
    """The version kept, or why nothing was."""
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile):
        return (_("Choisissez un fichier, puis envoyez-le."),)
    found = received(file)
    if found.is_refused:
        return (_("« %(name)s » n’a pas été gardé.") % {"name": found.measured.name}, *found.sentences)
    try:
        version = filling.drop_document(
            candidacy=row,
            content=found.content,
            measured=found.measured,
            by=person_of(request),
            at=now(),
            kind=kind,
            title=title,
            document=document,
        )
    except UnfitError as unfit:
        return (sentence(unfit),)
    messages.success(request, _("« %(name)s » est déposé.") % {"name": version.name})
    return version


def _own(row: Candidacy, document: UUID) -> Document:
    found = row.documents.filter(pk=document).first()
    if found is None:
        raise Http404
    return found


def _version(row: Candidacy, version: UUID) -> DocumentVersion:
    standing = DocumentVersion.objects.select_related("document").filter(document__candidacy=row, removed_at=None)
    found = standing.filter(pk=version).first()
    if found is None:
        raise Http404
    return found


def _title(judged: Judged, held: Document) -> str:
    return title_of(judged.scheme.documents, held.kind) if held.kind else held.title


def _url(row: Candidacy, held: Document) -> str:
    if held.kind:
        return reverse("candidate:document", args=[row.pk, held.kind])
    return reverse("candidate:proof", args=[row.pk, held.pk])
