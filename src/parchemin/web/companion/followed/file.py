"""The page of a file that one follows, to be read only, and its documents."""

from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from parchemin.core.terms import title_of
from parchemin.records.candidacies.actions.sharing import note_reading
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import DocumentVersion, Experience
from parchemin.records.candidacies.queries.followed import Followed, followed
from parchemin.records.candidacies.queries.missing import missing
from parchemin.records.candidacies.queries.timeline import timeline
from parchemin.records.candidacies.queries.told import told_decisions
from parchemin.records.people.models import Person
from parchemin.records.people.permissions import Action
from parchemin.web.access.decorators import needs
from parchemin.web.companion.followed.words import next_of
from parchemin.web.shared.asked import standing_of, viewer_of
from parchemin.web.shared.clock import now, today
from parchemin.web.shared.downloads import respond_with
from parchemin.web.shared.states import state
from parchemin.web.shared.uploads import Told, told


@dataclass(frozen=True, slots=True)
class Paper:
    """A document that may be read: its version, its lengths against the limits, and who signed it, by role."""

    title: str
    version: DocumentVersion
    lengths: tuple[Told, ...]
    signed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Activity:
    """An activity, with what it relates to in words."""

    row: Experience
    tags: tuple[str, ...]


@needs(Action.FOLLOW_FILE)
@require_GET
def file(request: HttpRequest, id: UUID) -> HttpResponse:
    """Where the file stands, and what whoever follows it may read of it."""
    found = _found(request, id)
    _note(request, found)
    row, judged = found.candidacy, Judged(found.candidacy, today())
    route = judged.scheme.route_of(row.route)
    is_being_filled = row.is_with_candidate and found.shows_unsent
    context: dict[str, Any] = {
        "found": found,
        "row": row,
        "route": route.title if route else row.route,
        "blocks": [judged.scheme.blocks[code].title for code in row.blocks if code in judged.scheme.blocks],
        "state": state(row.status),
        "next": next_of(row, judged.scheme),
        "lacking": missing(judged) if is_being_filled else (),
        "moments": timeline(judged, is_candidate=False),
        "activities": [_activity(judged, one) for one in found.activities],
        "papers": _papers(found, judged),
        "may_download": found.may(Action.DOWNLOAD_DOCUMENT),
        "may_read_decisions": found.may(Action.READ_DECISIONS),
        "decisions": told_decisions(row).order_by("-decided_at") if found.may(Action.READ_DECISIONS) else (),
        "crumbs": [(_("Dossiers suivis"), reverse("followed:files")), (row.candidate.name, None)],
    }
    return render(request, "companion/followed_file.html", context)


@needs(Action.FOLLOW_FILE)
@require_GET
def document(request: HttpRequest, id: UUID, version: UUID) -> Any:
    """A document of the file, as it was dropped; not found when it is not one they may read."""
    found = _found(request, id)
    wanted = next((one for one in found.versions.values() if one.pk == version), None)
    if wanted is None or not found.may(Action.DOWNLOAD_DOCUMENT):
        raise Http404
    return respond_with(wanted)


def _found(request: HttpRequest, id: UUID) -> Followed:
    found = followed(standing_of(request), id, today())
    if found is None:
        raise Http404
    return found


def _note(request: HttpRequest, found: Followed) -> None:
    """The first reading is kept, unless somebody only looks through the person's eyes."""
    if isinstance(request.user, Person) and request.user == viewer_of(request):
        for one in found.accesses:
            if one.seen_at is None:
                note_reading(access=one, by=request.user, at=now())


def _activity(judged: Judged, row: Experience) -> Activity:
    tags = judged.scheme.experience_tags
    return Activity(row, tuple(tags.get(tag, tag) for tag in row.tags))


def _papers(found: Followed, judged: Judged) -> list[Paper]:
    """The documents that may be read, in the order of the scheme, then the other proofs."""
    kinds, titled = judged.scheme.documents, partial(title_of, judged.scheme.actors)
    rank = {kind: place for place, kind in enumerate(kinds)}
    documents = sorted(found.candidacy.documents.all(), key=lambda one: rank.get(one.kind, len(rank)))
    papers = []
    for one in documents:
        if version := found.versions.get(one.pk):
            title = title_of(kinds, one.kind) if one.kind else one.title
            signed = tuple(titled(each.actor) for each in version.signatures.all())
            papers.append(Paper(title, version, told(version, kinds.get(one.kind)), signed))
    return papers
