"""Slack: signed requests in, one effect each, replies by the Web API. `channel` puts it together."""
