"""Addresses: minutes and their signatures."""

from django.urls import URLPattern, path

from parchemin.web.jury.minutes import closing, drawing, linked, reading, righting, signing

MINUTES = "proces-verbaux/<uuid:id>/"
LINK = "signer/<str:secret>/"
urlpatterns: list[URLPattern] = [
    path("<uuid:id>/proces-verbal/", drawing.draw, name="draw_minutes"),
    path("<uuid:id>/proces-verbal/corriger/", righting.correct, name="correct_minutes"),
    path(MINUTES, reading.minutes, name="minutes"),
    path(MINUTES + "regles/<uuid:hearing>/", reading.rules, name="minutes_rules"),
    path(MINUTES + "proces-verbal.pdf", reading.paper, name="minutes_pdf"),
    path(MINUTES + "proces-verbal.json", reading.data, name="minutes_data"),
    path(MINUTES + "signer/", signing.sign, name="sign_minutes"),
    path(MINUTES + "signatures/<uuid:member>/", linked.ask, name="ask_signature"),
    path(LINK, linked.sign, name="sign_by_link"),
    path(LINK + "proces-verbal.pdf", linked.paper, name="linked_minutes"),
    path(MINUTES + "clore/", closing.close, name="close_minutes"),
    path(MINUTES + "abandonner/", closing.drop, name="drop_minutes"),
]
