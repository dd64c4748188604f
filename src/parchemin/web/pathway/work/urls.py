"""Addresses: training in work situations."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
