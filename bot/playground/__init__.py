"""Local stand-ins for the platforms: what the bot needs of Slack and Teams, over HTTP."""
