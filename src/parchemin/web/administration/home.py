"""The first page of the administration: what remains to be set up, and what needs somebody."""

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from parchemin.records.journal.queries import head
from parchemin.records.people.models import Role
from parchemin.records.people.permissions import Action
from parchemin.records.people.queries.people import grants_visible_to, invitations_visible_to
from parchemin.web.access.decorators import needs
from parchemin.web.administration import server
from parchemin.web.administration.frame import certifications_for, organisations_for, shown
from parchemin.web.shared.asked import standing_of
from parchemin.web.shared.clock import now, today

Figure = dict[str, object]


@needs(Action.MANAGE_ORGANISATIONS)
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """What remains to be set up, then figures that lead where something waits."""
    steps = _steps(request)
    context = {
        "steps": steps,
        "is_ready": all(is_done for is_done, *_rest in steps),
        "figures": [*_own(request), *_servers(request)],
        "can_publish": standing_of(request).has(Action.PUBLISH_SCHEMES),
    }
    return shown(request, "home.html", "home", context)


def _steps(request: HttpRequest) -> list[tuple[bool, str, str, str]]:
    """What makes the service usable, in order: whether it is done, what, why, and where."""
    standing = standing_of(request)
    certifications = certifications_for(standing)
    grants = grants_visible_to(standing, today())
    return [
        (
            organisations_for(standing, Action.MANAGE_ORGANISATIONS).exists(),
            _("Créer l’organisation qui certifie"),
            _("Ses certifications, ses centres et les rôles s’y rattachent."),
            reverse("administration:organisations"),
        ),
        (
            certifications.filter(versions__isnull=False).exists(),
            _("Publier une certification"),
            _("Une version fournie avec le logiciel, ou la vôtre."),
            reverse("administration:publish"),
        ),
        (
            grants.filter(role=Role.SECRETARY).exists(),
            _("Inviter le secrétariat"),
            _("Il traitera les dossiers."),
            reverse("administration:invite"),
        ),
        (
            certifications.filter(is_open=True).exists(),
            _("Ouvrir les candidatures"),
            _("Depuis la page de la certification."),
            reverse("administration:certifications"),
        ),
    ]


def _own(request: HttpRequest) -> list[Figure]:
    standing = standing_of(request)
    offered = certifications_for(standing).aggregate(all=Count("pk"), open=Count("pk", filter=Q(is_open=True)))
    expired = Q(expires_at__lte=now())
    waiting = invitations_visible_to(standing).aggregate(all=Count("pk"), late=Count("pk", filter=expired))
    return [
        {
            "title": _("Certifications ouvertes"),
            "value": offered["open"],
            "url": reverse("administration:certifications"),
            "note": _("sur %(n)s") % {"n": offered["all"]},
        },
        {
            "title": _("Rôles donnés"),
            "value": grants_visible_to(standing, today()).count(),
            "url": reverse("administration:people"),
        },
        {
            "title": _("Invitations en attente"),
            "value": waiting["all"],
            "url": reverse("administration:people") + "#invitations",
            "note": _("dont %(n)s expirées") % {"n": waiting["late"]} if waiting["late"] else "",
            "tone": "soon" if waiting["late"] else "",
        },
    ]


def _servers(request: HttpRequest) -> list[Figure]:
    """What only those who keep the platform see."""
    if not standing_of(request).has(Action.MANAGE_SETTINGS):
        return []
    failed, workers = server.tasks(server.FAILED).count(), server.workers(now())
    return [
        {
            "title": _("Tâches abandonnées"),
            "value": failed,
            "url": reverse("administration:tasks") + f"?status={server.FAILED}",
            "tone": "late" if failed else "",
        },
        {
            "title": _("Services de fond en marche"),
            "value": workers,
            "url": reverse("administration:tasks"),
            "note": "" if workers else _("rien ne part : lancez parchemin worker"),
            "tone": "" if workers else "late",
        },
        {"title": _("Messages gardés ici"), "value": server.mails().count(), "url": reverse("administration:outbox")},
        {"title": _("Inscriptions au journal"), "value": head().number, "url": reverse("administration:journal")},
    ]
