"""Acting on juries."""
