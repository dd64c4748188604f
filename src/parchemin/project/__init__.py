"""Settings, addresses and the wiring of the server and its worker."""
