"""Rating, signing and settling."""
