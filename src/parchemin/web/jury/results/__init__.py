"""What a session decided: published, read by each candidate, contested."""
