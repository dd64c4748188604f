"""Addresses of the figures of a body."""

from django.urls import path

from parchemin.web.figures import office

app_name = "figures"
YEAR = "<uuid:id>/<int:year>/"
urlpatterns = [
    path("", office.home, name="home"),
    path(YEAR, office.year, name="year"),
    path(YEAR + "chiffres.<spreadsheet:kind>", office.export, name="export"),
    path(YEAR + "fiche.xml", office.fiche, name="fiche"),
    path(YEAR + "publier/", office.publish, name="publish"),
]
