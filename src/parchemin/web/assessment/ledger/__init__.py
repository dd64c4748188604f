"""Results, units, and the file that goes to the jury."""
