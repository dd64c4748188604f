"""A file on the desk: found for whoever may act on it, with what comes after it in the list it was opened from."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import ABOUT_NEEDS, Candidacy, Letter
from parchemin.records.candidacies.queries.visible import find
from parchemin.records.people.models import Person
from parchemin.records.people.permissions import Action
from parchemin.records.people.standing import Standing
from parchemin.web.secretariat.listed import Way
from parchemin.web.shared.asked import standing_of
from parchemin.web.shared.clock import now, today


@dataclass
class Desk:
    """One file in front of somebody of the secretariat, on one day."""

    request: HttpRequest
    candidacy: Candidacy
    on: date

    @property
    def person(self) -> Person:
        """Who acts."""
        assert isinstance(self.request.user, Person)
        return self.request.user

    @property
    def standing(self) -> Standing:
        """Where whoever looks stands."""
        return standing_of(self.request)

    @cached_property
    def way(self) -> Way:
        """The list the file was opened from, and the place it had there."""
        return Way.of(self.request)

    @cached_property
    def judged(self) -> Judged:
        """The file under its scheme on that day."""
        return Judged(self.candidacy, self.on)

    @property
    def signed(self) -> dict[str, Any]:
        """Who acts and when, as every action asks."""
        return {"by": self.person, "at": now()}

    @property
    def dated(self) -> dict[str, Any]:
        """The same with the day."""
        return {**self.signed, "on": self.on}

    def may(self, action: Action) -> bool:
        """Whether whoever looks may do this on this file; no query."""
        row = self.candidacy
        return self.standing.may(
            action, organisation=row.organisation_id, scheme=row.certification.scheme, centre=row.centre_id
        )

    def must(self, action: Action) -> None:
        """Http404 unless whoever looks may do this on this file as one who handles it, not as its candidate."""
        if not self.may(action):
            raise Http404

    @property
    def letters(self) -> QuerySet[Letter]:
        """Its letters; what was answered to a need only for whoever may read it."""
        found = Letter.objects.filter(candidacy=self.candidacy)
        return found if self.may(Action.SEE_ACCOMMODATION) else found.exclude(kind__startswith=ABOUT_NEEDS)

    def url(self, name: str = "file", *args: object, anchor: str = "") -> str:
        """A page about this file, keeping the way back to the list."""
        found = reverse(f"secretariat:{name}", args=[self.candidacy.pk, *args])
        return found + (f"?{self.way.query}" if self.way.query else "") + (f"#{anchor}" if anchor else "")

    @property
    def list_url(self) -> str:
        """The list the file was opened from."""
        return reverse("secretariat:files") + (f"?{self.way.list_query}" if self.way.list_query else "")

    def back(self, anchor: str = "") -> HttpResponse:
        """To the page of the file; once it is out of sight, to the next one of the list, or to the list."""
        if self.may(Action.SEE_FILE):
            return redirect(self.url(anchor=anchor))
        return redirect(self.following or self.list_url)

    def onwards(self) -> HttpResponse:
        """To the next file of the list when that was asked for, else to this one's page."""
        if self.request.POST.get("then") == "next" and (following := self.following):
            return redirect(following)
        return self.back()

    @property
    def following(self) -> str:
        """The page of the file that comes next in the list; empty at its end."""
        return self.way.following(self.standing, self.candidacy.pk, self.on)

    def crumbs(self, *titles: str) -> list[tuple[str, str | None]]:
        """Where the page stands."""
        found: list[tuple[str, str | None]] = [
            (_("Secrétariat"), reverse("secretariat:queue")),
            (_("Dossiers"), self.list_url),
            (self.candidacy.number, self.url() if titles else None),
        ]
        return [*found, *((title, None) for title in titles)]


def on_desk(request: HttpRequest, id: UUID, action: Action, *also: str) -> Desk:
    """The file, for somebody who may do this on it; not found for anybody else."""
    row = find(standing_of(request), action, id, today(), *also)
    if row is None:
        raise Http404
    return Desk(request, row, today())
