"""Sittings, evaluators and how they went off."""
