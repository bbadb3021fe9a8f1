"""Microsoft Teams: activities in, Adaptive Cards out. `app.build` assembles it."""
