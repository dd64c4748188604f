"""Minutes: read, signed, closed, put right."""
