"""Microsoft Teams: activities in, Adaptive Cards out. `channel.build` puts it together."""
