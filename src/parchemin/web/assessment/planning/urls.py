"""Addresses: sittings, who assesses them and how they went off."""

from django.urls import URLPattern, path

from parchemin.web.assessment.planning import calendar, correcting, naming, scheduling, sitting, telling

FILE = "dossiers/<uuid:id>/"
SITTING = "seances/<uuid:id>/"
urlpatterns: list[URLPattern] = [
    path("calendrier/", calendar.calendar, name="calendar"),
    path("calendrier/liste.<spreadsheet:kind>", calendar.export, name="export_calendar"),
    path(FILE + "planifier/", scheduling.plan, name="plan"),
    path(SITTING, sitting.planned, name="planned"),
    path(SITTING + "epreuve.ics", sitting.agenda, name="sitting_calendar"),
    path(SITTING + "convoquer/", sitting.summon_all, name="summon"),
    path(SITTING + "deplacer/", scheduling.move, name="move_sitting"),
    path(SITTING + "annuler/", scheduling.cancel, name="cancel_sitting"),
    path(SITTING + "evaluateurs/", naming.evaluators, name="evaluators"),
    path(SITTING + "evaluateurs/<uuid:evaluator>/retirer/", naming.remove, name="remove_evaluator"),
    path(SITTING + "deroulement/", telling.tell, name="tell_sitting"),
    path(SITTING + "deroulement/corriger/", telling.correct_telling, name="correct_telling"),
    path(SITTING + "invalider/", telling.void, name="void_sitting"),
    path("resultats/<uuid:id>/corriger/", correcting.correct, name="correct"),
]
