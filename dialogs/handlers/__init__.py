"""What each kind of message does to a conversation."""
