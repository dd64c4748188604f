"""Addresses that credentials name: a certification and its versions, their parts after ``#``."""

from django.urls import path

from parchemin.web.figures import schemes

app_name = "schemes"
urlpatterns = [
    path("<slug:scheme>/", schemes.certification, name="certification"),
    path("<slug:scheme>/<str:version>/", schemes.version, name="version"),
]
