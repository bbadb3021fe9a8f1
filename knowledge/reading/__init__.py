"""Reading answers out of what people write, with the words that led to each."""
