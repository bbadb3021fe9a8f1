"""A Slack workspace in memory.

Its Web API refuses what Slack refuses; what people do in it reaches the advisor in requests signed as Slack signs them.
"""
