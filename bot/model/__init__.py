"""An organisation's own language model, which listens along: off unless the settings name an endpoint."""
