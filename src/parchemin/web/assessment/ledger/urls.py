"""Addresses: results, units, and the file that goes to the jury."""

from django.urls import URLPattern, path

from parchemin.web.assessment.ledger import dating, entering, file, returning, transmitting

FILE = "dossiers/<uuid:file>/"
urlpatterns: list[URLPattern] = [
    path(FILE, file.file, name="file"),
    path(FILE + "manque/", file.missing, name="missing"),
    path(FILE + "registre/", entering.enter, name="enter"),
    path(FILE + "registre/importer/", entering.bring, name="bring"),
    path(FILE + "registre.<spreadsheet:kind>", entering.model, name="ledger_model"),
    path(FILE + "annee/", dating.year, name="year"),
    path(FILE + "transmettre/", transmitting.transmit, name="transmit"),
    path(FILE + "retour-du-jury/", returning.send_back, name="send_back"),
    path(FILE + "transmettre/<slug:kind>/", transmitting.join, name="join"),
]
