"""Training in work situations."""
