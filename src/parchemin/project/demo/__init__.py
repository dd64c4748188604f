"""The demonstration: fictitious people, the certifications' rulings, and whole lives walked through the actions."""
