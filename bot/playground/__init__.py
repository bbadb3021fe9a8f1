"""Local stand-ins for the platforms: everything of a workspace that the bot can tell from the real one over HTTP."""
