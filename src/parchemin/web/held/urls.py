"""Addresses of what somebody holds: each certificate, on paper, as a credential, as a bundle to verify offline."""

from django.urls import path

from parchemin.web.held import views

app_name = "held"
ONE = "<uuid:id>/"
urlpatterns = [
    path("", views.mine, name="mine"),
    path(ONE, views.one, name="one"),
    path(ONE + "certificat.pdf", views.paper, name="paper"),
    path(ONE + "preuve.json", views.credential, name="credential"),
    path(ONE + "badge.svg", views.badge, name="badge"),
    path(ONE + "preuves.zip", views.bundle, name="bundle"),
]
