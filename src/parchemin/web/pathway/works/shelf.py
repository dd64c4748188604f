"""The written works of a file in front of somebody: what they may read of each, and what was handed in or sent back."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from parchemin.core.terms import title_of
from parchemin.records.candidacies.facts import current
from parchemin.records.candidacies.models import Candidacy, Deposit, DocumentVersion, Signature
from parchemin.records.candidacies.queries.handed_in import versions_handed_in
from parchemin.records.candidacies.queries.visible import accesses_in_force
from parchemin.records.pathways.written import Written, works_of
from parchemin.records.people.permissions import Action
from parchemin.web.pathway.works.texts import Texts, all_texts
from parchemin.web.shared.reached import Reached, reached
from parchemin.web.shared.uploads import Told, told

HELD = (Deposit.Answer.PENDING, Deposit.Answer.ACCEPTED)


@dataclass(frozen=True, slots=True)
class Work:
    """A work on its shelf: its texts, the version that may be read, why it was sent back."""

    id: str
    title: str
    contents: tuple[str, ...]
    texts: Texts
    version: DocumentVersion | None
    lengths: tuple[Told, ...]
    signatures: tuple[tuple[str, Signature], ...]
    is_locked: bool
    returned: Deposit | None
    download_url: str


@dataclass
class Shelf:
    """The works of the file reached."""

    found: Reached

    @property
    def row(self) -> Candidacy:
        """The file."""
        return self.found.candidacy

    @cached_property
    def written(self) -> tuple[Written, ...]:
        """What is to be written."""
        return works_of(self.found.judged)

    @cached_property
    def reads_texts(self) -> bool:
        """Whether they read what is not handed in: its candidate does, and those with whom they share their file."""
        if self.found.is_own:
            return True
        opened = accesses_in_force(self.found.on).filter(person=self.found.viewer, candidacy=self.row)
        return opened.filter(organisation__isnull=True).exists()

    @property
    def is_writer(self) -> bool:
        """Whether they write them now."""
        return self.found.is_own and self.row.is_active and self.found.may(Action.DEPOSIT_DOCUMENTS)

    @property
    def url(self) -> str:
        """Their page."""
        return reverse("pathway:works", args=[self.row.pk])

    def work(self, id: str) -> Written:
        """That one; Http404 for another document."""
        found = next((one for one in self.written if one.id == id), None)
        if found is None:
            raise Http404
        return found

    @cached_property
    def works(self) -> list[Work]:
        """Each with all that may be read of it; the queries do not grow with them."""
        written = self.written  # reads the documents with their versions
        documents = {one.kind: one for one in self.row.documents.all() if one.kind}
        handed_in = None if self._reads_all else versions_handed_in(self.row)
        deposits = list(self.row.deposits.prefetch_related("versions").order_by("number"))
        held = {one.pk for deposit in deposits if deposit.answer in HELD for one in deposit.versions.all()}
        found = []
        for texts in all_texts(self.row, written):
            kind, document = texts.written.kind, documents.get(texts.written.id)
            version = (current(document) if handed_in is None else handed_in.get(document.pk)) if document else None
            returned = _returned(deposits, document.pk) if document and self.found.may(Action.READ_DECISIONS) else None
            found.append(
                Work(
                    id=texts.written.id,
                    title=kind.title,
                    contents=kind.contents,
                    texts=texts,
                    version=version,
                    lengths=told(version, kind) if version else (),
                    signatures=self._signatures(version),
                    is_locked=version is not None and version.pk in held,
                    returned=returned,
                    download_url=self._download_url(version),
                )
            )
        return found

    def _signatures(self, version: DocumentVersion | None) -> tuple[tuple[str, Signature], ...]:
        """Who signed that version, each under their role; they were read with it."""
        actors = self.found.judged.scheme.actors
        return tuple((title_of(actors, one.actor), one) for one in version.signatures.all()) if version else ()

    @property
    def _reads_all(self) -> bool:
        return self.reads_texts or self.found.may(Action.SEE_FILE)

    def _download_url(self, version: DocumentVersion | None) -> str:
        if version is None or not self.found.may(Action.DOWNLOAD_DOCUMENT):
            return ""
        followed = "secretariat:document" if self.found.may(Action.SEE_FILE) else "followed:document"
        return reverse("candidate:download" if self.found.is_own else followed, args=[self.row.pk, version.pk])


def shelf_of(request: HttpRequest, id: UUID, action: Action = Action.SEE_PATHWAY) -> Shelf:
    """The works, for somebody who may do this on their file; not found for anybody else."""
    return Shelf(reached(request, id, action))


def draw(
    shelf: Shelf, template: str, context: Mapping[str, Any], *titles: str | tuple[str, str], status: int = 200
) -> HttpResponse:
    """A page about the works of that file."""
    row, route = shelf.row, shelf.found.judged.scheme.route_of(shelf.row.route)
    start = (_("Parcours et évaluation"), reverse("pathway:home", args=[row.pk]))
    place = _("Écrits")
    crumbs = shelf.found.crumbs(start, *(((place, shelf.url), *titles) if titles else (place,)))
    whose = [row.candidate.name, row.certification.title, *([route.title] if route else [])]
    shown = {"shelf": shelf, "row": row, "whose": whose, "crumbs": crumbs, **context}
    return render(shelf.found.request, f"pathway/{template}.html", shown, status=status)


def _returned(deposits: list[Deposit], document: UUID) -> Deposit | None:
    """The last deposit that was sent back with a version of that document, unless it was handed in again since."""
    held = [one for one in deposits if any(version.document_id == document for version in one.versions.all())]
    return held[-1] if held and held[-1].answer == Deposit.Answer.RETURNED else None
