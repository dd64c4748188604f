"""A certificate, or a session to award, reached by whoever answers for its body; not found for anybody else."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from parchemin.records.awards.errors import AwardError
from parchemin.records.awards.models import Certificate, Standing
from parchemin.records.awards.numbers import grouped
from parchemin.records.awards.queries.listed import certificates_of
from parchemin.records.awards.wordings import sentence
from parchemin.records.juries.models import JurySession
from parchemin.records.people.permissions import Action
from parchemin.web.shared.acting import Acting
from parchemin.web.shared.asked import standing_of
from parchemin.web.shared.clock import today

Crumb = tuple[str, str | None]
REFUSED = 422


@dataclass
class Held(Acting):
    """One certificate in front of whoever answers for it, on one day."""

    request: HttpRequest
    row: Certificate
    on: date

    @property
    def number(self) -> str:
        """Its number as it is printed."""
        return grouped(self.row.number)

    @property
    def stands(self) -> Standing:
        """Where it stands that day."""
        return self.row.standing(self.on)

    @property
    def is_over(self) -> bool:
        """Whether nothing can be done of it any more."""
        return self.stands.is_over

    @property
    def url(self) -> str:
        """Its page."""
        return reverse("award:certificate", args=[self.row.pk])

    def crumbs(self, title: str = "") -> list[Crumb]:
        """Where the page stands; ``title`` is the page of an act."""
        return crumbs((self.number, self.url), (title, None)) if title else crumbs((self.number, None))


@dataclass
class Awarding(Acting):
    """One published session in front of whoever awards what it decided, on one day."""

    request: HttpRequest
    row: JurySession
    on: date


def held(request: HttpRequest, id: UUID) -> Held:
    """The certificate; not found unless it is one that this person answers for, and not their own."""
    row = certificates_of(standing_of(request)).select_related("corrects", "issued_by").filter(pk=id).first()
    if row is None:
        raise Http404
    return Held(request, row, today())


def awarding(request: HttpRequest, id: UUID) -> Awarding:
    """The session; not found unless its results are published, and this person awards what it decides."""
    allowed = standing_of(request).scope_filter(Action.ISSUE_CERTIFICATES, scheme_field="certification__scheme")
    rows = JurySession.objects.filter(allowed, published_at__isnull=False)
    row = rows.select_related("certification", "organisation").filter(pk=id).first()
    if row is None:
        raise Http404
    return Awarding(request, row, today())


def crumbs(*more: Crumb) -> list[Crumb]:
    """Where a page stands under the certificates."""
    return [(_("Certificats"), reverse("award:home") if more else None), *more]


def attempted(form: forms.Form, do: Callable[[], Any]) -> tuple[bool, Any]:
    """Whether ``do`` was done, and what it gave; what prevents it is told by the form, whose words are kept."""
    try:
        return True, do()
    except AwardError as error:
        form.add_error(None, sentence(error))
        return False, None
