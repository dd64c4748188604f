"""The decision core: pure functions over frozen data, standard library only, no clock, no input or output."""
