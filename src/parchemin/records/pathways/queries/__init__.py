"""Questions asked of pathways."""
