"""Addresses of this room; each part has its own."""

from django.urls import include, path

app_name = "assessment"
urlpatterns = [
    path("", include("parchemin.web.assessment.rating.urls")),
    path("", include("parchemin.web.assessment.planning.urls")),
    path("", include("parchemin.web.assessment.ledger.urls")),
    path("", include("parchemin.web.assessment.numbers.urls")),
]
