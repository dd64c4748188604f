"""Addresses of this room: those received, those given, one and what is done of it, and its signed form."""

from django.urls import URLPattern, path

from parchemin.web.recommendation import acts, listed, making, proofs

app_name = "recommendation"
ONE = "<uuid:id>/"
urlpatterns: list[URLPattern] = [
    path("", listed.home, name="home"),
    path("donnees/", listed.given, name="given"),
    path("nouvelle/", making.make, name="make"),
    path(ONE, listed.one, name="one"),
    path(ONE + "accepter/", acts.accept, name="accept"),
    path(ONE + "masquer/", acts.hide, name="hide"),
    path(ONE + "retirer/", acts.withdraw, name="withdraw"),
    path(ONE + "preuve.json", proofs.proof, name="proof"),
    path(ONE + "recommandation.json", proofs.credential, name="credential"),
]
