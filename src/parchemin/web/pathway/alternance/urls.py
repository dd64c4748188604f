"""Addresses: alternance."""

from django.urls import URLPattern, path

from parchemin.web.pathway.alternance import contract, liaison, views, visits

urlpatterns: list[URLPattern] = [
    path("<uuid:id>/alternance/", views.alternance, name="alternance"),
    path("<uuid:id>/alternance/contrat/", contract.new, name="new_contract"),
    path("<uuid:id>/alternance/contrat/<uuid:contract>/", contract.correct, name="contract"),
    path("<uuid:id>/alternance/contrat/<uuid:contract>/etat/", contract.state, name="contract_state"),
    path("<uuid:id>/alternance/carnet/", liaison.write, name="write_liaison"),
    path("<uuid:id>/alternance/carnet/demander/", liaison.ask, name="ask_liaison"),
    path("<uuid:id>/alternance/carnet/<uuid:entry>/", liaison.read, name="liaison"),
    path("<uuid:id>/alternance/carnet/<uuid:entry>/corriger/", liaison.correct, name="correct_liaison"),
    path("<uuid:id>/alternance/visites/", visits.plan, name="plan_visit"),
    path("<uuid:id>/alternance/visites/<uuid:visit>/", visits.move, name="visit"),
    path("<uuid:id>/alternance/visites/<uuid:visit>/annuler/", visits.cancel, name="cancel_visit"),
    path("<uuid:id>/alternance/visites/<uuid:visit>/compte-rendu/", visits.report, name="report_visit"),
    path("<uuid:id>/alternance/visites/<uuid:visit>/calendrier.ics", visits.calendar, name="visit_calendar"),
]
