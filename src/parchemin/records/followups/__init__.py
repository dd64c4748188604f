"""After the award: the figures of each year, what holders become, and what is published of both."""
