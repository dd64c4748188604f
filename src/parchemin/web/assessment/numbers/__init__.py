"""Figures about assessment."""
