"""Screens of administrators and awarding bodies."""
