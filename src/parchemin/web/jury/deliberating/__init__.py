"""The session as it is held: ties, presence, what is decided on each candidate."""
