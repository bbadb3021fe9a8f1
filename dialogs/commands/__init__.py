"""Commands: the closed set of things that a message can ask for, and the buttons that stand for them."""
