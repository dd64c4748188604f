"""State: one application per noun, in the order of a candidate’s life."""
