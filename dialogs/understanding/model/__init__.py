"""A language model as one more source: what it is asked, what of its answer holds, and how that counts."""
