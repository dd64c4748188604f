"""Addresses: figures about assessment."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
