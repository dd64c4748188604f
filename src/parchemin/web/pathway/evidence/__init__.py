"""Evidence attached to competences."""
