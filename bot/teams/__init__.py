"""Microsoft Teams: activities in, Adaptive Cards out. `app.build` puts it together."""
