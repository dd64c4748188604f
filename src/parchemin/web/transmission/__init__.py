"""The room of whoever sends what was awarded to the skills passport: files, receipts, what is refused and why."""
