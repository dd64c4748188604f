"""Positioning interviews."""
