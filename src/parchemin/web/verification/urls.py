"""Addresses of this room: the last is the one in the QR code of certificates."""

from django.urls import path

from parchemin.web.verification import api, files, shared, views

app_name = "verification"
urlpatterns = [
    path("", views.ask, name="ask"),
    path("api", api.api, name="api"),
    path("fichier/", files.file, name="file"),
    path("partage/<str:token>/", shared.shared, name="shared"),
    path("<str:number>/", views.answer, name="answer"),
]
