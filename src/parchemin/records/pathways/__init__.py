"""Pathways: what is already mastered, what is done to acquire the rest, and how training at work was lived."""
