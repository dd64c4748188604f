"""Pages about assessment; shared by those who plan it, those who rate and those who are rated."""
