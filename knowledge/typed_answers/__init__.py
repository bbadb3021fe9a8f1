"""What a typed answer means: which option of which question."""
