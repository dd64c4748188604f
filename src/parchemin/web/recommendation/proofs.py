"""The signed form of a recommendation: for those whose it is, and for everybody while everybody may read it."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_safe

from parchemin.records.recommendations.models import Proof
from parchemin.records.recommendations.queries import SIGN, readable
from parchemin.web.access.decorators import needs, public
from parchemin.web.recommendation.reaching import shown
from parchemin.web.shared.clock import today
from parchemin.web.shared.downloads import to_keep

CREDENTIAL = "application/vc"


@needs(SIGN)
@require_GET
def proof(request: HttpRequest, id: UUID) -> HttpResponse:
    """The credential, for whoever made it or answers it; not found while it is not signed."""
    return _sent(shown(request, id).row.pk)


@public
@require_safe
def credential(request: HttpRequest, id: UUID) -> HttpResponse:
    """The credential, for anybody; not found unless everybody may read it that day."""
    if not readable(today()).filter(pk=id).exists():
        raise Http404
    return _sent(id)


def _sent(id: UUID) -> HttpResponse:
    found = Proof.objects.filter(recommendation=id).first()
    if found is None:
        raise Http404
    return to_keep(found.text.encode(), CREDENTIAL, f"recommandation-{id.hex[:8]}.json")
