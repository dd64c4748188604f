"""What each page asks of whoever opens it: nothing is open by forgetting."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.test import RequestFactory, override_settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.views.generic import RedirectView

from parchemin.records.people.actions.granting import grant_role
from parchemin.records.people.models import Person, Role
from parchemin.records.people.permissions import Action
from parchemin.records.people.standing import Standing
from parchemin.web.access.decorators import needs, public, signed_in
from tests.records.people.people import AT, ON, administrator, organisation, person

OTHERS = ("allauth.", "django.views.i18n")
"""Pages that are not ours, and that ask what they need themselves."""


def views(patterns: list[Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for one in patterns:
        place = prefix + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from views(one.url_patterns, place)
        elif isinstance(one, URLPattern):
            yield place, one.callback


def test_every_page_says_what_it_asks() -> None:
    found = list(views(get_resolver().url_patterns))
    pages = [(place, view) for place, view in found if getattr(view, "view_class", None) is not RedirectView]
    silent = [place for place, view in pages if not hasattr(view, "asks") and not view.__module__.startswith(OTHERS)]
    assert len(found) > 40
    assert silent == []


def page(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return HttpResponse("inside")


def asked(view: Any, who: Person | None, **kwargs: Any) -> HttpResponse:
    request = RequestFactory().get("/somewhere/")
    request.user = who or AnonymousUser()
    request.standing = Standing.of(who, ON) if who else Standing.nobody()  # type: ignore[attr-defined]
    response: HttpResponse = view(request, **kwargs)
    return response


@pytest.fixture
def secretary(db: None) -> Person:
    who = person()
    grant_role(person=who, role=Role.SECRETARY, organisation=organisation(), at=AT, from_on=ON)
    return who


def test_whoever_is_not_signed_in_does_it_first_and_comes_back() -> None:
    for view in (needs(Action.SEE_FILE)(page), signed_in(page)):
        answer = asked(view, None)
        assert answer.status_code == 302
        assert answer.headers["Location"].endswith("?next=/somewhere/")


HERE = "https://parchemin.example"


@pytest.mark.parametrize(
    ("referer", "back"),
    [
        (f"{HERE}/candidatures/1/declarations/?de=file#bas", "/candidatures/1/declarations/?de=file"),
        ("", "/somewhere/"),
        ("https://evil.example/candidatures/", "/somewhere/"),
        ("http://parchemin.example/candidatures/", "/somewhere/"),
        (f"{HERE}//evil.example/", "/somewhere/"),
        ("javascript:alert(1)", "/somewhere/"),
    ],
)
def test_whoever_sends_a_form_without_a_session_is_brought_back_to_its_page(referer: str, back: str) -> None:
    request = RequestFactory().post(
        "/somewhere/", headers={"referer": referer, "host": "parchemin.example"}, secure=True
    )
    request.user = AnonymousUser()
    for view in (needs(Action.SEE_FILE)(page), signed_in(page)):
        with override_settings(ALLOWED_HOSTS=["parchemin.example"]):
            answer = view(request)
        assert parse_qs(urlsplit(answer.headers["Location"]).query)["next"] == [back]


@pytest.mark.django_db
def test_a_part_of_a_page_asked_without_a_session_sends_the_whole_page_to_the_sign_in(client: Any) -> None:
    answer = client.get(
        reverse("candidate:places"), headers={"hx-request": "true", "hx-current-url": "http://testserver/dossier/?a=1"}
    )
    assert answer.headers["HX-Redirect"] == f"{reverse('account_login')}?next=/dossier/%3Fa%3D1"


def test_the_permission_opens_and_the_page_is_kept_nowhere(secretary: Person) -> None:
    answer = asked(needs(Action.SEE_JOURNAL, Action.SEE_FILE)(page), secretary)
    assert answer.content == b"inside"
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_a_page_that_keeps_its_own_rule_of_caching_keeps_it(secretary: Person) -> None:
    def kept(request: HttpRequest) -> HttpResponse:
        return HttpResponse("x", headers={"Cache-Control": "private, max-age=60"})

    assert asked(signed_in(kept), secretary).headers["Cache-Control"] == "private, max-age=60"


def test_what_an_address_names_is_not_found_without_the_permission(secretary: Person) -> None:
    with pytest.raises(Http404):
        asked(needs(Action.VIEW_AS)(page), secretary, id="1")


@pytest.mark.django_db
def test_a_function_is_refused_and_it_says_how_to_get_it(client: Any) -> None:
    from parchemin.records.people.permissions import PERMISSIONS

    outsider = person("outsider")
    client.force_login(outsider, backend="allauth.account.auth_backends.AuthenticationBackend")
    request = client.get("/compte/").wsgi_request
    response = needs(Action.SEE_JOURNAL)(page)(request)
    assert response.status_code == 403
    assert "réservée à d’autres rôles" in response.content.decode()
    assert Role.CANDIDATE not in PERMISSIONS[Action.SEE_JOURNAL]


def test_a_page_for_all_says_so() -> None:
    assert public(page).asks == "public"  # type: ignore[attr-defined]
    assert asked(public(page), None).content == b"inside"


@pytest.mark.django_db
def test_an_administrator_reads_no_file() -> None:
    with pytest.raises(Http404):
        asked(needs(Action.SEE_FILE)(page), administrator(), id="1")
