"""Juries: who may sit, sessions, deliberations, minutes, and what is held since."""
