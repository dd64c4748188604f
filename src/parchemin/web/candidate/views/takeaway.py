"""Taking everything away."""

from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET

from parchemin.records.candidacies.models import Candidacy
from parchemin.records.people.permissions import Action
from parchemin.web.candidate.files import on_own_file
from parchemin.web.candidate.takeaway import archive
from parchemin.web.shared.clock import today


@on_own_file(Action.TAKE_AWAY)
@require_GET
def take_away(request: HttpRequest, row: Candidacy) -> HttpResponseBase:
    """The whole file as one archive to keep."""
    name = f"parchemin-{row.number}.zip"
    return FileResponse(archive(row, today()), as_attachment=True, filename=name, content_type="application/zip")
