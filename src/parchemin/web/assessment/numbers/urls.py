"""Addresses: figures about assessment."""

from django.urls import URLPattern, path

from parchemin.web.assessment.numbers import figures, matrix

urlpatterns: list[URLPattern] = [
    path("chiffres/", figures.numbers, name="numbers"),
    path("chiffres/cohorte/", matrix.matrix, name="cohort"),
    path("chiffres/<slug:what>.<spreadsheet:kind>", figures.export, name="export_numbers"),
]
