"""Screens of secretariats."""
