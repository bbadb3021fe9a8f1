"""A fuzz of shapes: texts and files made to be slow, over states of a conversation, measured in processor time."""
