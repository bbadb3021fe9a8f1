"""Teams in memory.

Its connector takes what Teams takes and refuses what Teams refuses; what people do in it reaches the bot in activities
of the same form. Tied to the bot by HTTP only.
"""
