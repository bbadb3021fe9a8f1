"""Slack: signed requests in, one effect each, replies by the Web API. `app.build` assembles it."""
