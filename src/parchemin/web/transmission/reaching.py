"""A body, one of its lines or of its files, reached by whoever sends what it awards; not found for anybody else."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from parchemin.edges.cpf import CpfError
from parchemin.records.people.models import Organisation
from parchemin.records.transmissions.errors import TransmissionError
from parchemin.records.transmissions.models import Batch, Channel, Line
from parchemin.records.transmissions.queries.lines import batches_of, bodies_of, lines_of
from parchemin.records.transmissions.wordings import sentence
from parchemin.web.shared.acting import Acting
from parchemin.web.shared.asked import stand_under, standing_of
from parchemin.web.shared.clock import today

Crumb = tuple[str, str | None]
REFUSED = 422
PLACE = "award:home"
"""The place of the menu under which the room stands."""


@dataclass
class Sender(Acting):
    """A body in front of whoever sends what it awards, on one day."""

    request: HttpRequest
    body: Organisation
    on: date

    @property
    def channel(self) -> Channel | None:
        """Under which numbers it sends, None while that is not said."""
        return Channel.objects.filter(organisation=self.body).first()

    def url(self, name: str, *args: object) -> str:
        """A page of this room, of this body."""
        return reverse(f"transmission:{name}", args=[self.body.pk, *args])

    def crumbs(self, *more: Crumb) -> list[Crumb]:
        """Where a page stands under the transmissions of the body."""
        return [*under(), (_("Transmissions"), self.url("home") if more else None), *more]

    def line(self, id: UUID) -> Line:
        """One of its lines, with what happened to it."""
        row = lines_of(self.body).filter(pk=id).first()
        if row is None:
            raise Http404
        return row

    def batch(self, id: UUID) -> Batch:
        """One of its files, with how many of its passages were answered."""
        row = batches_of(self.body).filter(pk=id).first()
        if row is None:
            raise Http404
        return row


def sender(request: HttpRequest, body: UUID) -> Sender:
    """The body of the address; not found unless this person sends what it awards."""
    row = bodies_of(standing_of(request)).filter(pk=body).first()
    if row is None:
        raise Http404
    stand_under(request, PLACE)
    return Sender(request, row, today())


def under() -> list[Crumb]:
    """What the room stands under: it goes on from certificates."""
    return [(_("Certificats"), reverse(PLACE))]


def attempted(do: Callable[[], Any]) -> tuple[Any, str]:
    """What ``do`` gave, and nothing; or nothing, and why it could not be done."""
    try:
        return do(), ""
    except TransmissionError as error:
        return None, sentence(error)
    except CpfError as error:
        return None, error.sentence
