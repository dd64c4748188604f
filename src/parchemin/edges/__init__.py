"""What passes between Parchemin and the outside: one folder for each outside party, independent of the others."""
