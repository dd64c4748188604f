"""Addresses of files opened to those who follow them."""

from django.urls import path

from parchemin.web.companion.followed import file, files

app_name = "followed"
urlpatterns = [
    path("", files.files, name="files"),
    path("dossiers/<uuid:id>/", file.file, name="file"),
    path("dossiers/<uuid:id>/pieces/<uuid:version>/", file.document, name="document"),
]
