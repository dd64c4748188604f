"""Addresses: evidence attached to competences."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
