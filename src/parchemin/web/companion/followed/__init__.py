"""Screens of those to whom files were opened one by one: they read them and change nothing."""
