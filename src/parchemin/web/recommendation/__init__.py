"""The room of recommendations: a body makes them and takes them back, whoever is recommended shows them or not."""
