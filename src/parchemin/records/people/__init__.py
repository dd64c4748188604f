"""Persons, organisations, roles, links and accreditations."""
