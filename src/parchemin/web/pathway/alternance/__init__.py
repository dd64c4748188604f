"""The contract, the liaison entries and the visits."""
