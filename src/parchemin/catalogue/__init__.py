"""Certification files: read with care, checked whole, resolved for a date, and handed to the core as frozen data."""
