"""The room of juries: preparing a session, sitting in it, its minutes and its results."""
