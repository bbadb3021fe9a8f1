"""A fuzz of shapes: texts and files made to be slow, over states of a conversation, with processor time as the measure."""
