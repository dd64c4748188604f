"""Addresses: results, their letters, what each candidate reads of their own."""

from django.urls import URLPattern, path

from parchemin.web.jury.results import office, one, own

ONE = "<uuid:id>/resultats/<uuid:hearing>/"
urlpatterns: list[URLPattern] = [
    path("<uuid:id>/resultats/", office.results, name="results"),
    path("<uuid:id>/resultats/liste.<spreadsheet:kind>", office.export, name="export_results"),
    path(ONE, one.outcome, name="outcome"),
    path(ONE + "representer/", one.present_again, name="present_again"),
    path("resultat/<uuid:hearing>/", own.result, name="result"),
]
