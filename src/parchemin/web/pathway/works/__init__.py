"""Written works."""
