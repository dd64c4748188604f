"""The individual pathway."""
