"""Addresses: rating, signing and settling."""

from django.urls import path

from parchemin.web.assessment.rating import differing, grid, mine, signing, sitting

urlpatterns = [
    path("", mine.mine, name="mine"),
    path("<uuid:id>/", sitting.sitting, name="sitting"),
    path("<uuid:id>/grille/", grid.grid, name="grid"),
    path("<uuid:id>/signer/", signing.sign, name="sign"),
    path("<uuid:id>/ecarts/", differing.differing, name="differences"),
]
