"""Addresses of this room; each part has its own."""

from django.urls import include, path

app_name = "pathway"
urlpatterns = [
    path("", include("parchemin.web.pathway.positioning.urls")),
    path("", include("parchemin.web.pathway.plan.urls")),
    path("", include("parchemin.web.pathway.evidence.urls")),
    path("", include("parchemin.web.pathway.work.urls")),
    path("", include("parchemin.web.pathway.alternance.urls")),
    path("", include("parchemin.web.pathway.works.urls")),
]
