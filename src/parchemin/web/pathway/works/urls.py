"""Addresses: written works."""

from django.urls import URLPattern, path

from parchemin.web.pathway.works import freezing, views

urlpatterns: list[URLPattern] = [
    path("<uuid:id>/ecrits/", views.works, name="works"),
    path("<uuid:id>/ecrits/<slug:kind>/", views.work, name="write"),
    path("<uuid:id>/ecrits/<slug:kind>/garder/", views.keep, name="keep_work"),
    path("<uuid:id>/ecrits/<slug:kind>/deposer/", freezing.freeze, name="freeze_work"),
]
