"""Screens of candidates."""
