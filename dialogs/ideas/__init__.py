"""The ideas of a place: the board, what is listed of it, what is collected for it."""
