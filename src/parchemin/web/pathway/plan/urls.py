"""Addresses: the individual pathway."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
