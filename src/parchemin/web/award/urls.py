"""Addresses of this room: the list, a session to award, one certificate and its acts, how the body signs."""

from django.urls import URLPattern, path

from parchemin.web.award import acts, houses, listed, one, paper, sessions, statements

app_name = "award"
ONE = "<uuid:id>/"
urlpatterns: list[URLPattern] = [
    path("", listed.home, name="home"),
    path("liste.<spreadsheet:kind>", listed.export, name="export"),
    path("sessions/<uuid:id>/", sessions.session, name="session"),
    path("sessions/<uuid:id>/releves/<uuid:hearing>/", statements.statement, name="statement"),
    path("modeles/", houses.houses, name="houses"),
    path("modeles/<uuid:id>/", houses.house, name="house"),
    path(ONE, one.certificate, name="certificate"),
    path(ONE + "certificat.pdf", paper.paper, name="paper"),
    path(ONE + "extrait-proces-verbal.pdf", paper.extract, name="extract"),
    path(ONE + "supplement-<str:language>.pdf", paper.supplement, name="supplement"),
    path(ONE + "retirer/", acts.revoke, name="revoke"),
    path(ONE + "suspendre/", acts.suspend, name="suspend"),
    path(ONE + "retablir/", acts.reinstate, name="reinstate"),
    path(ONE + "duplicata/", acts.duplicate, name="duplicate"),
    path(ONE + "corriger/", acts.correct, name="correct"),
]
