"""Addresses of this room; each part has its own."""

from django.urls import include, path

app_name = "jury"
urlpatterns = [
    path("", include("parchemin.web.jury.preparing.urls")),
    path("", include("parchemin.web.jury.deliberating.urls")),
    path("", include("parchemin.web.jury.minutes.urls")),
    path("", include("parchemin.web.jury.results.urls")),
]
