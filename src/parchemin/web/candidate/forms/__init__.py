"""Forms of the candidate's screens."""
