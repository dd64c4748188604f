"""What ties a member to each candidate of the session, said once for all on one page."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from parchemin.core.facts import Link
from parchemin.records.assessments.queries.conflicts import Known, links_known_in
from parchemin.records.juries.actions.listing import declare_ties
from parchemin.records.juries.models import Hearing, Member, State, Tie
from parchemin.records.people.permissions import Action
from parchemin.web.access.decorators import needs
from parchemin.web.jury.deliberating.facing import agenda_of
from parchemin.web.jury.deliberating.forms import TiesForm
from parchemin.web.jury.deliberating.wording import LINKS, OWN_LINKS
from parchemin.web.jury.reaching import Convened, attempted, convened

SITTING = (State.PREPARED, State.SUMMONED, State.OPEN)


@needs(Action.SIT_IN_JURY)
@require_http_methods(["GET", "HEAD", "POST"])
def ties(request: HttpRequest, id: UUID) -> HttpResponse:
    """The candidates of the agenda; on POST, what ties the member to each is declared."""
    found = convened(request, id)
    member = found.member
    if member is None:
        raise Http404
    hearings = list(agenda_of(found.session, found.standing.person_id))
    own = {row.pk: _own(row, member) for row in hearings}
    is_open = found.session.state in SITTING
    asked = [row for row in hearings if is_open and not row.verdict and not _is_recused(own[row.pk])]
    declared = {id: tie.links for id, tie in own.items() if tie and tie.links is not None}
    form = TiesForm(request.POST if request.method == "POST" else None, hearings=asked, declared=declared)
    status = 200
    if request.method == "POST":
        attempt = None
        if form.is_valid():
            told: dict[Hearing, Collection[Link]] = dict(form.links)
            member.session = found.session
            attempt = attempted(form, lambda: declare_ties(member=member, links=told, at=found.signed["at"]))
        if attempt and attempt.is_done:
            messages.success(request, _told(len(asked) - len(form.links)))
            return redirect("jury:ties", id)
        status = attempt.status if attempt else 422
    context = {
        "found": found,
        "form": form,
        "lines": _lines(form, asked, own, member),
        "others": [_told_line(row, own[row.pk]) for row in hearings if row not in asked],
        "left": sum(row.pk not in declared for row in asked),
        "is_open": is_open,
        "crumbs": found.crumbs(_("Mes liens")),
    }
    return render(request, "jury/ties.html", context, status=status)


def _own(row: Hearing, member: Member) -> Tie | None:
    return next((one for one in row.ties.all() if one.member_id == member.pk), None)


def _is_recused(tie: Tie | None) -> bool:
    return tie is not None and tie.is_recused


def _told(left: int) -> str:
    if not left:
        return _("C’est noté : vous avez répondu pour chaque candidat.")
    told = ngettext("C’est noté ; il reste %(n)s candidat.", "C’est noté ; il reste %(n)s candidats.", left)
    return told % {"n": left}


def _lines(
    form: TiesForm, asked: Sequence[Hearing], own: dict[Any, Tie | None], member: Member
) -> list[dict[str, Any]]:
    told = {row.pk: tie for row in asked if (tie := own[row.pk]) and tie.known}
    found = links_known_in([row.candidacy for row in asked if row.pk in told], [member.person]) if told else {}
    return [
        {
            "row": row,
            "field": form[form.name_of(row)],
            "known": _known(told[row.pk], found[row.candidacy_id][member.person_id]) if row.pk in told else [],
        }
        for row in asked
    ]


def _known(tie: Tie, found: Sequence[Known]) -> list[str]:
    """What the platform knows, and from what."""
    seen = {one.link.value for one in found}
    told = [f"{LINKS[one.link]} — {one.words}" for one in found]
    return [*told, *(str(LINKS[Link(one)]) for one in tie.known if one not in seen)]


def _told_line(row: Hearing, tie: Tie | None) -> dict[str, Any]:
    links = None if tie is None or tie.links is None else [OWN_LINKS[Link(one)] for one in tie.links]
    return {"row": row, "links": links, "tie": tie}


def asks_ties(found: Convened) -> bool:
    """Whether who looks sits there and has not said yet what ties them to each candidate; one query."""
    if found.member is None or found.session.state not in SITTING:
        return False
    waiting = found.session.hearings.filter(removed_at__isnull=True, verdict="")
    said = found.member.ties.filter(links__isnull=False).values("hearing")
    return waiting.exclude(pk__in=said).exclude(candidacy__candidate=found.member.person_id).exists()
