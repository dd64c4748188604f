"""Pages about what a candidate lives between admissibility and the jury; shared by all who take part in it."""
