"""Figures of speed and size: `make bench`. pytest collects the checks of what they are counted with, no measurement."""
