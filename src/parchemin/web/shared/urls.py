"""Addresses that all audiences share."""

from django.urls import path

from parchemin.web.shared import pages

app_name = "shared"
urlpatterns = [
    path("theme/", pages.theme, name="theme"),
    path("accessibilite/", pages.accessibility, name="accessibility"),
    path("traitements/", pages.processing, name="processing"),
    path("traitements/<uuid:id>/", pages.processing, name="processing_of"),
    path("regles/<slug:scheme>/<str:version>/", pages.rules, name="rules"),
    path("galerie/", pages.gallery, name="gallery"),
]
