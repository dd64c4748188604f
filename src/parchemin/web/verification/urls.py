"""Addresses of this room: the second is the one in the QR code of certificates."""

from django.urls import path

from parchemin.web.verification import views

app_name = "verification"
urlpatterns = [
    path("", views.ask, name="ask"),
    path("<str:number>/", views.answer, name="answer"),
]
