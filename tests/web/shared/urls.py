"""The addresses that the base page itself links to, without any audience."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views.i18n import set_language


def home(request: HttpRequest) -> HttpResponse:
    return HttpResponse("accueil")


urlpatterns = [
    path("accueil/", home, name="home"),
    path("langue/", set_language, name="set_language"),
    path("compte/", include("parchemin.web.access.urls")),
    path("compte/", include("allauth.urls")),
    path("verifier/", include("parchemin.web.verification.urls")),
    path("", include("parchemin.web.shared.urls")),
]
handler404 = "parchemin.web.shared.errors.not_found"
