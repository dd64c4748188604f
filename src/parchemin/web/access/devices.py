"""The devices somebody is signed in on, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.http import HttpRequest
from django.utils.translation import gettext as _

from parchemin.records.people.models import Person

SEEN = "seen_at"
EVERY = timedelta(minutes=5)
"""How often it is written that a device is in use: more often would make every reading write."""

BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True, slots=True)
class Device:
    """A device in use: what it is called, where from, since when and until when it was seen."""

    id: int
    title: str
    ip: str
    created_at: datetime
    seen_at: datetime
    is_current: bool


def devices_of(request: HttpRequest) -> Sequence[Device]:
    """Those on which the person of the request is signed in, this one first, then the last seen."""
    rows = UserSession.objects.purge_and_list(request.user)
    found = [
        Device(
            row.pk,
            title(row.user_agent),
            row.ip,
            row.created_at,
            row.last_seen_at,
            row.session_key == request.session.session_key,
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: (not one.is_current, -one.seen_at.timestamp()))


def end(request: HttpRequest, id: int) -> bool:
    """Whether one of their other devices had that number; it is signed out."""
    row = UserSession.objects.filter(pk=id, user=request.user).exclude(session_key=request.session.session_key).first()
    if row:
        row.end()
    return row is not None


def end_others(request: HttpRequest) -> int:
    """How many of their other devices were signed out."""
    rows = UserSession.objects.filter(user=request.user).exclude(session_key=request.session.session_key)
    return len([row.end() for row in rows])


def note_seen(request: HttpRequest, at: datetime) -> None:
    """It is written every five minutes at most that this device is in use."""
    if not request.session.session_key or not isinstance(request.user, Person):
        return
    seen = request.session.get(SEEN)
    if seen and at < datetime.fromisoformat(seen) + EVERY:
        return
    request.session[SEEN] = at.isoformat()
    UserSession.objects.create_from_request(request)


def title(agent: str) -> str:
    """Browser and system, from what the browser says of itself."""
    browser = next((name for mark, name in BROWSERS if mark in agent), _("Navigateur inconnu"))
    system = next((name for mark, name in SYSTEMS if mark in agent), "")
    return _("%(browser)s sur %(system)s") % {"browser": browser, "system": system} if system else browser
