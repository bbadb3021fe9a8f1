"""From a typed line to commands: segments, a ranker of kinds, what a segment names, and a policy."""
