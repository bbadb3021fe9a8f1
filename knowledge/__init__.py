"""What the advisor knows: the pack, deciding, matching and reading. Pure: no network, clock, storage or channel."""
