"""Looking through somebody's eyes: who is looked at is kept in the session, for an hour at most."""

from datetime import datetime, timedelta
from uuid import UUID

from django.http import HttpRequest

from parchemin.records.people.actions.viewing import start_view_as, stop_view_as
from parchemin.records.people.models import Person
from parchemin.records.people.permissions import Action
from parchemin.records.people.standing import Standing
from parchemin.web.shared.clock import now, today

VIEWED = "viewed_person"
UNTIL = "viewed_until"
LASTS = timedelta(hours=1)


def start(request: HttpRequest, viewed: Person, reason: str) -> None:
    """From now on the pages are shown as ``viewed`` sees them; RefusalError as ``start_view_as``."""
    assert isinstance(request.user, Person)
    at = now()
    start_view_as(viewed=viewed, reason=reason, by=request.user, at=at, on=today())
    request.session[VIEWED] = str(viewed.pk)
    request.session[UNTIL] = (at + LASTS).isoformat()


def stop(request: HttpRequest, person: Person | None = None) -> Person | None:
    """The pages are one's own again; the person who was looked at, None when nobody was."""
    viewed = Person.objects.filter(pk=_kept(request)).first() if is_asked(request) else None
    by = person or request.user
    for key in (VIEWED, UNTIL):
        request.session.pop(key, None)
    if viewed is None or not isinstance(by, Person):
        return None
    stop_view_as(viewed=viewed, by=by, at=now())
    return viewed


def is_asked(request: HttpRequest) -> bool:
    """Whether the session says that somebody is looked at; nothing is read for those without a session."""
    return bool(request.session.session_key) and VIEWED in request.session


def viewer(request: HttpRequest) -> Person | None:
    """Whose pages are shown: the person looked at, as long as that is allowed, else whoever signed in."""
    own = request.user
    if not isinstance(own, Person):  # it is lazy: asked of its class, it is whoever it stands for
        return None
    if not is_asked(request):
        return own
    if now() >= datetime.fromisoformat(request.session[UNTIL]) or not Standing.of(own, today()).has(Action.VIEW_AS):
        stop(request)
        return own
    return Person.objects.filter(pk=_kept(request), is_active=True).first() or own


def _kept(request: HttpRequest) -> UUID:
    return UUID(request.session[VIEWED])
