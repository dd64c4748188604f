"""Addresses: training in work situations."""

from django.urls import URLPattern, path

from parchemin.web.pathway.work import logging, observing, synthesis, views

urlpatterns: list[URLPattern] = [
    path("<uuid:id>/situations/", views.work, name="work"),
    path("<uuid:id>/situations/noter/<str:kind>/", logging.log, name="log_moment"),
    path("<uuid:id>/situations/<uuid:moment>/reprendre/", logging.take_back, name="take_back_moment"),
    path("<uuid:id>/situations/a-froid/", logging.plan, name="plan_cold"),
    path("<uuid:id>/situations/observer/", observing.observe_one, name="observe"),
    path("<uuid:id>/situations/observer/demander/", observing.ask, name="ask_observation"),
    path("<uuid:id>/situations/synthese/", synthesis.synthesis, name="work_synthesis"),
]
