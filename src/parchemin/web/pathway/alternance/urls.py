"""Addresses: the contract, the liaison entries and the visits."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
