"""The room of figures: what is counted of a year, what is published of it, and what holders answer."""
