"""A Slack workspace in memory: its Web API, which refuses what Slack refuses, and what people do in it, signed as Slack signs."""
