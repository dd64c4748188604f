"""Addresses of one-use links."""

from django.urls import path

from parchemin.web.companion import views

app_name = "companion"
urlpatterns = [
    path("<str:secret>/", views.act, name="act"),
    path("<str:secret>/document/", views.document, name="document"),
]
