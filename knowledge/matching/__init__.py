"""Finding the passage and the scenario that a text is about."""
