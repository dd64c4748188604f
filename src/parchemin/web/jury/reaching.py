"""A session reached by the office that prepares it, or by somebody named to it; not found for anybody else."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Prefetch, Q
from django.http import Http404, HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from parchemin.core.decision import Decision
from parchemin.records.candidacies.errors import UnfitError
from parchemin.records.candidacies.wordings import sentence as sentence_of_file
from parchemin.records.juries.errors import JuryError, RuledOutError, StaleHearingError, StaleSessionError
from parchemin.records.juries.models import Hearing, JurySession, Member
from parchemin.records.juries.queries.sessions import Composed
from parchemin.records.juries.wordings import sentence
from parchemin.records.people.permissions import Action
from parchemin.web.shared.acting import Acting
from parchemin.web.shared.asked import stand_under, standing_of
from parchemin.web.shared.clock import today

CONFLICT, REFUSED = 409, 422


@dataclass
class Convened(Acting):
    """One session in front of somebody, on one day; ``member`` is their seat, None for the office."""

    request: HttpRequest
    session: JurySession
    member: Member | None
    on: date

    @cached_property
    def composed(self) -> Composed:
        """The session under its scheme."""
        return Composed(self.session, self.on)

    @property
    def is_office(self) -> bool:
        """Whether they prepare the session."""
        return self.may(Action.CONVENE_JURY)

    @property
    def is_chair(self) -> bool:
        """Whether they chair it."""
        return self.member is not None and self.member.is_chair

    def may(self, action: Action) -> bool:
        """Whether a role of theirs where the session is held allows it."""
        return self.standing.may(
            action, organisation=self.session.organisation_id, scheme=self.session.certification.scheme
        )

    def crumbs(self, *titles: str | tuple[str, str]) -> list[tuple[str, str | None]]:
        """Where the page stands; a title alone is the page itself."""
        start = [(_("Jurys"), reverse("jury:home"))]
        here = (self.session.number, reverse("jury:session", args=[self.session.pk]) if titles else None)
        return [*start, here, *((one, None) if isinstance(one, str) else one for one in titles)]


@dataclass
class Attempt:
    """What came of it: done, ruled out (``decision``), or overtaken by somebody else (``is_overtaken``)."""

    is_done: bool = False
    result: Any = None
    decision: Decision | None = None
    is_overtaken: bool = False

    @property
    def status(self) -> int:
        """The status of the page shown again."""
        return CONFLICT if self.is_overtaken else REFUSED


def convened(request: HttpRequest, id: UUID, *, is_office: bool = False) -> Convened:
    """The session, for the office or for somebody named to it (for the office alone with ``is_office``)."""
    standing = standing_of(request)
    allowed = standing.scope_filter(Action.CONVENE_JURY, scheme_field="certification__scheme")
    if not is_office and standing.has(Action.SIT_IN_JURY):
        allowed |= Q(members__person=standing.person_id)
    rows = JurySession.objects.select_related("certification", "organisation").filter(allowed).distinct()
    session = rows.prefetch_related(Prefetch("members", Member.objects.select_related("person"))).filter(pk=id).first()
    if session is None:
        raise Http404
    stand_under(request, "jury:home")
    seat = next((one for one in session.members.all() if one.person_id == standing.person_id), None)
    return Convened(request, session, seat, today())


def heard(found: Convened, id: UUID) -> Hearing:
    """One file of the agenda; not found when it is of another session, was taken off it, or is the reader's own."""
    rows = found.session.hearings.filter(removed_at__isnull=True).exclude(candidacy__candidate=found.standing.person_id)
    row = rows.select_related("session__certification", "candidacy__certification", "candidacy__candidate").filter(
        pk=id
    )
    hearing = row.first()
    if hearing is None:
        raise Http404
    return hearing


def attempted(form: forms.Form, do: Callable[[], Any]) -> Attempt:
    """``do`` tried; what prevents it is told by the form, whose words are kept.

    Overtaken, the form takes the revision of today, so that it can be sent again once what changed was read.
    """
    try:
        result = do()
    except (StaleSessionError, StaleHearingError) as stale:
        row = stale.session if isinstance(stale, StaleSessionError) else stale.hearing
        typed = QueryDict(mutable=True)
        typed.update(form.data)
        typed["revision"] = str(row.revision)
        form.data = typed
        return Attempt(is_overtaken=True)
    except RuledOutError as error:
        form.add_error(None, sentence(error))
        return Attempt(decision=error.decision)
    except JuryError as error:
        form.add_error(None, sentence(error))
        return Attempt()
    except UnfitError as error:
        form.add_error(None, sentence_of_file(error))
        return Attempt()
    if isinstance(result, Decision):
        form.add_error(None, _("Les règles ne le permettent pas."))
        return Attempt(decision=result)
    return Attempt(is_done=True, result=result)
