"""The register of processing (GDPR, art. 30) of the organisations one keeps, as a spreadsheet."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from parchemin.records.people.permissions import Action
from parchemin.web.access.decorators import needs
from parchemin.web.administration.frame import organisations_for
from parchemin.web.shared.asked import standing_of
from parchemin.web.shared.lists import Column
from parchemin.web.shared.outgoing import sent_out
from parchemin.web.shared.processing import Line, abroad, controllers, everywhere, register


@needs(Action.RUN_RETENTION)
@require_GET
def export(request: HttpRequest, kind: str) -> Any:
    """A line for each purpose of each organisation that delivers something; the journal keeps that it went out."""
    own = organisations_for(standing_of(request), Action.RUN_RETENTION)
    bodies = controllers().filter(pk__in=own).prefetch_related("retention_rules")
    lines = [line for body in bodies for line in register(body)]
    columns: tuple[Column[Line], ...] = (
        Column(_("Responsable"), lambda line: line.controller),
        Column(_("Traitement"), lambda line: line.processing.title),
        Column(_("But"), lambda line: line.processing.purpose),
        Column(_("Personnes"), lambda line: line.processing.people),
        Column(_("Données"), lambda line: line.processing.kept),
        Column(_("Fondement"), lambda line: line.basis),
        Column(_("Destinataires"), lambda line: line.processing.recipients),
        Column(_("Hors de l’Union européenne"), lambda line: abroad()),
        Column(_("Durée"), lambda line: "\n".join(line.durations)),
        Column(_("Protection"), lambda line: "\n".join([*line.security, *everywhere()])),
    )
    return sent_out(request, lines, columns, name="registre-des-traitements", kind=kind)
