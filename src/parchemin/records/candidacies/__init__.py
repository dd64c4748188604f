"""Files of candidates, from application to an admissible file."""
