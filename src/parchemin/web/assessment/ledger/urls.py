"""Addresses: results, units, and the file that goes to the jury."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
