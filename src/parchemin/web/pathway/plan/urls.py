"""Addresses: the middle of a file, and the individual pathway."""

from django.urls import URLPattern, path

from parchemin.web.pathway.plan import agreeing, home, views

urlpatterns: list[URLPattern] = [
    path("<uuid:id>/", home.home, name="home"),
    path("<uuid:id>/parcours/", views.plan, name="plan"),
    path("<uuid:id>/parcours/historique/", views.history, name="plan_history"),
    path("<uuid:id>/parcours/action/", views.add, name="add_training"),
    path("<uuid:id>/parcours/action/<int:training>/", views.change, name="training"),
    path("<uuid:id>/parcours/action/<int:training>/retirer/", views.remove, name="remove_training"),
    path("<uuid:id>/parcours/action/<int:training>/heures/", views.hours, name="training_hours"),
    path("<uuid:id>/parcours/justification/", agreeing.justify, name="justify_hours"),
    path("<uuid:id>/parcours/etape/<str:step>/", agreeing.finish, name="finish_step"),
    path("<uuid:id>/parcours/approbation/", agreeing.approve, name="approve_plan"),
]
