"""Parchemin: professional certifications, from the référentiel to the certificate."""

__version__ = "0.1.0"
