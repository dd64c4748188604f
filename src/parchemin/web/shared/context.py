"""What the base page shows on every page: who is there, where they may go, language and theme."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from parchemin.records.certifications.queries import learn_titles
from parchemin.records.people.models import Person
from parchemin.records.people.permissions import Action
from parchemin.web.shared.parts import is_french
from parchemin.web.shared.returning import page_of

THEMES = ("light", "dark")
THEME_COOKIE = "parchemin_theme"
HOME = "/"
CANDIDACIES = ("/dossiers/", "/certifications/")


@dataclass(frozen=True, slots=True)
class Item:
    """One place of the navigation."""

    title: str
    url: str
    icon: str
    is_current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What every page knows."""

    language: str
    theme: str
    path: str
    person: Person | None
    viewer: Person | None
    is_view_as: bool
    nav: tuple[Item, ...]


def page(request: HttpRequest) -> dict[str, Any]:
    """``page`` for the templates; nothing is asked of the database for somebody who is not signed in."""
    user = getattr(request, "user", None)
    person = user if user is not None and user.is_authenticated else None
    theme = request.COOKIES.get(THEME_COOKIE, "")
    if person and not is_french():
        learn_titles()
    return {
        "page": Page(
            language=(get_language() or "fr")[:2],
            theme=theme if theme in THEMES else "",
            path=page_of(request),
            person=person,
            viewer=getattr(request, "viewer", None) if person else None,
            is_view_as=getattr(request, "is_view_as", False),
            nav=_nav(request) if person else (),
        )
    }


def _nav(request: HttpRequest) -> tuple[Item, ...]:
    standing = getattr(request, "standing", None)
    if standing is None:
        return ()
    places = [("candidate:home", _("Mes candidatures"), "file-text", Action.APPLY)]
    if standing.has(Action.SEE_FILE):
        places.append(("secretariat:queue", _("Secrétariat"), "inbox", Action.SEE_FILE))
    if standing.has(Action.FOLLOW_FILE):
        places.append(("followed:files", _("Dossiers suivis"), "eye", Action.FOLLOW_FILE))
    if standing.has(Action.RATE):
        places.append(("assessment:mine", _("Évaluations"), "list-checks", Action.RATE))
    if standing.has(Action.CONVENE_JURY) or standing.has(Action.SIT_IN_JURY):
        places.append(("jury:home", _("Jurys"), "scale", Action.SIT_IN_JURY))
    if standing.has(Action.ISSUE_CERTIFICATES):
        places.append(("award:home", _("Certificats"), "stamp", Action.ISSUE_CERTIFICATES))
    if standing.has(Action.MANAGE_ORGANISATIONS):
        places.append(("administration:home", _("Administration"), "settings", Action.MANAGE_ORGANISATIONS))
    if len(places) == 1:
        places.append(("held:mine", _("Mes certificats"), "stamp", Action.SEE_OWN_FILE))
        places.append(("candidate:certifications", _("Certifications"), "book-open", Action.APPLY))
    place = getattr(request, "place", "") or _place(request.path, [name for name, *_rest in places])
    return tuple(Item(title, reverse(name), icon, name == place) for name, title, icon, _action in places)


def _place(path: str, names: list[str]) -> str:
    """The place whose address the path goes on from, the longest of them; who rates nothing plans or counts.

    Every path goes on from the home page: only candidacies, and beginning one, stand under it.
    """
    if path.startswith(reverse("assessment:mine")) and "assessment:mine" not in names:
        return "secretariat:queue"
    if path != HOME and not path.startswith(CANDIDACIES):
        names = [name for name in names if reverse(name) != HOME]
    under = [name for name in names if path.startswith(reverse(name))]
    return max(under, key=lambda name: len(reverse(name)), default="")
