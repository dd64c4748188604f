"""Every address: one prefix per audience, or per thing that several audiences share."""

from django.urls import include, path
from django.views.i18n import set_language

from parchemin.project.health import health
from parchemin.web.access.views import home

urlpatterns = [
    path("accueil/", home, name="home"),
    path("langue/", set_language, name="set_language"),
    path("sante/", health, name="health"),
    path("compte/", include("parchemin.web.access.urls")),
    path("compte/", include("allauth.urls")),
    path("secretariat/", include("parchemin.web.secretariat.urls")),
    path("administration/", include("parchemin.web.administration.urls")),
    path("acte/", include("parchemin.web.companion.urls")),
    path("suivi/", include("parchemin.web.companion.followed.urls")),
    path("parcours/", include("parchemin.web.pathway.urls")),
    path("evaluations/", include("parchemin.web.assessment.urls")),
    path("jurys/", include("parchemin.web.jury.urls")),
    path("certificats/", include("parchemin.web.award.urls")),
    path("recommandations/", include("parchemin.web.recommendation.urls")),
    path("transmissions/", include("parchemin.web.transmission.urls")),
    path("verifier/", include("parchemin.web.verification.urls")),
    path("mes-certificats/", include("parchemin.web.held.urls")),
    path("chiffres/", include("parchemin.web.figures.urls")),
    path("suivi-insertion/", include("parchemin.web.figures.surveyed")),
    path("referentiels/", include("parchemin.web.figures.referenced")),
    path("", include("parchemin.web.register.urls")),
    path("", include("parchemin.web.shared.urls")),
    path("", include("parchemin.web.candidate.urls")),
]
handler400 = "parchemin.web.shared.errors.bad_request"
handler403 = "parchemin.web.shared.errors.forbidden"
handler404 = "parchemin.web.shared.errors.not_found"
handler500 = "parchemin.web.shared.errors.server_error"
handler429 = "parchemin.web.shared.errors.too_many"
