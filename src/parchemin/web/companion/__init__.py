"""Screens of those who act on one file from a one-use link."""
