"""Addresses: sittings, evaluators and how they went off."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
