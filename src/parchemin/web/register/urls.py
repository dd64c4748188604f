"""Addresses of what anybody takes to verify without asking again: the register, the keys, the status lists."""

from django.urls import path

from parchemin.web.register import views

app_name = "register"
urlpatterns = [
    path("registre/", views.home, name="home"),
    path("registre/checkpoint", views.checkpoint, name="checkpoint"),
    path("registre/lignes/<int:start>/", views.entries, name="entries"),
    path("organismes/<uuid:organisation>/did.json", views.issuer, name="issuer"),
    path("organismes/<uuid:organisation>/listes/<int:number>/", views.statuses, name="statuses"),
    path("organismes/<uuid:organisation>/listes/recommandations/", views.recommendations, name="recommendations"),
]
