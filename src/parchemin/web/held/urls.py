"""Addresses of what somebody holds: each certificate, on paper, as a credential, as a bundle to verify offline."""

from django.urls import path

from parchemin.web.held import papers, sharing, taking, views

app_name = "held"
ONE = "<uuid:id>/"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("releve/<uuid:organisation>/", taking.record, name="record"),
    path(ONE, views.one, name="one"),
    path(ONE + "certificat.pdf", views.paper, name="paper"),
    path(ONE + "extrait-proces-verbal.pdf", papers.extract, name="extract"),
    path(ONE + "supplement-<str:language>.pdf", papers.supplement, name="supplement"),
    path(ONE + "preuve.json", views.credential, name="credential"),
    path(ONE + "preuve.jwt", taking.token, name="token"),
    path(ONE + "preuve-choisie.json", taking.chosen, name="chosen"),
    path(ONE + "badge.svg", views.badge, name="badge"),
    path(ONE + "badge.png", taking.picture, name="picture"),
    path(ONE + "europass.json", taking.european, name="european"),
    path(ONE + "preuves.zip", views.bundle, name="bundle"),
    path(ONE + "liens/", sharing.shares, name="shares"),
    path(ONE + "liens/<uuid:share>/fermer/", sharing.end, name="end_share"),
]
