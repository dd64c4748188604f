"""Before a session: who may sit, when, who does, which files, who is told."""
