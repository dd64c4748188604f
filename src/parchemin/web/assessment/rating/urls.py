"""Addresses: rating, signing and settling."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
