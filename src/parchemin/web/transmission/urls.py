"""Addresses of this room: a body, its lines and its files, what is done of each, under which numbers it sends."""

from django.urls import URLPattern, path

from parchemin.web.transmission import acts, batches, listed, settings_page

app_name = "transmission"
BODY = "<uuid:body>/"
LINE = BODY + "lignes/<uuid:id>/"
BATCH = BODY + "fichiers/<uuid:id>/"
urlpatterns: list[URLPattern] = [
    path("", listed.bodies, name="bodies"),
    path(BODY, listed.home, name="home"),
    path(BODY + "liste.<spreadsheet:kind>", listed.export, name="export"),
    path(BODY + "identites/", listed.ahead, name="ahead"),
    path(BODY + "reglages/", settings_page.settings, name="settings"),
    path(BODY + "fichiers/", batches.batches, name="batches"),
    path(BODY + "fichiers/faire/", batches.make, name="make"),
    path(BATCH, batches.batch, name="batch"),
    path(BATCH + "transmission.xml", batches.download, name="download"),
    path(BATCH + "abandonner/", batches.drop, name="drop"),
    path(LINE, acts.line, name="line"),
    path(LINE + "ecarter/", acts.exclude, name="exclude"),
    path(LINE + "renvoyer/", acts.release, name="release"),
    path(LINE + "reprendre/", acts.take_back, name="take_back"),
    path(LINE + "retiree/", acts.note_withdrawn, name="note_withdrawn"),
]
