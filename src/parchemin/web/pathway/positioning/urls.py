"""Addresses: positioning interviews."""

from django.urls import URLPattern, path

from parchemin.web.pathway.positioning import booklet, ending, views

urlpatterns: list[URLPattern] = [
    path("<uuid:id>/reperage/", views.positionings, name="positionings"),
    path("<uuid:id>/reperage/nouveau/", views.open_one, name="open_positioning"),
    path("<uuid:id>/reperage/remise/<str:document>/", booklet.hand, name="hand_on"),
    path("<uuid:id>/reperage/<uuid:interview>/", views.positioning, name="positioning"),
    path("<uuid:id>/reperage/<uuid:interview>/brouillon/", views.draft, name="positioning_draft"),
    path("<uuid:id>/reperage/<uuid:interview>/terminer/", ending.close, name="close_positioning"),
    path("<uuid:id>/reperage/<uuid:interview>/reprendre/", ending.lead, name="lead_positioning"),
]
