"""Addresses: evidence."""

from django.urls import URLPattern, path

from parchemin.web.pathway.evidence import changing, sending, several, views

ONE = "<uuid:id>/preuves/<uuid:evidence>/"
urlpatterns: list[URLPattern] = [
    path("<uuid:id>/preuves/", views.evidence, name="evidence"),
    path("<uuid:id>/preuves/nouvelle/<str:kind>/", changing.add, name="add_evidence"),
    path("<uuid:id>/preuves/plusieurs/", several.several, name="several_evidence"),
    path(ONE, views.one_evidence, name="one_evidence"),
    path(f"{ONE}fichier/", views.evidence_file, name="evidence_file"),
    path(f"{ONE}modifier/", changing.change, name="change_evidence"),
    path(f"{ONE}zone/<str:zone>/", changing.move, name="move_evidence"),
    path(f"{ONE}retirer/", changing.remove, name="remove_evidence"),
    path(f"{ONE}confirmer/", sending.ask, name="ask_vouching"),
    path("<uuid:id>/liens/<uuid:link>/annuler/", sending.revoke, name="revoke_link"),
]
