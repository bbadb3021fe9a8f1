"""Teams in memory.

Its connector accepts and refuses what Teams does; what people do in it reaches the bot in activities
of the same form. Tied to the bot by HTTP only.
"""
